"""How a tournament looks in a chat: the card with its buttons, the news, the bracket as a text and as a picture's data."""

from collections.abc import Iterable

from handlers.callback_data import pack
from handlers.present.contest_words import title_of
from handlers.present.pictures.bracket import Box, BracketPicture, Column, Team
from handlers.present.shown import Attachment, Button, Shown, in_rows, shows
from handlers.present.tournament_awards import award_row
from handlers.present.tournament_words import USAGES
from handlers.texts import N_, Html, Texts, bold, escape
from quizzes.tournament import events as e
from quizzes.tournament.bracket import BoutBox, Bracket, RoundColumn, Slot
from quizzes.tournament.events import Way
from quizzes.tournament.results import Source
from quizzes.tournament.state import BoutState
from quizzes.tournament_views import (
    BoutAlert,
    BoutNews,
    BracketView,
    StageLine,
    TournamentCard,
    TournamentChoice,
    TournamentNews,
    TournamentSetUp,
)

__all__ = ["TournamentChoice", "TournamentSetUp"]

_ENTER = USAGES["enter"]
PREFIX = "bracket:"
"""How the stored name of a bracket's picture begins."""
_MARKS = {BoutState.WAITING: "⏳", BoutState.OPEN: "▶️", BoutState.TIED: "⚖️", BoutState.DECIDED: "✅"}
_MEDALS = {1: "🥇", 2: "🥈", 3: "🥉"}
_STATES = {
    BoutState.WAITING: N_("to be played"),
    BoutState.OPEN: N_("being played"),
    BoutState.TIED: N_("tied"),
    BoutState.DECIDED: N_("over"),
}
_WAYS = {Way.BYE: N_("bye"), Way.WALK_OVER: N_("walk-over"), Way.BEST_LOSER: N_("best loser")}
_SOURCES = {Source.HAND: N_("by hand"), Source.BYE: N_("bye"), Source.WALK_OVER: N_("walk-over")}
_BUTTONS_MOST = 32
_SHOWN_ENTRANTS = 64
_TEXT_MOST = 3400


def stored(tournament_id: int, at: int, language: str) -> str:
    """The name under which a picture is fetched when its message is sent."""
    return f"{PREFIX}{tournament_id}:{at}:{language}"


def wish_of(name: str) -> tuple[int, int, str]:
    """What such a name asks for: the tournament, how many of its events, the language."""
    tournament_id, at, language = name.removeprefix(PREFIX).split(":")
    return int(tournament_id), int(at), language


def is_news(events: Iterable[e.Event]) -> bool:
    """Whether the tournament's own chat hears of it anyway."""
    told = (e.RoundEnded, e.Finished, e.Withdrawn, e.CalledOff)
    return any(isinstance(event, told) or (isinstance(event, e.Drawn) and event.by is not None) for event in events)


def opened(t: Texts) -> str:
    """What the button of a bout answers."""
    return t("The lobby is open.")


def _title(titles: Iterable[tuple[str, str]], t: Texts) -> str:
    return title_of(dict(titles), t)


def _round_title(column: RoundColumn, t: Texts) -> str:
    title = _title(column.titles, t)
    return t("{stage}, round {n}", stage=title, n=column.turn) if column.turns else title


def _slot(slot: Slot, box: BoutBox, t: Texts) -> str:
    name = escape(slot.name)
    if slot.way is not None:
        name = bold(name)
    if slot.withdrawn:
        name = Html(f"<s>{name}</s>")
    text = str(name) if slot.score is None else f"{name} {slot.score}"
    if slot.way in (Way.BEST_LOSER,):
        text = t.html("{name} ({unit})", name=Html(text), unit=t(_WAYS[slot.way]))
    if slot.by_lot and box.state is BoutState.DECIDED:
        text = t.html("{name} ({unit})", name=Html(text), unit=t("by lot"))
    return text


def _bout_line(box: BoutBox, t: Texts) -> str:
    mark = "⚠️" if box.flagged else _MARKS[box.state]
    head = t.html("Bout {bout}", bout=box.number)
    teams = " · ".join(_slot(slot, box, t) for slot in box.slots)
    if box.source in _SOURCES:
        head = t.html("{name} ({unit})", name=Html(head), unit=t(_SOURCES[box.source]))
    line = t.html("{bout}: {teams}", bout=Html(head), teams=Html(teams))
    return f"{mark} {line}"


def _round_lines(column: RoundColumn, t: Texts) -> list[str]:
    lines: list[str] = [bold(escape(_round_title(column, t)))]
    if column.seed and len(column.bouts) > 1:
        lines.append(t.html("Seed of the draw: {seed}", seed=column.seed))
    return [*lines, *(_bout_line(box, t) for box in column.bouts)]


