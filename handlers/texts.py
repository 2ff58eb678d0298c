"""Words in the reader's language, from gettext catalogues read at the start (no compiled files).

A text in the code is its English form, which is also the key: ``t("Checked in: {count}", count=3)``. The catalogues of
the other languages lie in ``handlers/locales/<language>/LC_MESSAGES/*.po``, one file a capability.
"""

import html
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, format_time
from babel.messages.pofile import read_po

LOCALES = Path(__file__).parent / "locales"
SOURCE = "en"
LANGUAGES = {"zh-CN": "简体中文", "zh-TW": "繁體中文", "en": "English"}
"""Every language that a user can choose, by its own name."""


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """The texts of a language by their English form; plural texts under their singular."""
    texts: dict[str, str] = {}
    folder = LOCALES / language.replace("-", "_") / "LC_MESSAGES"
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language.replace("-", "_")):
                if not message.id or message.fuzzy:
                    continue
                key = message.id if isinstance(message.id, str) else message.id[0]
                string = message.string or ""
                text = string if isinstance(string, str) else string[-1]
                if text:
                    texts[key] = text
    return texts


@cache
def _locale(language: str) -> Locale:
    """Babel's locale; by its name it would be looked for among a thousand at each date."""
    return Locale.parse(language, sep="-")


def N_(text: str) -> str:
    """Mark a text for translation where it stands; it is translated where it is used."""
    return text


class Texts:
    """The words of one language and, in them, dates and times in the programme's zone."""

    def __init__(self, language: str, zone: ZoneInfo) -> None:
        self.language = language
        self.zone = zone
        self._locale = _locale(language)
        self._catalogue = catalogue(language)

    def __call__(self, text: str, /, **params: object) -> str:
        """The text as plain words (for toasts and buttons)."""
        found = self._catalogue.get(text, text)
        return found.format(**params) if params else found

    def html(self, text: str, /, **params: object) -> str:
        """The text as HTML for a message; what is filled in is escaped unless it is :class:`Html` already."""
        found = self._catalogue.get(text, text)
        return found.format(**{name: _escaped(value) for name, value in params.items()}) if params else found

    def plural(self, one: str, many: str, n: int, /, **params: object) -> str:
        """The form that fits the number, which is filled in as ``{n}``; plain words."""
        if self.language == SOURCE:
            return (one if n == 1 else many).format(n=n, **params)
        return self._catalogue.get(one, many).format(n=n, **params)

    def day(self, day: date) -> str:
        """A day with its year."""
        pattern = "y年M月d日" if self.language.startswith("zh") else "d MMMM y"
        return format_date(day, pattern, locale=self._locale)

    def date(self, day: date) -> str:
        """A day with its weekday, without the year."""
        pattern = "M月d日 EEEE" if self.language.startswith("zh") else "EEEE, d MMMM"
        return format_date(day, pattern, locale=self._locale)

    def time(self, at: datetime) -> str:
        """A time of day, ``HH:MM``, in the programme's zone."""
        return format_time(at, "HH:mm", tzinfo=self.zone, locale=self._locale)

    def moment(self, at: datetime) -> str:
        """A day and a time in the programme's zone."""
        pattern = "M月d日 HH:mm" if self.language.startswith("zh") else "d MMM HH:mm"
        return format_datetime(at, pattern, tzinfo=self.zone, locale=self._locale)


class Html(str):
    """Text that is HTML already and is filled in as it is."""

    __slots__ = ()


def escape(text: object) -> Html:
    """Make any text safe inside HTML."""
    return Html(html.escape(str(text), quote=False))


def bold(text: str) -> Html:
    """HTML in bold."""
    return Html(f"<b>{text}</b>")


def italic(text: str) -> Html:
    """HTML in italics."""
    return Html(f"<i>{text}</i>")


def _escaped(value: object) -> object:
    return value if isinstance(value, Html | int | float) else html.escape(str(value), quote=False)


@cache
def texts(language: str, zone: ZoneInfo) -> Texts:
    """The words of a language, made once."""
    return Texts(language if language in LANGUAGES else "zh-CN", zone)
