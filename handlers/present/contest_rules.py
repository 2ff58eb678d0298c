"""The rules of a contest in plain words, from its numbers."""

from handlers.present.bench_rules import panel_lines, speech_lines
from handlers.present.points import plus
from handlers.present.turn_rules import false_start_rule, not_started_rule, required_rules, risk_rules
from handlers.texts import N_, Texts
from quizzes.views import LobbyCard, SegmentLine


def rule_lines(view: LobbyCard, t: Texts) -> list[str]:
    """A line a rule, HTML."""
    lines = []
    if view.base:
        lines.append(t.html("Everybody begins with {base} points.", base=view.base))
    for segment in view.segments:
        if segment.kind == "speech":
            lines += speech_lines(segment, t)
            continue
        of = {"buzzer": _buzzer, "everyone": _everyone, "required": required_rules, "risk": risk_rules}
        lines += of[segment.kind](segment, t)
    if any(segment.kind == "speech" for segment in view.segments):
        return lines + (panel_lines(view.panel, t) if view.panel is not None else [])
    lines.append(
        t.html(
            "A window opens when Telegram has confirmed the message; {grace:g} s are added for the network.",
            grace=view.grace,
        )
    )
    if view.panel is not None:
        lines += panel_lines(view.panel, t)
    if view.tie_break:
        lines += [_tie(place, t) for place in view.tie_places]
    return lines


def _tie(place: int, t: Texts) -> str:
    if place == 1:
        return t.html("A tie for the first place is settled by sudden death.")
    return t.html("A tie between places {place} and {next} is settled by sudden death.", place=place, next=place + 1)


def _buzzer(segment: SegmentLine, t: Texts) -> list[str]:
    lines = [
        t.html(
            "{n} buzzer questions: right {right:+d}, wrong or no answer {wrong}.",
            n=segment.questions,
            right=segment.right,
            wrong=plus(segment.wrong),
        ),
        t.html("{buzz:g} s to buzz, then {answer:g} s to answer.", buzz=segment.buzz, answer=segment.answer),
    ]
    who = {
        "presser": N_("Whoever buzzed answers."),
        "member": N_("Any member of the team that buzzed answers."),
        "captain": N_("The captain of the team that buzzed answers."),
    }[segment.answerer]
    lines.append(t.html(who))
    if segment.reading:
        lines.append(false_start_rule(segment, t))
    if segment.rebounds:
        lines.append(
            t.html("After a wrong answer the question goes to the others, {n} times at most.", n=segment.rebounds)
        )
    lines += not_started_rule(segment, t)
    return lines


def _everyone(segment: SegmentLine, t: Texts) -> list[str]:
    lines = [
        t.html(
            "{n} questions for everyone: right {right:+d}, wrong {wrong}, {answer:g} s each.",
            n=segment.questions,
            right=segment.right,
            wrong=plus(segment.wrong),
            answer=segment.answer,
        )
    ]
    if segment.speed_weighs:
        lines.append(
            t.html("The sooner a right answer comes, the more it is worth; right answers are also counted apart.")
        )
    return lines
