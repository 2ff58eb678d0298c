"""What the big screen shows: everything that matters to the hall, and no answer before its ruling."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes import screen
from quizzes.engine import commands as c
from quizzes.engine import events as e
from quizzes.engine import events_bench as eb
from quizzes.engine.bench import Verdict
from quizzes.engine.events import Event
from quizzes.engine.questions import Kind, Question
from quizzes.engine.rules import BuzzerSegment, FalseStart, RequiredSegment, RiskSegment
from quizzes.engine.scoring import standings
from tests.engine.bench import judged
from tests.engine.play import ANNA, BLUE, CHEN, DING, EVERYONE, GREEN, HOST, RED, Play, but, questions, seconds
from tests.screen.gallery import SCENES, drill_over, judging, scored, scoring
from tests.screen.random_play import random_contest

TITLE = {"zh-CN": "抢答赛", "en": "Buzzer"}


def state_of(log: list[Event]) -> dict[str, Any]:
    board = screen.begin(log)
    assert board is not None
    return screen.project(board, TITLE, "Hall")


def shown(play: Play) -> dict[str, Any]:
    return state_of(play.log)


# ---- no answer before its ruling ----


def other_answer(question: Question) -> tuple[int, ...]:
    """A set of options that fits the question and is not the right one."""
    return tuple(sorted({(option + 1) % len(question.options) for option in question.answer})) or (0,)


def public(log: list[Event], open_index: int | None) -> tuple[frozenset[int], frozenset[int]]:
    """The questions whose answers, and those whose texts, the hall may know after this log.

    A ruling that closes a question makes both public; the question that is open now has no public answer, even if it
    was closed once and an outage has undone that.
    """
    closed = {event.index for event in log if isinstance(event, e.Ruled) and event.closes}
    seen = {event.index for event in log if isinstance(event, e.QuestionOpened)}
    return frozenset(closed - {open_index}), frozenset(closed | seen)


def with_other_secrets(log: list[Event], told: frozenset[int], seen: frozenset[int]) -> list[Event]:
    """The same log, in which everything is different that is not public."""
    opened = log[0]
    assert isinstance(opened, e.Opened)
    questions = list(opened.questions)
    for index, question in enumerate(questions):
        if index not in told:
            question = replace(
                question, answer=other_answer(question), explanation="another reason", accepted=("another",)
            )
        if index not in seen:
            options = (*(f"other {place}" for place in range(len(question.options))),)
            question = replace(question, text="another text", options=options)
        questions[index] = question

    def changed(event: Event) -> Event:
        if isinstance(event, e.Opened):
            return replace(event, questions=tuple(questions))
        if isinstance(event, e.Ruled) and event.index not in told:
            return replace(event, answer=questions[event.index].answer)
        return event

    return [changed(event) for event in log]


@given(st.integers(0, 2**32))
@settings(max_examples=30)
def test_no_state_depends_on_an_answer_before_its_ruling(seed: int) -> None:
    """Had the open questions other answers and the coming ones other texts, the screen would show the very same."""
    log = random_contest(Random(seed))
    board = other = screen.begin(log[:1])
    was = None

    for length in range(1, len(log) + 1):
        prefix = log[:length]
        board = screen.begin(prefix) if length == 1 else board.after(log[length - 1])  # type: ignore[union-attr]
        assert board is not None
        secrets = public(prefix, board.contest.open_index)
        changed = with_other_secrets(prefix, *secrets)
        other = other.after(changed[-1]) if secrets == was and other is not None else screen.begin(changed)
        was = secrets
        assert other is not None
        assert screen.project(other, TITLE, "Hall") == screen.project(board, TITLE, "Hall"), (length, prefix[-1])


# ---- judges: no ballot and no mark before the matter is closed ----


def with_other_votes(log: list[Event]) -> list[Event]:
    """The same log, in which every ballot of a matter that is open, and every mark not yet made a score, is another."""
    closed = {(event.matter, event.number) for event in log if isinstance(event, eb.Decided)}
    scored = {event.nonce for event in log if isinstance(event, eb.TalkScored)}

    def changed(event: Event) -> Event:
        match event:
            case eb.BallotCast() if (event.matter, event.number) not in closed:
                turned = {
                    Verdict.RIGHT: Verdict.WRONG,
                    Verdict.WRONG: Verdict.RIGHT,
                    Verdict.STANDS: Verdict.OVERTURNED,
                }
                return replace(event, verdict=turned.get(event.verdict, Verdict.STANDS))
            case eb.ScoreGiven() if event.nonce not in scored:
                return replace(event, score=event.score - 100)
            case _:
                return event

    return [changed(event) for event in log]


@pytest.mark.parametrize("name", [name for name in SCENES if not name.startswith("long")])
def test_no_scene_tells_an_answer_or_a_vote_before_it_is_public(name: str) -> None:
    """After every event of oral questions, speeches, ballots, protests, stakes and typed answers."""
    tells_nothing(SCENES[name][0]().log)


def test_contest_before_judges_tells_nothing_beforehand() -> None:
    """Speeches scored, repeated and skipped, oral answers, protests, a restart in the middle: to the end."""
    tells_nothing(judged().log)


def tells_nothing(log: list[Event]) -> None:
    for length in range(1, len(log) + 1):
        prefix = log[:length]
        board = screen.begin(prefix)
        assert board is not None
        secrets = public(prefix, board.contest.open_index)
        other = screen.begin(with_other_votes(with_other_secrets(prefix, *secrets)))
        assert other is not None
        assert screen.project(other, TITLE, "Hall") == screen.project(board, TITLE, "Hall"), (length, prefix[-1])


def test_votes_are_counted_and_never_shown() -> None:
    """While the judges decide, the hall sees how many have voted."""
    state = shown(judging())

    assert state["votes"] == {"in": 2, "of": 3, "alone": False}
    assert "right" not in json.dumps({**state, "question": None, "scores": None, "teams": None})


def test_picture_is_public_with_its_question_and_with_its_ruling_only() -> None:
    """Its number can be asked for as long as the hall sees it."""
    bank = tuple(replace(question, media=f"photo:bank:{number}") for number, question in enumerate(questions(4), 7))
    play = Play(BuzzerSegment(questions=3), bank=bank)
    seen = []

    def look() -> None:
        board = screen.begin(play.log)
        assert board is not None
        seen.append(sorted(screen.pictures(board)))

    play.asks()
    look()
    play.confirms()
    look()
    play.buzzes(ANNA)
    play.chooses(ANNA, 0)
    look()
    play.wakes()
    look()
    play.confirms()
    look()

    assert seen == [[], [7], [7], [7], [8]]


def test_drill_is_shown_until_something_else_happens_in_the_lobby() -> None:
    """Delays in milliseconds with how far they are from the median; the next thing in the lobby takes its place."""
    play = drill_over()
    drill = shown(play)["drill"]
    play.does(c.Join(77, "Late", RED))

    assert [(line["name"], line["ms"], line["off"]) for line in drill["lines"]] == [
        ("陈晨", 398, -174),
        ("安娜", 412, -160),
        ("博文", 731, 159),
        ("丁一", 1204, 632),
    ]
    assert shown(play)["drill"] is None


def test_marks_of_a_speaker_come_with_the_score() -> None:
    """Before, only how many have scored; then every mark, the dropped ones named so."""
    before, after = shown(scoring()), shown(scored())

    assert before["votes"] == {"in": 2, "of": 3, "alone": False}
    assert before["talk"] is None
    assert sorted((mark["score"], mark["counts"]) for mark in after["talk"]["marks"]) == [
        (8800, False),
        (9250, True),
        (9600, False),
    ]
    assert after["talk"]["points"] == 9250


@given(st.integers(0, 2**32))
@settings(max_examples=30)
def test_every_state_is_plain_data_and_its_scores_are_the_standings(seed: int) -> None:
    """It survives JSON, the table is the engine's, and folding one by one gives what folding at once gives."""
    log = random_contest(Random(seed))
    board = screen.begin(log[:1])
    assert board is not None

    for event in log[1:]:
        board = board.after(event)
        state = screen.project(board, TITLE, "Hall")
        contest = board.contest
        table = standings(contest.rules, contest.seats, contest.awards).teams
        assert json.loads(json.dumps(state)) == state
        assert [(line["id"], line["score"], line["rank"]) for line in state["scores"]] == [
            (line.team, line.score, line.rank) for line in table
        ]
    assert board == screen.begin(log)


