"""Why the engine refuses a command. Codes and parameters only: the words for people are made elsewhere."""

from __future__ import annotations

from typing import ClassVar


class ContestError(Exception):
    """A command that does not fit the phase, the rules or the person; nothing was changed. Any other exception is a bug."""

    code: ClassVar[str] = "contest.refused"

    def __init__(self, **params: object) -> None:
        super().__init__(self.code, params)
        self.params: dict[str, object] = params


class NotOpenedYet(ContestError):
    """The first command of a contest has to be ``Open``."""

    code = "contest.not_opened"


class AlreadyOpened(ContestError):
    """A contest is opened once."""

    code = "contest.already_opened"


class RulesUnusable(ContestError):
    """The rules cannot be played. ``problem``: ``no_segments``, ``no_questions``, ``negative_time``,
    ``bad_number``, ``bad_stakes``, ``bad_answerer`` or ``no_way_to_pass``.
    """

    code = "contest.rules_unusable"


class QuestionUnusable(ContestError):
    """A question cannot be asked: fewer than 2 options, no right one, or a position that does not exist. ``index``."""

    code = "contest.question_unusable"


class WrongPhase(ContestError):
    """The command does not fit the phase. ``phase``: its name in lower case."""

    code = "contest.wrong_phase"


class AlreadyStarted(ContestError):
    """That was possible in the lobby only."""

    code = "contest.already_started"


class ContestOver(ContestError):
    """The contest is finished or was given up."""

    code = "contest.over"


class NotPaused(ContestError):
    """There is nothing to resume."""

    code = "contest.not_paused"


class AlreadyPaused(ContestError):
    """It is paused already."""

    code = "contest.already_paused"


class NotSeated(ContestError):
    """The person plays in no team of this contest. ``player``."""

    code = "contest.not_seated"


class AlreadySeated(ContestError):
    """The person sits there already. ``team``: the team's name."""

    code = "contest.already_seated"


class SwitchTooLate(ContestError):
    """A team can be changed only before the start. ``team``: where the person sits."""

    code = "contest.switch_too_late"


class JoinTooLate(ContestError):
    """The rules close the teams at the start."""

    code = "contest.join_too_late"


class TeamUnknown(ContestError):
    """No such team. ``team``."""

    code = "contest.team_unknown"


class TeamNameUnusable(ContestError):
    """A team's name has 1 to 64 characters on one line. ``name``."""

    code = "contest.team_name_unusable"


class TeamNameTaken(ContestError):
    """Two teams may not share a name. ``name``."""

    code = "contest.team_name_taken"


class TeamFull(ContestError):
    """The team has as many members as the rules allow. ``team``, ``most``."""

    code = "contest.team_full"


class TooManyTeams(ContestError):
    """No further team may be made. ``most``."""

    code = "contest.too_many_teams"


class TooFewTeams(ContestError):
    """Not enough teams have somebody in them. ``least``, ``teams``."""

    code = "contest.too_few_teams"


class NoPlayers(ContestError):
    """Nobody has joined."""

    code = "contest.no_players"


class TooFewQuestions(ContestError):
    """The bank gave fewer questions than the segments ask. ``needed``, ``given``."""

    code = "contest.too_few_questions"


class TooFewForTeams(ContestError):
    """A segment (``segment``: its kind) has ``questions``, and each of ``teams`` has to get one."""

    code = "contest.too_few_for_teams"


class TeamsNotReady(ContestError):
    """Some teams have not said that they are ready. ``teams``: their names."""

    code = "contest.teams_not_ready"


class RoundOver(ContestError):
    """The button belongs to a round that is over."""

    code = "contest.round_over"


class NotAnswering(ContestError):
    """Nobody is to answer at this moment."""

    code = "contest.not_answering"


class NotBuzzing(ContestError):
    """This question is answered by everyone; there is no buzzer."""

    code = "contest.not_buzzing"


