"""What the buttons of a question answer."""

from handlers.present.options import letters
from handlers.texts import N_, Texts
from quizzes.engine import events as e
from quizzes.running import Done


def pressed(done: Done, user: int, t: Texts) -> str | None:
    """What the buzzer answers: never "you were first" before that is certain."""
    for event in done.events:
        if isinstance(event, e.Buzzed) and event.player == user:
            return t("You were first! Answer now.")
        if isinstance(event, e.Fined) and event.player == user:
            return t("Too early, that is a false start: {points:+d}.", points=event.points)
    kinds = [event.kind for event in done.events if isinstance(event, e.PressNoted) and event.player == user]
    return t(_PRESS_TOASTS[kinds[0]]) if kinds else None


def answered(done: Done, user: int, t: Texts) -> str | None:
    """What an option answers."""
    for event in done.events:
        if isinstance(event, e.Chosen) and event.player == user:
            chosen = letters(event.options)
            if not event.final:
                return t("Marked: {letters}. Hand in when it is complete.", letters=chosen or "–")
            return t("Your answer: {letters}", letters=chosen)
    kinds = [event.kind for event in done.events if isinstance(event, e.PressNoted) and event.player == user]
    return t(ANSWER_TOASTS[kinds[0]]) if kinds else None


_PRESS_TOASTS = {
    e.PressKind.FIRST: N_("Your press is in; it is being settled who was first."),
    e.PressKind.IN_TIME: N_("Your press is in; it is being settled who was first."),
    e.PressKind.LATER: N_("Somebody else was first."),
    e.PressKind.TOO_LATE: N_("Time is up."),
    e.PressKind.FALSE_START: N_("Too early: the buzzers are not open yet."),
    e.PressKind.NOT_YOUR_TURN: N_("This question is not your team's."),
    e.PressKind.SECOND: N_("Your first press counts; once is enough."),
}
ANSWER_TOASTS = {
    e.PressKind.FIRST: N_("Your first answer counts."),
    e.PressKind.IN_TIME: N_("Your first answer counts."),
    e.PressKind.LATER: N_("Somebody else answers this question."),
    e.PressKind.TOO_LATE: N_("Time is up."),
    e.PressKind.FALSE_START: N_("Too early: the time to answer has not begun."),
    e.PressKind.NOT_YOUR_TURN: N_("Somebody else answers this question."),
    e.PressKind.SECOND: N_("Your first answer counts."),
}
