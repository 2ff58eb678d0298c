"""Words that all cards of rounds share."""

from collections.abc import Sequence

from handlers.texts import N_, Html, Texts, bold, escape
from study.programme.words import Title
from study.round_views import Piece, RoundHead, Team

STATES = {
    "planned": N_("not announced yet"),
    "announced": N_("announced to everybody"),
    "open": N_("in session"),
    "evaluating": N_("forms are being filled in"),
    "closed": N_("closed and summed up"),
    "cancelled": N_("round called off"),
}


def head_line(head: RoundHead, t: Texts) -> Html:
    """Which round: what, whose, when."""
    title = escape(head.title.within(t.language))
    return Html(f"{bold(title)} · {escape(head.unit)} · {t.moment(head.starts_at)}")


def linked(piece: Piece, t: Texts) -> str:
    """Something to read, as a link if it is anywhere."""
    title = escape(piece.title.within(t.language))
    if not piece.url.startswith(("https://", "http://")):
        return title
    address = escape(piece.url).replace('"', "%22")
    return f'<a href="{address}">{title}</a>'


def numbered(pieces: Sequence[Piece], t: Texts) -> list[str]:
    """Things to read, numbered."""
    return [f"{number}. {linked(piece, t)}" for number, piece in enumerate(pieces, start=1)]


def musts_title(count: int, t: Texts) -> Html:
    """What must be studied in the meeting."""
    return bold(t.html("Four must-studies") if count == 4 else t.html("To study in the meeting"))


def agenda_line(agenda: Sequence[Title], t: Texts) -> str:
    """The course of the meeting."""
    steps = " → ".join(escape(one.within(t.language)) for one in agenda)
    return t.html("Agenda: {steps}", steps=Html(steps))


def teams_lines(teams: Sequence[Team], t: Texts) -> list[str]:
    """Who is in which group, in the order in which they speak."""
    lines = []
    for team in teams:
        names = t(", ").join(team.names)
        if len(teams) == 1:
            lines.append(t.html("Speaking order: {names}", names=names))
        else:
            lines.append(t.html("Group {number} ({n}): {names}", number=team.number, n=len(team.names), names=names))
    return lines