def _podium_lines(found: Bracket) -> list[str]:
    return [f"{_MEDALS.get(one.place) or f'{one.place}.'} {escape(one.name)}" for one in found.podium]


def bracket_lines(found: Bracket, t: Texts) -> list[str]:
    """The whole bracket, a paragraph a round."""
    parts = ["\n".join(_round_lines(column, t)) for column in found.rounds]
    coming = [_title(titles, t) for titles in found.to_come]
    if coming and not found.called_off:
        parts.append(t.html("Still to come: {stages}", stages=t(", ").join(coming)))
    if found.podium:
        parts.append("\n".join([bold(t.html("Final places")), *_podium_lines(found)]))
    return parts


def _fitting_lines(found: Bracket, t: Texts) -> list[str]:
    """The bracket as far as a message holds it: of a large one the first rounds are left to the picture."""
    parts, rounds = bracket_lines(found, t), len(found.rounds)
    left_out = False
    while rounds > 1 and sum(map(len, parts)) > _TEXT_MOST:
        parts, rounds, left_out = parts[1:], rounds - 1, True
    return [t.html("The rounds before are in the picture."), *parts] if left_out else parts


def _stage_rule(stage: StageLine, t: Texts) -> str:
    parts = []
    if stage.final:
        parts.append(t("one bout of all who got so far"))
    elif stage.drawing == "within":
        parts.append(t("a bout within each unit"))
    elif stage.teams is not None:
        parts.append(t("{n} teams a bout", n=stage.teams))
    else:
        parts.append(t("{n} bouts", n=stage.bouts or 1))
    if stage.drawing == "apart" and not stage.final:
        parts.append(t("drawn by lot, teams of one unit apart"))
    if not stage.final:
        parts.append(t("the first {n} of each bout go on", n=stage.top))
        if stage.one_a_unit:
            parts.append(t("at most one team of a unit"))
        if stage.best_losers:
            parts.append(t("and the {n} best losers", n=stage.best_losers))
        if stage.most is not None:
            parts.append(t("the best {n} in all", n=stage.most))
        if stage.repeat:
            parts.append(t("until few enough are left"))
    title = bold(escape(_title(stage.title.items(), t)))
    rules = t("; ").join(parts)
    line = t.html("{bout}: {teams}", bout=title, teams=rules)
    return f"• {line}"


@shows(TournamentCard)
def card(view: TournamentCard, t: Texts) -> Shown:
    """The tournament as it stands, and the next steps as buttons."""
    found = view.bracket
    bank = t.html("Bank: {bank}", bank=view.bank)
    head = f"🏆 {bold(escape(found.title))} · {escape(_title(view.preset.items(), t))} · {bank}"
    number = t.html("Tournament number {id}", id=view.tournament_id)
    parts = [f"{head}\n{number}"]
    if view.state == "entering":
        parts.append("\n".join(_stage_rule(stage, t) for stage in view.stages))
        parts.append(_entrants(found, t))
        if view.to_draw is None:
            parts.append(
                t.html(
                    "Enter teams like this: {usage}",
                    usage=t(_ENTER),
                )
            )
    else:
        parts += _fitting_lines(found, t)
    if view.state == "called_off":
        parts.append(t.html("This tournament was called off."))
    if view.waiting and not view.open_here:
        parts.append(
            t.html("Open a bout in its group: {usage}", usage=t("/contest tournament {bout}", bout=view.waiting[0]))
        )
    return Shown("\n\n".join(parts), _buttons(view, t))


def _entrants(found: Bracket, t: Texts) -> str:
    if not found.entrants:
        return t.html("No team has entered yet.")
    names = [
        t.html("{name} ({unit})", name=name, unit=unit) if unit != name else escape(name)
        for name, unit in found.entrants[:_SHOWN_ENTRANTS]
    ]
    count = t.html("{n} teams:", n=len(found.entrants))
    return f"{count} {t.html(', ').join(names)}"


def _buttons(view: TournamentCard, t: Texts) -> tuple[tuple[Button, ...], ...]:
    id_ = view.tournament_id
    rows: list[tuple[Button, ...]] = []
    if view.to_draw is not None:
        rows.append((_draw_button(id_, view.to_draw, t),))
    rows += [(_lots_button(id_, bout, t),) for bout in view.tied[:8]]
    if view.open_here:
        opens = [_open_button(id_, bout, t) for bout in view.waiting[:_BUTTONS_MOST]]
        rows += in_rows(opens, 2)
    if view.state == "finished":
        rows.append(award_row(id_, t))
    last = [Button(t("🖥 Big screen"), pack("tour", "screen", id_))]
    if view.bracket.rounds:
        last.insert(0, Button(t("Picture of the bracket"), pack("tour", "show", id_)))
    return (*rows, tuple(last))