def test_wrong_answer_before_a_rebound_is_not_shown() -> None:
    """The others must not learn from the screen which option is out: in the chat they do not either."""
    play = Play(but(BuzzerSegment(questions=1), rebounds=1))
    play.answers(ANNA, 3)

    state = shown(play)

    assert state["phase"]["name"] == "asking"
    assert state["notice"] == {"what": "rebound", "team": RED, "points": -10}
    assert state["outcome"] is None
    assert state["question"]["only"] == [BLUE, GREEN]


# ---- the course of a question ----


def test_question_appears_when_the_chat_has_it_and_not_before() -> None:
    """Whoever looks at the screen has no head start over whoever looks at the telephone."""
    play = Play()
    play.asks()
    assert shown(play)["question"] is None

    play.does(c.ConfirmShown(play.nonce, play.at))

    question = shown(play)["question"]
    assert (question["number"], question["of"], question["text"]) == (1, 2, "Question 0?")
    assert question["options"] == ["a", "b", "c", "d"]
    assert (question["right"], question["wrong"], question["segment"]) == (10, -10, "buzzer")


def test_countdown_runs_for_the_seconds_that_were_announced() -> None:
    """The grace is not part of what the hall counts down."""
    play = Play()
    play.shows()
    asked = shown(play)["timer"]
    play.buzzes(ANNA)
    answering = shown(play)["timer"]

    assert (asked["kind"], asked["to"] - asked["from"], asked["grace"]) == ("buzz", 20_000, 500)
    assert (answering["kind"], answering["to"] - answering["from"]) == ("answer", 3_000)
    assert answering["from"] == round(play.at.timestamp() * 1000)


