"""Who has read today's material, and reminding only those who have not."""

from collections.abc import Sequence
from datetime import datetime

from storage import Database, Rank, Tx
from storage.materials import MaterialPostRow
from storage.people import Person
from study.access import access_of
from study.calendar import day_of
from study.checkin_errors import CheckinUnbound
from study.errors import Expired, Forged
from study.material_cards import MaterialSettings, bound_group, card_of, meant, say_privately
from study.material_errors import NoMaterialToday
from study.material_schedule import groups_run
from study.material_views import ReadInGroup, ReadOverview, ReadReport

_REPORTS = 3
"""More groups than this are an overview first."""


class MaterialReports:
    """For organisers, about the units that they run."""

    def __init__(self, database: Database, settings: MaterialSettings) -> None:
        self._database, self._settings = database, settings

    async def today(self, user_id: int, chat_id: int, *, now: datetime) -> None:
        """Show who has read today's: in a group that group's, in private those of all groups that one runs.

        Raises:
            NotAllowed, CheckinUnbound, NoMaterialToday.
        """

        def work(tx: Tx) -> None:
            access = access_of(tx, user_id, self._settings.admins)
            if chat_id < 0:
                group = bound_group(tx, chat_id)
                if group is None:
                    raise CheckinUnbound()
                access.must_run(tx, group.unit_id)
                wanted = {chat_id}
            else:
                wanted = {group.chat_id for group in groups_run(tx, access)}
            posts = tx.materials.posts_on(day_of(now, self._settings.zone))
            own = [post for post in posts if post.chat_id in wanted]
            if not own:
                raise NoMaterialToday()
            if len(own) > _REPORTS:
                groups = tuple(sorted((_in_group(tx, post) for post in own), key=lambda one: one.group))
                tx.outbox.say(chat_id, ReadOverview(day=own[0].day, groups=groups), now=now)
                return
            for post in own:
                tx.outbox.say(chat_id, self._report(tx, post), now=now)

        await self._database.write(work)

    async def open(self, user_id: int, chat_id: int, post_id: int, *, now: datetime) -> None:
        """Show the report of one group.

        Raises:
            NotAllowed, Forged.
        """

        def work(tx: Tx) -> None:
            tx.outbox.say(chat_id, self._report(tx, self._own_post(tx, user_id, post_id)), now=now)

        await self._database.write(work)

    async def remind(self, user_id: int, post_id: int, *, now: datetime) -> int:
        """Send today's material to those who have not read it, nobody twice a day; returns to how many.

        Raises:
            NotAllowed, Forged; Expired: it is not today's.
        """

        def work(tx: Tx) -> int:
            post = self._own_post(tx, user_id, post_id)
            today = day_of(now, self._settings.zone)
            if post.day != today:
                raise Expired()
            reachable = tx.places.reachable()
            reminded = [
                person
                for person in self._unread(tx, post)
                if person.user_id in reachable and tx.materials.remind(post.material_id, person.id, today)
            ]
            material = tx.materials.get(post.material_id)
            assert material is not None
            say_privately(tx, material, reminded, now=now, rank=Rank.PUSH, reminds=True)
            return len(reminded)

        return await self._database.write(work)

    def _own_post(self, tx: Tx, user_id: int, post_id: int) -> MaterialPostRow:
        post = tx.materials.post_by_id(post_id)
        if post is None:
            raise Forged()
        access_of(tx, user_id, self._settings.admins).must_run(tx, post.unit_id)
        return post

    def _unread(self, tx: Tx, post: MaterialPostRow) -> Sequence[Person]:
        """Who has joined, is not on leave, and has not read it."""
        readers, on_leave = tx.materials.readers(post.material_id), _on_leave(tx, post)
        return [
            person
            for person in meant(tx, post.unit_id)
            if person.user_id is not None and person.id not in readers and person.id not in on_leave
        ]

    def _report(self, tx: Tx, post: MaterialPostRow) -> ReadReport:
        material, group = tx.materials.get(post.material_id), tx.places.group(post.chat_id)
        assert material is not None
        people, readers, on_leave = meant(tx, post.unit_id), tx.materials.readers(post.material_id), _on_leave(tx, post)
        joined = [person for person in people if person.user_id is not None]
        unread = [person for person in joined if person.id not in readers]
        return ReadReport(
            post_id=post.id,
            group="" if group is None else group.title,
            title=material.title,
            day=post.day,
            read=tuple(person.name for person in joined if person.id in readers),
            unread=tuple(person.name for person in unread if person.id not in on_leave),
            on_leave=tuple(person.name for person in unread if person.id in on_leave),
            not_joined=len(people) - len(joined),
        )


def _in_group(tx: Tx, post: MaterialPostRow) -> ReadInGroup:
    material, group = tx.materials.get(post.material_id), tx.places.group(post.chat_id)
    assert material is not None
    card = card_of(tx, material, post)
    return ReadInGroup(
        post_id=post.id,
        group="" if group is None else group.title,
        title=material.title,
        read=card.read,
        people=card.people,
    )


def _on_leave(tx: Tx, post: MaterialPostRow) -> frozenset[int]:
    return frozenset(leave.person_id for leave in tx.leaves.approved_on(post.day))
