"""A value of any type of ours with one text wherever a text goes: to see what becomes of the text."""

import collections.abc
import dataclasses
import types
import typing
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from study.programme.words import Title

_PLAIN: dict[Any, Any] = {
    bool: True,
    int: 3,
    float: 1.5,
    datetime: datetime(2026, 11, 23, 8, tzinfo=UTC),
    date: date(2026, 11, 23),
    time: time(8),
    timedelta: timedelta(seconds=3),
    type(None): None,
}

_WORDS: dict[str, Any] = {
    "BankCard.kinds": (("single", 1),),
    "BankFile.form": "xlsx",
    "BulletinSheet.chapters": (0,),
    "CapFacts.period": "day",
    "ChangeShown.fields": ("name",),
    "Change.what": "place",
    "EntryFacts.cause": "self",
    "Entry.protests": (("甲队", "stands"),),
    "FaultView.problem": "short",
    "Figure.key": "sessions.held",
    "FormCard.takes": "text",
    "HistoryEntry.cause": "self",
    "HistoryEntry.status": "late",
    "IdeaLine.state": "adopted",
    "IdeaList.order": "newest",
    "IdeaNews.state": "adopted",
    "Item.max": 5,
    "Item.remark": None,
    "Item.collects": None,
    "Item.options": (),
    "ItemCard.may": ("claim",),
    "ImportMistake.flaw": "title",
    "ItemLine.state": "claimed",
    "ItemNews.event": "Claimed",
    "ItemOfferAsked.needs": ("title",),
    "ItemReasonAsked.what": "decline",
    "LessonShown.fields": ("title",),
    "LogLine.what": "joined",
    "Marked.after": "late",
    "Marked.before": "late",
    "MilestoneLine.state": "now",
    "MistakeShown.code": "duplicate",
    "MistakeShown.params": {"code": "甲", "line": 2, "lines": "2"},
    "MyTask.state": "returned",
    "NameList.figure": "sessions.held",
    "NameList.key": "sessions.held",
    "PointCard.sections": (),
    "QuestionFault.code": "item.no_text",
    "Ranked.rectification": "draft",
    "Reminder.state": "returned",
    "ReportTable.chapter": 0,
    "ReviewSheet.state": "returned",
    "Ruled.state": "returned",
    "SeasonNote.what": "entered",
    "SessionFieldAsked.field": "place",
    "Sheet.state": "returned",
    "SurveyResult.rectifications": {"draft": 1},
    "SurveySaid.state": "draft",
    "TaskHead.template": "assignment",
    "Trend.key": "sessions.held",
    "VisitLine.day": "2026-11-23",
    "WorkHead.phase": "review",
}
"""What is no name but a word of ours, by its class and field."""
_ANYWHERE = {"address": "1", "back": "2026-11", "duty": "key", "key": "key", "period": "2026-11"}
"""The same of whatever class."""


_KEY = "key"
"""Names a part of a programme."""


class Unmakeable(Exception):
    """A type that nobody can make a value of without knowing what it means."""


def made(of: Any, text: str) -> Any:
    """A value of the type ``of``.

    Raises:
        Unmakeable: the type says too little.
    """
    origin, within = typing.get_origin(of), typing.get_args(of)
    if of is str:
        return text
    if of in _PLAIN:
        return _PLAIN[of]
    if of is Title:
        return Title({"en": text, "zh-CN": text})
    if origin is typing.Annotated:
        return _KEY if within[0] is str else made(within[0], text)
    if origin is typing.Literal:
        return within[0]
    if origin in (typing.Union, types.UnionType):
        return made(next(one for one in within if one is not type(None)), text)
    if origin is tuple:
        several = within[:1] if within[-1:] == (Ellipsis,) else within
        return tuple(made(one, text) for one in several)
    if isinstance(origin, type) and issubclass(origin, collections.abc.Mapping):
        return {"zh-CN" if within[0] is str else made(within[0], text): made(within[1], text)}
    if isinstance(origin, type) and issubclass(origin, collections.abc.Collection):
        return [made(within[0], text)]
    if isinstance(of, type) and issubclass(of, Enum):
        return next(iter(of))
    if isinstance(of, type) and issubclass(of, BaseModel):
        of.model_rebuild()  # one of its fields may be of a class that stands below it
        return of(**{name: _field(of, name, field, text) for name, field in of.model_fields.items()})
    if dataclasses.is_dataclass(of) and isinstance(of, type):
        kinds = typing.get_type_hints(of)
        return of(**{field.name: made(kinds[field.name], text) for field in dataclasses.fields(of)})
    raise Unmakeable(of)


def _field(of: type[BaseModel], name: str, field: FieldInfo, text: str) -> Any:
    word = f"{of.__name__}.{name}"
    if word in _WORDS:
        return _WORDS[word]
    if field.annotation is str and name in _ANYWHERE:
        return _ANYWHERE[name]
    # A text with a rule of its own is a key of the programme's.
    return _KEY if field.annotation is str and field.metadata else made(field.annotation, text)
