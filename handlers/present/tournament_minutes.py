"""The audit of a tournament, line by line."""

from handlers.present.tournaments import bracket_lines
from handlers.texts import N_, Texts
from quizzes.tournament import events as e
from quizzes.tournament.state import Tournament
from quizzes.tournament_records import TournamentHistory

_EVENTS = {
    e.Drawn: N_("{at}  drawn: bouts {bouts}, seed {seed} {reason}"),
    e.BoutOpened: N_("{at}  bout {bout}: contest {contest} opened"),
    e.BoutDecided: N_("{at}  bout {bout}: {result} {reason}"),
    e.BoutAnnulled: N_("{at}  bout {bout} annulled {reason}"),
    e.ResultFlagged: N_("{at}  bout {bout}: a later result, not taken up: {result}"),
    e.Withdrawn: N_("{at}  {name} withdrew {reason}"),
    e.RoundEnded: N_("{at}  through: {names}"),
    e.Finished: N_("{at}  places: {names}"),
    e.CalledOff: N_("{at}  called off {reason}"),
}


def tournament_minutes(history: TournamentHistory, t: Texts) -> list[str]:
    """What happened in order, then the bracket, as plain text."""
    lines = [f"{history.tournament.title} #{history.row.id}"]
    for event in history.events:
        text = _EVENTS.get(type(event))
        if text is not None:
            lines.append(t(text, **_fields(event, history.tournament, t)).rstrip())
    for part in bracket_lines(history.bracket, t):
        lines += ["", *_plain(part).splitlines()]
    return [*lines, "", t("The replay gives the bracket that was announced.")]


def _plain(text: str) -> str:
    for tag in ("<b>", "</b>", "<s>", "</s>", "<i>", "</i>"):
        text = text.replace(tag, "")
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _fields(event: e.Event, now: Tournament, t: Texts) -> dict[str, object]:
    def name(entrant: int) -> str:
        return now.entrants[entrant].name

    reason = getattr(event, "reason", "")
    fields: dict[str, object] = {"at": t.moment(event.at), "reason": f"({reason})" if reason else ""}
    match event:
        case e.Drawn():
            fields |= {"bouts": f"{event.pairings[0].bout}–{event.pairings[-1].bout}", "seed": event.seed}
        case e.BoutOpened():
            fields |= {"bout": event.bout, "contest": event.contest}
        case e.BoutDecided() | e.ResultFlagged():
            scores = [f"{name(line.entrant)} {'' if line.score is None else line.score}" for line in event.result.lines]
            fields |= {"bout": event.bout, "result": " · ".join(score.strip() for score in scores)}
        case e.BoutAnnulled():
            fields["bout"] = event.bout
        case e.Withdrawn():
            fields["name"] = name(event.entrant)
        case e.RoundEnded():
            fields["names"] = t(", ").join(name(one.entrant) for one in event.advanced)
        case e.Finished():
            fields["names"] = t(", ").join(f"{one.place}. {name(one.entrant)}" for one in event.places)
        case _:
            pass
    return fields
