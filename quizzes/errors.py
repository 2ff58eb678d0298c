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


class NothingGood(QuizError):
    """Not one of the questions in ``file`` can be taken in; ``bad`` were found, the first in ``line``."""

    code = "quiz.nothing_good"


class BankFileWanted(QuizError):
    """Something else was sent where a file with questions was expected."""

    code = "quiz.bank_file_wanted"


class NoBanks(QuizError):
    """There is no bank at all yet."""

    code = "quiz.no_banks"


class TooFewQuestions(QuizError):
    """The bank ``name`` has ``given`` questions that such a contest can ask, and it needs ``needed``."""

    code = "quiz.too_few_questions"


class UnknownWish(QuizError):
    """``word`` is to say which questions are wanted, and cannot be read."""

    code = "quiz.unknown_wish"


class TooFewFitting(QuizError):
    """The bank ``name`` has ``given`` questions of those that are wanted, and the contest needs ``needed``.

    What is wanted: ``kinds`` of questions by their names in the program, ``labels`` as the bank has them.
    """

    code = "quiz.too_few_fitting"


class TooFewForStake(QuizError):
    """The bank ``name`` has ``given`` questions for the ``stake``, and the contest needs ``needed``."""

    code = "quiz.too_few_for_stake"


class BadCount(QuizError):
    """A contest has from 1 to ``most`` questions."""

    code = "quiz.bad_count"


class CountIsFixed(QuizError):
    """A preset of several segments (or of speeches) says itself how many questions it asks (``planned``)."""

    code = "quiz.count_is_fixed"


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


class NotCaptain(QuizError):
    """Only the captain of ``team``, or the host, may do that."""

    code = "quiz.not_captain"


class NoTeams(QuizError):
    """Everybody plays alone in this contest."""

    code = "quiz.no_teams"


class UnknownPlayer(QuizError):
    """Nobody called ``name`` plays in this contest."""

    code = "quiz.unknown_player"


class AmbiguousPlayer(QuizError):
    """Several players are called ``name``."""

    code = "quiz.ambiguous_player"


class WriteFirst(QuizError):
    """The bot may not write to somebody in private who has never written to it."""

    code = "quiz.write_first"


class BrokenLog(QuizError):
    """The log of contest ``id`` cannot be replayed, or gives other standings than those announced."""

    code = "quiz.broken_log"


class UnknownTournamentPreset(QuizError):
    """No plan of a tournament has this ``name``; ``known`` lists those there are."""

    code = "quiz.unknown_tournament_preset"


class NoTournament(QuizError):
    """No tournament goes on."""

    code = "quiz.no_tournament"


class NoSuchTournament(QuizError):
    """No tournament has the number ``id``."""

    code = "quiz.no_such_tournament"


class WhichTournament(QuizError):
    """Several tournaments go on; ``known`` lists them."""

    code = "quiz.which_tournament"


class BankUsedUp(QuizError):
    """The bank ``name`` has only ``given`` questions left that this tournament has not had; it needs ``needed``."""

    code = "quiz.bank_used_up"


class BrokenBracket(QuizError):
    """The record of tournament ``id`` does not give the bracket that was announced. ``reason``."""

    code = "quiz.broken_bracket"


class NoSeasonYet(QuizError):
    """There is no season (called ``name``)."""

    code = "quiz.no_season"


class SeasonNameTaken(QuizError):
    """There is a season called ``name`` already."""

    code = "quiz.season_name_taken"


class SeasonDaysWrong(QuizError):
    """A season does not end (``last``) before it begins (``first``)."""

    code = "quiz.season_days_wrong"


class SubjectUnknown(QuizError):
    """No unit, person or team is called ``name``, or several people are (``wanted``: ``none`` or ``several``)."""

    code = "quiz.subject_unknown"


class ZeroPoints(QuizError):
    """0 points, or a place that earns none."""

    code = "quiz.zero_points"


class NoReason(QuizError):
    """What is entered by hand needs a reason."""

    code = "quiz.no_reason"


class EntryGone(QuizError):
    """What was to be confirmed was entered or dropped already, or is somebody else's."""

    code = "quiz.entry_gone"


class NoSuchEntry(QuizError):
    """No entry of the season has this ``number``, or it is a reversal itself."""

    code = "quiz.no_such_entry"


class AlreadyReversed(QuizError):
    """The entry ``number`` was taken back already."""

    code = "quiz.already_reversed"


class NoSuchItem(QuizError):
    """No contest or tournament has this ``number``."""

    code = "quiz.no_such_item"


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
