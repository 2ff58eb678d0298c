"""The points card, points by hand and disputes, as members and organisers see them."""

from collections.abc import Sequence
from datetime import date

from handlers.callback_data import pack
from handlers.present.card_sections import section_lines
from handlers.present.evidence import evidence_words
from handlers.present.shown import Button, Shown, in_rows, shows
from handlers.texts import N_, Html, Texts, bold, escape
from study.point_views import (
    BY_HAND,
    AwardDone,
    AwardDraftCard,
    AwardNews,
    CapFacts,
    DisputeAsked,
    DisputeCard,
    DisputeKept,
    DisputeRuled,
    EntryFacts,
    PointCard,
    ReversalDone,
    RuleFacts,
    RulingAsked,
    Words,
)

AWARD_USAGE = N_("/award NAME +2 REASON, or /award NAME -2 REASON")
REVERSE_USAGE = N_("/reverse NUMBER REASON (the number stands on the points card)")
DISPUTE_USAGE = N_("/dispute NUMBER REASON (the number stands on your points card)")
ERRORS = {
    "points_none": N_("0 points change nothing. Please write how many, such as +2 or -2."),
    "points_too_many": N_("At most {most} points at a time can be given or taken by hand."),
    "points_reason_missing": N_("Please give the reason in words; it stands on the card."),
    "points_own": N_("Nobody decides about their own points. Please leave it to another organiser."),
    "entry_unknown": N_("There is no entry {number} on a card that you may see."),
    "entry_reversed": N_("Entry {number} has been taken back already."),
    "entry_is_reversal": N_("Entry {number} takes another one back; it stands as it is."),
    "disputed_already": N_("You have disputed entry {number} before; the card shows what came of it."),
    "dispute_settled": N_("This dispute is settled already."),
    "ranks_private": N_("That list is not open to you."),
}
_PERIODS = {
    "day": N_("today {gained} of at most {most}"),
    "week": N_("this week {gained} of at most {most}"),
    "month": N_("this month {gained} of at most {most}"),
    "year": N_("this year {gained} of at most {most}"),
}
_DISPUTES = {
    "opened": N_("disputed, waiting for a ruling"),
    "upheld": N_("disputed, and rightly so: {answer}"),
    "rejected": N_("disputed; rejected: {answer}"),
}


def signed(points: int) -> str:
    """Points with their sign."""
    return f"+{points}" if points > 0 else f"−{-points}" if points < 0 else "0"


def rule_name(title: Words, rule: str, t: Texts) -> str:
    """What a rule is called; plain words."""
    if rule == BY_HAND:
        return t("by hand")
    return title.get(t.language) or next(iter(title.values()), rule)


def day_words(day: date, today: date, t: Texts) -> str:
    """A day, with its year if that is another."""
    return t.date(day) if day.year == today.year else t.day(day)


@shows(PointCard)
def card(view: PointCard, t: Texts) -> Shown:
    """What the year comes to, by which rules, the newest entries, and what others add."""
    lines: list[str] = [bold(t.html("Points card of {name}", name=view.name)), escape(view.unit)]
    if view.kept:
        lines.append(
            t.html(
                "{year}: <b>{points}</b> points, {month} of them this month; {all} in all.",
                year=str(view.today.year),
                points=view.year,
                month=view.month,
                all=view.all_time,
            )
        )
        lines += [_rule(rule, t) for rule in view.rules]
        if view.caps:
            lines.append(t.html("All rules together: {caps}", caps=_caps(view.caps, t)))
    for section in view.sections:
        lines += ["", *section_lines(section, t)]
    if view.kept:
        lines += ["", *_entries(view, t)]
    return Shown("\n".join(lines), _card_buttons(view, t))


def _rule(rule: RuleFacts, t: Texts) -> str:
    name, caps = rule_name(rule.title, rule.rule, t), _caps(rule.caps, t)
    if caps:
        return t.html("• {rule}: {points} ({caps})", rule=name, points=signed(rule.points), caps=caps)
    return t.html("• {rule}: {points}", rule=name, points=signed(rule.points))


