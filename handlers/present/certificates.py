"""Certificates for the placed teams: who gets one, and every word of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from handlers.present.contest_words import date_in_words
from handlers.present.pictures.certificate import Certificate
from handlers.texts import N_, Texts

_PRIZES = (N_("First prize"), N_("Second prize"), N_("Third prize"))
_FURTHER = N_("Prize of excellence")
_ORDINALS = (N_("First place"), N_("Second place"), N_("Third place"))


@dataclass(frozen=True)
class Awarding:
    """How an office awards: ``prizes`` (一等奖…) or ``ranks`` (第一名…), down to which place, in whose name.

    ``issuer`` empty: the programme's name. ``numerals``: the date in Chinese numerals or in digits.
    """

    style: Literal["prizes", "ranks"] = "prizes"
    places: int = 3
    issuer: str = ""
    numerals: Literal["chinese", "digits"] = "chinese"


@dataclass(frozen=True)
class Placed:
    """A team (or a single player: no ``members``) with its place. Equal ones share a place and each get a certificate."""

    place: int
    name: str
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class Occasion:
    """What it is awarded for."""

    programme: str
    event: str
    at: datetime


def certificates(placed: tuple[Placed, ...], occasion: Occasion, awarding: Awarding, t: Texts) -> list[Certificate]:
    """One for each that is placed high enough, best first."""
    return [_certificate(one, occasion, awarding, t) for one in placed if one.place <= awarding.places]


def file_name(number: int, certificate: Certificate, form: str) -> str:
    """A name for its file, without what file systems refuse."""
    safe = "".join(c if c.isalnum() or c in " -_·" else "_" for c in certificate.winner.rstrip("："))[:40].strip(" ._")
    return f"{number:02d}-{certificate.prize}-{safe or number}.{form}"


def _certificate(one: Placed, occasion: Occasion, awarding: Awarding, t: Texts) -> Certificate:
    names = t(", ").join(one.members)
    return Certificate(
        heading=t("Certificate of Award"),
        winner=t("{winner}", winner=one.name),
        members=t("Members: {names}", names=names) if names else "",
        deed=t("in the contest {event}, {programme}", event=occasion.event, programme=occasion.programme),
        prize=_prize(one.place, awarding, t),
        close=t("is presented to"),
        issuer=awarding.issuer or occasion.programme,
        date=date_in_words(occasion.at, t, chinese=awarding.numerals == "chinese"),
        upright=t.language.startswith("zh"),
        place=one.place,
    )


def _prize(place: int, awarding: Awarding, t: Texts) -> str:
    named = _PRIZES if awarding.style == "prizes" else _ORDINALS
    if place <= len(named):
        return t(named[place - 1])
    return t(_FURTHER) if awarding.style == "prizes" else t("Place {place}", place=place)
