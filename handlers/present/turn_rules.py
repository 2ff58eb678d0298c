"""The rules of required and risk questions in plain words, and what false starts and silence cost."""

from handlers.present.points import plus
from handlers.texts import N_, Texts
from quizzes.views import SegmentLine


def required_rules(segment: SegmentLine, t: Texts) -> list[str]:
    """A line a rule, HTML."""
    turns = segment.turns
    assert turns is not None
    lines = [
        t.html(
            "{n} required questions, the same number for each team: right {right:+d}, wrong or no answer {wrong}.",
            n=segment.questions,
            right=segment.right,
            wrong=plus(segment.wrong),
        ),
        _answering(segment, t),
    ]
    order = {
        "seats": "",
        "drawn": N_("The order of the teams is drawn by lot."),
        "score": N_("The teams answer in order of score, the highest first; ties are drawn by lot."),
    }.get(turns.order)
    if order:
        lines.append(t.html(order))
    if turns.passes_on:
        lines.append(
            t.html(
                "After a wrong answer the next team may make it up ({n} at most): right {right:+d}, wrong {wrong}.",
                n=turns.passes_on,
                right=segment.right if turns.make_up is None else turns.make_up,
                wrong=plus(turns.make_up_wrong),
            )
        )
    return lines + not_started_rule(segment, t)


def risk_rules(segment: SegmentLine, t: Texts) -> list[str]:
    """A line a rule, HTML."""
    turns = segment.turns
    assert turns is not None
    first = {
        "highest": N_("Order of score, the highest first; ties are drawn by lot."),
        "lowest": N_("Order of score, the lowest first; ties are drawn by lot."),
    }[turns.order if turns.order == "lowest" else "highest"]
    prices = t.html(", ").join(
        t.html("{right:+d} or {wrong}", right=stake, wrong=plus(loss))
        for stake, loss in zip(turns.stakes, turns.losses, strict=True)
    )
    lines = [
        t.html(
            "{n} risk questions, the same number for each team; the stake is won or lost: {prices}.",
            n=segment.questions,
            prices=prices,
        ),
        t.html(first),
        t.html("{choose:g} s to choose the stake.", choose=turns.choose),
        _answering(segment, t),
    ]
    if turns.may_pass:
        lines.append(t.html("A team may pass."))
    if not turns.beyond_score:
        lines.append(t.html("A team may not stake more than it has; the lowest stake is open to all."))
    return lines + not_started_rule(segment, t)


def false_start_rule(segment: SegmentLine, t: Texts) -> str:
    """What a press in the reading time costs."""
    text = {
        "refused": N_("{reading:g} s of reading first; a press before that does not count."),
        "fined": N_(
            "{reading:g} s of reading first; a press before that is a false start: {fine:+d}, and the others play on."
        ),
        "void": N_(
            "{reading:g} s of reading first; a press before that is a false start: {fine:+d}, and the question is void."
        ),
    }[segment.false_start]
    return t.html(text, reading=segment.reading, fine=segment.fine)


def not_started_rule(segment: SegmentLine, t: Texts) -> list[str]:
    """That silence costs nothing, where it does not."""
    if segment.not_started == "wrong":
        return []
    return [t.html("Whoever is called and does nothing loses nothing; the question is void.")]


def _answering(segment: SegmentLine, t: Texts) -> str:
    captain = segment.answerer == "captain"
    text = N_("The captain answers within {answer:g} s.") if captain else N_("Any member answers within {answer:g} s.")
    return t.html(text, answer=segment.answer)