def _caps(caps: Sequence[CapFacts], t: Texts) -> str:
    return t("; ").join(cap_words(cap, t) for cap in caps)


def cap_words(cap: CapFacts, t: Texts) -> str:
    """How far a cap is used up; plain words."""
    said = t(_PERIODS[cap.period], gained=cap.gained, most=cap.most)
    return t("{cap}, reached", cap=said) if cap.gained >= cap.most else said


def _entries(view: PointCard, t: Texts) -> list[str]:
    if not view.entries:
        return [t.html("Nothing has been booked yet.")]
    head: str = bold(t.html("Newest entries"))
    if view.pages > 1:
        head = bold(t.html("Entries, page {page} of {pages}", page=view.page + 1, pages=view.pages))
    return [head, *(entry_line(entry, view.today, t) for entry in view.entries)]


def entry_line(entry: EntryFacts, today: date, t: Texts) -> str:
    """An entry with its number, rule, day and evidence, and on a second line what is to be said about it."""
    first = t.html(
        "№{number} <b>{points}</b> {rule} · {day}",
        number=entry.number,
        points=signed(entry.points),
        rule=rule_name(entry.title, entry.rule, t),
        day=day_words(entry.day, today, t),
    )
    notes = [] if entry.rule == BY_HAND and entry.reverses is None else [evidence_words(entry.evidence, t)]
    if entry.reverses is not None:
        notes = [t("takes №{number} back", number=entry.reverses)]
    elif 0 <= entry.points < entry.worth:
        notes.append(t("{worth} before the cap", worth=signed(entry.worth)))
    if entry.reason:
        notes.append(t("reason: {reason}", reason=entry.reason))
    if entry.author:
        notes.append(t("by {name}", name=entry.author))
    if entry.reversed_by is not None:
        notes.append(t("taken back by №{number}", number=entry.reversed_by))
    if entry.dispute:
        notes.append(t(_DISPUTES[entry.dispute], answer=entry.answer))
    said = " · ".join(filter(None, notes))
    return f"{first}\n    {escape(said)}" if said else first


def _card_buttons(view: PointCard, t: Texts) -> tuple[tuple[Button, ...], ...]:
    if view.picking:
        back = Button(t("Back"), pack("card", "turn", view.person_id, view.page))
        numbers = [Button(t("№{number}", number=number), pack("card", "why", number)) for number in view.disputable]
        return (*in_rows(numbers, 4), (back,))
    turns = []
    if view.page > 0:
        turns.append(Button(t("Newer"), pack("card", "turn", view.person_id, view.page - 1)))
    if view.page + 1 < view.pages:
        turns.append(Button(t("Older"), pack("card", "turn", view.person_id, view.page + 1)))
    last = [Button(t("As a picture"), pack("card", "photo", view.person_id))] if view.kept else []
    if view.disputable:
        last.append(Button(t("? Something is wrong"), pack("card", "pick", view.person_id, view.page)))
    return tuple(tuple(row) for row in (turns, last) if row)


@shows(AwardDraftCard)
def draft(view: AwardDraftCard, t: Texts) -> Shown:
    """What will be booked, and what the year comes to then."""
    text = t.html(
        "<b>{points}</b> for {name} ({unit})\nReason: {reason}\n\nThis year {year}, afterwards {after}. "
        "{name} will read the reason and your name.",
        points=signed(view.points),
        name=view.name,
        unit=view.unit,
        reason=view.reason,
        year=view.year,
        after=view.after,
    )
    return Shown(
        text,
        (
            (
                Button(t("Book it"), pack("award", "ok", view.draft_id)),
                Button(t("Drop it"), pack("award", "drop", view.draft_id)),
            ),
        ),
    )


@shows(AwardDone)
def award_done(view: AwardDone, t: Texts) -> Shown:
    """For whoever gave the points."""
    if view.number is None:
        return Shown(t.html("Dropped; nothing was booked for {name}.", name=view.name))
    return Shown(
        t.html(
            "Booked as №{number}: {points} for {name}. Reason: {reason}",
            number=view.number,
            points=signed(view.points),
            name=view.name,
            reason=view.reason,
        )
    )


