"""The points card as a picture: the words in it, the message that brings it."""

from handlers.present.evidence import evidence_words
from handlers.present.pictures.card import CardPicture as Drawn
from handlers.present.pictures.card import CardRow
from handlers.present.point_cards import cap_words, day_words, rule_name, signed
from handlers.present.shown import Attachment, Shown, shows
from handlers.texts import Texts
from study.point_views import CapFacts, CardPicture, EntryFacts, PointCard

PREFIX = "pointcard:"
"""How the stored name of a card's picture begins; the person and whoever asked for it follow."""


@shows(CardPicture)
def picture(view: CardPicture, t: Texts) -> Shown:
    """A photo with a short caption."""
    stored = f"{PREFIX}{view.person_id}:{view.user_id}"
    caption = t.html("Points card of {name}", name=view.name)
    return Shown(caption, attachment=Attachment("photo", stored=stored, name=f"card-{view.person_id}.png"))


def wish_of(stored: str) -> tuple[int, int]:
    """The person that a stored name means, and who asked for the picture."""
    person_id, user_id = stored.removeprefix(PREFIX).split(":")
    return int(person_id), int(user_id)


def drawing_of(card: PointCard, programme: str, t: Texts) -> Drawn:
    """What is drawn."""
    return Drawn(
        over=programme,
        name=card.name,
        unit=card.unit,
        sums=(
            (t("Year {year}", year=str(card.today.year)), str(card.year)),
            (t("This month"), str(card.month)),
            (t("All time"), str(card.all_time)),
        ),
        rules_title=t("By rule, this year"),
        rules=tuple(
            CardRow(
                what=rule_name(rule.title, rule.rule, t),
                note="" if (cap := _tightest(rule.caps)) is None else cap_words(cap, t),
                points=signed(rule.points),
                full=_share(cap),
            )
            for rule in card.rules
        ),
        entries_title=t("Newest entries"),
        entries=tuple(_entry(entry, card, t) for entry in card.entries),
        note=t("As of {day} · № is the number of an entry", day=t.day(card.today)),
    )


def _entry(entry: EntryFacts, card: PointCard, t: Texts) -> CardRow:
    parts = [t("№{number}", number=entry.number), day_words(entry.day, card.today, t)]
    if entry.reverses is not None:
        parts.append(t("takes №{number} back", number=entry.reverses))
    else:
        parts.append(entry.reason or evidence_words(entry.evidence, t))
    if entry.reversed_by is not None:
        parts.append(t("taken back by №{number}", number=entry.reversed_by))
    return CardRow(
        what=rule_name(entry.title, entry.rule, t), note=" · ".join(filter(None, parts)), points=signed(entry.points)
    )


def _tightest(caps: tuple[CapFacts, ...]) -> CapFacts | None:
    return max(caps, key=lambda cap: cap.gained / cap.most, default=None)


def _share(cap: CapFacts | None) -> float | None:
    return None if cap is None else cap.gained / cap.most
