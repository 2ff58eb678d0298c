"""How the latency drill, captains and substitutes look: cards, buttons, toasts, refusals."""

from handlers.callback_data import pack
from handlers.present.shown import Button, Shown, cut, shows
from handlers.texts import N_, Texts, bold, escape, italic
from quizzes.engine import events as e
from quizzes.engine.phases import DrillOpen, Lobby
from quizzes.engine.scoring import window_after
from quizzes.lineup_views import DrillCard, DrillLine, DrillResult, LineupCard, Named
from quizzes.running import Done
from study.errors import Usage
from study.notes import Note

__all__ = ["ERRORS", "Note"]

_LINES_SHOWN = 40
_SLOW = 500
"""Milliseconds over the median from which a connection is called slow."""

ERRORS = {
    "quiz.not_captain": N_("Only the captain or the host may do that."),
    "quiz.no_teams": N_("Everybody plays alone in this contest; there are no captains and no substitutes."),
    "quiz.unknown_player": N_("Nobody called “{name}” plays in this contest."),
    "quiz.ambiguous_player": N_("Several players are called “{name}”. Please use the buttons of the team's card."),
    "quiz.write_first": N_("I may not write to you yet. Open my private chat, send /start, and press again."),
    "contest.bench_full": N_("{team} is full: {most} members and {bench} substitutes."),
    "contest.other_units_team": N_("Your unit's team is {team}; in this contest everybody plays for their own unit."),
    "contest.no_units_team": N_("In this contest everybody plays for their own unit, and yours has no team here."),
    "contest.on_bench": N_("{name} is a substitute of {team} and does not play until they come on."),
    "contest.not_on_bench": N_("{name} is no substitute of {team}."),
    "contest.not_on_field": N_("{name} does not play for {team} at present."),
    "contest.other_teams": N_("{on} and {off} are not in the same team."),
    "contest.swap_waits": N_("{name} waits for a substitution already."),
    "contest.no_substitutions_left": N_("{team} has made all its substitutions ({most})."),
    "contest.drill_goes_on": N_("A latency drill is under way; press its button once."),
    "contest.drills_used_up": N_("There were {most} latency drills already; that has to be enough."),
    "contest.drill_over": N_("This latency drill is over."),
}


def _drill_head(t: Texts) -> str:
    name = bold(t.html("Latency drill"))
    return f"📶 {name}"


@shows(DrillCard)
def drill(view: DrillCard, t: Texts) -> Shown:
    """One button for everybody."""
    what = t.html("Everybody presses once, within {seconds:g} s. It does not count.", seconds=view.seconds)
    return Shown(f"{_drill_head(t)}\n{what}", ((Button(t("Press once"), pack("drill", view.contest_id, view.nonce)),),))


@shows(DrillResult)
def drill_result(view: DrillResult, t: Texts) -> Shown:
    """Every delay and how far it is from the median."""
    head = _drill_head(t)
    if view.dropped or not view.lines:
        nothing = N_("It was broken off; nothing was measured.") if view.dropped else N_("Nobody pressed.")
        return Shown("\n".join([head, t.html(nothing)]))
    parts = [
        " · ".join([head, t.html("it does not count")]),
        t.html("Median {ms} ms. In brackets: how far from it.", ms=view.median),
        "\n".join(_delay(line, t) for line in view.lines[:_LINES_SHOWN]),
    ]
    if len(view.lines) > _LINES_SHOWN:
        parts.append(t.html("and {n} more", n=len(view.lines) - _LINES_SHOWN))
    if any(line.deviation > _SLOW for line in view.lines):
        parts.append(
            t.html("🐢 A little slow today: another network, or a place nearer to the router, may help. Good luck!")
        )
    if view.missing:
        names = t(", ").join(view.missing[:_LINES_SHOWN])
        parts.append(t.html("Did not press: {names}", names=names))
    return Shown("\n\n".join(parts))


def _delay(line: DrillLine, t: Texts) -> str:
    who = t.html("{name} ({unit})", name=line.name, unit=line.team) if line.team is not None else escape(line.name)
    slow = " 🐢" if line.deviation > _SLOW else ""
    return f"{who}  <b>{line.delay}</b> ms ({line.deviation:+d}){slow}"


def drill_begins(t: Texts) -> str:
    """What the button that begins a drill answers."""
    return t("The drill comes at once: press its button once.")


def drill_pressed(done: Done, t: Texts) -> str:
    """What the drill's button answers."""
    for event in done.events:
        if isinstance(event, e.DrillPressed):
            phase = done.contest.phase
            if isinstance(phase, Lobby) and isinstance(phase.drill, DrillOpen):
                after = window_after(event.received_at, phase.drill.opened_at)
                return t("Measured: {ms} ms. It does not count.", ms=round(after.total_seconds() * 1000))
            return t("Your press is in. It does not count.")
    return t("Your first press counts; once is enough.")