@shows(AwardNews)
def award_news(view: AwardNews, t: Texts) -> Shown:
    """For the person."""
    if view.reverses is not None:
        text = t.html(
            "{author} has taken entry №{reverses} on your points card back ({points}). Reason: {reason}",
            author=view.author,
            reverses=view.reverses,
            points=signed(view.points),
            reason=view.reason,
        )
    else:
        text = t.html(
            "{author} has booked {points} on your points card (№{number}). Reason: {reason}",
            author=view.author,
            points=signed(view.points),
            number=view.number,
            reason=view.reason,
        )
    return Shown(text)


@shows(ReversalDone)
def reversal_done(view: ReversalDone, t: Texts) -> Shown:
    """For whoever took the entry back."""
    return Shown(
        t.html(
            "Entry №{reverses} of {name} is taken back by №{number} ({points}). Reason: {reason}",
            reverses=view.reverses,
            name=view.name,
            number=view.number,
            points=signed(view.points),
            reason=view.reason,
        )
    )


@shows(DisputeAsked)
def dispute_asked(view: DisputeAsked, t: Texts) -> Shown:
    """Why is it wrong?"""
    line = Html(entry_line(view.entry, view.entry.day, t))
    return Shown(t.html("{entry}\n\nWhat is wrong with this entry? Please write it in a message.", entry=line))


@shows(DisputeKept)
def dispute_kept(view: DisputeKept, t: Texts) -> Shown:
    """For the person: it is on its way."""
    if not view.asked:
        return Shown(
            t.html("Your dispute of №{number} is kept, but nobody can rule on it yet.", number=view.entry.number)
        )
    return Shown(
        t.html("Your dispute of №{number} has been passed on. I shall tell you the ruling.", number=view.entry.number)
    )


@shows(DisputeCard)
def dispute_card(view: DisputeCard, t: Texts) -> Shown:
    """The entry and what is said against it; two buttons until somebody has ruled."""
    text = t.html(
        "<b>{name}</b> ({unit}) disputes an entry of the points:\n{entry}\n\n{claim}",
        name=view.name,
        unit=view.unit,
        entry=Html(entry_line(view.entry, view.entry.day, t)),
        claim=view.claim,
    )
    if view.entry.dispute != "opened":
        return Shown(text)
    return Shown(
        text,
        (
            (
                Button(t("Uphold: take it back"), pack("dispute", "yes", view.entry.number)),
                Button(t("Reject"), pack("dispute", "no", view.entry.number)),
            ),
        ),
    )


@shows(RulingAsked)
def ruling_asked(view: RulingAsked, t: Texts) -> Shown:
    """Why?"""
    text = N_("Entry №{number} of {name} will be taken back. Please send the reason.")
    if not view.upheld:
        text = N_("Entry №{number} of {name} will stand. Please send the reason.")
    return Shown(t.html(text, number=view.number, name=view.name))


@shows(DisputeRuled)
def dispute_ruled(view: DisputeRuled, t: Texts) -> Shown:
    """The ruling, for the person and for whoever made it."""
    if view.own:
        text = N_("{author} has ruled on your dispute: entry №{number} stands. Reason: {reason}")
        if view.upheld:
            text = N_(
                "{author} has ruled on your dispute: entry №{number} is taken back by №{reversal}. Reason: {reason}"
            )
    else:
        text = N_("{name} has been told: entry №{number} stands.")
        if view.upheld:
            text = N_("{name} has been told: entry №{number} is taken back by №{reversal}.")
    return Shown(
        t.html(
            text,
            author=view.author,
            name=view.name,
            number=view.entry.number,
            reversal=view.reversal or "",
            reason=view.reason,
        )
    )


def drawing(t: Texts) -> str:
    """What the press of the picture's button answers."""
    return t("The picture is on its way.")
