"""Judges: who may vote, when a verdict is reached, and what becomes of a matter that nobody judges."""

from __future__ import annotations

from typing import Any

import pytest

from quizzes.engine import commands as c
from quizzes.engine import commands_bench as cb
from quizzes.engine import errors, wake_at
from quizzes.engine import events as e
from quizzes.engine import events_bench as eb
from quizzes.engine.bench import How, Matter, Verdict
from quizzes.engine.judge_rules import JudgeRules
from quizzes.engine.phases import Answering, Interval, Judging, Starting
from quizzes.engine.scoring import QuestionState
from tests.engine.bench import LI, WANG, ZHAO, Bout, oral
from tests.engine.play import ANNA, BO, BUZZER, CHEN, HOST, RED, but, seconds

ORAL = but(BUZZER, questions=2, answer=seconds(60))


def aloud(**rules: Any) -> Bout:
    return Bout(ORAL, bank=(oral(0), oral(1), oral(2)), **rules)


def test_first_named_is_chief_until_another_is() -> None:
    """The first on the panel is its chief; a member can be made chief; whoever follows a dismissed chief is."""
    play = Bout()

    assert play.now_.bench.chief(HOST) == WANG
    play.does(cb.NameJudge(LI, "Li", HOST, chief=True))
    assert play.now_.bench.chief(HOST) == LI
    play.does(cb.DismissJudge(LI, HOST))
    assert play.now_.bench.chief(HOST) == WANG
    with pytest.raises(errors.AlreadyJudge):
        play.does(cb.NameJudge(ZHAO, "Zhao", HOST))
    with pytest.raises(errors.NotOnPanel):
        play.does(cb.DismissJudge(LI, HOST))


def test_players_and_judges_are_different_people() -> None:
    """Whoever plays is not named, whoever judges cannot join."""
    play = Bout()
    play.seats()

    with pytest.raises(errors.PlayersDoNotJudge):
        play.does(cb.NameJudge(ANNA, "Anna", HOST))
    with pytest.raises(errors.JudgesDoNotPlay):
        play.does(c.Join(WANG, "Wang", team=RED))


def test_majority_of_those_not_recused_decides() -> None:
    """With one of three recused two equal ballots are needed, and the recused one has none."""
    play = aloud()
    play.does(cb.Recuse(frozenset({ZHAO})))
    play.speaks(ANNA)

    with pytest.raises(errors.IsRecused):
        play.rules_on(ZHAO, True)
    assert play.rules_on(WANG, True)[1:] == ()
    events = play.rules_on(LI, True)

    assert play.last(eb.Decided).how is How.PANEL
    assert isinstance(events[-1], e.Ruled)
    assert events[-1].reason is e.RulingReason.JUDGED
    assert play.scores[RED] == 10


def test_a_judge_votes_once_and_strangers_never() -> None:
    """Repeated ballots, strangers and stale rounds are refused and change nothing."""
    play = aloud()
    play.speaks(ANNA)
    play.rules_on(WANG, False)
    before = play.contest

    with pytest.raises(errors.AlreadyVoted):
        play.rules_on(WANG, True)
    with pytest.raises(errors.NotOnPanel):
        play.rules_on(HOST, True)
    with pytest.raises(errors.NotOnPanel):
        play.rules_on(CHEN, True)
    with pytest.raises(errors.MatterClosed):
        play.does(cb.Rule(LI, play.nonce - 1, True))
    assert play.contest == before


def test_a_split_panel_follows_its_chief() -> None:
    """If all have voted and no verdict has the quorum, the chief's ballot decides."""
    play = aloud()
    play.does(cb.DismissJudge(ZHAO, HOST))
    play.speaks(ANNA)
    play.rules_on(LI, False)

    play.rules_on(WANG, True)

    assert play.last(eb.Decided).how is How.CHIEF
    assert play.last(e.Ruled).right is True


def test_the_chief_decides_alone_after_the_time() -> None:
    """The time-out hands the matter to the chief; the others are too late."""
    play = aloud()
    play.speaks(ANNA)
    play.rules_on(LI, False)

    play.wakes()
    with pytest.raises(errors.MatterOfChief):
        play.rules_on(ZHAO, True)
    play.rules_on(WANG, True)

    assert play.last(eb.HandedToChief).chief == WANG
    assert play.last(e.Ruled).right is True


def test_a_chief_who_has_voted_decides_at_the_time_out() -> None:
    """Nobody waits for a ballot that is there."""
    play = aloud()
    play.speaks(ANNA)
    play.rules_on(WANG, False)

    play.wakes()

    assert play.last(e.Ruled).right is False
    assert isinstance(play.phase, Interval)


def test_a_silent_chief_voids_the_question() -> None:
    """Nobody judged: the question is void, nothing is scored, the next one is asked."""
    play = aloud()
    play.speaks(ANNA)

    play.wakes()
    play.wakes()

    assert play.last(eb.Decided) == eb.Decided(play.at, Matter.RULING, 1, None, How.NOBODY)
    assert play.now_.records[-1].state is QuestionState.VOID
    assert set(play.scores.values()) == {0}
    play.wakes()
    assert play.last(e.QuestionAsked).number == 2


def test_without_a_panel_the_host_rules() -> None:
    """The same ballots, from the host; a recused panel is no panel."""
    play = aloud()
    play.does(cb.Recuse(frozenset({WANG, LI, ZHAO})))
    play.speaks(ANNA)

    play.rules_on(HOST, True)

    assert play.last(eb.Decided).how is How.HOST
    assert play.last(e.Ruled).right is True


