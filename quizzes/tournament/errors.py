"""Why a tournament refuses a command: codes and parameters, never words."""

from __future__ import annotations

from typing import ClassVar


class TournamentError(Exception):
    """A command that does not fit; nothing was changed. Any other exception is a bug."""

    code: ClassVar[str] = "tournament.refused"

    def __init__(self, **params: object) -> None:
        super().__init__(self.code, params)
        self.params: dict[str, object] = params


class PlanUnusable(TournamentError):
    """The stages cannot be played. ``problem``, ``stage``."""

    code = "tournament.plan_unusable"


class NotOpenedYet(TournamentError):
    """The first command has to be ``Open``, and only the first."""

    code = "tournament.not_opened"


class TournamentOver(TournamentError):
    """It is finished or was called off."""

    code = "tournament.over"


class EntrantsTooFew(TournamentError):
    """At least two teams are needed. ``teams``."""

    code = "tournament.too_few"


class EntrantsTooMany(TournamentError):
    """At most ``most`` teams can enter."""

    code = "tournament.too_many"


class NameUnusable(TournamentError):
    """A team's name has 1 to ``most`` characters on one line, and no ``=``. ``name``."""

    code = "tournament.name_unusable"


class NameTaken(TournamentError):
    """There is a team of this ``name`` already."""

    code = "tournament.name_taken"


class EntrantUnknown(TournamentError):
    """No such team. ``name``."""

    code = "tournament.entrant_unknown"


class EntriesClosed(TournamentError):
    """After the draw nobody enters any more."""

    code = "tournament.entries_closed"


class WithdrawnAlready(TournamentError):
    """The team has withdrawn already. ``name``."""

    code = "tournament.withdrawn_already"


class NothingToDraw(TournamentError):
    """The stage is drawn, or the one before is not over."""

    code = "tournament.nothing_to_draw"


class StageBegun(TournamentError):
    """A bout that depends on it has begun, so it stays as it is."""

    code = "tournament.stage_begun"


class BoutUnknown(TournamentError):
    """No such bout. ``bout``."""

    code = "tournament.bout_unknown"


class BoutOpen(TournamentError):
    """The bout is being played. ``bout``."""

    code = "tournament.bout_open"


class BoutDecided(TournamentError):
    """The bout has a result. ``bout``."""

    code = "tournament.bout_decided"


class BoutNotDecided(TournamentError):
    """The bout has no result yet. ``bout``."""

    code = "tournament.bout_not_decided"


class NotTied(TournamentError):
    """No place is shared across the cut of the bout. ``bout``."""

    code = "tournament.not_tied"


class NotFlagged(TournamentError):
    """No changed result of the bout waits. ``bout``."""

    code = "tournament.not_flagged"


class ResultIncomplete(TournamentError):
    """A result by hand names every team of the bout once. ``missing`` or ``strange`` names."""

    code = "tournament.result_incomplete"


class ReasonMissing(TournamentError):
    """What is done by hand needs a reason."""

    code = "tournament.reason_missing"
