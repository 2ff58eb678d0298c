"""Roll calls: the card in the group, the panel and the code in private, confirmations, the summary, warnings."""

from handlers.callback_data import pack
from handlers.present.checkins import names
from handlers.present.screens import is_public
from handlers.present.shown import Button, Shown, cut, shows
from handlers.texts import N_, Html, Texts, bold, escape
from study.checkin_views import Names
from study.rollcall_views import (
    AttendanceWarning,
    Came,
    Figures,
    Mark,
    MarkedForYou,
    RollCallCard,
    RollCallChoice,
    RollCallCode,
    RollCallPanel,
    RollCallSummary,
    SessionFacts,
    Warned,
)

MARKS: dict[Mark, str] = {
    "present": N_("present"),
    "late": N_("late"),
    "leave": N_("on leave"),
    "absent": N_("absent"),
    "make_up": N_("made up"),
}
SIGNS: dict[Mark, str] = {"present": "√", "late": "迟", "leave": "假", "absent": "缺", "make_up": "补"}
"""How a mark stands in a register, the same in every language: these are the office's own signs."""

ERRORS = {
    "rollcall_none": N_("No session is on here now. To call the roll all the same: /rollcall TOPIC"),
    "rollcall_of_round": N_("A round keeps its own register: please note there who is present or absent (/round)."),
    "rollcall_over": N_("The roll call closed at {closes}. If you were there, ask an organiser to correct it."),
    "rollcall_others": N_("You are not on the list of this session. If that is wrong, please tell an organiser."),
    "rollcall_by_code": N_("Please send me the code on the hall's screen in private."),
    "rollcall_code_wrong": N_("That code is wrong or out of date. Please send the one that is on the screen now."),
    "rollcall_code_too_many": N_("Too many wrong codes. Please tell an organiser, or try again in {minutes} minutes."),
    "rollcall_code_not_asked": N_("No roll call that takes a code is open now."),
    "rollcall_reason_missing": N_("A reason is needed. Please write it in words."),
    "rollcall_not_yet": N_("They were not on the roster yet, so they cannot be absent."),
    "session_leave_asked": N_("You have asked for leave from this session already."),
    "session_leave_begun": N_("The session has begun; leave has to be asked for before. Please tell an organiser."),
    "session_leave_decided": N_("This request for leave is settled already."),
    "session_leave_own": N_("You cannot decide on your own request for leave."),
    "register_unit": N_("There is no unit called {name}, or more than one. Please write its whole path."),
}


def head(session: SessionFacts, t: Texts) -> str:
    """A session in two or three lines."""
    lines = [bold(escape(session.title)), t.moment(session.starts_at)]
    if session.place:
        lines[-1] += f" · {escape(session.place)}"
    if session.lecturer:
        lines.append(t.html("Lecturer: {name}", name=session.lecturer))
    return "\n".join(lines)


def figures(found: Figures, t: Texts, *, is_open: bool) -> str:
    """The three figures in a line, and what they consist of."""
    first = t.html(
        "To come: <b>{expected}</b> · there: <b>{came}</b> · rate: {rate}",
        expected=found.expected,
        came=found.came,
        rate=percent(found.came, found.expected, t),
    )
    rest = (
        t.html("Not here yet: {absent} · on leave: {leave} · late: {late}")
        if is_open
        else t.html("Absent: {absent} · on leave: {leave} · late: {late}")
    )
    return first + "\n" + rest.format(absent=found.absent, leave=found.leave, late=found.late)


def percent(came: int, expected: int, t: Texts) -> str:
    """The rate of attendance."""
    return f"{100 * came / expected:.1f}%" if expected else t("–")


def _whose(unit: str, t: Texts) -> str:
    return t.html("Roll call · {unit}", unit=unit) if unit else t.html("Roll call")


