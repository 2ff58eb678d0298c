"""The day's card, confirmations, lists of who is missing, corrections."""

from handlers.callback_data import pack
from handlers.present.shown import Button, Shown, cut, shows
from handlers.texts import N_, Texts, bold, escape
from study.checkin_views import (
    Card,
    CheckedIn,
    History,
    HistoryEntry,
    Marked,
    MissingAnnounced,
    MissingList,
    MissingOfUnit,
    Names,
    OutageReport,
)

_STATUS = {
    "on_time": N_("on time"),
    "late": N_("late"),
    "leave": N_("on leave"),
    "absent": N_("absent"),
    "excused": N_("excused"),
}
_CAUSE = {
    "self": N_("checked in"),
    "leave": N_("approved leave"),
    "close": N_("at the close"),
    "mark": N_("corrected"),
}
_CARD_NAMES = 900
"""Characters that one list of names may take on a card: three of them, and the rest, fit in 4096."""
_ALL_NAMES = 3000
_ENTRIES = 15


def names(people: Names, t: Texts, *, room: int) -> str:
    """Names one after the other, as many as fit in ``room`` characters, then how many more there are; plain words."""
    shown: list[str] = []
    for name in people.names:
        short = cut(name, 60)
        room -= len(short) + 2
        if room < 0:
            break
        shown.append(short)
    listed = t(", ").join(shown)
    rest = people.count - len(shown)
    return t("{names} … and {n} more", names=listed, n=rest) if rest else listed


@shows(Card)
def card(view: Card, t: Texts) -> Shown:
    """One message a day and group; the button goes with the close."""
    figures = view.figures
    lines = [
        t.html("<b>Check-in · {day}</b>", day=t.date(view.day)),
        t.html("In: <b>{here}</b> of {expected}", here=figures.here, expected=figures.expected),
    ]
    lines += _named(N_("Late ({n}): {names}"), figures.late, t)
    lines += _named(N_("On leave ({n}): {names}"), figures.on_leave, t)
    if view.state == "open":
        lines.append(
            t.html(
                "On time until {late}, open until {closes}.", late=t.time(view.late_at), closes=t.time(view.closes_at)
            )
        )
        button = Button(t("Check in"), pack("checkin", f"{view.day:%Y%m%d}"))
        return Shown("\n".join(lines), ((button,),))
    if view.state == "interrupted":
        lines.append(t.html("I was not running at the close, so nobody is counted absent."))
    elif figures.missing.count:
        lines += _named(N_("Missing ({n}): {names}"), figures.missing, t)
        lines.append(t.html("Check-in is closed."))
    else:
        lines.append(t.html("Check-in is closed. Nobody is missing."))
    return Shown("\n".join(lines))


def _named(text: str, people: Names, t: Texts, *, room: int = _CARD_NAMES) -> list[str]:
    return [t.html(text, n=people.count, names=names(people, t, room=room))] if people.count else []


@shows(MissingAnnounced)
def missing_announced(view: MissingAnnounced, t: Texts) -> Shown:
    """Who was missing at the close."""
    listed = names(view.missing, t, room=_ALL_NAMES)
    return Shown(t.html("Not checked in on {day}: {names}", day=t.date(view.day), names=listed))


@shows(CheckedIn)
def checked_in(view: CheckedIn, t: Texts) -> Shown:
    """The confirmation, said in the chat."""
    return Shown(t.html("{name}: {what}", name=view.name, what=toast(view, t)))


def toast(done: CheckedIn, t: Texts) -> str:
    """The confirmation of a press: when, whether late, the streak; plain words."""
    at = "" if done.at is None else t.time(done.at)
    if done.again:
        first = (
            t("you have already checked in today, at {at}.", at=at) if at else t("you are already checked in today.")
        )
    elif done.status == "late":
        first = t("checked in late, at {at}.", at=at)
    else:
        first = t("checked in at {at}.", at=at)
    return first + t.plural(" {n} day in a row.", " {n} days in a row.", done.streak)


@shows(MissingList)
def missing(view: MissingList, t: Texts) -> Shown:
    """By unit: how many are in, who is missing, who is on leave."""
    room = _ALL_NAMES // max(1, len(view.units))
    parts = [t.html("<b>Check-in · {day}</b>", day=t.date(view.day))]
    used = 0
    for n, unit in enumerate(view.units):
        part = _unit(unit, t, room=max(100, room))
        used += len(part)
        if used > _ALL_NAMES + 500:
            parts.append(t.html("… and {n} more units", n=len(view.units) - n))
            break
        parts.append(part)
    if view.not_joined:
        parts.append(
            escape(t.plural("{n} person has not joined yet.", "{n} people have not joined yet.", view.not_joined))
        )
    return Shown("\n\n".join(parts))


def _unit(unit: MissingOfUnit, t: Texts, *, room: int) -> str:
    figures = unit.figures
    lines = [
        f"<b>{escape(unit.unit[:100])}</b>",
        t.html("In: <b>{here}</b> of {expected}", here=figures.here, expected=figures.expected),
        *_named(N_("Missing ({n}): {names}"), figures.missing, t, room=room),
        *_named(N_("On leave ({n}): {names}"), figures.on_leave, t, room=room // 3),
    ]
    if not figures.missing.count:
        lines.append(t.html("Nobody is missing."))
    return "\n".join(lines)


@shows(OutageReport)
def outage(view: OutageReport, t: Texts) -> Shown:
    """For organisers: the days that the bot's absence spoilt, and what that means."""
    lines = []
    if view.missed:
        days = t(", ").join(t.date(day) for day in view.missed[-30:])
        lines.append(
            t.html("I was not running during check-in: {days}. It counts as not held; nobody is absent.", days=days)
        )
    if view.interrupted:
        days = t(", ").join(t.date(day) for day in view.interrupted[-30:])
        lines.append(
            t.html(
                "I was not running when check-in closed: {days}. Whoever checked in keeps it; nobody is absent.",
                days=days,
            )
        )
    lines.append(t.html("With /mark you can enter what you know."))
    return Shown("\n".join(lines))


@shows(Marked)
def marked(view: Marked, t: Texts) -> Shown:
    """The correction, for the organiser or for the person."""
    before = t(_STATUS[view.before]) if view.before else t("nothing")
    text = (
        N_("{author} corrected your check-in of {day}: {before} → {after}. Reason: {reason}")
        if view.for_person
        else N_("{name}, {day}: {before} → {after}. Reason: {reason}")
    )
    return Shown(
        t.html(
            text,
            author=view.author,
            name=view.name,
            day=t.date(view.day),
            before=before,
            after=t(_STATUS[view.after]),
            reason=view.reason,
        )
    )


@shows(History)
def history(view: History, t: Texts) -> Shown:
    """Each change with its time, author and reason, the last ones if there are many."""
    title = bold(t.html("{name} · {day}", name=view.name, day=t.date(view.day)))
    if not view.entries:
        return Shown("\n".join((title, t.html("Nothing is on record."))))
    return Shown("\n".join([title, *(_entry(entry, t) for entry in view.entries[-_ENTRIES:])]))


def _entry(entry: HistoryEntry, t: Texts) -> str:
    said = (t(_CAUSE[entry.cause]), entry.author[:60], entry.reason[:120])
    about = " · ".join(part for part in said if part)
    at, status = t.moment(entry.made_at), t(_STATUS[entry.status])
    return t.html("{at} {status} ({about})", at=at, status=status, about=about)
