"""Refusals in words: the only place where an error's code becomes a sentence."""

from collections.abc import Mapping
from typing import Protocol, cast, runtime_checkable

from handlers.present.bank_desk import KIND_NAMES
from handlers.room import Room
from handlers.texts import N_, Texts
from quizzes.errors import TooFewFitting
from study.errors import Usage

COMMON: Mapping[str, str] = {
    "not_allowed": N_("You may not do that here. Ask an organiser of your unit."),
    "wrong_chat.group": N_("This works in a group only. Please send it in your group."),
    "wrong_chat.private": N_("This works in private only. Please send it to me directly: {link}"),
    "not_on_roster": N_("You are not on the roster yet. Send me /start in private to ask for admission."),
    "expired": N_("This button is no longer in use."),
    "forged": N_("This button is not valid."),
    "usage": N_("That is not quite complete. Write it like this: {usage}"),
    "too_long": N_("That is too long: at most {limit} characters, and it has {length}."),
    "unknown_command": N_("I do not know that command. /help lists what I can do."),
    "not_understood": N_("I did not get that. /help lists what I can do."),
    "switched_off": N_("This is not part of your study programme."),
    "not_stored": N_(
        "The bot cannot store anything at the moment. What you sent is kept and will be dealt with as soon as it can;"
        " you need not send it again."
    ),
    "internal": N_("Something went wrong on our side and nothing was changed. Please tell an organiser: {reference}"),
}


@runtime_checkable
class Refusal(Protocol):
    """Any error of ours that a user may cause."""

    @property
    def code(self) -> str:
        """The key of its sentence."""

    @property
    def params(self) -> Mapping[str, object]:
        """What fills the sentence in."""


class Sentences:
    """The sentence for every error code of every room."""

    def __init__(self, rooms: tuple[Room, ...]) -> None:
        self._texts = dict(COMMON)
        for room in rooms:
            twice = self._texts.keys() & room.errors.keys()
            if twice:
                raise ValueError(f"two sentences for {sorted(twice)}")
            self._texts.update(room.errors)

    def __contains__(self, code: str) -> bool:
        """Whether there is a sentence for a code (or for its kinds, ``code.…``)."""
        return code in self._texts or any(known.startswith(f"{code}.") for known in self._texts)

    def codes(self) -> frozenset[str]:
        """Every code that has a sentence."""
        return frozenset(self._texts)

    def templates(self) -> Mapping[str, str]:
        """The English sentence of every code, not filled in."""
        return self._texts

    def of(self, refusal: Refusal, t: Texts) -> str:
        """The sentence for the user, plain words.

        Raises:
            KeyError: nobody wrote one for this code; a test walks all of them.
        """
        params = dict(refusal.params)
        code = f"{refusal.code}.{params['wanted']}" if "wanted" in params else refusal.code
        if refusal.code == Usage.code:
            params["usage"] = t(str(params["usage"]))
        if refusal.code == TooFewFitting.code:
            kinds, labels = cast("tuple[str, ...]", params["kinds"]), cast("tuple[str, ...]", params["labels"])
            params["wishes"] = t(", ").join([*(t(KIND_NAMES[kind]) for kind in kinds), *labels])
        return t(self._texts[code], **params)