class NotStaking(ContestError):
    """No stake is being chosen at this moment."""

    code = "contest.not_staking"


class StakeUnusable(ContestError):
    """The team may not choose this ``stake`` (None: to pass)."""

    code = "contest.stake_unusable"


class ChoiceUnusable(ContestError):
    """The question has no such options, or not so many may be chosen. ``options``."""

    code = "contest.choice_unusable"


class NothingChosen(ContestError):
    """There is nothing to submit."""

    code = "contest.nothing_chosen"


class QuestionUnknown(ContestError):
    """No question with this number was asked. ``index``."""

    code = "contest.question_unknown"


class QuestionStillOpen(ContestError):
    """The question has not been closed yet. ``index``."""

    code = "contest.question_still_open"


class QuestionAlreadyVoid(ContestError):
    """The question is void already. ``index``."""

    code = "contest.question_already_void"


class NothingToOverrule(ContestError):
    """No such ruling was made on the question, or it already says so. ``index``."""

    code = "contest.nothing_to_overrule"


class NoReserve(ContestError):
    """The reserve has no question left."""

    code = "contest.no_reserve"


class NoPoints(ContestError):
    """A correction of 0 points corrects nothing."""

    code = "contest.no_points"


class LogUnreadable(ContestError):
    """A stored event or rule cannot be read. ``problem``, ``type``, ``field``."""

    code = "contest.log_unreadable"


class AlreadyJudge(ContestError):
    """The person is on the panel already. ``name``."""

    code = "contest.already_judge"


class NotOnPanel(ContestError):
    """The person is not on the panel. ``name``, if it is known."""

    code = "contest.not_on_panel"


class PlayersDoNotJudge(ContestError):
    """Whoever plays cannot judge. ``name``."""

    code = "contest.players_do_not_judge"


class JudgesDoNotPlay(ContestError):
    """Whoever is on the panel cannot play."""

    code = "contest.judges_do_not_play"


class IsRecused(ContestError):
    """A judge may not judge the bout of their own unit."""

    code = "contest.is_recused"


class AlreadyVoted(ContestError):
    """The first ballot counts."""

    code = "contest.already_voted"


class MatterClosed(ContestError):
    """The matter was decided, or there never was one."""

    code = "contest.matter_closed"


class MatterOfChief(ContestError):
    """The time of the panel is over: only the chief judge decides now."""

    code = "contest.matter_of_chief"


class NothingBegins(ContestError):
    """There is nothing to begin or to end at this moment."""

    code = "contest.nothing_begins"


class NotYourTalk(ContestError):
    """Somebody else speaks."""

    code = "contest.not_your_talk"


class NoProtests(ContestError):
    """The rules of this contest know no protests."""

    code = "contest.no_protests"


class OnlyCaptainsProtest(ContestError):
    """A team protests through its captain. ``captain``: the captain's name."""

    code = "contest.only_captains_protest"


class NothingToProtest(ContestError):
    """No ruling can be protested: none was made, or the next question has closed since."""

    code = "contest.nothing_to_protest"


class AlreadyProtested(ContestError):
    """The ruling is under review, or the team has protested against it before."""

    code = "contest.already_protested"


class NoProtestLeft(ContestError):
    """The team has used up its protests. ``each``."""

    code = "contest.no_protest_left"


class VerdictUnfit(ContestError):
    """No such verdict can be given: there is no answer to rule the other way."""

    code = "contest.verdict_unfit"


class NothingToExtend(ContestError):
    """No window is running."""

    code = "contest.nothing_to_extend"


class ExtensionUnusable(ContestError):
    """A window is extended by 1 to ``most`` seconds."""

    code = "contest.extension_unusable"


class ScoreUnusable(ContestError):
    """A score outside the range, or with too many decimals. ``least``, ``most``, ``places``."""

    code = "contest.score_unusable"


class NoJudges(ContestError):
    """Speeches need judges."""

    code = "contest.no_judges"
