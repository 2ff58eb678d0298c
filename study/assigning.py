"""An organiser gives an assignment: what, until when, to whom; a preview; and only then it is sent."""

from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from storage import Database, Tx
from study.access import Access, Role, access_of
from study.assign_plan import Planned, file_of, title_and_text
from study.audience import Audience, levels_of, reach
from study.audience_choices import Choice, level_tagged, toggled
from study.calendar import day_of, moment
from study.content import Content
from study.deadlines import EVENING, DeadlinePast, read_deadline
from study.errors import Expired, NotAllowed, StudyError
from study.noticing import answerers, give_notices
from study.task_book import task_of
from study.task_clock import hand_out
from study.task_templates import ASSIGNMENT, Template
from study.task_views import (
    AssignContent,
    AssignDeadline,
    AssignDropped,
    Assigned,
    AssignPreview,
    TaskHead,
    UnitChoice,
)
from study.tasks import TaskSettings

CONTENT, DEADLINE, PREVIEW = "assign.content", "assign.deadline", "assign.preview"
"""The steps, as topics of the conversation."""

_UNITS_A_PAGE = 10


class NobodyMeant(StudyError):
    """Nobody who has joined is in the chosen units."""

    code = "assign_nobody"


class Soon(Enum):
    """The deadlines on the buttons."""

    TOMORROW = "tomorrow"
    FRIDAY = "friday"
    WEEK = "week"


