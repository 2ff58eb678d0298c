"""The form of a work, field by field: what is sent goes into the field that is asked for; nothing that was sent is lost."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

from quizzes.engine.han import heard
from storage import Database, Tx
from storage.works import WorkRow
from study.access import Access
from study.calendar import day_of
from study.programme.works import WorkKind
from study.submission import Attached
from study.task_templates import Piece
from study.work_book import carry_out, kind_of, state_of, terms_of, work_of
from study.work_errors import FieldPieceWrong, WorkNotOpen, WorkOver, WorkUnknown
from study.work_facts import choice_of, fault_views
from study.work_field_rules import Value, fault_of, faults_of, read_form
from study.work_news import WorkSettings, tell
from study.work_plan import FieldKind
from study.work_reviewers import Bench
from study.work_rules import Terms
from study.work_sheets import seen, sheet, show
from study.work_states import Fill, HandIn, Phase, SentBack, Work
from study.work_views import FormCard

FORM_TOPIC = "work.form"
"""The topic of the conversation that fills a form in; its body names the work and the field."""

_SEVERAL = 2
"""A message with so many titles of fields fills them all in."""


class WorkForms:
    """Filling in and handing in, always in private."""

    def __init__(self, database: Database, settings: WorkSettings) -> None:
        self._database, self._settings = database, settings

    async def ask(
        self, user_id: int, work_id: int, at: int | None = None, *, now: datetime, on_message: int | None = None
    ) -> None:
        """Ask for a field (by its place at this stage; ``None``: the first that something is wrong with).

        Past the last field the whole work is shown.

        Raises:
            WorkUnknown, WorkNotOpen, WorkOver: it is not theirs to write, or not now.
        """

        def work(tx: Tx) -> None:
            bench = Bench(tx, self._settings.admins)
            row, found, terms, access = self._written(bench, user_id, work_id, now)
            place = _first_wrong(found, terms) if at is None else at
            self._show(bench, row, found, terms, access, place, now, on_message)

        await self._database.write(work)

    async def fill(
        self, user_id: int, name: str, body: str, *, text: str, file: Attached | None, album: str | None, now: datetime
    ) -> None:
        """Put a message into the field that was asked for, and ask for the next; several fields by their titles at once too.

        ``album`` is Telegram's id of the album that the message is a part of.

        Raises:
            FieldPieceWrong: the field takes something else.
            WorkUnknown, WorkNotOpen, WorkOver, TooLong: it is not theirs to write, or not now.
        """
        place = json.loads(body)

        def work(tx: Tx) -> None:
            bench = Bench(tx, self._settings.admins)
            row, found, terms, access = self._written(bench, user_id, int(place["work"]), now)
            kind, fields = kind_of(row), terms.plan.stages[found.stage].fields
            at = min(int(place["at"]), len(fields) - 1)
            values = _named(kind, fields, fields[at], text) if file is None else {}
            if not values:
                values = {fields[at]: _value(tx, kind, fields[at], found, text, file)}
            found, _ = carry_out(
                bench, row, Fill(values), author=user_id, name=_name(access, name), now=now, zone=self._zone
            )
            if len(values) >= _SEVERAL:
                at = len(fields)
            elif file is None and fault_of(terms.plan.field(fields[at]), found.values[fields[at]], terms.today) is None:
                # Whoever corrects what was returned is led from one wrong field to the next, and then to the end.
                at = at + 1 if not found.returned else _first_wrong(found, terms)
            ref = f"work_album:{row.id}:{user_id}:{album}" if album is not None else None
            self._show(bench, work_of(tx, row.id), found, terms, access, at, now, None, ref)

        await self._database.write(work)

    async def pick(
        self, user_id: int, name: str, work_id: int, at: int, choice: int | None, *, now: datetime, on_message: int
    ) -> None:
        """Choose an answer of a field by its place, or empty the field (``None``); then ask for the next.

        Raises:
            WorkUnknown, WorkNotOpen, WorkOver: it is not theirs to write, or there is no such answer.
        """

        def work(tx: Tx) -> None:
            bench = Bench(tx, self._settings.admins)
            row, found, terms, access = self._written(bench, user_id, work_id, now)
            fields = terms.plan.stages[found.stage].fields
            if not 0 <= at < len(fields):
                raise WorkUnknown()
            choices = terms.plan.field(fields[at]).choices
            if choice is not None and not 0 <= choice < len(choices):
                raise WorkUnknown()
            value = Value() if choice is None else Value(choices[choice])
            command = Fill({fields[at]: value})
            found, _ = carry_out(
                bench, row, command, author=user_id, name=_name(access, name), now=now, zone=self._zone
            )
            place = at if choice is None else at + 1
            self._show(bench, work_of(tx, row.id), found, terms, access, place, now, on_message)

        await self._database.write(work)

    async def hand_in(self, user_id: int, name: str, work_id: int, *, now: datetime, on_message: int) -> str:
        """Hand a stage in; returns the phase that the work is in then, or ``sent_back``.

        Raises:
            FieldsWanting, NothingChanged: it does not suffice.
            WorkUnknown, WorkNotOpen, WorkOver: it is not theirs, or not now.
        """

        def work(tx: Tx) -> str:
            bench = Bench(tx, self._settings.admins)
            row, _, _, access = self._written(bench, user_id, work_id, now)
            done, events = carry_out(
                bench, row, HandIn(), author=user_id, name=_name(access, name), now=now, zone=self._zone
            )
            _stop_listening(tx, user_id, row.id)
            tell(bench, row, events, actor=user_id, by="", now=now, zone=self._zone)
            view = sheet(bench, work_of(tx, row.id), access, own=True, now=now, zone=self._zone)
            show(tx, user_id, view, on_message, now)
            return "sent_back" if any(isinstance(event, SentBack) for event in events) else done.phase.value

        return await self._database.write(work)

    async def leave(self, user_id: int, work_id: int, *, now: datetime, on_message: int) -> None:
        """Stop filling in; everything is kept.

        Raises:
            WorkUnknown: it is not theirs.
        """

        def work(tx: Tx) -> None:
            bench = Bench(tx, self._settings.admins)
            row, access, own = seen(bench, user_id, work_id)
            _stop_listening(tx, user_id, row.id)
            show(tx, user_id, sheet(bench, row, access, own=own, now=now, zone=self._zone), on_message, now)

        await self._database.write(work)

    @property
    def _zone(self) -> ZoneInfo:
        return self._settings.zone

    def _written(self, bench: Bench, user_id: int, work_id: int, now: datetime) -> tuple[WorkRow, Work, Terms, Access]:
        row, access, own = seen(bench, user_id, work_id)
        if not own:
            raise WorkUnknown()
        found = state_of(bench.tx, row)
        if found.phase is not Phase.WRITING:
            raise WorkOver() if found.phase.is_over else WorkNotOpen()
        return row, found, terms_of(bench, row, day_of(now, self._zone), reviewed=False), access

    def _show(
        self,
        bench: Bench,
        row: WorkRow,
        found: Work,
        terms: Terms,
        access: Access,
        at: int,
        now: datetime,
        on_message: int | None,
        ref: str | None = None,
    ) -> None:
        tx, user_id = bench.tx, access.user_id
        fields = terms.plan.stages[found.stage].fields
        if at >= len(fields):
            _stop_listening(tx, user_id, row.id)
            show(tx, user_id, sheet(bench, row, access, own=True, now=now, zone=self._zone), on_message, now)
            return
        at = max(0, at)
        tx.conversations.put(user_id, user_id, FORM_TOPIC, json.dumps({"work": row.id, "at": at}), now=now)
        view = _card(row, found, terms, fields, at)
        if ref is None:
            show(tx, user_id, view, on_message, now)
        elif not tx.outbox.edit(ref, view, now=now):
            tx.outbox.say(user_id, view, now=now, ref=ref)


def _card(row: WorkRow, found: Work, terms: Terms, fields: tuple[str, ...], at: int) -> FormCard:
    kind = kind_of(row)
    field = kind.field(fields[at])
    value = found.values.get(field.key, Value())
    fault = None if value.is_empty else fault_of(terms.plan.field(field.key), value, terms.today)
    if fault is None and found.returned:
        fault = next((one for one in found.faults if one.field == field.key and _stands(found, field.key)), None)
    return FormCard(
        work=row.id,
        kind_title=kind.title,
        at=at,
        total=len(fields),
        title=field.title,
        hint=field.hint,
        example=field.example,
        takes=field.kind.value,
        required=field.required,
        least=field.least,
        text=value.text,
        choice=choice_of(kind, field.key, value.text),
        choices=tuple(choice.title for choice in field.choices),
        files=len(value.files),
        fault=None if fault is None else fault_views(kind, [fault])[0],
    )


def _stands(found: Work, field: str) -> bool:
    """Whether a field still says what was returned."""
    before = found.versions[-1].values if found.versions else {}
    return found.values.get(field) == before.get(field)


def _first_wrong(found: Work, terms: Terms) -> int:
    fields = terms.plan.stages[found.stage].fields
    named = {fault.field for fault in found.faults if _stands(found, fault.field)} if found.returned else set()
    wrong = named | {fault.field for fault in faults_of(terms.plan, fields, found.values, terms.today)}
    for at, key in enumerate(fields):
        if key in wrong:
            return at
    untouched = found.returned and not found.faults and found.values == found.versions[-1].values
    return 0 if untouched else len(fields)


def _named(kind: WorkKind, fields: tuple[str, ...], asked: str, text: str) -> dict[str, Value]:
    """What a message says that begins with the title of a field and names several, or the one that was asked for."""
    titles = {title: key for key in fields for title in kind.field(key).title.root.values()}
    said, before = read_form(text, titles)
    if before or (len(said) < _SEVERAL and asked not in said):
        return {}
    fillable = {
        key: words for key, words in said.items() if kind.field(key).kind not in (FieldKind.FILE, FieldKind.PHOTO)
    }
    return {key: Value(_chosen(kind, key, words)) for key, words in fillable.items()}


def _value(tx: Tx, kind: WorkKind, key: str, found: Work, text: str, file: Attached | None) -> Value:
    field = kind.field(key)
    if field.kind in (FieldKind.FILE, FieldKind.PHOTO):
        fits = file is not None and (field.kind is FieldKind.FILE or file.piece is Piece.PHOTO)
        if file is None or not fits:
            raise FieldPieceWrong(wanted=field.kind.value)
        return Value("", (*found.values.get(key, Value()).files, file))
    if file is not None:
        raise FieldPieceWrong(wanted="text")
    if field.kind is FieldKind.UNIT:
        units = tx.people.units_called(text.strip())
        return Value(units[0].path if len(units) == 1 else text.strip())
    return Value(_chosen(kind, key, text))


def _chosen(kind: WorkKind, key: str, text: str) -> str:
    """The key of an answer that was typed; any other text as it is."""
    said = heard(text)
    choices = kind.field(key).choices
    found = (one.key for one in choices if said in {heard(title) for title in one.title.root.values()})
    return next(found, text.strip())


def _stop_listening(tx: Tx, user_id: int, work_id: int) -> None:
    under_way = tx.conversations.get(user_id, user_id)
    if under_way is not None and under_way.topic == FORM_TOPIC and json.loads(under_way.body)["work"] == work_id:
        tx.conversations.end(user_id, user_id)


def _name(access: Access, name: str) -> str:
    return access.person.name if access.person is not None else name
