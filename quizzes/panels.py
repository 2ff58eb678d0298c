"""The panel of a contest: finding judges by name, their units, and who may not judge."""

from __future__ import annotations

from collections.abc import Sequence

import structlog

from quizzes.bench_views import Candidate
from quizzes.engine.frozen import dataclass
from quizzes.engine.phases import Contest
from quizzes.engine.rules import Rules
from quizzes.errors import JudgeHasNoAccount, JudgeUnknown
from storage import Tx
from storage.people import Person, Unit

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Found:
    """Who is meant by a name: Telegram's id, the name, and the unit if the person is on the roster."""

    id: int
    name: str
    unit: str = ""


def find(tx: Tx, wanted: str) -> tuple[Found, ...]:
    """Everybody who may be meant: by user name (``@…``), by the name on the roster, or by the name in Telegram.

    People on the roster come first, those who judge before all others: if exactly one judge has the name, only that one
    is meant.

    Raises:
        JudgeUnknown: nobody is called that.
        JudgeHasNoAccount: somebody on the roster is, who has not joined yet.
    """
    name = wanted.strip()
    if name.startswith("@"):
        users = tx.places.users_named(username=name[1:])
        if not users:
            raise JudgeUnknown(name=name)
        return tuple(_found(tx, user.user_id, user.name) for user in users)
    people = [person for person in tx.people.everybody() if person.name.casefold() == name.casefold()]
    joined = [person for person in people if person.user_id is not None]
    judges = [person for person in joined if person.role.value == "judge"]
    chosen: Sequence[Person] = judges if len(judges) == 1 else joined
    if chosen:
        return tuple(Found(person.user_id, person.name, person.unit) for person in chosen if person.user_id is not None)
    if people:
        raise JudgeHasNoAccount(name=people[0].name)
    users = tx.places.users_named(name=name)
    if not users:
        raise JudgeUnknown(name=name)
    return tuple(Found(user.user_id, user.name) for user in users)


def _found(tx: Tx, user_id: int, name: str) -> Found:
    person = tx.people.by_user(user_id)
    return Found(user_id, name) if person is None else Found(user_id, person.name, person.unit)


def by_id(tx: Tx, user_id: int) -> Found:
    """Somebody whose button was pressed.

    Raises:
        JudgeUnknown: the bot has never heard of them.
    """
    user = tx.places.user(user_id)
    person = tx.people.by_user(user_id)
    if user is None and person is None:
        raise JudgeUnknown(name=str(user_id))
    return _found(tx, user_id, user.name if user is not None else str(user_id))


def candidates(found: Sequence[Found]) -> tuple[Candidate, ...]:
    """For the question who is meant."""
    return tuple(Candidate(id=one.id, name=one.name, unit=one.unit) for one in found)


def named(tx: Tx, rules: Rules) -> tuple[Found, ...]:
    """The judges whom the preset names, as far as they can be told apart and have joined."""
    judges: list[Found] = []
    for name in rules.judges.named:
        try:
            found = find(tx, name)
        except (JudgeUnknown, JudgeHasNoAccount) as missing:
            log.warning("a judge of the preset cannot be named", judge=name, reason=missing.code)
            continue
        if len(found) == 1 and found[0] not in judges:
            judges += found
    return tuple(judges)


def recused(tx: Tx, contest: Contest, chat_id: int) -> frozenset[int]:
    """The members of the panel whose own unit plays.

    A unit plays if a member of it sits in a team, or if a team bears its name. The group's own unit and those above it do
    not count: where a unit holds a contest among its own people, its judges are nobody's in particular.
    """
    return frozenset(judge.id for judge in contest.bench.judges if is_recused(tx, contest, chat_id, judge.id))


def is_recused(tx: Tx, contest: Contest, chat_id: int, judge: int) -> bool:
    """Whether this person's own unit plays."""
    person = tx.people.by_user(judge)
    if person is None:
        return False
    group = tx.places.group(chat_id)
    units = {unit.id: unit for unit in tx.people.units()}
    if group is not None and group.unit_id is not None and person.unit_id in _line(units, group.unit_id):
        return False
    players = [tx.people.by_user(player) for player in contest.seats.players]
    if any(player is not None and player.unit_id == person.unit_id for player in players):
        return True
    names = {team.name.casefold() for team in contest.seats.teams.values() if team.members}
    above = _line(units, person.unit_id)
    return any(units[unit].name.casefold() in names for unit in above)


def _line(units: dict[int, Unit], unit_id: int) -> tuple[int, ...]:
    """A unit and those above it."""
    line: list[int] = []
    at: int | None = unit_id
    while at is not None:
        line.append(at)
        at = units[at].parent_id
    return tuple(line)
