"""The roster as a whole: looked through before it is taken in, taken in, given out."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, tzinfo

from pydantic import TypeAdapter

from storage import Database, Tx
from storage.people import Person, Role
from study.access import access_of
from study.errors import Expired, NotAllowed, StudyError
from study.roster import Entry, Reading, read_roster
from study.roster_plan import RosterPlan, RosterResult, known_path, make_plan
from study.roster_views import RosterAsked, RosterDropped, preview, taken

TOPIC = "roster.file"
FILE_LIMIT = 20 * 1024 * 1024
"""Telegram gives a bot no larger file (Bot API, getFile)."""

_READING = TypeAdapter(Reading)


class RosterFileWanted(StudyError):
    """Something else was sent where a file with the roster was expected."""

    code = "roster_file_wanted"


class RosterNothingGood(StudyError):
    """Not one row can be taken in; ``first`` is the line of the first mistake."""

    code = "roster_nothing_good"


class Roster:
    """Rosters in files; the command line and the chat take the same steps."""

    def __init__(self, database: Database, admins: frozenset[int], zone: tzinfo) -> None:
        self._database = database
        self._admins = admins
        self._zone = zone

    async def plan(self, content: bytes, filename: str) -> RosterPlan:
        """Read a file and say what taking it in would change; nothing is changed.

        Raises:
            FileError: it cannot be read at all.
            RosterColumns: there is no column for the names, the units or the codes.
        """
        reading = await asyncio.to_thread(read_roster, content, filename)
        return await self._database.read(lambda tx: _plan(tx, reading))

    async def take_in(self, plan: RosterPlan, *, now: datetime, by: int | None = None) -> RosterResult:
        """Take in the good rows of a plan. What the roster has become since is looked at anew; nobody is removed."""
        return await self._database.write(lambda tx: _take_in(tx, plan.reading, now=now, by=by)[1])

    async def ask(self, user_id: int, *, now: datetime) -> None:
        """Say how a roster is written; the next file of this admin is taken for one.

        Raises:
            NotAllowed: they are no admin.
        """

        def work(tx: Tx) -> None:
            self._must_be_admin(tx, user_id)
            tx.conversations.put(user_id, user_id, TOPIC, "{}", now=now)
            tx.outbox.say(user_id, RosterAsked(), now=now)

        await self._database.write(work)

    async def may_send(self, user_id: int) -> None:
        """Let only admins pass, before their file is fetched.

        Raises:
            NotAllowed: they are no admin.
        """
        await self._database.read(lambda tx: self._must_be_admin(tx, user_id))

    async def receive(self, user_id: int, content: bytes, filename: str, *, now: datetime) -> None:
        """Take in a file that came by chat at once if all of it is good; else show what is wrong, and ask.

        Raises:
            NotAllowed: the sender is no admin.
            FileError, RosterColumns: it is no roster.
        """
        reading = await asyncio.to_thread(read_roster, content, filename)

        def work(tx: Tx) -> None:
            self._must_be_admin(tx, user_id)
            tx.conversations.end(user_id, user_id)
            if reading.mistakes:
                draft_id = tx.joining.draft(user_id, _READING.dump_json(reading).decode(), now=now)
                tx.outbox.say(user_id, preview(_plan(tx, reading), draft_id), now=now, ref=_ref(draft_id))
            else:
                tx.outbox.say(user_id, taken(*_take_in(tx, reading, now=now, by=user_id)), now=now)

        await self._database.write(work)

    async def take_rest(self, user_id: int, draft_id: int, *, now: datetime) -> None:
        """Take in the good rows of a file that was looked through.

        Raises:
            Expired: it was taken in or dropped already, or is somebody else's.
            NotAllowed: they are no admin any more.
            RosterNothingGood: there is no good row.
        """

        def work(tx: Tx) -> None:
            reading = self._draft(tx, user_id, draft_id)
            if not reading.entries:
                raise RosterNothingGood()
            tx.joining.settle_draft(draft_id, taken=True)
            tx.outbox.edit(_ref(draft_id), taken(*_take_in(tx, reading, now=now, by=user_id)), now=now)

        await self._database.write(work)

    async def drop(self, user_id: int, draft_id: int, *, now: datetime) -> None:
        """Leave everything as it is.

        Raises:
            Expired, NotAllowed: as above.
        """

        def work(tx: Tx) -> None:
            self._draft(tx, user_id, draft_id)
            tx.joining.settle_draft(draft_id, taken=False)
            tx.outbox.edit(_ref(draft_id), RosterDropped(), now=now)

        await self._database.write(work)

    async def export(self) -> tuple[dict[str, object], ...]:
        """Everybody on the roster by unit and name, in the columns of the roster and what became of them since."""

        def work(tx: Tx) -> tuple[dict[str, object], ...]:
            paths = {unit.id: unit.path for unit in tx.people.units()}
            return tuple(self._record(person, paths[person.unit_id]) for person in tx.people.everybody())

        return await self._database.read(work)

    def _record(self, person: Person, path: str) -> dict[str, object]:
        joined_at = person.joined_at.astimezone(self._zone).isoformat() if person.joined_at else None
        return {
            "name": person.name,
            "unit": path,
            "level": person.level,
            "role": person.role.value,
            "title": person.title,
            "code": person.code,
            "joined": person.user_id is not None,
            "joined_at": joined_at,
        }

    def _must_be_admin(self, tx: Tx, user_id: int) -> None:
        if not access_of(tx, user_id, self._admins).is_admin:
            raise NotAllowed()

    def _draft(self, tx: Tx, user_id: int, draft_id: int) -> Reading:
        self._must_be_admin(tx, user_id)
        draft = tx.joining.drafted(draft_id)
        if draft is None or draft.user_id != user_id or draft.state != "waiting":
            raise Expired()
        return _READING.validate_json(draft.body)


def _ref(draft_id: int) -> str:
    return f"roster:{draft_id}"


def _plan(tx: Tx, reading: Reading) -> RosterPlan:
    return make_plan(reading, tx.people.ever(), tx.people.units())


def _take_in(tx: Tx, reading: Reading, *, now: datetime, by: int | None) -> tuple[RosterPlan, RosterResult]:
    plan = _plan(tx, reading)
    unit_ids = _unit_ids(tx, reading.entries)
    for entry in plan.new:
        person_id = tx.people.add(
            code=entry.code,
            name=entry.name,
            unit_id=unit_ids[entry.unit],
            level=entry.level or "",
            title=entry.title or "",
            role=entry.role or Role.MEMBER,
            now=now,
        )
        tx.joining.note(person_id, "imported", "", by=by, now=now)
    for one in plan.changed:
        person, entry = one.person, one.entry
        tx.people.revise(
            person.id,
            name=entry.name,
            unit_id=unit_ids[entry.unit],
            level=person.level if entry.level is None else entry.level,
            title=person.title if entry.title is None else entry.title,
            role=entry.role or person.role,
        )
        tx.joining.note(person.id, "revised", ",".join(one.fields), by=by, now=now)
    return plan, RosterResult(len(plan.new), len(plan.changed), len(plan.unchanged), len(plan.absent), plan.bad_rows)


def _unit_ids(tx: Tx, entries: Sequence[Entry]) -> dict[str, int]:
    """The unit that each path of the file means, made if it is new."""
    units = tx.people.units()
    paths = dict.fromkeys(entry.unit for entry in entries)
    return {path: tx.people.add_unit(known_path(path, units)) for path in paths}
