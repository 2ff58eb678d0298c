"""Visits as visitors and organisers see them."""

from datetime import date

from handlers.callback_data import pack
from handlers.present.shown import Attachment, Button, Shown, cut, shows
from handlers.texts import Texts, escape
from study.programme.words import Title
from study.visits import VisitList, VisitNoted, VisitReport


@shows(VisitNoted)
def noted(view: VisitNoted, t: Texts) -> Shown:
    """It is kept; which regular duty was it?"""
    text = t.html("✅ The visit to {unit} is noted.", unit=view.unit) + f"\n\n{escape(view.text)}"
    if view.duty:
        chosen = next(duty for duty in view.duties if duty.key == view.duty)
        counted = t.html("It counts as: {duty}", duty=_title(chosen.title, t))
        return Shown(f"{text}\n\n{counted}")
    if not view.duties:
        return Shown(text)
    buttons = tuple(
        (Button(cut(_title(duty.title, t)), pack("visit_duty", view.visit, duty.key)),) for duty in view.duties
    )
    which = t.html("Was it one of your regular duties?")
    return Shown(f"{text}\n\n{which}", buttons)


@shows(VisitReport)
def report(view: VisitReport, t: Texts) -> Shown:
    """Who saw what where."""
    text = t.html("👣 {name} has visited {unit}:", name=view.name, unit=view.unit) + f"\n\n{escape(view.text)}"
    button = Button(t("Make a notice of it"), pack("visit_notice", view.visit))
    photo = Attachment("photo", file_id=view.photo) if view.photo else None
    return Shown(text, ((button,),), attachment=photo)


@shows(VisitList)
def listed(view: VisitList, t: Texts) -> Shown:
    """The newest visits, and the three figures of three months."""
    how = t.html("To note one: /visit UNIT What you saw")
    if not view.visits:
        return Shown(t.html("No visits in the last three months.") + f"\n{how}")
    head = t.html(
        "<b>Visits</b>, last three months: {visits} visits to {units} units by {people} people",
        visits=view.visits,
        units=view.units,
        people=view.people,
    )
    lines = [
        t.html(
            "• {day} {unit} · {name}: {text}",
            day=t.date(date.fromisoformat(line.day)),
            unit=line.unit,
            name=line.name,
            text=cut(line.text.replace("\n", " "), 60),
        )
        for line in view.lines
    ]
    return Shown("\n".join([head, *lines, "", how]))


def duty_done(t: Texts, new: bool) -> str:
    """The toast after naming the duty."""
    return t("Noted as done.") if new else t("It was done for this time already.")


def notice_title(t: Texts, day: date) -> str:
    """What a notice is called that comes of a visit."""
    return t("Findings of the visit on {day}", day=t.day(day))


def _title(words: dict[str, str], t: Texts) -> str:
    return Title(words).within(t.language)
