"""Refusals around contests and banks, beside the engine's own: a code and parameters, never words for users."""


class QuizError(Exception):
    """Something asked for that cannot be; nothing was changed."""

    code = "quiz"

    def __init__(self, **params: object) -> None:
        self.params = params
        super().__init__(f"{self.code} {params}" if params else self.code)


class UnknownPreset(QuizError):
    """No preset has this ``name``; ``known`` lists those there are."""

    code = "quiz.unknown_preset"


class UnknownBank(QuizError):
    """No bank has this ``name``; ``known`` lists those there are."""

    code = "quiz.unknown_bank"


class NoBanks(QuizError):
    """There is no bank at all yet."""

    code = "quiz.no_banks"


class TooFewQuestions(QuizError):
    """The bank ``name`` has ``given`` questions that such a contest can ask, and it needs ``needed``."""

    code = "quiz.too_few_questions"


class TooFewForStake(QuizError):
    """The bank ``name`` has ``given`` questions for the ``stake``, and the contest needs ``needed``."""

    code = "quiz.too_few_for_stake"


class BadCount(QuizError):
    """A contest has from 1 to ``most`` questions."""

    code = "quiz.bad_count"


class ContestGoesOn(QuizError):
    """There is a contest in this group already."""

    code = "quiz.goes_on"


class NoContest(QuizError):
    """No contest goes on in this group."""

    code = "quiz.no_contest"


class NoContestYet(QuizError):
    """No contest was ever held."""

    code = "quiz.none_yet"


class NoSuchContest(QuizError):
    """No contest has the number ``id``."""

    code = "quiz.no_such_contest"


class ContestGone(QuizError):
    """The button belongs to no contest of this group."""

    code = "quiz.gone"


class NotHost(QuizError):
    """Only the host, or an organiser of the group's unit, may do that."""

    code = "quiz.not_host"


class BrokenLog(QuizError):
    """The log of contest ``id`` cannot be replayed, or gives other standings than those announced."""

    code = "quiz.broken_log"


class ScreensOff(QuizError):
    """The bot serves no pages, so there is no big screen to show."""

    code = "quiz.screens_off"


class HallUnknown(QuizError):
    """The scanned code belongs to no big screen that is in use."""

    code = "quiz.hall_unknown"


class JudgeUnknown(QuizError):
    """Nobody is called ``name``."""

    code = "quiz.judge_unknown"


class JudgeHasNoAccount(QuizError):
    """``name`` is on the roster but has not joined, so nothing can be sent to them."""

    code = "quiz.judge_has_no_account"


class TeamNotFound(QuizError):
    """No team is called ``name``; ``known`` lists those there are."""

    code = "quiz.team_not_found"


class QuestionNotFound(QuizError):
    """No question with this ``number`` was closed."""

    code = "quiz.question_not_found"


class ScoreUnclear(QuizError):
    """What was typed is no number."""

    code = "quiz.score_unclear"
