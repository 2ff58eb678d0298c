"""How choosing a stake looks, and what typed answers and stakes are answered with."""

from handlers.callback_data import pack
from handlers.present.contest_toasts import ANSWER_TOASTS
from handlers.present.points import plus
from handlers.present.shown import Button, Shown, in_rows, shows
from handlers.present.turn_words import answer_words, order_lines
from handlers.texts import N_, Texts, bold, escape, italic
from quizzes.engine import events as e
from quizzes.running import Done
from quizzes.turn_views import Offered, PassedCard, StakeCard, StakeVoidCard

PASS = 0
"""What the button carries that passes: no stake is 0."""
_TEXT_TAKEN = 200
"""No accepted text is longer (quizzes.bank.items.MAX_ACCEPTED)."""


def answer_text(words: str) -> str:
    """What is kept of a message as an answer: one line, not endless."""
    return " ".join(words.split())[:_TEXT_TAKEN]


def _head(offered: Offered, t: Texts) -> str:
    number = t.html("Question {number} of {of}", number=offered.number, of=offered.of)
    kind = t.html("risk question")
    return f"<b>{number}</b> · {kind}"


@shows(StakeCard)
def stake(view: StakeCard, t: Texts) -> Shown:
    """The stakes for the team whose turn it is."""
    team = bold(escape(view.offered.team))
    lines = [t.html("💰 {team}, now at {score} points, chooses its stake.", team=team, score=view.score)]
    if view.again:
        lines.insert(0, italic(t.html("The round before does not count; please choose again.")))
    prices = "\n".join(
        t.html("• {stake}: right {right:+d}, wrong {wrong}", stake=stake, right=stake, wrong=plus(loss))
        for stake, loss in zip(view.stakes, view.losses, strict=True)
    )
    who = N_("the captain chooses") if view.answerer == "captain" else N_("any member chooses")
    silence = N_("else it passes") if view.not_chosen == "pass" else N_("else the lowest stake is taken")
    window = [t.html("{seconds:g} s to choose", seconds=view.seconds), t.html(silence)]
    if not view.individuals:
        window.append(t.html(who))
    parts = [_head(view.offered, t), "\n".join(lines), prices, f"⏱ {' · '.join(window)}"]
    if view.order.teams:
        parts.insert(1, "\n".join(f"<i>{line}</i>" for line in order_lines(view.order, t)))
    buttons = [
        Button(t("{stake} points", stake=stake), pack("stake", view.contest_id, view.nonce, stake))
        for stake in view.stakes
    ]
    rows = list(in_rows(buttons, 3))
    if view.may_pass:
        rows.append((Button(t("Pass"), pack("stake", view.contest_id, view.nonce, PASS)),))
    return Shown("\n\n".join(part for part in parts if part), tuple(rows))


@shows(PassedCard)
def passed(view: PassedCard, t: Texts) -> Shown:
    """A team plays for nothing this time."""
    team = bold(escape(view.offered.team))
    if view.player:
        line = t.html("🏳 {team} passes ({player}).", team=team, player=view.player)
    else:
        line = t.html("⌛ {team} did not choose in time and passes.", team=team)
    return Shown(f"{_head(view.offered, t)}\n\n{line}")


@shows(StakeVoidCard)
def stake_void(view: StakeVoidCard, t: Texts) -> Shown:
    """A choice that does not count."""
    reason = {
        "lost": N_("This choice is void: the message may not have reached everybody. It is asked for again."),
        "outage": N_("This choice is void: the bot was cut off. It is asked for again."),
        "paused": N_("This choice is void."),
        "restart": N_("This choice is void: the bot was restarted. It is asked for again."),
    }[view.reason]
    return Shown(f"{_head(view.offered, t)}\n\n<s>{escape(view.offered.team)}</s>\n\n<i>{t.html(reason)}</i>")


def staked(done: Done, user: int, t: Texts) -> str | None:
    """What a stake answers."""
    for event in done.events:
        if isinstance(event, e.Staked) and event.player == user:
            return t("You have passed.") if event.stake is None else t("Your stake: {stake}", stake=event.stake)
    kinds = [event.kind for event in done.events if isinstance(event, e.PressNoted) and event.player == user]
    if not kinds:
        return None
    return t("Time is up.") if kinds[0] is e.PressKind.TOO_LATE else t("Somebody else chooses this stake.")


def typed(done: Done, user: int, t: Texts) -> str | None:
    """What a typed answer is answered with, in private."""
    for event in done.events:
        if isinstance(event, e.Chosen) and event.player == user:
            return t("Your answer: {letters}", letters=answer_words((), event.text))
    kinds = [event.kind for event in done.events if isinstance(event, e.PressNoted) and event.player == user]
    return t(ANSWER_TOASTS[kinds[0]]) if kinds else None


def closed(t: Texts) -> str:
    """What an answer to a question that is over is answered with."""
    return t("This question is over.")
