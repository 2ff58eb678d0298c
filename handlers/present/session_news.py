"""What those concerned are told of sessions: planned, about to come, changed, cancelled."""

from handlers.callback_data import pack
from handlers.present.pages import short
from handlers.present.sessions import line
from handlers.present.shown import Button, Shown, shows
from handlers.texts import N_, Html, Texts
from study.session_views import (
    Change,
    SessionFacts,
    SessionNews,
    SessionReminder,
    SessionsChanged,
    SessionSeat,
    WishPlanned,
)

Row = tuple[Button, ...]
_WHAT = {
    "time": N_("Time: {before} → {after}"),
    "place": N_("Place: {before} → {after}"),
    "lecturer": N_("Lecturer: {before} → {after}"),
    "title": N_("Title: {before} → {after}"),
    "material": N_("Material: {before} → {after}"),
}


def _open(sessions: tuple[SessionFacts, ...], t: Texts) -> tuple[Row, ...]:
    if len(sessions) == 1:
        return ((Button(t("Details"), pack("sess", "open", sessions[0].id)),),)
    return tuple(
        (Button(short(f"{t.moment(one.starts_at)} {one.title}"), pack("sess", "open", one.id)),) for one in sessions
    )


def _more(total: int, shown: int, t: Texts) -> list[str]:
    if total <= shown:
        return []
    return [t.html("… and {n} more: /sessions shows all.", n=total - shown)]


@shows(SessionNews)
def news(view: SessionNews, t: Texts) -> Shown:
    """What has been planned."""
    head = t.html("<b>New in the study plan</b>")
    parts = [head, *(line(session, t) for session in view.sessions), *_more(view.total, len(view.sessions), t)]
    return Shown("\n\n".join(parts), _open(view.sessions, t))


@shows(SessionReminder)
def reminder(view: SessionReminder, t: Texts) -> Shown:
    """What comes."""
    head = t.html("<b>It is about to begin</b>") if view.when == "soon" else t.html("<b>Please keep in mind</b>")
    parts = [head, *(_with_material(session, t) for session in view.sessions)]
    return Shown("\n\n".join(parts), _open(view.sessions, t))


def _with_material(session: SessionFacts, t: Texts) -> str:
    text = line(session, t)
    if not session.material:
        return text
    if session.material_id is not None:
        before = t.html("Please read before: {material}", material=session.material)
        return f"{text}\n{before}"
    material = t.html("Material: {value}", value=session.material)
    return f"{text}\n{material}"


@shows(SessionsChanged)
def changed(view: SessionsChanged, t: Texts) -> Shown:
    """What is other than it was told."""
    parts = []
    for one in view.sessions:
        if one.changes:
            lines = [t.html("Changed: <b>{title}</b>", title=one.session.title)]
            lines += [_change(change, one.session, t) for change in one.changes]
        else:
            lines = [t.html("Cancelled: <b>{title}</b>", title=one.session.title)]
            lines.append(t.html("It was to be on {when}.", when=t.moment(one.session.starts_at)))
            lines.append(t.html("Reason: {reason}", reason=one.session.reason))
        parts.append("\n".join(lines))
    parts += _more(view.total, len(view.sessions), t)
    return Shown("\n\n".join(parts), _open(tuple(one.session for one in view.sessions if one.changes), t))


def _change(change: Change, session: SessionFacts, t: Texts) -> Html:
    nothing = t("none")
    text = t.html(_WHAT[change.what], before=change.before or nothing, after=change.after or nothing)
    if change.what != "time":
        still = t.html("It is on {when}.", when=t.moment(session.starts_at))
        return Html(f"{text}\n{still}")
    return Html(text)


@shows(SessionSeat)
def seat(view: SessionSeat, t: Texts) -> Shown:
    """Somebody comes up from the waiting list."""
    head = t.html("<b>There is a seat for you now</b>")
    return Shown(f"{head}\n{line(view.session, t)}", _open((view.session,), t))


@shows(WishPlanned)
def wish_planned(view: WishPlanned, t: Texts) -> Shown:
    """What somebody voted for takes place."""
    said = {
        "seat": N_("You are signed up for it; sign off if you cannot come."),
        "waiting": N_("All seats are taken; you are on the waiting list."),
    }
    parts = [t.html("<b>What you voted for takes place</b>"), line(view.session, t)]
    if view.seat in said:
        parts.append(t.html(said[view.seat]))
    return Shown("\n".join(parts), _open((view.session,), t))