@shows(RollCallCard)
def card(view: RollCallCard, t: Texts) -> Shown:
    """One message a group; the button goes with the close."""
    lines = [f"📋 {_whose(view.unit, t)}", head(view.session, t), "", figures(view.figures, t, is_open=view.is_open)]
    if not view.is_open:
        return Shown("\n".join([*lines, t.html("The roll call is closed.")]))
    lines.append(
        t.html("In time until {late}, open until {closes}.", late=t.time(view.late_at), closes=t.time(view.closes_at))
    )
    if view.by_code:
        lines.append(t.html("The code is on the hall's screen: scan it, or send it to me in private."))
        return Shown("\n".join(lines), ((Button(t("Enter the code"), url=view.link),),))
    return Shown("\n".join(lines), ((Button(t("Check in"), pack("rc", view.id)),),))


@shows(RollCallPanel)
def panel(view: RollCallPanel, t: Texts) -> Shown:
    """For whoever runs it: by code or by button, by name, close."""
    lines = [
        f"🗂 {_whose(view.unit, t)}",
        head(view.session, t),
        "",
        figures(view.figures, t, is_open=view.is_open),
    ]
    rows: list[tuple[Button, ...]] = []
    if view.is_open:
        way = t.html("by the code on the screen") if view.by_code else t.html("by the button in the group")
        lines.append(
            t.html(
                "Goes {way}; in time until {late}, closes by itself at {closes}.",
                way=Html(way),
                late=t.time(view.late_at),
                closes=t.time(view.closes_at),
            )
        )
        if view.by_code:
            rows.append((Button(t("Show the code here"), pack("rcp", "code", view.id)),))
            if view.page and not is_public(view.page):
                lines.append(t.html("The hall's screen: {url}", url=view.page))
            elif view.page:
                rows.append((Button(t("Open the hall's screen"), url=view.page),))
        other = t("Take the button instead") if view.by_code else t("Take a code on the screen instead")
        rows.append((Button(other, pack("rcp", "way", view.id)),))
        rows.append(
            (
                Button(t("Call name by name"), pack("rcp", "call", view.id)),
                Button(t("The roll"), pack("rcp", "list", view.id)),
            )
        )
        rows.append((Button(t("Close now"), pack("rcp", "close", view.id)),))
    else:
        lines.append(t.html("The roll call is closed. Lines can still be corrected, with a reason."))
        rows.append((Button(t("The roll"), pack("rcp", "list", view.id)),))
    return Shown("\n".join(lines), tuple(rows))


@shows(RollCallCode)
def code(view: RollCallCode, t: Texts) -> Shown:
    """The code, to be held up to the hall; it changes by itself in this message."""
    title = bold(escape(view.title))
    if view.code is None:
        over = t.html("No code is shown any more.")
        return Shown(f"{title}\n{over}")
    digits = f"{view.code[:3]} {view.code[3:]}"
    how = t.html("Send it to me in private. It changes every {seconds} seconds.", seconds=view.seconds)
    return Shown(f"{title}\n\n🔢 <b>{escape(digits)}</b>\n\n{how}", silent=True)


@shows(RollCallChoice)
def choice(view: RollCallChoice, t: Texts) -> Shown:
    """Which session? In private those of the last weeks too."""
    rows = []
    for one in view.choices:
        label = f"{t.moment(one.session.starts_at)} {one.session.title}"
        if one.roll_call is None:
            rows.append((Button(cut(f"▶️ {label}", 48), pack("rcp", "open", one.session.id)),))
        elif view.in_group:
            rows.append((Button(cut(f"📋 {label}", 48), pack("rcp", "open", one.session.id)),))
        else:
            sign = "📋" if one.is_open else "🗂"
            rows.append((Button(cut(f"{sign} {label}", 48), pack("rcp", "panel", one.roll_call)),))
    lines = [bold(t.html("Roll calls")), t.html("▶️ can be opened now · 📋 open · 🗂 closed, can be corrected")]
    if not view.in_group:
        lines.append(t.html("Something that is not planned: /rollcall TOPIC"))
    return Shown("\n".join(lines), tuple(rows))


