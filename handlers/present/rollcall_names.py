"""The roll by names, and leave from a single session."""

from handlers.callback_data import pack
from handlers.present.pages import pager
from handlers.present.rollcall import MARKS, SIGNS, figures, head
from handlers.present.shown import Button, Shown, cut, in_rows, shows
from handlers.texts import N_, Texts, bold, escape
from study.rollcall_views import (
    AskLeave,
    LeaveAnswered,
    LeaveRequested,
    LeaveWhy,
    LogEntry,
    Mark,
    NameCalled,
    NameList,
    PersonSheet,
)

_BY_HAND: tuple[Mark, ...] = ("present", "late", "leave", "absent")
_CAUSE = {
    "self": N_("checked in"),
    "leave": N_("approved leave"),
    "close": N_("at the close"),
    "mark": N_("marked"),
    "make_up": N_("made up and signed off"),
}
_REASONS: dict[Mark, tuple[str, ...]] = {
    "present": (N_("seen in the hall"), N_("the telephone did not work")),
    "late": (N_("seen in the hall, came late"), N_("held up by duty")),
    "leave": (N_("on duty elsewhere"), N_("ill"), N_("private matters")),
    "absent": (N_("not seen in the hall"), N_("left before the end")),
    "make_up": (),
}


def reason(mark: Mark, place: int, t: Texts) -> str:
    """One of the reasons that are offered for a mark.

    Raises:
        IndexError: there are not so many.
    """
    return t(_REASONS[mark][place])


def called_reason(t: Texts) -> str:
    """What stands in the log of a mark made when the names were called."""
    return t("called by name in the hall")


@shows(NameList)
def listed(view: NameList, t: Texts) -> Shown:
    """A page of the roll: a button each, with the sign that stands beside the name."""
    buttons = [
        Button(
            cut(f"{'·' if one.mark is None else SIGNS[one.mark]} {one.name}", 24),
            pack("rcn", "who", view.roll_call, one.id, view.page),
        )
        for one in view.people
    ]
    lines = [
        head(view.session, t),
        "",
        figures(view.figures, t, is_open=view.is_open),
        t.html("√ present · 迟 late · 假 on leave · 缺 absent · 补 made up. Press a name to see or correct its line."),
    ]
    rows = [
        *in_rows(buttons, 2),
        *pager(view.page, view.pages, lambda page: pack("rcn", "list", view.roll_call, page), t),
    ]
    if view.is_open:
        rows.append((Button(t("Call name by name"), pack("rcn", "call", view.roll_call, 0)),))
    rows.append((Button(t("Back to the panel"), pack("rcp", "panel", view.roll_call)),))
    return Shown("\n".join(lines), tuple(rows))


@shows(NameCalled)
def called(view: NameCalled, t: Texts) -> Shown:
    """Whose turn it is; four buttons, or on to the next."""
    if view.person is None:
        text = t.html("Every name has been called.")
        back = (Button(t("The roll"), pack("rcn", "list", view.roll_call, 0)),)
        return Shown(f"{head(view.session, t)}\n\n{figures(view.figures, t, is_open=True)}\n{text}", (back,))
    lines = [
        bold(escape(view.session.title)),
        t.html("Names left: {n}", n=view.left),
        "",
        f"👤 <b>{escape(view.person.name)}</b>（{escape(view.unit)}）",
    ]
    marks = [
        Button(f"{SIGNS[mark]} {t(MARKS[mark])}", pack("rcc", view.roll_call, view.person.id, mark))
        for mark in _BY_HAND
    ]
    rows = [
        *in_rows(marks, 2),
        (Button(t("Skip for now"), pack("rcn", "call", view.roll_call, view.person.id)),),
        (Button(t("The roll"), pack("rcn", "list", view.roll_call, 0)),),
    ]
    return Shown("\n".join(lines), tuple(rows))