def test_who_buzzed_and_the_ruling() -> None:
    """The team is named as soon as it is certain, then the ruling with the right answer."""
    play = Play()
    play.shows()
    play.presses(CHEN)
    assert shown(play)["phase"] == {"name": "called", "team": BLUE, "player": "Chen"}
    play.calls()

    play.chooses(CHEN, 0)

    state = shown(play)
    outcome = state["outcome"]
    assert state["question"] is None
    assert (outcome["right"], outcome["answer"], outcome["chosen"], outcome["points"]) == (True, [0], [0], 10)
    assert (outcome["team"], outcome["player"], outcome["gains"]) == (BLUE, "Chen", [{"team": BLUE, "points": 10}])
    assert state["scores"][0] == {"id": BLUE, "score": 10, "rank": 1, "right": 1, "wrong": 0}
    assert (state["phase"]["name"], state["phase"]["next"]) == ("interval", 2)
    assert state["timer"]["kind"] == "interval"


def test_nobody_is_named_while_it_is_being_settled() -> None:
    """A press that may still be overtaken is nobody's yet."""
    play = Play(settle=seconds(0.25))
    play.shows()

    play.presses(ANNA, after=1)

    assert shown(play)["phase"] == {"name": "settling", "team": None, "player": None}
    assert shown(play)["timer"] is None


def test_everyone_question_counts_answers_and_then_shows_how_they_fell() -> None:
    """How many have answered is no secret, what they answered is until the close."""
    play = Play(EVERYONE)
    play.shows()
    play.chooses(ANNA, 0)
    state = shown(play)
    assert state["progress"] == {"answered": 1, "of": 4}
    assert "answers" not in json.dumps(state)

    play.chooses(CHEN, 2, after=1)
    play.wakes()

    outcome = shown(play)["outcome"]
    assert (outcome["answered"], outcome["correct"], outcome["tally"]) == (2, 1, [1, 0, 1, 0])
    assert [one["name"] for one in outcome["fastest"]] == ["Anna"]
    assert shown(play)["progress"] is None


def test_false_start_is_told() -> None:
    """The hall hears who pressed too early and what it cost."""
    play = Play(but(BuzzerSegment(questions=1), reading=seconds(3), false_start=FalseStart.FINED))
    play.shows()

    play.presses(DING)

    state = shown(play)
    assert state["notice"] == {"what": "false_start", "team": GREEN, "player": "Ding", "points": -10}
    assert state["phase"]["name"] == "reading"
    assert state["question"]["only"] == [RED, BLUE]


def test_pause_hides_the_question_and_resuming_asks_it_again() -> None:
    """What was asked last does not count, and the screen says so."""
    play = Play()
    play.shows()
    play.does(c.Pause(HOST, "茶歇"))
    paused = shown(play)
    play.does(c.Resume(HOST))
    play.does(c.ConfirmShown(play.nonce, play.at))

    assert (paused["phase"]["name"], paused["phase"]["reason"], paused["question"]) == ("paused", "茶歇", None)
    assert shown(play)["notice"] == {"what": "again", "reason": ""}
    assert shown(play)["question"]["number"] == 1