@shows(RollCallSummary)
def summary(view: RollCallSummary, t: Texts) -> Shown:
    """At the close, with names."""
    lines = [
        f"📋 {_whose(view.unit, t)}",
        head(view.session, t),
        "",
        figures(view.figures, t, is_open=view.interrupted),
    ]
    lines += _named(N_("Late ({n}): {names}"), view.late, t)
    lines += _named(N_("On leave ({n}): {names}"), view.leave, t)
    lines += _named(N_("Absent ({n}): {names}"), view.absent, t)
    if view.interrupted:
        lines.append(t.html("I was not running at the close, so nobody is counted absent. Please go through the roll."))
    if view.warned:
        lines += ["", t.html("⚠️ Attendance warnings ({n}):", n=len(view.warned))]
        lines += [f"· {escape(one.name)}（{escape(one.unit)}）{reached(one, t)}" for one in view.warned[:20]]
    return Shown("\n".join(lines), ((Button(t("The roll"), pack("rcp", "list", view.id)),),))


def _named(text: str, people: Names, t: Texts) -> list[str]:
    return [t.html(text, n=people.count, names=names(people, t, room=900))] if people.count else []


def reached(warned: Warned, t: Texts) -> str:
    """Which threshold somebody has reached, in figures."""
    if warned.row is not None:
        return t.html("absent {n} times in a row", n=warned.row)
    return t.html(
        "there {came} times out of {expected} in {period} ({rate}; leave {leave} times not counted)",
        came=warned.came,
        expected=warned.expected,
        rate=percent(warned.came, warned.expected, t),
        leave=warned.leave,
        period=_period(warned.period, t),
    )


def _period(name: str, t: Texts) -> str:
    year, _, part = name.partition("-")
    if not part:
        return t("the year {year}", year=year)
    if part.startswith("Q"):
        return t("{year}, quarter {n}", n=part[1:], year=year)
    return t("{year}, month {n}", n=int(part), year=year)


@shows(AttendanceWarning)
def warning(view: AttendanceWarning, t: Texts) -> Shown:
    """For the person: how it stands, and what to do."""
    how = reached(view.warned, t)
    return Shown(
        t.html("⚠️ Your attendance: {how}. If you cannot come, please ask for leave beforehand.", how=Html(how))
    )


@shows(MarkedForYou)
def marked(view: MarkedForYou, t: Texts) -> Shown:
    """For the person: the line was corrected, by whom and why."""
    return Shown(
        t.html(
            "{author} has set your attendance at “{title}” to {after} (before: {before}). Reason: {reason}",
            author=view.author,
            title=view.session.title,
            after=t(MARKS[view.after]),
            before=t("nothing") if view.before is None else t(MARKS[view.before]),
            reason=view.reason,
        )
    )


@shows(Came)
def came(view: Came, t: Texts) -> Shown:
    """In private: it counts."""
    return Shown(escape(toast(view, t)))


def toast(done: Came, t: Texts) -> str:
    """What a press has done; plain words."""
    title, at = cut(done.title, 60), "" if done.at is None else t.time(done.at)
    if done.again:
        return t("You are on the list of “{title}” already: {mark}.", title=title, mark=t(MARKS[done.mark]))
    if done.mark == "late":
        return t("Checked in at {at}, noted as late: {title}", at=at, title=title)
    return t("Checked in at {at}: {title}", at=at, title=title)


def screen_words(t: Texts) -> dict[str, str]:
    """What stands on the hall's screen beside the code and the figures."""
    return {
        "how": t("Scan it, or send the code to the bot in private"),
        "button": t("Please press “Check in” in the group"),
        "over": t("The roll call is closed."),
        "again": t("Connecting again…"),
        "came": t("There"),
        "expected": t("Expected"),
    }


def panel_sent(t: Texts) -> str:
    """The panel is in the private chat."""
    return t("Sent to you in private.")


def closed(t: Texts) -> str:
    """It is over."""
    return t("The roll call is closed.")
