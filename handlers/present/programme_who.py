"""Whom a part of a programme concerns, and when: words that all parts have in common."""

from collections.abc import Iterable
from datetime import time
from typing import Final

from handlers.present.material_lists import WEEKDAY_WORDS
from handlers.texts import N_, Texts
from study.calendar import Days
from study.programme import Programme
from study.programme.words import Title, Who

_WHO: Final = {
    "levels": N_("level {names}"),
    "titles": N_("post {names}"),
    "roles": N_("role {names}"),
    "units": N_("unit {names}"),
    "cohorts": N_("cohort {names}"),
}
_ROLES: Final = {
    "member": N_("members"),
    "organiser": N_("organisers"),
    "judge": N_("judges"),
    "observer": N_("observers"),
    "admin": N_("admins"),
}
EVERY_WORDS: Final = {
    "year": N_("each year"),
    "half": N_("each half-year"),
    "quarter": N_("each quarter"),
    "month": N_("each month"),
    "week": N_("each week"),
    "day": N_("each day"),
}
"""How often something is asked for."""


def who_words(who: Who, programme: Programme, t: Texts) -> str:
    """Whom something concerns; plain words."""
    cohorts = {cohort.key: cohort.title.within(t.language) for cohort in programme.header.cohorts}
    parts = []
    for name, words in _WHO.items():
        listed = [cohorts.get(str(one), str(one)) for one in getattr(who, name)]
        if name == "roles":
            listed = [t(_ROLES[one]) if one in _ROLES else one for one in listed]
        if listed:
            parts.append(t(words, names=listing(listed, t)))
    return t("; ").join(parts) or t("everybody")


def listing(words: Iterable[str], t: Texts) -> str:
    """Words one after the other, as the language separates them."""
    return t(", ").join(words)


def titles(ones: Iterable[Title], t: Texts) -> str:
    """Titles one after the other."""
    return listing((one.within(t.language) for one in ones), t)


def days_words(days: Days, t: Texts) -> str:
    """On which days of the week."""
    if days == "workdays":
        return t("on workdays")
    if days == "every day":
        return t("each day")
    return listing((t(WEEKDAY_WORDS[day]) for day in days), t)


def hour(at: time) -> str:
    """A time of the day."""
    return f"{at:%H:%M}"
