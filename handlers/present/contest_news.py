"""What a contest tells its group beside the questions: the standings, and whatever happens."""

from itertools import pairwise

from handlers.present.contest_questions import score_line
from handlers.present.contest_reviews import button as review_button
from handlers.present.contest_words import title_of
from handlers.present.lineup import CAPTAIN, SUBSTITUTED, SUBSTITUTION_ASKED
from handlers.present.points import amount
from handlers.present.shown import Shown, shows
from handlers.texts import N_, Texts, bold, escape
from quizzes.views import (
    Happening,
    StandingsCard,
)

STANDING = N_("{name}  {score}  ({right} right, {wrong} wrong)")
"""A line of the standings, after the place."""
_MEDALS = {1: "🥇", 2: "🥈", 3: "🥉"}


@shows(StandingsCard)
def standings(view: StandingsCard, t: Texts) -> Shown:
    """The end of a contest."""
    heading = t.html("New standings") if view.revised else t.html("Final standings")
    bank = f" · {escape(view.bank)}" if view.bank else ""
    lines = [f"🏁 <b>{heading}</b> · {escape(title_of(view.title, t))}{bank}", ""]
    asked = any(line.right or line.wrong for line in view.teams)  # speeches have no right answers
    for line in view.teams:
        place = _MEDALS.get(line.rank) or f"{line.rank}."
        name, score = bold(escape(line.name)), bold(amount(line.score, view.decimals))
        words = t.html(STANDING, name=name, score=score, right=line.right, wrong=line.wrong)
        bare = t.html("{name}  {score}", name=name, score=score)
        lines.append(f"{place} {words if asked else bare}")
    if any(one.score == other.score and one.rank != other.rank for one, other in pairwise(view.teams)):
        lines.append(t.html("<i>Sudden death decided between equal scores.</i>"))
    if not view.individuals and view.players:
        lines += ["", bold(t.html("Players"))]
        for player in view.players:
            counts = t.html("{right} right, {wrong} wrong", right=player.right, wrong=player.wrong)
            who = t.html("{name} ({unit})", name=player.name, unit=player.team)
            points = amount(player.score, view.decimals, signed=True)
            lines.append(f"{player.rank}. {who} {points} · {counts}")
    return Shown("\n".join(lines), ((review_button(view.contest_id, t),),))


@shows(Happening)
def happening(view: Happening, t: Texts) -> Shown:
    """Something that the group has to know."""
    text = {
        "paused": N_("⏸ The host has paused the contest. What was asked last does not count and is asked again."),
        "engine_paused": N_("⏸ The contest is paused: questions do not arrive. The host can let it go on."),
        "resumed": N_("▶️ The contest goes on."),
        "aborted": N_("⏹ The contest was called off."),
        "recovered": N_("🔄 The bot was restarted. The scores stand as announced; an open question is asked again."),
        "voided": N_("Question {number} was declared void; its points are taken back."),
        "replaced": N_("Question {number} is replaced by one from the reserve."),
        "overruled": N_("Question {number} was ruled anew: {ruling}."),
        "corrected": N_("{team}: {points} points by hand."),
        "captain": CAPTAIN,
        "substituted": SUBSTITUTED,
        "substitution_asked": SUBSTITUTION_ASKED,
    }[view.what]
    ruling = t("right") if view.right else t("wrong")
    points = amount(view.points or 0, view.decimals, signed=True)
    line = t.html(
        text,
        number=view.number or 0,
        ruling=ruling,
        team=view.team or "",
        points=points,
        player=view.player or "",
        other=view.other or "",
    )
    reason = t.html("Reason: {reason}", reason=view.reason) if view.reason and view.what != "engine_paused" else ""
    score = score_line(view.scores, t) if view.scores else ""
    return Shown("\n".join(part for part in (line, reason, score) if part))