def test_overruled_and_voided_rulings_change_on_the_screen() -> None:
    """The table and the ruling that is on show follow at once."""
    play = Play(base=100)
    play.answers(ANNA, 1)
    play.does(c.Overrule(0, True, HOST, "题目有歧义"))
    state = shown(play)
    assert (state["outcome"]["right"], state["outcome"]["points"], state["outcome"]["state"]) == (True, 10, "overruled")
    assert state["notice"] == {"what": "overruled", "number": 1, "right": True, "why": "题目有歧义"}
    assert state["scores"][0]["score"] == 110

    play.does(c.VoidQuestion(0, HOST, "题目有误"))

    state = shown(play)
    assert (state["outcome"]["state"], state["notice"]["what"]) == ("void", "voided")
    assert {line["score"] for line in state["scores"]} == {100}


def test_end_shows_ranks_with_ties() -> None:
    """Equal teams share a place and the next is left free."""
    play = Play(but(BuzzerSegment(questions=1)))
    play.answers(ANNA, 0)

    play.wakes()

    state = shown(play)
    assert state["phase"]["name"] == "finished"
    assert [line["rank"] for line in state["scores"]] == [1, 2, 2]
    assert state["players"] == [{"name": "Anna", "team": RED, "score": 10, "rank": 1, "right": 1}]


def test_sudden_death_is_named() -> None:
    """Only the tied teams play; the screen says beforehand that there is one more question, and why."""
    play = Play(but(BuzzerSegment(questions=1)), bank=questions(3), tie_break=BuzzerSegment())
    play.shows()
    play.wakes()
    assert shown(play)["phase"]["next"] == 2  # not yet the final standings
    play.wakes()
    play.does(c.ConfirmShown(play.nonce, play.at))

    state = shown(play)

    assert state["notice"] == {"what": "sudden_death"}
    assert state["question"]["sudden_death"] is True
    assert state["question"]["number"] == 2 > state["question"]["of"]


# ---- phases of segments that are not known here ----


@dataclass(frozen=True)
class GroupDebating:
    """A phase that somebody adds one day."""

    team: int
    secret: tuple[int, ...]
    closes_at: datetime


def test_unknown_phase_is_shown_by_its_name_and_tells_nothing_else() -> None:
    """A new kind of segment appears on the screen without anything of its state being read."""
    play = Play()
    play.shows()
    board = screen.begin(play.log)
    assert board is not None
    contest = board.contest.in_phase(GroupDebating(BLUE, (2, 3), play.at))  # type: ignore[arg-type]

    state = screen.project(replace(board, contest=contest), TITLE, "Hall")

    assert state["phase"] == {"name": "group_debating", "team": BLUE, "player": None}
    assert (state["question"], state["timer"], state["progress"]) == (None, None, None)
    assert "secret" not in json.dumps(state)


# ---- turns, stakes, typed answers, speeches ----


def test_stake_is_asked_before_the_question_is_seen() -> None:
    """The hall sees who chooses, from what and for how long; the question comes later."""
    play = Play(RiskSegment(questions=3))
    play.seats()
    play.does(c.Start(HOST))
    play.wakes()
    offering = shown(play)
    play.does(c.ConfirmShown(play.nonce, play.at))

    state = shown(play)

    team = play.now_.course.team
    assert (offering["phase"]["name"], offering["phase"]["team"], offering["question"]) == ("offering", team, None)
    assert state["phase"] == {"name": "staking", "team": team, "player": None, "stakes": [10, 30, 50]}
    assert (state["question"], state["timer"]["kind"]) == (None, "stake")
    assert state["timer"]["to"] - state["timer"]["from"] == 20_000


def test_required_question_names_the_team_whose_turn_it_is() -> None:
    """Whose question it is stands there from the beginning."""
    play = Play(RequiredSegment(questions=3))
    play.shows()

    state = shown(play)

    assert state["phase"]["team"] == play.now_.course.team
    assert state["question"]["segment"] == "required"


def test_typed_answer_is_shown_with_its_ruling() -> None:
    """What is accepted stays on the server until then."""
    question = Question("q", Kind.FILL_IN, "首都？", (), (), accepted=("北京", "北京市"))
    play = Play(but(BuzzerSegment(questions=1)), bank=(question,))
    play.shows()
    assert "北京" not in json.dumps(shown(play), ensure_ascii=False)

    play.wakes()

    assert shown(play)["outcome"]["accepted"] == ["北京", "北京市"]
