"""Sessions as lists, as a sheet and as figures."""

from collections.abc import Callable

from handlers.callback_data import pack
from handlers.present.pages import pager, short
from handlers.present.shown import Button, Shown, in_rows, shows
from handlers.texts import N_, Html, Texts, bold, escape
from study.session_views import (
    FigureSet,
    SessionFacts,
    SessionFieldAsked,
    SessionFiguresShown,
    SessionList,
    SessionSheet,
)

Row = tuple[Button, ...]
DRAFT_VERBS = ("step", "series", "topic", "form", "unit", "cohort", "signup", "seats", "go", "no")
_FIELDS = {
    "time": N_("Time"),
    "place": N_("Place"),
    "lecturer": N_("Lecturer"),
    "title": N_("Title"),
    "material": N_("Material"),
    "class": N_("Series, topic, form"),
    "capacity": N_("Seats"),
}
_ASKED = {
    "time": N_("Please send the new day and time, as in: 11-28 15:00-16:30"),
    "place": N_("Please send the new place."),
    "lecturer": N_("Please send the lecturer's name; several with 、 between them."),
    "title": N_("Please send the new title."),
    "material": N_("Please send the title of a material in the library, a link, or a few words."),
    "class": N_("Please send the name of a series, a topic or a form."),
    "capacity": N_("Please send the number of seats."),
    "cancel": N_("Please send the reason for cancelling. Everybody concerned will read it."),
}
_SIDES = {
    "series": N_("By series"),
    "topic": N_("By topic"),
    "form": N_("By form"),
    "unit": N_("By unit"),
    "cohort": N_("By cohort"),
}


def when(session: SessionFacts, t: Texts) -> str:
    """The day, and from when to when."""
    day = session.starts_at.astimezone(t.zone).date()
    return f"{t.date(day)} {t.time(session.starts_at)}–{t.time(session.ends_at)}"


def line(session: SessionFacts, t: Texts) -> Html:
    """A session in two lines: when and what; then who and where."""
    head = Html(f"{escape(when(session, t))} {bold(escape(session.title))}")
    said = [session.form.within(t.language)] if session.form is not None else []
    said += [one for one in (session.lecturer, session.place) if one]
    if session.state == "cancelled":
        said.append(t("cancelled: {reason}", reason=session.reason))
    elif session.sign_up and session.state == "planned":
        said.append(t("sign-up"))
    more = escape(" · ".join(said)) if said else ""
    return Html(f"{head}\n{more}" if more else head)


def details(session: SessionFacts, t: Texts) -> list[str]:
    """Everything about a session, a line each; the title first."""
    lines = [bold(escape(session.title)), t.html("Time: {when}", when=when(session, t))]
    pairs: list[tuple[str, str]] = []
    for text, title in (
        (N_("Form: {value}"), session.form),
        (N_("Series: {value}"), session.series),
        (N_("Topic: {value}"), session.topic),
    ):
        if title is not None:
            pairs.append((text, title.within(t.language)))
    pairs += [
        (text, value)
        for text, value in (
            (N_("Lecturer: {value}"), session.lecturer),
            (N_("Place: {value}"), session.place),
            (N_("Unit: {value}"), session.unit),
            (N_("Material: {value}"), session.material),
        )
        if value
    ]
    return lines + [t.html(text, value=value) for text, value in pairs]


@shows(SessionList)
def session_list(view: SessionList, t: Texts) -> Shown:
    """What comes or was, with a button for each."""
    past = "past" if view.past else "next"
    heads: dict[tuple[str, bool], Callable[[], str]] = {
        ("mine", False): lambda: t.html("<b>Your sessions to come</b>: {n}", n=view.total),
        ("mine", True): lambda: t.html("<b>Your past sessions</b>: {n}", n=view.total),
        ("run", False): lambda: t.html("<b>Sessions to come that you run</b>: {n}", n=view.total),
        ("run", True): lambda: t.html("<b>Past sessions that you run</b>: {n}", n=view.total),
    }
    parts = [heads[view.scope, view.past](), *(line(session, t) for session in view.sessions)]
    if not view.total:
        parts = [
            t.html("There is nothing in the list of past sessions.") if view.past else t.html("No session is planned.")
        ]
        if view.is_organiser and not view.past:
            parts.append(t.html("To plan one: /sessions new 11-27 15:00 hall Prof. Zhang 《Title》"))
    rows: list[Row] = [
        (Button(short(f"{t.moment(one.starts_at)} {one.title}"), pack("sess", "open", one.id)),)
        for one in view.sessions
    ]
    rows += pager(view.page, view.pages, lambda page: pack("sess", "list", view.scope, past, page), t)
    other = "next" if view.past else "past"
    foot = [
        Button(
            t("Sessions to come") if view.past else t("Past ones"),
            pack("sess", "list", view.scope, other, 0),
        )
    ]
    if view.is_organiser:
        scope = "mine" if view.scope == "run" else "run"
        label = t("Mine") if view.scope == "run" else t("That I run")
        foot.append(Button(label, pack("sess", "list", scope, past, 0)))
    return Shown("\n\n".join(parts), (*rows, tuple(foot)))


