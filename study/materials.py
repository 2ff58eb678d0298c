"""Materials: taken in from a table, read by people, shown again, exported."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from quizzes.engine.frozen import dataclass
from storage import Database, Rank, Tx
from storage.materials import MaterialRow
from study.access import access_of
from study.calendar import day_of
from study.checkin_errors import CheckinUnbound
from study.content import Content
from study.errors import Forged
from study.ledger import Happening, credit
from study.material_adding import MaterialAdding
from study.material_cards import (
    LISTENER,
    MaterialSettings,
    body_of,
    bound_group,
    groups_over,
    refresh_for,
    say_card,
    today_of,
)
from study.material_errors import MaterialNoGroup
from study.material_import import MaterialPlan, Prepared, read_materials
from study.material_library import MaterialLibrary
from study.material_questions import MaterialQuestions
from study.material_reports import MaterialReports
from study.material_rules import week_start
from study.material_schedule import MaterialSchedule
from study.material_troubles import report
from study.material_views import MaterialCard, MaterialForOne, NothingToday
from study.outcome import Outcome

_VIEWS: Mapping[str, type[MaterialCard] | type[MaterialForOne]] = {
    MaterialCard.kind: MaterialCard,
    MaterialForOne.kind: MaterialForOne,
}
_OF_THE_FILE = ("bad_request", "fault")
"""How a delivery ends whose file is broken or gone; all other errors are the chat's."""


@dataclass(frozen=True, slots=True)
class MaterialResult:
    """What taking a table in has done; ``renewed`` counts those that have changed, ``left_out`` the bad rows."""

    new: int
    renewed: int
    unchanged: int
    left_out: int


@dataclass(frozen=True, slots=True)
class HasRead:
    """Somebody's reading: ``again`` if it was counted before; ``this_week`` with this one, from Monday on."""

    again: bool
    this_week: int


