"""The schedule of materials: the list in order, each group one a day at its own place; a group's own plan."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from storage import Database, Rank, Tx
from storage.materials import MaterialPlanRow, MaterialRow
from storage.places import Place
from study.access import Access, access_of
from study.calendar import day_of, days_between, is_on, next_on
from study.checkin_errors import CheckinUnbound
from study.due import Due
from study.errors import Forged
from study.material_cards import (
    MaterialSettings,
    bound_group,
    meant,
    must_have,
    plan_of,
    refresh,
    say_card,
    say_privately,
)
from study.material_errors import NoGroupOfTheirs
from study.material_rules import Plan, days_text, use_until
from study.material_troubles import report
from study.material_views import PlanCard, PlanGroups

PUSH = "material"
_AHEAD = timedelta(days=2)
_AT_ONCE = timedelta(minutes=1)


class MaterialSchedule:
    """Pushes by the clock."""

    def __init__(self, database: Database, settings: MaterialSettings) -> None:
        self._database, self._settings = database, settings

    async def plan_days(self, since: datetime, until: datetime) -> None:
        """Set the alarm of every group and day whose material can still be of use at ``since`` and is due by ``until``."""

        def work(tx: Tx) -> None:
            for group in tx.places.groups():
                if group.unit_id is not None:
                    self._plan_group(tx, group.chat_id, since, until)

        await self._database.write(work)

    def group_bound(self, tx: Tx, chat_id: int, now: datetime) -> None:
        """Within the transaction that binds a group to a unit: today's material comes at once if its hour is past."""
        self._plan_group(tx, chat_id, now, now + _AHEAD)

    def _plan_group(self, tx: Tx, chat_id: int, since: datetime, until: datetime) -> None:
        zone, plan = self._settings.zone, plan_of(tx, self._settings, chat_id)
        for day in days_between(day_of(since, zone), day_of(until, zone)):
            due_at = plan.due_at(day, zone)
            useful_until = use_until(due_at, zone)
            if self._is_held(plan, day) and since <= useful_until and due_at < until:
                body = f'{{"day": "{day}", "chat_id": {chat_id}}}'
                tx.alarms.set(PUSH, plan.key(day, chat_id), due_at, body=body, useful_until=useful_until)

    def _is_held(self, plan: Plan, day: date) -> bool:
        return plan.is_on and is_on(plan.days, day, self._settings.country)

    async def push_due(self, due: Due, day: date, chat_id: int) -> None:
        """A group's material of a day is due. An alarm that was set under another plan than the present one does nothing."""

        def work(tx: Tx) -> None:
            group, plan = bound_group(tx, chat_id), plan_of(tx, self._settings, chat_id)
            if group is None or due.key != plan.key(day, chat_id) or not self._is_held(plan, day):
                return
            if any(post.chat_id == chat_id and post.by_schedule for post in tx.materials.posts_on(day)):
                return
            material = tx.materials.next_for(chat_id, plan.series)
            if material is None:
                self._ended(tx, group, day, now=due.now)
            elif due.late:
                self._report(tx, "missed", group, day, now=due.now)
            else:
                self._push(tx, material, group, day, by_schedule=True, now=due.now)

        await self._database.write(work)

    async def refresh_due(self, post_id: int, *, now: datetime) -> None:
        """A card shows what has gathered."""

        def work(tx: Tx) -> None:
            post = tx.materials.post_by_id(post_id)
            if post is not None:
                refresh(tx, post, now=now)

        await self._database.write(work)

    def push_now(self, tx: Tx, material: MaterialRow, groups: Iterable[Place], *, now: datetime) -> int:
        """Send a material to groups besides the schedule; returns to how many (a second press at once sends nothing)."""
        day, count = day_of(now, self._settings.zone), 0
        for group in groups:
            had = tx.materials.post_in(material.id, group.chat_id)
            if had is None or now - had.posted_at > _AT_ONCE:
                self._push(tx, material, group, day, by_schedule=False, now=now)
                count += 1
        return count

    async def open_plans(self, user_id: int, chat_id: int, *, now: datetime) -> None:
        """Show a group's plan in the group, or in private the groups whose plan may be changed.

        Raises:
            CheckinUnbound, NotAllowed, NoGroupOfTheirs.
        """

        def work(tx: Tx) -> None:
            access = access_of(tx, user_id, self._settings.admins)
            if chat_id < 0:
                tx.outbox.say(chat_id, self._card(tx, self._group(tx, access, chat_id)), now=now)
                return
            groups = groups_run(tx, access)
            if not groups:
                raise NoGroupOfTheirs()
            named = tuple((group.chat_id, group.title) for group in groups[:90])
            tx.outbox.say(chat_id, PlanGroups(groups=named), now=now)

        await self._database.write(work)

    async def change_plan(
        self,
        user_id: int,
        chat_id: int,
        change: Callable[[Plan], Plan],
        *,
        series_of: int | None = None,
        on_message: tuple[int, int],
        now: datetime,
    ) -> None:
        """Change a group's plan and show it on the message whose button was pressed (``on_message``: chat and message).

        ``series_of``: a material of the series to take (0: of all series).

        Raises:
            CheckinUnbound, NotAllowed, Forged.
        """

        def work(tx: Tx) -> None:
            group = self._group(tx, access_of(tx, user_id, self._settings.admins), chat_id)
            if on_message[0] < 0 and on_message[0] != chat_id:
                raise Forged()
            before = plan_of(tx, self._settings, chat_id)
            plan = change(before)
            if series_of is not None:
                plan = replace(plan, series=must_have(tx, series_of).series if series_of else "")
            if plan != before:
                self._keep(tx, chat_id, plan, now=now)
            ref = f"pressed:{on_message[0]}:{on_message[1]}"
            tx.outbox.adopt(ref, *on_message, now=now)
            tx.outbox.edit(ref, self._card(tx, group), now=now, rank=Rank.REPLY)

        await self._database.write(work)

    def next_day(self, tx: Tx, chat_id: int, *, now: datetime) -> date | None:
        """The day on which a group's next material comes, if one does."""
        zone, plan = self._settings.zone, plan_of(tx, self._settings, chat_id)
        if not plan.is_on or tx.materials.next_for(chat_id, plan.series) is None:
            return None
        today = day_of(now, zone)
        if self._is_held(plan, today) and now < plan.due_at(today, zone):
            return today
        return next_on(plan.days, today, self._settings.country)

    def _keep(self, tx: Tx, chat_id: int, plan: Plan, *, now: datetime) -> None:
        row = MaterialPlanRow(
            chat_id=chat_id, is_on=plan.is_on, days=days_text(plan.days), at=f"{plan.at:%H:%M}", series=plan.series
        )
        tx.materials.set_plan(row)
        # An hour that is already past waits for the next planning: nothing is pushed while somebody still turns the hour.
        zone = self._settings.zone
        for day in days_between(day_of(now, zone), day_of(now + _AHEAD, zone)):
            due_at = plan.due_at(day, zone)
            if self._is_held(plan, day) and now < due_at:
                body = f'{{"day": "{day}", "chat_id": {chat_id}}}'
                tx.alarms.set(PUSH, plan.key(day, chat_id), due_at, body=body, useful_until=use_until(due_at, zone))

    def _group(self, tx: Tx, access: Access, chat_id: int) -> Place:
        group = bound_group(tx, chat_id)
        if group is None:
            raise CheckinUnbound()
        access.must_run(tx, group.unit_id)
        return group

    def _card(self, tx: Tx, group: Place) -> PlanCard:
        plan, materials = plan_of(tx, self._settings, group.chat_id), tx.materials.all()
        series = {material.series: material.id for material in reversed(materials) if material.series}
        had = {material.id for material in materials if tx.materials.post_in(material.id, group.chat_id)}
        wanted = [material for material in materials if plan.series in ("", material.series)]
        return PlanCard(
            chat_id=group.chat_id,
            group=group.title,
            is_on=plan.is_on,
            days=plan.days,
            at=plan.at,
            series=plan.series,
            all_series=tuple((first, name) for name, first in reversed(series.items()))[:20],
            left=sum(material.id not in had for material in wanted),
        )

    def _push(
        self, tx: Tx, material: MaterialRow, group: Place, day: date, *, by_schedule: bool, now: datetime
    ) -> None:
        assert group.unit_id is not None
        post = tx.materials.post(material.id, group.chat_id, group.unit_id, day, by_schedule=by_schedule, now=now)
        say_card(tx, material, post, now=now, rank=Rank.PUSH)
        # Of several groups of one unit the first stands for all: nobody gets two materials privately.
        if self._settings.private and tx.places.groups_of(group.unit_id)[0].chat_id == group.chat_id:
            say_privately(tx, material, meant(tx, group.unit_id), now=now, rank=Rank.PUSH)

    def _ended(self, tx: Tx, group: Place, day: date, *, now: datetime) -> None:
        """The list has nothing new for a group: said once, and not at all while the library is empty."""
        last = tx.materials.latest_post(group.chat_id)
        post_id = 0 if last is None else last.id
        if tx.materials.all() and not tx.materials.end_was_told(group.chat_id, post_id):
            self._report(tx, "exhausted", group, day, post_id=post_id, now=now)

    def _report(self, tx: Tx, what: str, group: Place, day: date, *, now: datetime, post_id: int | None = None) -> None:
        assert group.unit_id is not None
        admins = self._settings.admins
        report(tx, what, group.chat_id, group.unit_id, day, post_id=post_id, admins=admins, now=now)


def groups_run(tx: Tx, access: Access) -> tuple[Place, ...]:
    """The bound groups of the units that somebody runs, by title."""
    units = access.units(tx)
    return tuple(group for group in tx.places.groups() if group.unit_id in units)