@shows(SessionSheet)
def sheet(view: SessionSheet, t: Texts) -> Shown:
    """A session with what the reader may do about it."""
    session = view.session
    lines = details(session, t)
    if session.state == "cancelled":
        lines.append(t.html("Cancelled: {reason}", reason=session.reason))
    elif session.state == "held":
        lines.append(t.html("Held. Attendances: {n}", n=view.attendances))
        if session.speeches or view.speeches:
            lines.append(
                t.html("Speeches: {speeches}, by {speakers} people", speeches=view.speeches, speakers=view.speakers)
            )
    elif session.sign_up:
        lines.append(_seats(session, t))
        if view.seat == "seat":
            lines.append(t.html("You have a seat."))
        elif view.seat == "waiting":
            lines.append(t.html("You are number {n} on the waiting list.", n=view.place_in_line))
    else:
        lines.append(t.html("People concerned: {n}", n=view.concerned))
    return Shown("\n".join(lines), tuple(_sheet_rows(view, t)))


def _seats(session: SessionFacts, t: Texts) -> str:
    if session.capacity is None:
        return t.html("Signed up: {seats}", seats=session.seats)
    if session.waiting:
        return t.html(
            "Signed up: {seats} of {capacity}; waiting: {waiting}",
            seats=session.seats,
            capacity=session.capacity,
            waiting=session.waiting,
        )
    return t.html("Signed up: {seats} of {capacity}", seats=session.seats, capacity=session.capacity)


def _sheet_rows(view: SessionSheet, t: Texts) -> list[Row]:
    session = view.session
    rows: list[Row] = []
    if session.sign_up and session.state == "planned":
        verb, label = ("up", t("Sign up")) if not view.seat else ("off", t("Give up my seat"))
        rows.append((Button(label, pack("sess", verb, session.id)),))
    if session.material_id is not None:
        rows.append((Button(t("Read the material"), pack("lib", "open", session.material_id)),))
    if view.may_run and session.state != "cancelled":
        if session.speeches:
            rows.append((Button(t("Note speeches"), pack("speech", "open", session.id)),))
        names = [name for name in _FIELDS if _can_change(name, session)]
        rows += in_rows([Button(t(_FIELDS[name]), pack("sess", "edit", session.id, name)) for name in names], 3)
        label = t("It was not held") if session.state == "held" else t("Cancel the session")
        rows.append((Button(label, pack("sess", "edit", session.id, "cancel")),))
    rows.append((Button(t("All sessions"), pack("sess", "list", "run" if view.may_run else "mine", "next", 0)),))
    return rows


def _can_change(name: str, session: SessionFacts) -> bool:
    if name == "capacity":
        return session.sign_up and session.state == "planned"
    return name != "time" or session.state == "planned"


@shows(SessionFieldAsked)
def field_asked(view: SessionFieldAsked, t: Texts) -> Shown:
    """What is to be sent next."""
    head = "" if view.session is None else bold(escape(view.session.title))
    return Shown(
        "\n".join(part for part in (head, t.html(_ASKED[view.field]), t.html("/cancel leaves it as it is.")) if part)
    )


@shows(SessionFiguresShown)
def figures(view: SessionFiguresShown, t: Texts) -> Shown:
    """The figures in all, then by the chosen side; each with the word for what it counts."""
    span = t("{first} to {last}", first=t.day(view.first), last=t.day(view.last))
    head = t.html("<b>Sessions</b>, {span}", span=span)
    if view.unit:
        head = t.html("<b>Sessions</b> of {unit}, {span}", unit=view.unit, span=span)
    parts = [head, words_of(view.whole, t)]
    if view.planned or view.cancelled:
        parts.append(
            t.html(
                "Not counted: {planned} still planned, {cancelled} cancelled",
                planned=view.planned,
                cancelled=view.cancelled,
            )
        )
    for part in view.parts:
        title = bold(escape(part.title.within(t.language)))
        said = words_of(part.figures, t)
        if part.wished is not None:
            wished = t.html("held {held} of {wished} wished for", held=part.figures.sessions, wished=part.wished)
            said = Html(f"{said}\n{wished}")
        parts.append(f"{title}\n{said}")
    parts.append(t.html("Attendances are present, late and make-up. People are counted once, however often they came."))
    first, last = view.first.toordinal(), view.last.toordinal()
    buttons = [
        Button(t(label), pack("sessfig", first, last, side, 0)) for side, label in _SIDES.items() if side != view.by
    ]
    turning = pager(view.page, view.pages, lambda page: pack("sessfig", first, last, view.by, page), t)
    return Shown("\n\n".join(parts), (*turning, *in_rows(buttons, 2)))


def words_of(figures: FigureSet, t: Texts) -> Html:
    """The three figures, and those of speeches where there are any."""
    text = t.html(
        "{sessions} sessions, {attendances} attendances, {people} people",
        sessions=figures.sessions,
        attendances=figures.attendances,
        people=figures.people,
    )
    if figures.speeches:
        spoken = t.html(
            "{speeches} speeches by {speakers} people", speeches=figures.speeches, speakers=figures.speakers
        )
        return Html(f"{text}\n{spoken}")
    return Html(text)


def seat_toast(state: str, t: Texts) -> str:
    """What the press has done."""
    said = {
        "seat": N_("You are signed up."),
        "waiting": N_("No seat is left; you are on the waiting list."),
        "left": N_("You are signed off."),
    }
    return t(said[state])


def planned_toast(people: int, t: Texts) -> str:
    """The session is planned."""
    return t.plural("Planned; {n} person is concerned.", "Planned; {n} people are concerned.", people)


def speech_toast(noted: bool, t: Texts) -> str:
    """A speech was noted, or it was noted a moment ago."""
    return t("Noted.") if noted else t("It was noted a moment ago already.")
