"""What Excel shows for what it stores in a cell."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from types import MappingProxyType

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from quizzes.cell_escapes import unescaped

# Built-in formats of the Chinese Excel: dates there, and nothing in the tables of others [ECMA-376 part 1, 18.8.30].
_CHINESE_DATES: Mapping[int, str] = MappingProxyType(
    dict.fromkeys((27, 36, 50, 52, 57), "yyyy年m月")
    | dict.fromkeys((28, 29, 51, 53, 54, 58), "m月d日")
    | {30: "m-d-yy", 31: "yyyy年m月d日"}
)


def builtin_format(number: int) -> str:
    """The code of a format that files name by number only."""
    return _CHINESE_DATES.get(number) or BUILTIN_FORMATS.get(number, "General")


_QUOTED = re.compile(r'"([^"]*)"|\\(.)')


class CellTexts:
    """Turns what is stored in a cell into what Excel shows for it."""

    def __init__(self, strings: list[str], formats: list[str], *, in_1904: bool) -> None:
        self._strings = strings
        self._epoch = CALENDAR_MAC_1904 if in_1904 else CALENDAR_WINDOWS_1900
        self._show = [_shower(code) for code in formats]

    def text_of(self, raw: str, kind: str, style: str) -> str:
        """The text of a cell of type ``kind`` (the attribute ``t``) that stores ``raw``, ``style`` being its ``s``."""
        if kind == "s":
            return unescaped(self._strings[int(raw)])
        if kind == "b":
            return "TRUE" if raw.strip() == "1" else "FALSE"
        if kind != "n":  # text: inlineStr, str (of a formula), d (an ISO date)
            return unescaped(raw)
        number = float(raw)
        show = self._show[int(style)] if int(style) < len(self._show) else _plain
        if show is _plain and raw.isdecimal():
            return raw  # an identity number keeps all its digits
        return show(number, self._epoch)


_Shower = Callable[[float, datetime], str]


def _shower(code: str) -> _Shower:
    """How numbers of this format are shown; formats of money and colour are shown plainly."""
    bare = code.split(";")[0]
    if zeros := re.fullmatch(r"(0+)", bare):
        return lambda number, _: f"{number:.0f}".zfill(len(zeros[1]))
    if decimals := re.fullmatch(r"0\.(0+)_?\s?", bare):
        return lambda number, _: f"{number:.{len(decimals[1])}f}"
    if percent := re.fullmatch(r"0(?:\.(0+))?%", bare):
        return lambda number, _: f"{number * 100:.{len(percent[1] or '')}f}%"
    if is_date_format(code):
        letters = _QUOTED.sub(lambda found: found[1] or found[2] or "", bare).lower()
        return lambda number, epoch: _date(number, epoch, letters)
    return _plain


def _plain(number: float, _: datetime) -> str:
    return f"{number:.0f}" if number.is_integer() else f"{number:.15g}"


def _date(number: float, epoch: datetime, letters: str) -> str:
    try:
        moment = from_excel(number, epoch)
    except (OverflowError, ValueError):
        return _plain(number, epoch)
    if isinstance(moment, time):
        return moment.strftime("%H:%M")
    if isinstance(moment, timedelta) or moment is None:
        return _plain(number, epoch)
    if "月" in letters:
        year = f"{moment.year}年" if "y" in letters else ""
        return f"{year}{moment.month}月" + (f"{moment.day}日" if "d" in letters else "")
    clock = "" if moment.time() == time() else f" {moment:%H:%M}"
    return f"{moment:%Y-%m-%d}{clock}"