def _draw_button(id_: int, stage: dict[str, str], t: Texts) -> Button:
    return Button(t("Draw: {stage}", stage=_title(stage.items(), t)), pack("tour", "draw", id_))


def _open_button(id_: int, bout: int, t: Texts) -> Button:
    return Button(t("Open bout {bout}", bout=bout), pack("tour", "open", id_, bout))


def _lots_button(id_: int, bout: int, t: Texts) -> Button:
    return Button(t("Draw lots: bout {bout}", bout=bout), pack("tour", "lots", id_, bout))


def _picture(tournament_id: int, at: int, t: Texts) -> Attachment | None:
    if not at:
        return None
    name = stored(tournament_id, at, t.language)
    return Attachment("photo", stored=name, name=f"bracket-{tournament_id}.png")


@shows(BracketView)
def bracket_view(view: BracketView, t: Texts) -> Shown:
    """The whole bracket, with its picture once something is drawn."""
    parts = [f"🏆 {bold(escape(view.bracket.title))}", *_fitting_lines(view.bracket, t)]
    if not view.bracket.rounds:
        return Shown("\n\n".join([*parts[:1], t.html("The draw has not been made yet.")]))
    return Shown("\n\n".join(parts), attachment=_picture(view.tournament_id, view.at, t))


_NEWS = {
    "drawn": N_("🎲 The draw: {stage}"),
    "redrawn": N_("🎲 Drawn anew: {stage}"),
    "ended": N_("🏅 {stage} is over. Through to the next stage:"),
    "changed": N_("🔁 {stage}: a result has changed. Through to the next stage are now:"),
    "finished": N_("🏆 The tournament is decided."),
    "finished_anew": N_("🔁 The final's result has changed. The places are now:"),
    "withdrawn": N_("{name} has withdrawn."),
    "called_off": N_("This tournament was called off."),
}


@shows(TournamentNews)
def news(view: TournamentNews, t: Texts) -> Shown:
    """The draw, who goes on, who has won; with the bracket as a picture."""
    found = view.bracket
    column = found.rounds[view.round] if view.round < len(found.rounds) else None
    stage = _round_title(column, t) if column is not None else ""
    head = t.html(_NEWS[view.what], stage=stage, name=view.name)
    parts = [f"{bold(escape(found.title))}\n{head}"]
    if view.reason:
        parts.append(t.html("Reason: {reason}", reason=view.reason))
    if view.what in ("drawn", "redrawn") and column is not None:
        parts.append("\n".join(_round_lines(column, t)))
        parts.append(
            t.html("Who meets whom follows from the seed alone; anybody can check it (see the docs on tournaments).")
        )
    elif view.what in ("ended", "changed") and column is not None:
        through = [_went_on(box, slot, t) for box in column.bouts for slot in box.slots if slot.way is not None]
        parts.append("\n".join(through) or t.html("nobody"))
        if view.seed:
            parts.append(t.html("Equal teams were drawn by lot; seed {seed}", seed=view.seed))
        if len(found.rounds) > view.round + 1:
            parts.append("\n".join(_round_lines(found.rounds[view.round + 1], t)))
    elif view.what in ("finished", "finished_anew"):
        parts.append("\n".join(_podium_lines(found)))
    buttons: list[tuple[Button, ...]] = []
    if view.to_draw is not None and view.what in ("ended", "changed"):
        buttons.append((_draw_button(view.tournament_id, view.to_draw, t),))
    return Shown("\n\n".join(parts), tuple(buttons), attachment=_picture(view.tournament_id, view.at, t))


def _went_on(box: BoutBox, slot: Slot, t: Texts) -> str:
    how = t("bout {bout}", bout=box.number)
    if slot.way in _WAYS:
        how = f"{how}{t(', ')}{t(_WAYS[slot.way])}"
    if slot.by_lot:
        how = f"{how}{t(', ')}{t('by lot')}"
    name = bold(escape(slot.name))
    line = t.html("{name} ({unit})", name=name, unit=how)
    return f"✅ {line}"