@shows(PersonSheet)
def person(view: PersonSheet, t: Texts) -> Shown:
    """A line with its log; another mark, and then why."""
    mark = t("nothing yet") if view.person.mark is None else t(MARKS[view.person.mark])
    lines = [
        f"👤 <b>{escape(view.person.name)}</b>（{escape(view.unit)}）",
        t.html("{title}: {mark}", title=view.session.title, mark=mark),
        *(_entry(entry, t) for entry in view.log),
    ]
    if view.wanted is not None:
        lines += ["", t.html("Why “{mark}”? Press a reason, or write it.", mark=t(MARKS[view.wanted]))]
        offered = [
            Button(t(text), pack("rcm", view.roll_call, view.person.id, view.wanted, place, view.page))
            for place, text in enumerate(_REASONS[view.wanted])
        ]
        back = Button(t("Back"), pack("rcn", "who", view.roll_call, view.person.id, view.page))
        return Shown("\n".join(lines), (*in_rows(offered, 1), (back,)))
    marks = [
        Button(f"{SIGNS[one]} {t(MARKS[one])}", pack("rcw", view.roll_call, view.person.id, one, view.page))
        for one in _BY_HAND
        if one != view.person.mark
    ]
    to_list = Button(t("The roll"), pack("rcn", "list", view.roll_call, view.page))
    return Shown("\n".join(lines), (*in_rows(marks, 2), (to_list,)))


def _entry(entry: LogEntry, t: Texts) -> str:
    said = (t(_CAUSE[entry.cause]), entry.author[:60], entry.reason[:120])
    return t.html(
        "{at} {mark} ({about})",
        at=t.moment(entry.made_at),
        mark=t(MARKS[entry.mark]),
        about=" · ".join(part for part in said if part),
    )


_LEAVE = {
    "none": N_("ask for leave"),
    "asked": N_("waiting for an answer"),
    "approved": N_("approved"),
    "declined": N_("declined"),
}


@shows(AskLeave)
def ask_leave(view: AskLeave, t: Texts) -> Shown:
    """The sessions to come; a button for each from which leave can still be asked for."""
    if not view.sessions:
        return Shown(t.html("No session is planned for you in the coming month."))
    lines = [bold(t.html("Leave from a session")), t.html("Press the session that you cannot attend.")]
    rows = []
    for one in view.sessions:
        line = f"{t.moment(one.session.starts_at)} {one.session.title}"
        if one.state in ("none", "declined"):
            rows.append((Button(cut(line, 48), pack("sl", "ask", one.session.id)),))
        else:
            lines.append(f"· {escape(line)}: {t(_LEAVE[one.state])}")
    return Shown("\n".join(lines), tuple(rows))


@shows(LeaveWhy)
def leave_why(view: LeaveWhy, t: Texts) -> Shown:
    """The next message is the reason."""
    why = t.html("Why can you not attend? Please write the reason.")
    return Shown(f"{head(view.session, t)}\n\n{why}")


@shows(LeaveRequested)
def leave_requested(view: LeaveRequested, t: Texts) -> Shown:
    """For those who decide."""
    text = t.html("<b>{name}</b> ({unit}) asks for leave from a session.", name=view.name, unit=view.unit)
    why = t.html("Reason: {reason}", reason=view.reason)
    lines = [text, head(view.session, t), why]
    if view.state == "asked":
        buttons = (
            Button(t("Approve"), pack("sl", "yes", view.id)),
            Button(t("Decline"), pack("sl", "no", view.id)),
        )
        return Shown("\n".join(lines), (buttons,))
    lines.append(
        t.html("Approved by {name}.", name=view.decider)
        if view.state == "approved"
        else t.html("Declined by {name}.", name=view.decider)
    )
    return Shown("\n".join(lines))


@shows(LeaveAnswered)
def leave_answered(view: LeaveAnswered, t: Texts) -> Shown:
    """For the asker."""
    title = view.session.title
    if view.state == "asked":
        if not view.heard:
            return Shown(
                t.html("Your request for leave from “{title}” is kept, but nobody can decide on it yet.", title=title)
            )
        return Shown(t.html("Your request for leave from “{title}” has been passed on.", title=title))
    if view.state == "approved":
        return Shown(t.html("Your leave from “{title}” is approved by {name}.", title=title, name=view.decider))
    return Shown(t.html("Your leave from “{title}” is declined by {name}.", title=title, name=view.decider))
