"""A session on one line, as organisers write it: ``11-27 15:00-16:30 礼堂 张教授 《新形势下的招商引资》``.

The day and the time come first. A title stands in 《》 or quotation marks, or last. The names of a series, a topic and a form
are taken for what they are wherever they stand, and so is what has a label (``地点：礼堂``). Of the words that are left the first
is the place, the second the lecturer; a word that ends like a title of respect (教授, 老师, 局长 …) is a lecturer.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from quizzes.engine.frozen import dataclass
from quizzes.engine.han import simplified
from study.deadlines import read_moment
from study.errors import StudyError, TooLong

TITLE_LIMIT = 100
WORD_LIMIT = 60
_TITLES = re.compile(r"《(?P<a>[^》]+)》|“(?P<b>[^”]+)”|\"(?P<c>[^\"]+)\"|「(?P<d>[^」]+)」")
_RANGE = re.compile(r"(?P<start>\d{1,2}[:：]\d{2})\s*(?:[-–—~～]+|至|到)\s*(?P<end>\d{1,2})[:：](?P<minute>\d{2})")
_HAS_TIME = re.compile(r"\d{1,2}\s*[:：]\s*\d{2}|\d{1,2}\s*[点]")
_RESPECT = re.compile(
    r"(?:教授|老师|讲师|博士|专家|局长|主任|书记|院长|处长|科长|部长|校长|市长|区长|县长|同志|先生|女士)$"
    r"|^(?:Prof|Dr|Mr|Ms|Mrs)\b",
    re.IGNORECASE,
)
_LABELS = {
    "place": ("地点", "place", "at"),
    "lecturer": ("主讲", "主讲人", "讲师", "lecturer", "by"),
    "title": ("题目", "主题", "title"),
    "material": ("资料", "材料", "material"),
}
_LABELLED = re.compile(
    rf"(?P<label>{'|'.join(sorted((w for words in _LABELS.values() for w in words), key=len, reverse=True))})[:：]\s*(?P<value>\S+)",
    re.IGNORECASE,
)


class SessionTimeMissing(StudyError):
    """The line has a day but no time of day."""

    code = "session_time_missing"


class SessionTitleMissing(StudyError):
    """The line has no title."""

    code = "session_title_missing"


class SessionEndsFirst(StudyError):
    """It would end before it begins."""

    code = "session_ends_first"


@dataclass(frozen=True, slots=True)
class SessionLine:
    """What a line says; ``ends_at`` and the keys of the programme only if it says them."""

    starts_at: datetime
    title: str
    ends_at: datetime | None = None
    place: str = ""
    lecturer: str = ""
    material: str = ""
    named: Mapping[str, str] = field(default_factory=dict)
    """``series``, ``topic`` and ``form`` by their keys."""


def read_times(text: str, now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime | None, str]:
    """Read the day and the time, with or without an end, with which ``text`` begins; and what follows.

    Raises:
        DeadlineUnreadable, SessionTimeMissing, SessionEndsFirst.
    """
    found = _RANGE.search(text)
    if found is not None:
        text = f"{text[: found.start()]}{found['start']} {text[found.end() :]}"
    read = read_moment(text, now, zone)
    used = text[: len(text.rstrip()) - len(read.rest)] if read.rest else text
    if not _HAS_TIME.search(simplified(used)):
        raise SessionTimeMissing()
    if found is None:
        return read.at, None, read.rest
    hour, minute = int(found["end"]), int(found["minute"])
    if hour > 23 or minute > 59:
        raise SessionEndsFirst()
    ends_at = read.at.replace(hour=hour, minute=minute)
    if ends_at <= read.at and hour < 12 <= read.at.hour:
        ends_at += timedelta(hours=12)
    if ends_at <= read.at:
        raise SessionEndsFirst()
    return read.at, ends_at, read.rest


def read_session(
    text: str, now: datetime, zone: ZoneInfo, names: Mapping[str, Mapping[str, str]], *, title: str = ""
) -> SessionLine:
    """Read a session; ``names`` has for ``series``, ``topic`` and ``form`` which word means which key. ``title`` is the one
    that it has if the line gives it none between marks.

    Raises:
        DeadlineUnreadable, SessionTimeMissing, SessionEndsFirst, SessionTitleMissing, TooLong.
    """
    starts_at, ends_at, rest = read_times(text, now, zone)
    said: dict[str, str] = {}
    quoted = _title_in(rest, names)
    if quoted is not None:
        said["title"] = next(value for value in quoted.groupdict().values() if value).strip()
        rest = f"{rest[: quoted.start()]} {rest[quoted.end() :]}"
    labels = list(_LABELLED.finditer(simplified(rest)))
    for labelled in labels:
        for name, words in _LABELS.items():
            if labelled["label"].lower() in words:
                said.setdefault(name, rest[slice(*labelled.span("value"))])
    for labelled in reversed(labels):
        rest = f"{rest[: labelled.start()]} {rest[labelled.end() :]}"
    if title:
        said.setdefault("title", title)
    left, named = _without_names(rest, names)
    _place(left, said)
    if not said.get("title"):
        raise SessionTitleMissing()
    for name, limit in (("title", TITLE_LIMIT), ("place", WORD_LIMIT), ("lecturer", WORD_LIMIT)):
        if len(said.get(name, "")) > limit:
            raise TooLong(limit=limit, length=len(said[name]))
    return SessionLine(
        starts_at,
        said["title"],
        ends_at,
        said.get("place", ""),
        said.get("lecturer", ""),
        said.get("material", ""),
        named,
    )


def _title_in(rest: str, names: Mapping[str, Mapping[str, str]]) -> re.Match[str] | None:
    """What stands between marks: 《》 before quotation marks, and never those within a name (省委“七大战略”深度解读)."""
    known = [found.span() for meanings in names.values() for word in meanings for found in _standing(word, rest)]
    marked = [
        found
        for found in _TITLES.finditer(rest)
        if not any(first <= found.start() and found.end() <= last for first, last in known)
    ]
    return min(marked, key=lambda found: found["a"] is None, default=None)


def _standing(word: str, rest: str) -> Iterator[re.Match[str]]:
    return re.finditer(rf"(?:^|(?<=\s)){re.escape(simplified(word))}(?=\s|$)", simplified(rest), re.IGNORECASE)


def _without_names(rest: str, names: Mapping[str, Mapping[str, str]]) -> tuple[list[str], dict[str, str]]:
    named: dict[str, str] = {}
    # A name of several words ("remote class") has to be found before the line is taken apart.
    for what, meanings in names.items():
        for word in sorted(meanings, key=len, reverse=True):
            found = next(_standing(word, rest), None)
            if found is not None and what not in named:
                named[what] = meanings[word]
                rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    return rest.split(), named


def _place(words: list[str], said: dict[str, str]) -> None:
    if "title" not in said and words:
        at = _title_from(words, said)
        said["title"] = " ".join(words[at:])
        del words[at:]
    for word in list(words):
        if "lecturer" not in said and _RESPECT.search(simplified(word)):
            said["lecturer"] = word
            words.remove(word)
    for name in ("place", "lecturer"):
        if name not in said and words:
            said[name] = words.pop(0)
    if words:
        said["place"] = " ".join([said["place"], *words])


def _title_from(words: list[str], said: dict[str, str]) -> int:
    """Where an unmarked title begins: after a place and a lecturer, as far as there are so many words."""
    unsaid = 2 - ("place" in said) - ("lecturer" in said)
    return min(unsaid, len(words) - 1)