class Materials:
    """The library and its readers; its other sides hang on it."""

    def __init__(self, database: Database, settings: MaterialSettings) -> None:
        self._database, self._settings = database, settings
        self.schedule = MaterialSchedule(database, settings)
        self.library = MaterialLibrary(database, settings, self.schedule)
        self.adding = MaterialAdding(database, settings.admins)
        self.questions = MaterialQuestions(database, settings)
        self.reports = MaterialReports(database, settings)

    def plan(self, content: bytes, filename: str, files: Callable[[str], bytes | None]) -> MaterialPlan:
        """Read a table; ``files`` gives the bytes of a picture that a row names, ``None`` if there is none.

        Raises:
            FileError: the file as a whole cannot be read.
        """
        return read_materials(content, filename, files)

    async def take_in(self, plan: MaterialPlan, *, now: datetime) -> MaterialResult:
        """Add the good rows at the end of the list; one with a known series and title brings that material up to date."""

        def work(tx: Tx) -> MaterialResult:
            done = [_take_in(tx, row, now=now) for row in plan.good]
            left_out = len({mistake.line for mistake in plan.mistakes})
            return MaterialResult(done.count("new"), done.count("renewed"), done.count("unchanged"), left_out)

        return await self._database.write(work)

    async def load(self, stored: str) -> bytes:
        """The bytes of a stored picture, by the name that its card gives it.

        Raises:
            KeyError: there is none.
        """
        picture = await self._database.read(lambda tx: tx.materials.picture(int(stored.removeprefix("material:"))))
        if picture is None:
            raise KeyError(stored)
        return picture

    async def card_ended(self, outcome: Outcome) -> None:
        """Send a material without its picture or file if that is what Telegram refuses, and tell the organisers."""
        if outcome.state != "refused" or outcome.action != "send" or outcome.error not in _OF_THE_FILE:
            return
        view = _VIEWS[outcome.kind].model_validate_json(outcome.body)
        if not view.body.stored and view.body.content.file_id is None:
            return
        bare = view.body.model_copy(update={"stored": False, "content": Content()})

        def work(tx: Tx) -> None:
            tx.materials.strip(bare.material_id)
            again = view.model_copy(update={"body": bare})
            tx.outbox.say(outcome.chat_id, again, now=outcome.at, rank=Rank.PUSH, ref=outcome.ref, listener=LISTENER)
            post = tx.materials.post_in(bare.material_id, outcome.chat_id)
            if post is not None:
                report(
                    tx,
                    "file",
                    post.chat_id,
                    post.unit_id,
                    post.day,
                    title=bare.title,
                    admins=self._settings.admins,
                    now=outcome.at,
                )

        await self._database.write(work)

    async def read(self, user_id: int, chat_id: int, material_id: int, *, on_message: int, now: datetime) -> HasRead:
        """Somebody has read a material; each person counts once, wherever they say so.

        Raises:
            NotOnRoster: they are nobody on the roster.
            Forged: it never went to this chat.
        """

        def work(tx: Tx) -> HasRead:
            person = access_of(tx, user_id, self._settings.admins).member()
            material = _posted(tx, material_id, chat_id)
            today = day_of(now, self._settings.zone)
            new = tx.materials.read(material_id, person.id, _day_read(tx, material_id, chat_id, today), now=now)
            if new:
                about = {"series": material.series}
                credit(
                    tx, person.id, f"material_read:{material_id}", Happening("material.read", about), day=today, now=now
                )
                refresh_for(tx, person, material_id, now=now)
            if chat_id > 0:
                ref = f"pressed:{chat_id}:{on_message}"
                tx.outbox.adopt(ref, chat_id, on_message, now=now)
                tx.outbox.edit(ref, MaterialForOne(body=body_of(material), read=True), now=now, rank=Rank.REPLY)
            return HasRead(not new, tx.materials.reads_since(person.id, week_start(today)))

        return await self._database.write(work)

    async def today(self, user_id: int, chat_id: int, *, reply_to: int | None, now: datetime) -> None:
        """Show today's material again: the group's in a group, in private that of the person's group.

        Raises:
            CheckinUnbound: the group is bound to no unit.
            NotOnRoster, MaterialNoGroup: nobody knows which group's it would be.
        """

        def work(tx: Tx) -> None:
            if chat_id < 0:
                self._today_in_group(tx, chat_id, reply_to, now)
            else:
                self._today_in_private(tx, user_id, now)

        await self._database.write(work)

    async def export(
        self, *, first: date | None = None, last: date | None = None, units: frozenset[int] | None = None
    ) -> tuple[dict[str, object], ...]:
        """Every reading of a period (all by default) and of some units (all by default), oldest first.

        Each line is ``{"date", "series", "title", "unit", "name", "read_at", "right"}``: the date is the material's day,
        the unit a path, ``read_at`` ISO 8601 in the programme's zone, ``right`` None if its question was not answered.
        """
        readings = await self._database.read(lambda tx: tx.materials.readings())
        return tuple(
            {
                "date": reading.day.isoformat(),
                "series": reading.series,
                "title": reading.title,
                "unit": reading.unit,
                "name": reading.name,
                "read_at": reading.read_at.astimezone(self._settings.zone).isoformat(timespec="seconds"),
                "right": reading.is_right,
            }
            for reading in readings
            if (first or date.min) <= reading.day <= (last or date.max) and (units is None or reading.unit_id in units)
        )

    def _today_in_group(self, tx: Tx, chat_id: int, reply_to: int | None, now: datetime) -> None:
        if bound_group(tx, chat_id) is None:
            raise CheckinUnbound()
        posts = tx.materials.posts_on(day_of(now, self._settings.zone))
        post = today_of(posts, (chat_id,))
        if post is None:
            view = NothingToday(next_day=self.schedule.next_day(tx, chat_id, now=now))
            tx.outbox.say(chat_id, view, now=now, reply_to=reply_to)
            return
        material = tx.materials.get(post.material_id)
        assert material is not None
        say_card(tx, material, post, now=now, rank=Rank.REPLY)

    def _today_in_private(self, tx: Tx, user_id: int, now: datetime) -> None:
        person = access_of(tx, user_id, self._settings.admins).member()
        groups = groups_over(tx, person)
        if not groups:
            raise MaterialNoGroup()
        chat_ids = [group.chat_id for group in groups]
        post = today_of(tx.materials.posts_on(day_of(now, self._settings.zone)), chat_ids)
        if post is None:
            days = [self.schedule.next_day(tx, chat_id, now=now) for chat_id in chat_ids]
            known = [day for day in days if day is not None]
            tx.outbox.say(user_id, NothingToday(next_day=min(known, default=None)), now=now)
            return
        material = tx.materials.get(post.material_id)
        assert material is not None
        read = tx.materials.read_at(material.id, person.id) is not None
        tx.outbox.say(user_id, MaterialForOne(body=body_of(material), read=read), now=now)


def _posted(tx: Tx, material_id: int, chat_id: int) -> MaterialRow:
    """A material whose button somebody pressed: one that went to this group, or (in private) any: sessions and the library
    send what no group has had."""
    material = tx.materials.get(material_id)
    if material is None:
        raise Forged()
    if chat_id < 0 and tx.materials.post_in(material_id, chat_id) is None:
        raise Forged()
    return material


def _day_read(tx: Tx, material_id: int, chat_id: int, today: date) -> date:
    """The day of the material whose button was pressed; in private that of its newest post."""
    if chat_id < 0:
        post = tx.materials.post_in(material_id, chat_id)
        return today if post is None else post.day
    return max((post.day for post in tx.materials.posts_of(material_id)), default=today)


def _take_in(tx: Tx, row: Prepared, *, now: datetime) -> str:
    draft = row.draft
    fields: dict[str, object] = {
        "topic": draft.topic,
        "text": draft.text,
        "link": draft.link,
        "tags": draft.tags,
        "content": draft.content,
        "question": draft.question,
    }
    known = tx.materials.find(draft.series, draft.title)
    if known is None:
        tx.materials.add(series=draft.series, title=draft.title, picture=row.picture, now=now, **fields)
        return "new"
    is_same = known.is_listed and all(getattr(known, name) == value for name, value in fields.items())
    if is_same and (row.picture is None or row.picture == tx.materials.picture(known.id)):
        return "unchanged"
    tx.materials.renew(known.id, picture=row.picture, now=now, **fields)
    return "renewed"