class Assigning:
    """The way from ``/assign`` to what has been sent. ``me`` is the bot's user name, for links."""

    def __init__(self, database: Database, settings: TaskSettings) -> None:
        self._database, self._settings = database, settings

    async def start(self, user_id: int, key: int, *, template: Template = ASSIGNMENT, now: datetime) -> None:
        """Ask what is to be done.

        Raises:
            NotAllowed: they run nothing.
        """

        def work(tx: Tx) -> None:
            self._access(tx, user_id)
            self._keep(tx, user_id, CONTENT, Planned(key=key, template=template.name), now)
            tx.outbox.say(user_id, AssignContent(template=template.name), now=now)

        await self._database.write(work)

    async def start_whole(
        self, user_id: int, key: int, line: str, *, template: Template = ASSIGNMENT, now: datetime
    ) -> None:
        """Read an assignment from one line, ``11-30 18:00 title: text``, and show the preview.

        Raises:
            StudyError: the deadline or the title cannot be read, or they run nothing.
        """

        def work(tx: Tx) -> None:
            deadline = read_deadline(line, now, self._settings.zone)
            title, text = title_and_text(deadline.rest, colon=True)
            planned = Planned(key=key, template=template.name, title=title, text=text, due_at=deadline.at)
            self._preview(tx, user_id, planned, now)

        await self._database.write(work)

    async def start_about(
        self, user_id: int, key: int, unit_id: int, title: str, text: str, *, template: Template, now: datetime
    ) -> None:
        """Begin with what is known already (a finding, and the unit that it is about), and ask until when.

        Raises:
            NotAllowed: they do not run the unit.
        """

        def work(tx: Tx) -> None:
            self._access(tx, user_id).must_run(tx, unit_id)
            audience = Audience(units=(unit_id,), also_groups=True)
            planned = Planned(key=key, template=template.name, title=title, text=text, audience=audience)
            self._keep(tx, user_id, DEADLINE, planned, now)
            tx.outbox.say(user_id, AssignDeadline(title=title), now=now)

        await self._database.write(work)

    async def take_content(self, user_id: int, body: str, content: Content, *, now: datetime) -> None:
        """Take what is to be done (first line: the title) and ask until when.

        Raises:
            StudyError: no title, too long, or a kind of file that is not taken.
        """

        def work(tx: Tx) -> None:
            self._access(tx, user_id)
            title, text = title_and_text(content.text, colon=False)
            planned = Planned.model_validate_json(body).model_copy(
                update={"title": title, "text": text, "file": file_of(content)}
            )
            self._keep(tx, user_id, DEADLINE, planned, now)
            tx.outbox.say(user_id, AssignDeadline(title=title), now=now)

        await self._database.write(work)

    async def take_deadline(self, user_id: int, body: str, text: str, key: int, *, now: datetime) -> None:
        """Take the deadline as it is written and show the preview (anew, with ``key``; the card before is void).

        Raises:
            StudyError: it cannot be read, is past or too far.
        """

        def work(tx: Tx) -> None:
            deadline = read_deadline(text, now, self._settings.zone)
            before = Planned.model_validate_json(body)
            self._preview(tx, user_id, before.model_copy(update={"due_at": deadline.at, "key": key}), now)
            tx.outbox.delete(_ref(user_id, before.key), now=now)

        await self._database.write(work)

    async def choose_deadline(self, user_id: int, choice: Soon, *, now: datetime) -> None:
        """Take one of the deadlines on the buttons: tomorrow, this week's Friday (else the next), in a week; at 18:00.

        Raises:
            Expired: no assignment waits for its deadline.
        """

        def work(tx: Tx) -> None:
            planned = self._planned(tx, user_id, DEADLINE)
            today = day_of(now, self._settings.zone)
            ahead = {Soon.TOMORROW: 1, Soon.FRIDAY: (4 - today.weekday()) % 7, Soon.WEEK: 7}[choice]
            due_at = moment(today + timedelta(days=ahead), EVENING, self._settings.zone)
            if due_at <= now:
                due_at = moment(today + timedelta(days=ahead + 7), EVENING, self._settings.zone)
            self._preview(tx, user_id, planned.model_copy(update={"due_at": due_at}), now)

        await self._database.write(work)

    async def toggle(self, user_id: int, key: int, unit_id: int, *, now: datetime) -> None:
        """Put a unit (with those below) in or out of the audience; none chosen means all.

        Raises:
            Expired: the card is an old one.
            NotAllowed: they do not run the unit.
        """

        def work(tx: Tx) -> None:
            planned = self._planned(tx, user_id, PREVIEW, key)
            self._access(tx, user_id).must_run(tx, unit_id)
            # A notice is about the very units that are chosen, an assignment is for those below them too.
            below = frozenset({unit_id}) if planned.is_notice else tx.people.within(unit_id)
            chosen = planned.audience.units
            rest = tuple(one for one in chosen if one not in below)
            units = rest if unit_id in chosen else (*rest, unit_id)
            audience = planned.audience.model_copy(update={"units": units})
            self._change(tx, user_id, planned.model_copy(update={"audience": audience}), now)

        await self._database.write(work)

    async def toggle_level(self, user_id: int, key: int, number: int, *, now: datetime) -> None:
        """Put a level, by its ``tag``, in or out of the audience; none chosen means all.

        Raises:
            Expired: the card is an old one.
            Forged: there is no such level among their people.
        """

        def work(tx: Tx) -> None:
            planned = self._planned(tx, user_id, PREVIEW, key)
            level = level_tagged(tx, self._access(tx, user_id), planned.audience, number)
            audience = toggled(planned.audience, Choice.LEVEL, level)
            self._change(tx, user_id, planned.model_copy(update={"audience": audience}), now)

        await self._database.write(work)

    async def toggle_role(self, user_id: int, key: int, role: Role, *, now: datetime) -> None:
        """Put a role in or out of the audience; none chosen means all.

        Raises:
            Expired: the card is an old one.
        """

        def work(tx: Tx) -> None:
            planned = self._planned(tx, user_id, PREVIEW, key)
            audience = toggled(planned.audience, Choice.ROLE, role.value)
            self._change(tx, user_id, planned.model_copy(update={"audience": audience}), now)

        await self._database.write(work)

    async def turn(self, user_id: int, key: int, page: int, *, now: datetime) -> None:
        """Show another page of the units.

        Raises:
            Expired: the card is an old one.
        """

        def work(tx: Tx) -> None:
            planned = self._planned(tx, user_id, PREVIEW, key)
            self._change(tx, user_id, planned.model_copy(update={"page": page}), now)

        await self._database.write(work)

    async def send(self, user_id: int, key: int, *, me: str, now: datetime) -> int:
        """Send the assignment to those who are meant at this moment; returns to how many.

        Raises:
            Expired: the card is an old one, or it was sent already.
            DeadlinePast: the deadline has passed while the preview stood there.
            NobodyMeant: nobody would get it.
        """

        def work(tx: Tx) -> int:
            planned = self._planned(tx, user_id, PREVIEW, key)
            access = self._access(tx, user_id)
            if planned.is_notice:
                given = give_notices(tx, access, planned, me=me, now=now, settings=self._settings)
            else:
                given = self._give(tx, access, planned, me, now)
            task_id, people, groups = given
            tx.conversations.end(user_id, user_id)
            head = self._head(planned, now).model_copy(update={"id": task_id})
            view = Assigned(head=head, people=people, groups=groups)
            tx.outbox.edit(_ref(user_id, key), view, now=now)
            return people

        return await self._database.write(work)

    async def give(
        self,
        user_id: int,
        title: str,
        text: str,
        due_at: datetime,
        *,
        units: tuple[int, ...] = (),
        me: str,
        now: datetime,
    ) -> int:
        """Give an assignment without a dialogue, in an organiser's or admin's name; returns its number.

        Raises:
            StudyError: they run nothing, the deadline is past, or nobody would get it.
        """

        def work(tx: Tx) -> int:
            access = self._access(tx, user_id)
            planned = Planned(
                key=0, title=title, text=text, due_at=due_at, audience=Audience(units=units, also_groups=True)
            )
            return self._give(tx, access, planned, me, now)[0]

        return await self._database.write(work)

    async def drop(self, user_id: int, key: int, *, now: datetime) -> None:
        """Send nothing.

        Raises:
            Expired: the card is an old one, or it was sent already.
        """

        def work(tx: Tx) -> None:
            self._planned(tx, user_id, PREVIEW, key)
            tx.conversations.end(user_id, user_id)
            tx.outbox.edit(_ref(user_id, key), AssignDropped(), now=now)

        await self._database.write(work)

    def _give(self, tx: Tx, access: Access, planned: Planned, me: str, now: datetime) -> tuple[int, int, int]:
        if planned.due_at is None or planned.due_at <= now:
            raise DeadlinePast()
        whom = reach(tx, planned.audience, access)
        if not whom.people:
            raise NobodyMeant()
        task_id = tx.tasks.add(
            template=ASSIGNMENT.name,
            key=None,
            title=planned.title,
            text=planned.text,
            files=planned.files_json(),
            least=ASSIGNMENT.least,
            unit_id=None if access.is_admin or access.person is None else access.person.unit_id,
            audience=planned.audience.model_dump_json(),
            created_by=access.user_id,
            now=now,
            due_at=planned.due_at,
        )
        assert task_id is not None
        task = task_of(tx, task_id)
        chats = tuple((group.chat_id, group.unit_id) for group in whom.groups if group.unit_id is not None)
        hand_out(tx, task, whom.people, chats, me=me, now=now, settings=self._settings)
        return task_id, len(whom.people), len(chats)

    def _access(self, tx: Tx, user_id: int) -> Access:
        access = access_of(tx, user_id, self._settings.admins)
        if not access.is_organiser:
            raise NotAllowed()
        return access

    def _keep(self, tx: Tx, user_id: int, topic: str, planned: Planned, now: datetime) -> None:
        tx.conversations.put(user_id, user_id, topic, planned.model_dump_json(), now=now)

    def _planned(self, tx: Tx, user_id: int, topic: str, key: int | None = None) -> Planned:
        under_way = tx.conversations.get(user_id, user_id)
        if under_way is None or under_way.topic != topic:
            raise Expired()
        planned = Planned.model_validate_json(under_way.body)
        if key is not None and planned.key != key:
            raise Expired()
        return planned

    def _preview(self, tx: Tx, user_id: int, planned: Planned, now: datetime) -> None:
        view = self._card(tx, self._access(tx, user_id), planned, now)
        self._keep(tx, user_id, PREVIEW, planned, now)
        tx.outbox.say(user_id, view, now=now, ref=_ref(user_id, planned.key))

    def _change(self, tx: Tx, user_id: int, planned: Planned, now: datetime) -> None:
        view = self._card(tx, self._access(tx, user_id), planned, now)
        self._keep(tx, user_id, PREVIEW, planned, now)
        tx.outbox.edit(_ref(user_id, planned.key), view, now=now)

    def _card(self, tx: Tx, access: Access, planned: Planned, now: datetime) -> AssignPreview:
        run = access.units(tx)
        units = [unit for unit in tx.people.units() if unit.id in run]
        covered = frozenset(planned.audience.units)
        if not planned.is_notice:
            covered = covered.union(*(tx.people.within(unit_id) for unit_id in planned.audience.units))
        top = min((unit.path.count("/") for unit in units), default=0)
        pages = max(1, -(-len(units) // _UNITS_A_PAGE))
        page = min(max(planned.page, 0), pages - 1)
        shown = units[page * _UNITS_A_PAGE : (page + 1) * _UNITS_A_PAGE]
        return AssignPreview(
            key=planned.key,
            head=self._head(planned, now),
            text=planned.text,
            file=planned.file,
            units=tuple(
                UnitChoice(id=unit.id, name=unit.name, depth=unit.path.count("/") - top, chosen=unit.id in covered)
                for unit in shown
            ),
            page=page,
            pages=pages,
            audience=planned.audience,
            **_whom(tx, access, planned),
        )

    def _head(self, planned: Planned, now: datetime) -> TaskHead:
        assert planned.due_at is not None
        day = day_of(now, self._settings.zone)
        return TaskHead(id=0, template=planned.template, title=planned.title, day=day, due_at=planned.due_at)


def _whom(tx: Tx, access: Access, planned: Planned) -> dict[str, Any]:
    """How many a preview is about, and what else can be chosen."""
    if planned.is_notice:
        answering = answerers(tx, planned)
        chosen = set(planned.audience.units)
        return {
            "levels": (),
            "people": len({person.id for people in answering.values() for person in people}),
            "unjoined": 0,
            "unreached": 0,
            "groups": sum(group.unit_id in chosen for group in tx.places.groups()),
            "silent": tuple(unit.name for unit in tx.people.units() if unit.id in chosen and not answering[unit.id]),
        }
    whom = reach(tx, planned.audience, access)
    return {
        "levels": levels_of(tx, access),
        "people": len(whom.people),
        "unjoined": len(whom.unjoined),
        "unreached": len(whom.unreached),
        "groups": len(whom.groups),
    }


def _ref(user_id: int, key: int) -> str:
    return f"assign:{user_id}:{key}"