def test_quorum_can_be_one_or_all() -> None:
    """A quorum of one: the first ballot decides; of nine on a panel of three: all of them."""
    one, every = aloud(judges=JudgeRules(quorum=1)), aloud(judges=JudgeRules(quorum=9))
    for play in (one, every):
        play.speaks(ANNA)
        play.rules_on(LI, True)

    assert isinstance(one.phase, Interval)
    every.rules_on(WANG, True)
    assert isinstance(every.phase, Judging)
    every.rules_on(ZHAO, True)
    assert isinstance(every.phase, Interval)


def test_oral_answers_begin_and_end_by_whoever_was_called() -> None:
    """Others are noted and change nothing; who does not begin in time is wrong, who does not end is cut off."""
    play = aloud()
    play.shows()
    play.presses(ANNA)
    play.calls()

    assert isinstance(play.phase, Starting)
    assert play.begins(CHEN)[0].kind is e.PressKind.NOT_YOUR_TURN  # type: ignore[union-attr]
    with pytest.raises(errors.NothingBegins):
        play.ends(ANNA)
    play.begins(ANNA)
    assert play.begins(ANNA)[0].kind is e.PressKind.SECOND  # type: ignore[union-attr]
    assert play.begins(BO)[0].kind is e.PressKind.NOT_YOUR_TURN  # type: ignore[union-attr]
    play.wakes()
    assert isinstance(play.phase, Judging)
    assert play.last(eb.AnswerEnded).by is None

    late = aloud()
    late.shows()
    late.presses(ANNA)
    late.calls()
    assert late.begins(ANNA, after=60)[0].kind is e.PressKind.TOO_LATE
    late.wakes()
    assert late.last(e.Ruled).reason is e.RulingReason.NOT_STARTED


def test_options_do_not_answer_an_oral_question_nor_buttons_a_choice() -> None:
    """A tap on an option, or a start where there are options, is refused."""
    play = aloud()
    play.shows()
    play.buzzes(ANNA)
    with pytest.raises(errors.ChoiceUnusable):
        play.chooses(ANNA, 0)

    other = Bout()
    other.shows()
    other.buzzes(ANNA)
    with pytest.raises(errors.NothingBegins):
        other.begins(ANNA)


def test_a_wrong_oral_answer_goes_to_the_others() -> None:
    """A rebound after the judges' ruling asks the same question of the others."""
    play = Bout(but(ORAL, rebounds=1), bank=(oral(0), oral(1)))
    play.speaks(ANNA)
    play.rules_on(WANG, False)
    play.rules_on(LI, False)

    assert play.last(e.QuestionAsked).reason is e.AskReason.REBOUND
    assert play.scores[RED] == -10


def test_a_restart_keeps_the_answer_and_renews_the_time() -> None:
    """What was said aloud is not asked for again; ballots that are there stay."""
    play = aloud()
    play.speaks(ANNA)
    play.rules_on(WANG, True)
    play.passes(300)

    play.does(c.Recover())
    assert wake_at(play.now_) == play.at + seconds(60)
    play.rules_on(LI, True)

    assert play.last(e.Ruled).right is True


def test_an_outage_while_judges_think_undoes_nothing() -> None:
    """Only the players' windows count; an outage in those undoes the question."""
    play = aloud()
    play.speaks(ANNA)
    play.passes(20)

    assert play.does(c.LoseConnection(play.at - seconds(10), play.at)) == ()
    play.does(c.LoseConnection(play.at - seconds(30), play.at))
    assert play.last(e.RoundLost).afresh


def test_a_window_is_extended() -> None:
    """Answering, buzzing and judging take more time; nothing else does."""
    play = aloud()
    with pytest.raises(errors.NothingToExtend):
        play.does(cb.Extend(HOST, seconds(5)))
    play.shows()
    closes_at = play.phase.closes_at
    play.does(cb.Extend(HOST, seconds(5), "noise"))
    assert play.phase.closes_at == closes_at + seconds(5)
    with pytest.raises(errors.ExtensionUnusable):
        play.does(cb.Extend(HOST, seconds(0)))
    with pytest.raises(errors.ExtensionUnusable):
        play.does(cb.Extend(HOST, seconds(6000)))

    play.presses(ANNA)
    play.calls()
    play.begins(ANNA)
    assert isinstance(play.phase, Answering)
    play.does(cb.Extend(HOST, seconds(30)))
    play.ends(ANNA, after=85)
    assert isinstance(play.phase, Judging)


def test_dismissed_judges_ballots_do_not_count() -> None:
    """Whoever leaves the panel takes the ballot along."""
    play = aloud()
    play.speaks(ANNA)
    play.rules_on(LI, True)
    play.does(cb.DismissJudge(LI, HOST))
    play.rules_on(WANG, False)

    assert isinstance(play.phase, Judging)
    play.rules_on(ZHAO, False)
    assert play.last(e.Ruled).right is False


def test_verdicts_are_what_ballots_say() -> None:
    """A protest takes no right or wrong."""
    play = Bout()
    play.answers(ANNA, 0)
    play.protests(CHEN)

    with pytest.raises(errors.VerdictUnfit):
        play.votes(WANG, Verdict.RIGHT)
