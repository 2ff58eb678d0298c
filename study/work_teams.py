"""The team of a work: its leader adds people by name or code, and takes them out again."""

from datetime import datetime

from storage import Database, Rank, Tx
from storage.people import Person
from storage.works import WorkRow
from study.access import Access
from study.member_lists import called
from study.work_book import kind_of, note, settle, state_of
from study.work_errors import MemberUnclear, MemberUnknown, WorkNotOpen
from study.work_facts import head_of
from study.work_news import WorkSettings
from study.work_reviewers import Bench
from study.work_sheets import led, name_of, show
from study.work_states import Phase
from study.work_views import Joined, Team

TEAM_TOPIC = "work.team"


class WorkTeams:
    """A leader's side of the team, always in private."""

    def __init__(self, database: Database, settings: WorkSettings) -> None:
        self._database, self._settings = database, settings

    async def team(self, user_id: int, work_id: int, *, now: datetime, on_message: int | None = None) -> None:
        """Show the team; the names that the leader sends next are added.

        Raises:
            WorkUnknown, NotLeader, WorkNotOpen: not theirs, or not now.
        """

        def work(tx: Tx) -> None:
            bench = Bench(tx, self._settings.admins)
            row, _ = _teamed(bench, user_id, work_id)
            tx.conversations.put(user_id, user_id, TEAM_TOPIC, str(row.id), now=now)
            show(tx, user_id, _team(tx, row, now), on_message, now)

        await self._database.write(work)

    async def add_members(self, user_id: int, name: str, work_id: int, text: str, *, now: datetime) -> None:
        """Add people by name or code, several at once; each of them hears of it.

        Raises:
            MemberUnknown, MemberUnclear: nobody, or more than one, is called so; then nobody is added.
        """

        def work(tx: Tx) -> None:
            bench = Bench(tx, self._settings.admins)
            row, access = _teamed(bench, user_id, work_id)
            for person in _people(bench, text):
                if person.id == row.author_id or not tx.works.join(row.id, person.id):
                    continue
                note(tx, row, "joined", person.name, author=user_id, name=name_of(access, name), now=now)
                if person.user_id is not None:
                    view = Joined(head=head_of(tx, row, now), by=name_of(access, name))
                    tx.outbox.say(person.user_id, view, now=now, rank=Rank.PUSH)
            show(tx, user_id, _team(tx, row, now), None, now)

        await self._database.write(work)

    async def drop_member(
        self, user_id: int, name: str, work_id: int, person_id: int, *, now: datetime, on_message: int
    ) -> None:
        """Take somebody out of the team.

        Raises:
            WorkUnknown, NotLeader, WorkNotOpen: not theirs, or not now.
        """

        def work(tx: Tx) -> None:
            bench = Bench(tx, self._settings.admins)
            row, access = _teamed(bench, user_id, work_id)
            person = tx.people.person(person_id)
            if person is not None and tx.works.drop(row.id, person_id):
                note(tx, row, "dropped", person.name, author=user_id, name=name_of(access, name), now=now)
                settle(tx, row, state_of(tx, row), now=now, zone=self._settings.zone, without=person_id)
            show(tx, user_id, _team(tx, row, now), on_message, now)

        await self._database.write(work)


def _teamed(bench: Bench, user_id: int, work_id: int) -> tuple[WorkRow, Access]:
    row, access = led(bench, user_id, work_id)
    if kind_of(row).by != "team" or row.phase != Phase.WRITING:
        raise WorkNotOpen()
    return row, access


def _team(tx: Tx, row: WorkRow, now: datetime) -> Team:
    members = tuple((one.person_id, one.name, one.unit) for one in tx.works.members(row.id))
    return Team(head=head_of(tx, row, now), members=members)


def _people(bench: Bench, text: str) -> list[Person]:
    found = []
    for mark in "、，,;；\n\t":
        text = text.replace(mark, " ")
    everybody = list(bench.people.values())
    for name in text.split():
        matching = called(everybody, name)
        if not matching:
            raise MemberUnknown(name=name)
        if len(matching) > 1:
            units = " / ".join(f"{person.unit} {person.code}" for person in matching[:6])
            raise MemberUnclear(name=name, units=units)
        found.append(matching[0])
    if not found:
        raise MemberUnknown(name=text.strip())
    return found
