"""Who is meant: units, levels, roles, those who have not answered; always within the units that the chooser runs."""

from collections.abc import Callable, Sequence

from pydantic import BaseModel, ConfigDict

from quizzes.engine.frozen import dataclass
from quizzes.engine.han import simplified
from storage import Tx
from storage.people import Person, Role
from storage.places import Place
from study.access import Access
from study.errors import StudyError

Owing = Callable[[Tx, str], frozenset[int]]
"""The ids of the people (roster) who were asked and have not answered a task, named by its reference."""


class UnknownTask(StudyError):
    """The audience is "those who have not answered" a task that nobody can look up."""

    code = "audience_task"


class Audience(BaseModel):
    """A choice of people, kept as JSON. An empty choice means no limit: every unit that the chooser runs, every level …

    * ``units``: ids of units, with those below them if ``with_below``;
    * ``levels``, ``roles``: as on the roster;
    * ``private``: each is written to in private; ``also_groups``: the units' groups as well;
    * ``not_answered``: the reference of a task; only those who were asked and have not answered it are meant.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    units: tuple[int, ...] = ()
    with_below: bool = True
    levels: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    private: bool = True
    also_groups: bool = False
    not_answered: str | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom an audience comes down to at this moment.

    ``people`` have joined and can be written to; ``unjoined`` are on the roster without a Telegram account;
    ``unreached`` are the Telegram ids among ``people`` that blocked the bot or never started it, as far as is known;
    ``groups`` are the units' groups, whether the audience wants them or not.
    """

    people: tuple[Person, ...]
    unjoined: tuple[Person, ...]
    unreached: frozenset[int]
    groups: tuple[Place, ...]


def units_of(tx: Tx, audience: Audience, access: Access) -> frozenset[int]:
    """The ids of the units meant, none that the chooser does not run."""
    run = access.units(tx)
    if not audience.units:
        return run
    chosen = frozenset(audience.units)
    if audience.with_below:
        chosen = chosen.union(*(tx.people.within(unit_id) for unit_id in chosen))
    return chosen & run


def recipients(tx: Tx, audience: Audience, access: Access, *, owing: Owing | None = None) -> tuple[Person, ...]:
    """Those meant who have joined (only they can be written to), by unit and name.

    Raises:
        UnknownTask: the audience depends on a task and ``owing`` was not given.
    """
    return tuple(person for person in _meant(tx, audience, access, owing) if person.user_id is not None)


def unjoined(tx: Tx, audience: Audience, access: Access, *, owing: Owing | None = None) -> tuple[Person, ...]:
    """Those meant who have not joined yet, by unit and name.

    Raises:
        UnknownTask: the audience depends on a task and ``owing`` was not given.
    """
    return tuple(person for person in _meant(tx, audience, access, owing) if person.user_id is None)


def groups(tx: Tx, audience: Audience, access: Access) -> tuple[Place, ...]:
    """The active groups bound to the units meant, by title."""
    units = units_of(tx, audience, access)
    return tuple(group for group in tx.places.groups() if group.unit_id in units)


def reach(tx: Tx, audience: Audience, access: Access, *, owing: Owing | None = None) -> Reach:
    """All of the above at once, for a preview.

    Raises:
        UnknownTask: the audience depends on a task and ``owing`` was not given.
    """
    meant = _meant(tx, audience, access, owing)
    people = tuple(person for person in meant if person.user_id is not None)
    reachable = tx.places.reachable()
    return Reach(
        people=people,
        unjoined=tuple(person for person in meant if person.user_id is None),
        unreached=frozenset(p.user_id for p in people if p.user_id is not None and p.user_id not in reachable),
        groups=groups(tx, audience, access),
    )


def levels_of(tx: Tx, access: Access) -> tuple[str, ...]:
    """The levels that the roster knows among the chooser's people, the highest first where they are the usual ones."""
    return tuple(sorted({person.level for person in tx.people.of_units(access.units(tx)) if person.level}, key=_height))


_HEIGHTS = ("部", "省", "厅", "局", "处", "县", "科", "乡", "股", "办事员")


def _height(level: str) -> tuple[int, int, str]:
    """Where a level stands among the civil service's own (处级 before 科级, 正 before 副); any other comes after them."""
    level = simplified(level)
    rank = next((number for number, word in enumerate(_HEIGHTS) if word in level), len(_HEIGHTS))
    return rank, ("副" in level) + ("员" in level and "办" not in level), level


def _meant(tx: Tx, audience: Audience, access: Access, owing: Owing | None) -> Sequence[Person]:
    missing: frozenset[int] | None = None
    if audience.not_answered is not None:
        if owing is None:
            raise UnknownTask(task=audience.not_answered)
        missing = owing(tx, audience.not_answered)
    return [
        person
        for person in tx.people.of_units(units_of(tx, audience, access))
        if (not audience.levels or person.level in audience.levels)
        and (not audience.roles or person.role in audience.roles)
        and (missing is None or person.id in missing)
    ]
