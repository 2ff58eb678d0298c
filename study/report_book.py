"""What every use case of reports shares: who may see which unit, and the message in which it is shown."""

from datetime import datetime
from zoneinfo import ZoneInfo

from quizzes.engine.frozen import dataclass
from storage import Rank, Tx
from study.access import Access, access_of
from study.errors import Forged, NotAllowed, StudyError, SwitchedOff
from study.periods import Every, Period, read_period
from study.programme import Programme, programme_in_force
from study.report_figures import Scope, scope_of
from study.views import View


class PeriodUnknown(StudyError):
    """No period is called so."""

    code = "period_unknown"


@dataclass(frozen=True, slots=True)
class ReportSettings:
    """The programme's name and zone, and the admins that the config names."""

    name: str
    zone: ZoneInfo
    admins: frozenset[int]


def reader(tx: Tx, user_id: int, settings: ReportSettings) -> tuple[Access, Programme]:
    """Let organisers pass, if there are reports.

    Raises:
        SwitchedOff: the programme in force has no reports.
        NotAllowed: they organise nothing.
    """
    programme = programme_in_force(tx)
    if not programme.has("reports"):
        raise SwitchedOff()
    access = access_of(tx, user_id, settings.admins)
    if not access.is_organiser:
        raise NotAllowed()
    return access, programme


def own_unit(tx: Tx, access: Access) -> int | None:
    """The unit whose report somebody sees first: the whole for an admin, the single top unit if there is but one."""
    if not access.is_admin and access.person is not None:
        return access.person.unit_id
    return top_unit(tx)


def top_unit(tx: Tx) -> int | None:
    """The one unit above all others; ``None`` if there are several (or none): then the whole has no unit of its own."""
    top = [unit.id for unit in tx.people.units() if unit.parent_id is None]
    return top[0] if len(top) == 1 else None


def scope_for(tx: Tx, access: Access, unit_id: int | None, settings: ReportSettings) -> Scope:
    """A unit (``None``: the whole) that somebody runs.

    Raises:
        NotAllowed: they do not run it.
        Forged: there is no such unit.
    """
    access.must_run(tx, unit_id)
    if unit_id is not None and tx.people.unit(unit_id) is None:
        raise Forged()
    return scope_of(tx, unit_id, settings.name)


def period_called(key: str) -> tuple[Every, Period]:
    """A period by its name.

    Raises:
        PeriodUnknown: there is none with this name.
    """
    found = read_period(key)
    if found is None:
        raise PeriodUnknown()
    return found


def show(tx: Tx, user_id: int, view: View, on_message: int | None, ref: str, now: datetime) -> None:
    """Show something in private: in the message whose button was pressed, or in a new one."""
    if on_message is not None:
        tx.outbox.adopt(ref, user_id, on_message, now=now)
    if on_message is None or not tx.outbox.edit(ref, view, now=now, rank=Rank.REPLY):
        tx.outbox.say(user_id, view, now=now, ref=ref)
