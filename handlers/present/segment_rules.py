"""The rules of each kind of segment in plain words."""

from datetime import timedelta

from handlers.present.judge_words import speaking
from handlers.present.points import plus
from handlers.texts import N_, Texts
from quizzes.engine.rules import (
    Answerer,
    AnySegment,
    BuzzerSegment,
    EveryoneSegment,
    FalseStart,
    NotStarted,
    RequiredSegment,
    RiskSegment,
    SpeechSegment,
    TeamScore,
)
from quizzes.engine.turn_rules import NotChosen, ScoreOrder, TurnOrder


def _s(length: timedelta) -> float:
    return length.total_seconds()


def headline(segment: AnySegment, count: int, t: Texts) -> str:
    """What kind of segment it is, and how many questions it asks."""
    name = {
        BuzzerSegment: N_("{n} buzzer questions"),
        EveryoneSegment: N_("{n} questions for everyone"),
        RequiredSegment: N_("{n} required questions"),
        RiskSegment: N_("{n} risk questions"),
        SpeechSegment: N_("Speeches"),
    }[type(segment)]
    return t(name, n=count)


def segment_lines(segment: AnySegment, t: Texts, *, alone: bool = False) -> list[str]:
    """All rules of a segment, plain lines; ``alone``: everybody is a team of one."""
    match segment:
        case BuzzerSegment():
            return buzzing(segment, t, points=True)
        case EveryoneSegment():
            return _everyone(segment, t, alone=alone)
        case RequiredSegment():
            return _required(segment, t)
        case RiskSegment():
            return _risk(segment, t)
        case SpeechSegment():
            return speaking(segment, t)


def _worth(right: int, wrong: int, t: Texts) -> str:
    if not wrong:
        return t("Right {right:+d}, wrong or too late costs nothing.", right=right)
    return t("Right {right:+d}, wrong or too late {wrong}.", right=right, wrong=plus(wrong))


def _own_points(*, loses: bool, t: Texts) -> str:
    if loses:
        return t("A question with a value of its own is worth that much, won or lost.")
    return t("A question with a value of its own is worth that much.")


def buzzing(segment: BuzzerSegment, t: Texts, *, points: bool) -> list[str]:
    """How a buzzer question goes; in sudden death there are no points."""
    lines = []
    if points:
        lines.append(_worth(segment.right, segment.wrong, t))
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
    lines.append(_not_started(segment.not_started, t))
    lines.append(_rebounds(segment.rebounds, t))
    return lines


def _not_started(rule: NotStarted, t: Texts) -> str:
    text = {
        NotStarted.WRONG: N_("Whoever is called and does nothing has answered wrong."),
        NotStarted.VOID: N_("Whoever is called and does nothing loses nothing; the question is void."),
    }[rule]
    return t(text)


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


def _everyone(segment: EveryoneSegment, t: Texts, *, alone: bool) -> list[str]:
    lines = [_worth(segment.right, segment.wrong, t)]
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
    if alone:
        return lines
    match segment.team_score:
        case TeamScore.SUM:
            lines.append(t("The points of all members are the team's."))
        case TeamScore.MEAN:
            lines.append(t("The team gets the mean of all its members; silence counts as 0."))
        case TeamScore.BEST:
            lines.append(t("The points of the best {n} members are the team's.", n=segment.best))
    return lines


def _turn(segment: RequiredSegment | RiskSegment, t: Texts) -> list[str]:
    """Who answers for a team whose turn it is, and how fast."""
    lines = []
    if segment.reading:
        lines.append(t("Answers are taken after {reading:g} s of reading.", reading=_s(segment.reading)))
    who = {
        Answerer.PRESSER: N_("Any member of the team answers."),
        Answerer.MEMBER: N_("Any member of the team answers."),
        Answerer.CAPTAIN: N_("The captain of the team answers."),
    }[segment.answerer]
    lines.append(t(who))
    lines.append(
        t(
            "{answer:g} s to answer; an answer of several taps or a typed one is begun within {start:g} s.",
            answer=_s(segment.answer),
            start=_s(segment.start),
        )
    )
    lines.append(_not_started(segment.not_started, t))
    return lines


def _required(segment: RequiredSegment, t: Texts) -> list[str]:
    order = {
        TurnOrder.SEATS: N_("The teams take turns in the order of the lobby."),
        TurnOrder.DRAWN: N_("The teams take turns in an order that is drawn by lot."),
        TurnOrder.SCORE: N_("The teams take turns in order of score, the highest first; ties are drawn by lot."),
    }[segment.order]
    lines = [
        t("Every team gets the same number of questions; what does not divide evenly is not asked."),
        t(order),
        _worth(segment.right, segment.wrong, t),
    ]
    if segment.own_points:
        lines.append(_own_points(loses=bool(segment.wrong), t=t))
    lines += _turn(segment, t)
    if not segment.passes_on:
        lines.append(t("After a wrong answer the question is over."))
    elif segment.make_up is None:
        lines.append(
            t(
                "After a wrong answer the next teams may make it up ({n} at most): right earns what the question was"
                " worth, wrong {wrong}.",
                n=segment.passes_on,
                wrong=plus(segment.make_up_wrong),
            )
        )
    else:
        lines.append(
            t(
                "After a wrong answer the next teams may make it up ({n} at most): right {right:+d}, wrong {wrong}.",
                n=segment.passes_on,
                right=segment.make_up,
                wrong=plus(segment.make_up_wrong),
            )
        )
    return lines


def _risk(segment: RiskSegment, t: Texts) -> list[str]:
    order = {
        ScoreOrder.HIGHEST: N_("The team with the highest score chooses first; ties are drawn by lot."),
        ScoreOrder.LOWEST: N_("The team with the lowest score chooses first; ties are drawn by lot."),
    }[segment.order]
    stakes = sorted(segment.stakes)
    prices = t(", ").join(t("{right:+d} or {wrong}", right=stake, wrong=plus(segment.lost(stake))) for stake in stakes)
    not_chosen = {
        NotChosen.LOWEST: N_("Whoever chooses nothing has chosen the lowest stake."),
        NotChosen.PASS: N_("Whoever chooses nothing has passed."),
    }[segment.not_chosen]
    lines = [
        t("Every team gets the same number of questions; what does not divide evenly is not asked."),
        t(order),
        t("Stakes, won or lost: {prices}.", prices=prices),
        t("{choose:g} s to choose the stake.", choose=_s(segment.choose)),
        t(not_chosen),
        t(N_("A team may pass.") if segment.may_pass else N_("No team may pass.")),
    ]
    if not segment.beyond_score:
        lines.append(t("A team may not stake more than it has; the lowest stake is open to all."))
    if segment.pools:
        lines.append(t("Each stake has questions of its own: the higher, the harder."))
    return lines + _turn(segment, t)
