"""The day's reminder: one message with everything that somebody owes."""

from handlers.present.shown import Button, Shown, cut, shows
from handlers.texts import N_, Texts, bold
from study.reminders import Reminded, ReminderLine

KINDS = {
    "assignment": N_("Assignment"),
    "reflection": N_("Reflection"),
    "returned": N_("Returned"),
    "exam": N_("Exam"),
    "work": N_("To do"),
    "work_review": N_("To review"),
    "quota": N_("Still missing"),
    "reading": N_("To read"),
    "form": N_("To fill in"),
    "make_up": N_("Make-up"),
    "duty": N_("Regular duty"),
    "item": N_("Milestone"),
    "item.returned": N_("Returned"),
}
"""What a kind of thing is called in a line; a kind that is not here goes by its title alone."""
_LISTED = 20
_BUTTONS = 8


@shows(Reminded)
def reminded(view: Reminded, t: Texts) -> Shown:
    """Each thing with its deadline, and a button that opens it."""
    heading = t.plural("One thing is still open:", "{n} things are still open:", len(view.lines))
    lines = [f"⏰ {bold(heading)}", *(_line(line, t) for line in view.lines[:_LISTED])]
    if len(view.lines) > _LISTED:
        lines.append(t.html("… and {n} more", n=len(view.lines) - _LISTED))
    buttons = tuple(
        (Button(cut(_name(line, t)), url=f"https://t.me/{view.me}?start={line.payload}"),)
        for line in [line for line in view.lines if line.payload][:_BUTTONS]
    )
    return Shown("\n".join(lines), buttons)


def _name(line: ReminderLine, t: Texts) -> str:
    kind = KINDS.get(line.kind)
    if kind is None or not line.title:
        return line.title or t(kind or "Reminder")
    return t("{kind}: {title}", kind=t(kind), title=line.title)


def _line(line: ReminderLine, t: Texts) -> str:
    if line.due_at is None:
        return t.html("• {what}", what=_name(line, t))
    return t.html("• {what}, due {at}", what=_name(line, t), at=t.moment(line.due_at))
