"""Who spoke: the organiser's sheet, what a member registers."""

from handlers.callback_data import pack
from handlers.present.pages import pager, short
from handlers.present.sessions import when
from handlers.present.shown import Button, Shown, in_rows, shows
from handlers.texts import Texts, escape
from study.session_views import SpeechClaim, SpeechKept, SpeechSessions, SpeechSettled, SpeechSheet

Row = tuple[Button, ...]


@shows(SpeechSheet)
def sheet(view: SpeechSheet, t: Texts) -> Shown:
    """A button for each who may speak; every press is one speech."""
    session = view.session
    lines = [t.html("<b>Speeches</b>: {title}", title=session.title), escape(when(session, t))]
    lines.append(
        t.html(
            "{speeches} speeches by {speakers} people",
            speeches=sum(one.speeches for one in view.spoke),
            speakers=len(view.spoke),
        )
    )
    if view.spoke:
        lines.append(escape(t(", ").join(_name(one.name, one.speeches) for one in view.spoke)))
    if view.waiting:
        lines.append(t.html("Registered and not confirmed yet: {n}", n=view.waiting))
    lines.append(t.html("Press a name for each speech."))
    buttons = [
        Button(short(_name(one.name, one.speeches)), pack("speech", "note", session.id, one.id, view.page))
        for one in view.people
    ]
    rows: list[Row] = list(in_rows(buttons, 3))
    rows += pager(view.page, view.pages, lambda page: pack("speech", "sheet", session.id, page), t)
    if view.last_id is not None:
        label = t("Take back the last one ({name})", name=view.last_name)
        rows.append((Button(short(label), pack("speech", "back", session.id, view.last_id, view.page)),))
    return Shown("\n".join(lines), tuple(rows))


def _name(name: str, speeches: int) -> str:
    return f"{name} ×{speeches}" if speeches else name


@shows(SpeechSessions)
def sessions(view: SpeechSessions, t: Texts) -> Shown:
    """Which session?"""
    rows = tuple(
        (Button(short(f"{t.moment(one.starts_at)} {one.title}"), pack("speech", "open", one.id)),)
        for one in view.sessions
    )
    return Shown(t.html("In which session did they speak?"), rows)


@shows(SpeechClaim)
def claim(view: SpeechClaim, t: Texts) -> Shown:
    """For an organiser, with two buttons."""
    lines = [
        t.html(
            "<b>{name}</b> ({unit}) registers a speech in “{title}”.",
            name=view.name,
            unit=view.unit,
            title=view.session.title,
        )
    ]
    if view.topic:
        lines.append(t.html("About: {topic}", topic=view.topic))
    buttons = (
        Button(t("Confirm the speech"), pack("speech", "yes", view.id)),
        Button(t("Not so"), pack("speech", "no", view.id)),
    )
    return Shown("\n".join(lines), (buttons,))


@shows(SpeechKept)
def kept(view: SpeechKept, t: Texts) -> Shown:
    """For the member."""
    return Shown(
        t.html(
            "Your speech in “{title}” is registered; it counts once an organiser confirms it.", title=view.session.title
        )
    )


@shows(SpeechSettled)
def settled(view: SpeechSettled, t: Texts) -> Shown:
    """For both."""
    if view.confirmed:
        return Shown(
            t.html("The speech of {name} in “{title}” is confirmed.", name=view.name, title=view.session.title)
        )
    return Shown(
        t.html("The speech of {name} in “{title}” was not confirmed.", name=view.name, title=view.session.title)
    )