_BOUT_NEWS = {
    "decided": N_("Bout {bout} counts for the tournament “{title}”."),
    "hand": N_("Bout {bout} of “{title}”: result entered by hand."),
    "changed": N_("Bout {bout} of “{title}”: the result has changed."),
    "tied": N_(
        "Bout {bout} of “{title}”: a tie decides who goes on. The organiser draws lots, or has it played again."
    ),
    "flagged": N_(
        "Bout {bout} of “{title}”: the result has changed, but the next stage has begun. The bracket stays as announced."
    ),
    "annulled": N_("Bout {bout} of “{title}” does not count and is played again."),
}


@shows(BoutNews)
def bout_news(view: BoutNews, t: Texts) -> Shown:
    """A bout's result, for its group."""
    parts = [t.html(_BOUT_NEWS[view.what], bout=view.bout, title=view.title)]
    if view.lines:
        parts.append(
            " · ".join(escape(name) if score is None else f"{escape(name)} {score}" for name, score in view.lines)
        )
    if view.reason:
        parts.append(t.html("Reason: {reason}", reason=view.reason))
    if view.left and view.what in ("decided", "hand"):
        parts.append(
            escape(t.plural("{n} bout of this stage is left.", "{n} bouts of this stage are left.", view.left))
        )
    return Shown("\n".join(parts))


@shows(BoutAlert)
def bout_alert(view: BoutAlert, t: Texts) -> Shown:
    """A decision that only the organiser can make."""
    names = t(", ").join(view.names)
    title = bold(escape(view.title))
    if view.what == "tied":
        text = t.html(
            "⚖️ Bout {bout}: {names} are tied on the place that goes on, and there was no question left to settle it. "
            "Draw lots, let it be played again ({replay}) or enter the result ({result}).",
            bout=view.bout,
            names=names,
            replay=t("/tournament replay {bout}", bout=view.bout),
            result=t("/tournament result {bout} …", bout=view.bout),
        )
        return Shown(f"{title}\n{text}", ((_lots_button(view.tournament_id, view.bout, t),),))
    text = t.html(
        "⚠️ Bout {bout} has another result now ({names}), but the next stage has begun: the bracket stays as it was "
        "announced. If the change has to count, call the next stage's contests off and write {accept}",
        bout=view.bout,
        names=names,
        accept=t("/tournament accept {bout} …", bout=view.bout),
    )
    return Shown(f"{title}\n{text}")


@shows(TournamentSetUp)
def set_up(view: TournamentSetUp, t: Texts) -> Shown:
    """Which plan, then which bank."""
    if not view.preset:
        rows = tuple((Button(_title(title.items(), t), pack("tour", "preset", name)),) for name, title in view.presets)
        return Shown(t.html("No tournament goes on. Which plan shall a new one have?"), rows)
    rows = tuple(
        (Button(t("{bank} ({n} questions)", bank=bank.name, n=bank.items), pack("tour", "bank", view.preset, bank.id)),)
        for bank in view.banks
    )
    return Shown(t.html("Which question bank?"), rows)


@shows(TournamentChoice)
def choice(view: TournamentChoice, t: Texts) -> Shown:
    """Which of those that go on."""
    rows = tuple((Button(f"{id_} · {title}", pack("tour", "card", id_)),) for id_, title in view.tournaments[:40])
    return Shown(t.html("Which tournament?"), rows)


def bracket_picture(found: Bracket, t: Texts) -> BracketPicture:
    """The bracket as a picture's data, with the words in it."""
    return BracketPicture(
        over=t("Bracket"),
        title=found.title,
        columns=tuple(_column(column, t) for column in found.rounds),
        podium_title=t("Final places"),
        podium=tuple((one.place, one.name) for one in found.podium),
        note=t("Highlighted: through to the next stage"),
    )


def _column(column: RoundColumn, t: Texts) -> Column:
    below = t("Seed of the draw: {seed}", seed=column.seed) if len(column.bouts) > 1 else ""
    return Column(_round_title(column, t), below, tuple(_box(box, column, t) for box in column.bouts))


def _box(box: BoutBox, column: RoundColumn, t: Texts) -> Box:
    state = t(_SOURCES[box.source]) if box.source in _SOURCES else t(_STATES[box.state])
    teams = tuple(
        Team(
            name=slot.name,
            score="" if slot.score is None else str(slot.score),
            through=slot.way is not None or (column.final and slot.rank == 1 and box.state is BoutState.DECIDED),
            out=slot.withdrawn or (column.over and slot.way is None and not column.final),
            mark=t("has withdrawn") if slot.withdrawn else t(_WAYS[slot.way]) if slot.way in _WAYS else "",
        )
        for slot in box.slots
    )
    return Box(t("Bout {bout}", bout=box.number), state, box.state is BoutState.OPEN, teams)
