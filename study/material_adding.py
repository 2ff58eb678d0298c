"""Adding one material by conversation: the material itself, its series, its tags, a question."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from quizzes.bank.items import ItemError
from storage import Database, Tx
from study.access import access_of
from study.content import Content
from study.errors import Expired, NotAllowed, TooLong
from study.material_cards import must_have
from study.material_errors import MaterialExists, MaterialFlawed
from study.material_import import read_question
from study.material_library import show_sheet
from study.material_rules import LABEL_LIMIT, TAGS_LIMIT, Flaw, clean_tags, draft_of, flaws_of
from study.material_views import MaterialAsked, QuestionFault, QuestionRefused

ADDING = "material.add"
Step = Literal["content", "series", "tags", "question"]
_AFTER: dict[Step, Step] = {"content": "series", "series": "tags", "tags": "question"}
_SERIES_SHOWN = 12


class Adding(BaseModel):
    """How far somebody has come."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    step: Step = "content"
    title: str = ""
    text: str = ""
    link: str = ""
    content: Content = Content()
    series: str = ""
    tags: str = ""


class MaterialAdding:
    """The conversation; what is sent and cannot be taken leaves it where it was."""

    def __init__(self, database: Database, admins: frozenset[int]) -> None:
        self._database, self._admins = database, admins

    async def begin(self, user_id: int, *, now: datetime) -> None:
        """Ask for the material.

        Raises:
            NotAllowed: they are no organiser.
        """

        def work(tx: Tx) -> None:
            self._go(tx, user_id, Adding(), now)

        await self._database.write(work)

    async def give(self, user_id: int, body: str, content: Content, *, now: datetime) -> None:
        """Take what was sent for the step that the conversation (``body``) is at.

        Raises:
            NotAllowed, MaterialFlawed, MaterialExists, TooLong.
        """

        def work(tx: Tx) -> None:
            at = Adding.model_validate_json(body)
            match at.step:
                case "content":
                    self._go(tx, user_id, _with_content(at, content), now)
                case "series":
                    self._go(tx, user_id, _with_series(tx, at, _one_line(content)), now)
                case "tags":
                    self._go(tx, user_id, _with_tags(at, content.text), now)
                case "question":
                    question, faults = read_question(content.text)
                    if question is None:
                        tx.outbox.say(user_id, QuestionRefused(faults=_faults(faults)), now=now)
                    else:
                        self._finish(tx, user_id, at, question, now)

        await self._database.write(work)

    async def take_series(self, user_id: int, material_id: int, *, now: datetime) -> None:
        """Take the series of a material whose button was pressed.

        Raises:
            NotAllowed, MaterialGone, MaterialExists; Expired: the conversation is not at that step.
        """

        def work(tx: Tx) -> None:
            at = _under_way(tx, user_id, "series")
            self._go(tx, user_id, _with_series(tx, at, must_have(tx, material_id).series), now)

        await self._database.write(work)

    async def skip(self, user_id: int, step: Literal["series", "tags", "question"], *, now: datetime) -> None:
        """Leave a step out; after the question the material is in the list.

        Raises:
            NotAllowed, MaterialExists; Expired: the conversation is not at that step.
        """

        def work(tx: Tx) -> None:
            at = _under_way(tx, user_id, step)
            if step == "question":
                self._finish(tx, user_id, at, None, now)
            elif step == "series":
                self._go(tx, user_id, _with_series(tx, at, ""), now)
            else:
                self._go(tx, user_id, _with_tags(at, ""), now)

        await self._database.write(work)

    def _go(self, tx: Tx, user_id: int, at: Adding, now: datetime) -> None:
        self._check(tx, user_id)
        tx.conversations.put(user_id, user_id, ADDING, at.model_dump_json(), now=now)
        series = {material.series: material.id for material in tx.materials.all() if material.series}
        offered = tuple((first, name) for name, first in series.items())[:_SERIES_SHOWN] if at.step == "series" else ()
        tx.outbox.say(user_id, MaterialAsked(step=at.step, title=at.title, series=offered), now=now)

    def _finish(self, tx: Tx, user_id: int, at: Adding, question: str | None, now: datetime) -> None:
        self._check(tx, user_id)
        _must_be_new(tx, at.series, at.title)
        fields: dict[str, object] = {
            "topic": "",
            "text": at.text,
            "link": at.link,
            "tags": at.tags,
            "content": at.content.model_dump_json(),
            "picture": None,
            "question": question,
        }
        known = tx.materials.find(at.series, at.title)
        if known is None:
            material_id = tx.materials.add(series=at.series, title=at.title, now=now, **fields)
        else:
            material_id = known.id
            tx.materials.renew(material_id, now=now, **fields)
        tx.conversations.end(user_id, user_id)
        show_sheet(tx, user_id, material_id, now=now)

    def _check(self, tx: Tx, user_id: int) -> None:
        if not access_of(tx, user_id, self._admins).is_organiser:
            raise NotAllowed()


def _under_way(tx: Tx, user_id: int, step: Step) -> Adding:
    found = tx.conversations.get(user_id, user_id)
    if found is None or found.topic != ADDING:
        raise Expired()
    at = Adding.model_validate_json(found.body)
    if at.step != step:
        raise Expired()
    return at


def _with_content(at: Adding, content: Content) -> Adding:
    draft = draft_of(content.text)
    if content.file_id is not None:
        draft = replace(draft, content="a file")
    for flaw, params in flaws_of(draft):
        wanted = f"long_{params['column']}" if flaw is Flaw.TOO_LONG else _WORD[flaw]
        raise MaterialFlawed(wanted=wanted, **params)
    file = content.model_copy(update={"text": ""})
    done = {"title": draft.title, "text": draft.text, "link": draft.link, "content": file, "step": _AFTER["content"]}
    return at.model_copy(update=done)


_WORD = {Flaw.NO_TITLE: "no_title", Flaw.NO_TEXT: "no_text"}


def _with_series(tx: Tx, at: Adding, series: str) -> Adding:
    if len(series) > LABEL_LIMIT:
        raise TooLong(limit=LABEL_LIMIT, length=len(series))
    _must_be_new(tx, series, at.title)
    return at.model_copy(update={"series": series, "step": _AFTER["series"]})


def _with_tags(at: Adding, tags: str) -> Adding:
    cleaned = clean_tags(tags)
    if len(cleaned) > TAGS_LIMIT:
        raise TooLong(limit=TAGS_LIMIT, length=len(cleaned))
    return at.model_copy(update={"tags": cleaned, "step": _AFTER["tags"]})


def _must_be_new(tx: Tx, series: str, title: str) -> None:
    known = tx.materials.find(series, title)
    if known is not None and known.is_listed:
        raise MaterialExists(title=title)


def _one_line(content: Content) -> str:
    return " ".join(content.text.split())


def _faults(errors: Sequence[ItemError]) -> tuple[QuestionFault, ...]:
    return tuple(
        QuestionFault(line=error.line, field=error.field, code=error.code.value, params=dict(error.params))
        for error in errors[:10]
    )
