"""The rules of materials, without I/O: what a good one is, the plan of a group, how late one may still be sent.

* A day's material is of use until 20:00, or for two hours if its hour is after 18:00. What could not be sent by then is
  reported, and the same material comes the next time: nothing of the list is passed over.
* A group's own plan takes the place of the configuration's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from quizzes.engine.frozen import dataclass
from study.calendar import WEEKDAYS, Days, moment

TITLE_LIMIT = 100
LABEL_LIMIT = 50
TAGS_LIMIT = 200
TEXT_LIMIT = 3000
LINK_LIMIT = 500
"""A title, its labels, the text, the link and the count fit one message of 4,096."""
PICTURE_LIMIT = 10 * 1024 * 1024
"""Telegram takes no larger photo (Bot API, sendPhoto)."""

_LAST_HOUR = time(20, 0)
_LATE_AT = time(18, 0)
_AFTERWARDS = timedelta(hours=2)
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")

WORDS: Mapping[str, tuple[str, ...]] = {
    "series": ("series", "系列"),
    "topic": ("topic", "主题", "专题"),
    "title": ("title", "标题"),
    "text": ("text", "正文", "内文", "内容"),
    "link": ("link", "链接", "连结"),
    "picture": ("photo", "picture", "图片", "照片"),
    "tags": ("tags", "标签"),
    "question": ("question", "题目", "题干"),
    "answer": ("answer", "答案"),
    "explanation": ("explanation", "解析"),
    **{letter: (letter,) for letter in "ABCDEFGH"},
}
"""The words that may head a column."""


class Flaw(StrEnum):
    """What can be wrong with a material; the value is the code of the sentence that says so."""

    NO_TITLE = "material.no_title"
    NO_TEXT = "material.no_text"
    TOO_LONG = "material.too_long"  # column, length, limit
    TWICE = "material.twice"  # first_line
    BAD_LINK = "material.bad_link"  # link
    NO_PICTURE = "material.no_picture"  # name
    BAD_PICTURE = "material.bad_picture"  # name
    BIG_PICTURE = "material.big_picture"  # name, limit_mb


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing wrong with one row; ``line`` as a spreadsheet counts it."""

    line: int
    flaw: Flaw
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """A material as a table or an organiser gives it; ``question`` is JSON, made and checked by the reader."""

    series: str
    topic: str
    title: str
    text: str
    link: str = ""
    tags: str = ""
    picture: str = ""
    question: str | None = None
    content: str = "{}"


def flaws_of(draft: Draft) -> Sequence[tuple[Flaw, Mapping[str, object]]]:
    """Name everything that keeps a material from being sent."""
    found: list[tuple[Flaw, Mapping[str, object]]] = []
    if not draft.title:
        found.append((Flaw.NO_TITLE, {}))
    if not draft.text and not draft.link and not draft.picture and draft.content == "{}":
        found.append((Flaw.NO_TEXT, {}))
    limits = {
        "title": TITLE_LIMIT,
        "series": LABEL_LIMIT,
        "topic": LABEL_LIMIT,
        "text": TEXT_LIMIT,
        "link": LINK_LIMIT,
        "tags": TAGS_LIMIT,
    }
    for name, limit in limits.items():
        length = len(getattr(draft, name).encode("utf-16-le", "surrogatepass")) // 2  # as Telegram counts
        if length > limit:
            found.append((Flaw.TOO_LONG, {"column": name, "length": length, "limit": limit}))
    if draft.link and not is_link(draft.link):
        found.append((Flaw.BAD_LINK, {"link": draft.link[:60]}))
    return found


def is_link(text: str) -> bool:
    """Whether a text is one address of the web and nothing else."""
    return text.startswith(("https://", "http://")) and not any(sign.isspace() for sign in text)


def picture_flaw(name: str, content: bytes | None) -> tuple[Flaw, Mapping[str, object]] | None:
    """What keeps the bytes of a named picture from being sent as a photo, if anything does."""
    if content is None:
        return Flaw.NO_PICTURE, {"name": name[:60]}
    if len(content) > PICTURE_LIMIT:
        return Flaw.BIG_PICTURE, {"name": name[:60], "limit_mb": PICTURE_LIMIT // 1024 // 1024}
    if not content.startswith(_PICTURES):
        return Flaw.BAD_PICTURE, {"name": name[:60]}
    return None


def clean_tags(tags: str) -> str:
    """Tags separated by one semicolon each, without repeats."""
    for sign in "；，,、|#\n":
        tags = tags.replace(sign, ";")
    return ";".join(dict.fromkeys(tag.strip() for tag in tags.split(";") if tag.strip()))


def draft_of(words: str) -> Draft:
    """Read a material as an organiser writes it: the first line is the title, a line that is an address the link."""
    title, _, rest = words.strip().partition("\n")
    lines = rest.split("\n")
    link = next((line.strip() for line in lines if is_link(line.strip())), "")
    text = "\n".join(line for line in lines if line.strip() != link or not link).strip()
    return Draft(series="", topic="", title=title.strip(), text=text, link=link)


@dataclass(frozen=True, slots=True)
class Plan:
    """When a group gets its material, and from which series (empty: from all)."""

    is_on: bool
    days: Days
    at: time
    series: str = ""

    def due_at(self, day: date, zone: ZoneInfo) -> datetime:
        """The moment of a day's material, in UTC."""
        return moment(day, self.at, zone)

    def key(self, day: date, chat_id: int) -> str:
        """What names the alarm of a group and day under this plan's hour."""
        return f"{day}:{chat_id}@{self.at:%H:%M}"


def days_text(days: Days) -> str:
    """Days as they are stored."""
    return days if isinstance(days, str) else ",".join(days)


def read_days(text: str) -> Days:
    """Days as they were stored."""
    if text == "workdays":
        return "workdays"
    if text == "every day":
        return "every day"
    return tuple(day for day in WEEKDAYS if day in text.split(","))


def toggled(days: Days, weekday: str) -> Days:
    """The same days with one weekday more or less; from ``workdays`` and ``every day`` the choice begins anew."""
    if isinstance(days, str):
        return (weekday,)
    chosen = set(days) ^ {weekday}
    return tuple(day for day in WEEKDAYS if day in chosen)


def shifted(at: time, minutes: int) -> time:
    """A time of day some minutes later (or earlier), around midnight."""
    total = (at.hour * 60 + at.minute + minutes) % (24 * 60)
    return time(total // 60, total % 60)


def use_until(due_at: datetime, zone: ZoneInfo) -> datetime:
    """How late a day's material may still be sent: until 20:00, or two hours after its time if that is after 18:00."""
    local = due_at.astimezone(zone)
    if local.time() > _LATE_AT:
        return due_at + _AFTERWARDS
    return moment(local.date(), _LAST_HOUR, zone)


def week_start(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())
