"""What the cards of a contest say about turns, lots, false starts, and answers that are typed."""

from handlers.present.options import letters
from handlers.present.shown import cut
from handlers.texts import N_, Html, Texts, bold, escape
from quizzes.turn_views import Fine, Missed, Order
from quizzes.views import AnsweringCard, QuestionCard, RulingCard

_TEXT_SHOWN = 60


def answer_words(chosen: tuple[int, ...], text: str) -> str:
    """An answer as it is quoted: its letters, or what was written."""
    if not text:
        return letters(chosen)
    return f"“{cut(text, _TEXT_SHOWN)}”"


def who(team: str, player: str) -> Html:
    """A team, and who acted for it."""
    # Where everybody plays alone, the team is the player.
    return Html(f"{bold(escape(team))} {escape(player if player != team else '')}".strip())


def order_lines(order: Order, t: Texts) -> list[str]:
    """The turns of a round, and the lots that were drawn for it."""
    lines = []
    if order.lots:
        lots = t.html(", ").join(t.html("{team} no. {lot}", team=lot.team, lot=lot.number) for lot in order.lots)
        everybody = len(order.lots) == len(order.teams)
        text = N_("🎲 Lots drawn: {lots}") if everybody else N_("🎲 Equal scores, lots drawn: {lots}")
        lines.append(t.html(text, lots=Html(lots)))
    if len(order.teams) > 1:
        lines.append(t.html("Order: {teams}", teams=" → ".join(order.teams)))
    return lines


def missed_line(missed: Missed, t: Texts) -> str:
    """A wrong answer after which others may try."""
    points = f"{missed.points:+d}"
    words = answer_words(missed.chosen, missed.text)
    if not words:
        return t.html("⌛ {who} did not answer in time: {points}", who=who(missed.team, missed.player), points=points)
    return t.html(
        "❌ {who} answered {chosen}: wrong, {points}", who=who(missed.team, missed.player), chosen=words, points=points
    )


def fine_line(fines: tuple[Fine, ...], t: Texts) -> str:
    """What false starts have cost; empty if there were none that cost anything."""
    listed = t.html(", ").join(
        t.html("{team} {points:+d}", team=fine.team, points=fine.points) for fine in fines if fine.points
    )
    return t.html("🚫 False start: {teams}", teams=Html(listed)) if listed else ""


def turn_note(view: QuestionCard, t: Texts) -> str:
    """Whose question it is, called by name."""
    team = bold(escape(view.team))
    if view.reason == "rebound":
        return t.html("👉 Now {team} may make it up.", team=team)
    if view.stake is not None:
        return t.html("👉 {team} plays for {stake} points.", team=team, stake=bold(str(view.stake)))
    return t.html("👉 A question for {team}.", team=team)


def turn_window(view: QuestionCard, t: Texts) -> str:
    """How the team whose turn it is answers, and in what time."""
    if view.question.kind == "fill_in":
        return type_here(view.answerer, view.seconds, t, view.team if view.individuals else "")
    if view.individuals:
        return t.html("{seconds:g} s to answer", seconds=view.seconds)
    captain = view.answerer == "captain"
    text = N_("the captain answers within {seconds:g} s") if captain else N_("any member answers within {seconds:g} s")
    return t.html(text, seconds=view.seconds)


def type_here(answerer: str, seconds: float, t: Texts, player: str = "") -> str:
    """That an answer is written into the group, by whom and how fast; ``player``: nobody else may."""
    if player:
        return t.html("{player} writes the answer into this group within {seconds:g} s", player=player, seconds=seconds)
    if answerer == "captain":
        return t.html("the captain writes the answer into this group within {seconds:g} s", seconds=seconds)
    return t.html("any member writes the answer into this group within {seconds:g} s", seconds=seconds)


def typed_call(view: AnsweringCard, t: Texts) -> str:
    """The same for whoever was first at the buzzer."""
    alone = view.individuals or view.answerer == "presser"
    return f"✍️ {type_here(view.answerer, view.seconds, t, view.player if alone else '')}"


def accepted_line(view: RulingCard, t: Texts) -> str:
    """What would have been right; empty if the options show it."""
    if not view.accepted:
        return ""
    return t.html("Answer: {answer}", answer=bold(escape(" / ".join(view.accepted))))
