"""Refusals of the study programme: a code and parameters, never words for users."""


class StudyError(Exception):
    """Something asked for that cannot be; nothing was changed.

    ``code`` is the key under which ``handlers.errors`` finds the sentence for the user; ``params`` fill it in. With a
    parameter ``wanted`` the key is ``code.wanted``.
    """

    code = "study"

    def __init__(self, **params: object) -> None:
        self.params = params
        super().__init__(f"{self.code} {params}" if params else self.code)


class NotAllowed(StudyError):
    """The person's role (or unit) does not permit it."""

    code = "not_allowed"


class WrongChat(StudyError):
    """It can only be done in a group, or only in private; ``wanted`` is ``group`` or ``private`` (with a ``link``)."""

    code = "wrong_chat"


class NotOnRoster(StudyError):
    """The Telegram account belongs to nobody on the roster."""

    code = "not_on_roster"


class Usage(StudyError):
    """A command whose words are incomplete or cannot be read; ``usage`` shows how it is written."""

    code = "usage"


class TooLong(StudyError):
    """A text over its ``limit``; ``length`` is what it has."""

    code = "too_long"


class UnknownCommand(StudyError):
    """No command of ours."""

    code = "unknown_command"


class NotUnderstood(StudyError):
    """Something said in private that belongs to nothing under way."""

    code = "not_understood"


class Internal(StudyError):
    """A fault of ours; ``reference`` finds it in the log."""

    code = "internal"


class NotStored(StudyError):
    """The machine does not let the bot store anything; what was sent is kept, and dealt with later."""

    code = "not_stored"


class Expired(StudyError):
    """A button (or a request) whose time is over."""

    code = "expired"


class Forged(StudyError):
    """Callback data that no button of ours carries."""

    code = "forged"


class SwitchedOff(StudyError):
    """The programme in force has nothing of the kind."""

    code = "switched_off"
