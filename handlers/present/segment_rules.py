"""The rules of each kind of segment in plain words."""

from datetime import timedelta

from handlers.texts import N_, Texts
from quizzes.engine.rules import Answerer, BuzzerSegment, EveryoneSegment, FalseStart, Segment, TeamScore


def _s(length: timedelta) -> float:
    return length.total_seconds()


def headline(segment: Segment, t: Texts) -> str:
    """What kind of segment it is, and how many questions it asks."""
    match segment:
        case BuzzerSegment():
            return t("{n} buzzer questions", n=segment.questions)
        case EveryoneSegment():
            return t("{n} questions for everyone", n=segment.questions)


def segment_lines(segment: Segment, t: Texts) -> list[str]:
    """All rules of a segment, plain lines."""
    match segment:
        case BuzzerSegment():
            return buzzing(segment, t, points=True)
        case EveryoneSegment():
            return _everyone(segment, t)


def short_lines(segment: Segment, t: Texts) -> list[str]:
    """What a player has to know of a segment before it begins, HTML."""
    match segment:
        case BuzzerSegment():
            return _short_buzzer(segment, t)
        case EveryoneSegment():
            return _short_everyone(segment, t)


def _own_points(*, loses: bool, t: Texts) -> str:
    if loses:
        return t("A question with a value of its own is worth that much, won or lost.")
    return t("A question with a value of its own is worth that much.")


def buzzing(segment: BuzzerSegment, t: Texts, *, points: bool) -> list[str]:
    """How a buzzer question goes; in sudden death there are no points."""
    lines = []
    if points:
        lines.append(t("Right {right:+d}, wrong or too late {wrong:+d}.", right=segment.right, wrong=segment.wrong))
        if segment.own_points:
            lines.append(_own_points(loses=bool(segment.wrong), t=t))
    lines += _false_start(segment, t, points=points)
    lines.append(t("Nobody buzzes within {seconds:g} s: the question is void.", seconds=_s(segment.buzz)))
    lines.append(t(_WHO_ANSWERS[segment.answerer]))
    lines.append(
        t(
            "{answer:g} s to answer; where several options are to be marked, begin within {start:g} s.",
            answer=_s(segment.answer),
            start=_s(segment.start),
        )
    )
    lines.append(_rebounds(segment.rebounds, t))
    return lines


_WHO_ANSWERS = {
    Answerer.PRESSER: N_("Whoever buzzed answers."),
    Answerer.MEMBER: N_("Any member of the team that buzzed answers."),
    Answerer.CAPTAIN: N_("The captain of the team that buzzed answers."),
}


def _false_start(segment: BuzzerSegment, t: Texts, *, points: bool) -> list[str]:
    if not segment.reading:
        return [t("The buzzers are open as soon as the question is there.")]
    lines = [t("The buzzers open after {seconds:g} s of reading.", seconds=_s(segment.reading))]
    fine = segment.fine if points else 0
    match segment.false_start:
        case FalseStart.REFUSED:
            lines.append(t("A press before that does not count and costs nothing."))
        case FalseStart.FINED:
            lines.append(t("False start: {fine:+d}, and the question belongs to the other teams.", fine=fine))
        case FalseStart.VOID:
            lines.append(t("False start: {fine:+d}, and the question is void.", fine=fine))
    return lines


def _rebounds(most: int, t: Texts) -> str:
    if not most:
        return t("After a wrong answer the question is over.")
    return t.plural(
        "After a wrong answer {n} other team may buzz and answer.",
        "After a wrong answer other teams may buzz and answer, {n} times at the most.",
        most,
    )


def _everyone(segment: EveryoneSegment, t: Texts) -> list[str]:
    lines = [t("Right {right:+d}, wrong {wrong:+d}.", right=segment.right, wrong=segment.wrong)]
    if segment.own_points:
        lines.append(_own_points(loses=bool(segment.wrong), t=t))
    if segment.speed_floor is None:
        lines.append(t("How fast an answer comes makes no difference."))
    else:
        lines.append(
            t(
                "The sooner a right answer comes, the more it is worth: all of it at once, {floor} % in the last moment.",
                floor=segment.speed_floor,
            )
        )
    if segment.reading:
        lines.append(t("Answers are taken after {reading:g} s of reading.", reading=_s(segment.reading)))
    if segment.answerer is Answerer.CAPTAIN:
        lines.append(t("The captain answers for the team, within {seconds:g} s.", seconds=_s(segment.answer)))
    else:
        lines.append(t("Everybody answers, within {seconds:g} s.", seconds=_s(segment.answer)))
    changes = N_("An answer may be changed until the end; the last one counts.")
    lines.append(t(changes if segment.changes else N_("The first answer counts.")))
    match segment.team_score:
        case TeamScore.SUM:
            lines.append(t("The points of all members are the team's."))
        case TeamScore.MEAN:
            lines.append(t("The team gets the mean of all its members; silence counts as 0."))
        case TeamScore.BEST:
            lines.append(t("The points of the best {n} members are the team's.", n=segment.best))
    return lines


def _short_buzzer(segment: BuzzerSegment, t: Texts) -> list[str]:
    lines = [
        t.html(
            "{n} buzzer questions: right {right:+d}, wrong or no answer {wrong:+d}.",
            n=segment.questions,
            right=segment.right,
            wrong=segment.wrong,
        ),
        t.html("{buzz:g} s to buzz, then {answer:g} s to answer.", buzz=_s(segment.buzz), answer=_s(segment.answer)),
        t.html(_WHO_ANSWERS[segment.answerer]),
    ]
    if segment.reading:
        lines += [t.html(line) for line in _false_start(segment, t, points=True)]
    if segment.rebounds:
        lines.append(t.html(_rebounds(segment.rebounds, t)))
    return lines


def _short_everyone(segment: EveryoneSegment, t: Texts) -> list[str]:
    lines = [
        t.html(
            "{n} questions for everyone: right {right:+d}, wrong {wrong:+d}, {answer:g} s each.",
            n=segment.questions,
            right=segment.right,
            wrong=segment.wrong,
            answer=_s(segment.answer),
        )
    ]
    if segment.speed_floor is not None:
        lines.append(
            t.html("The sooner a right answer comes, the more it is worth; right answers are also counted apart.")
        )
    return lines
