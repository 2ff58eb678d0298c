"""Words that the papers of a contest share: its title, its rules, dates as an office writes them."""

import html
import re
from collections.abc import Mapping
from datetime import datetime

from handlers.present.contest_rules import rule_lines
from handlers.texts import Texts
from quizzes.engine.phases import Contest
from quizzes.lobby_scenes import lobby

_TAG = re.compile(r"<[^<>]*>")
_DIGITS = "〇一二三四五六七八九"


def title_of(titles: Mapping[str, str], t: Texts) -> str:
    """A preset's title in a language; one that an office wrote may be in one Chinese script alone."""
    wanted = (t.language, "zh-CN") if t.language.startswith("zh") else (t.language,)
    return next((titles[one] for one in wanted if one in titles), next(iter(titles.values()), ""))


def rules_in_words(contest: Contest, t: Texts) -> list[str]:
    """The rules as the lobby showed them, plain words."""
    return [html.unescape(_TAG.sub("", line)) for line in rule_lines(lobby(0, contest, {}), t)]


def date_in_words(at: datetime, t: Texts, *, chinese: bool = False) -> str:
    """A day with its year: 2026年11月25日, with ``chinese`` 二〇二六年十一月二十五日; 25 November 2026."""
    day = at.astimezone(t.zone).date()
    if not chinese or not t.language.startswith("zh"):
        return t.day(day)
    year = "".join(_DIGITS[int(digit)] for digit in str(day.year))
    return f"{year}年{_counted(day.month)}月{_counted(day.day)}日"


def _counted(number: int) -> str:
    """A number below a hundred as it is said: 十, 十一, 二十, 二十五."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones or not tens else "")