@shows(LineupCard)
def lineup(view: LineupCard, t: Texts) -> Shown:
    """A team's card with its buttons, step by step."""
    id_ = view.contest_id
    title = bold(t.html("Teams of the contest in {group}", group=view.group))
    head = f"👥 {title}"
    if view.team is None:
        rows = tuple((Button(cut(team.name), pack("team", "open", id_, team.id)),) for team in view.teams[:90])
        return Shown("\n".join([head, t.html("Which team?") if rows else t.html("Nobody has joined yet.")]), rows)
    names = {person.id: person.name for person in (*view.members, *view.bench)}
    lines = [
        head,
        bold(escape(view.team.name)),
        t.html("Captain: {name}", name=names.get(view.captain or 0, "–")),
        t.html("Play: {names}", names=t(", ").join(person.name for person in view.members)),
    ]
    if view.bench:
        lines.append(t.html("Substitutes: {names}", names=t(", ").join(person.name for person in view.bench)))
        left = N_("Substitutions are free before the start.") if view.left is None else N_("Substitutions left: {n}")
        lines.append(italic(t.html(left, n=view.left)))
    asks = {
        "captain": N_("Who is to be captain?"),
        "off": N_("Who comes off?"),
        "on": N_("Who comes on for {name}?"),
    }.get(view.step)
    if asks is not None:
        lines += ["", t.html(asks, name=view.off.name if view.off is not None else "")]
    return Shown("\n".join(lines), _lineup_rows(view, view.team, t))


def _lineup_rows(view: LineupCard, team: Named, t: Texts) -> tuple[tuple[Button, ...], ...]:
    id_ = view.contest_id

    def people(verb: str, of: tuple[Named, ...], *more: int) -> list[tuple[Button, ...]]:
        return [(Button(cut(one.name), pack("team", verb, id_, team.id, *more, one.id)),) for one in of[:90]]

    back = (Button(t("Back"), pack("team", "open", id_, team.id)),)
    match view.step:
        case "done":
            return ()
        case "captain":
            return (*people("appoint", tuple(one for one in view.members if one.id != view.captain)), back)
        case "off":
            return (*people("on", view.members), back)
        case "on":
            return (*people("swap", view.bench, view.off.id if view.off is not None else 0), back)
    rows: list[tuple[Button, ...]] = []
    if len(view.members) > 1:
        rows.append((Button(t("Another captain"), pack("team", "captain", id_, team.id)),))
    if view.bench and view.left != 0:
        rows.append((Button(t("Substitute"), pack("team", "off", id_, team.id)),))
    if view.back:
        rows.append((Button(t("All teams"), pack("team", "teams", id_)),))
    return tuple(rows)


def sent_privately(t: Texts) -> str:
    """What a button answers whose card comes in private."""
    return t("I have sent it to you in private.")


def sent_note(t: Texts) -> Note:
    """The same for a command."""
    return Note(text=sent_privately(t))


def read_substitution(words: str) -> tuple[str, str]:
    """Read who comes on and who comes off.

    Raises:
        Usage: those are not two names.
    """
    names = words.replace("，", " ").replace(",", " ").split()
    if len(names) != 2:
        raise Usage(usage="/sub 上场者 下场者")
    return names[0], names[1]


def lineup_toast(done: Done, t: Texts) -> str | None:
    """What a change of captain or of a player answers."""
    players, teams = done.contest.seats.players, done.contest.seats.teams
    for event in done.events:
        match event:
            case e.CaptainAppointed():
                return t(CAPTAIN, team=teams[event.team].name, player=players[event.player].name)
            case e.Substituted():
                names = {"player": players[event.on].name, "other": players[event.off].name}
                return t(SUBSTITUTED, team=teams[event.team].name, **names)
            case e.SubstitutionAsked():
                names = {"player": players[event.on].name, "other": players[event.off].name}
                return t(SUBSTITUTION_ASKED, team=teams[event.team].name, **names)
    return t("It is so already.")


CAPTAIN = N_("{team}: {player} is captain now.")
SUBSTITUTED = N_("🔁 {team}: {player} comes on for {other}.")
SUBSTITUTION_ASKED = N_("🔁 {team}: {player} comes on for {other} after this question.")


def lineup_changed(done: Done, t: Texts) -> Note | None:
    """What a command answers; None where the contest itself tells the group."""
    told = any(isinstance(event, e.CaptainAppointed | e.Substituted) for event in done.events)
    if told and not isinstance(done.contest.phase, Lobby):
        return None
    text = lineup_toast(done, t)
    return None if text is None else Note(text=text)
