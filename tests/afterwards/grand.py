"""A contest that has everything: turns, buzzers, stakes, a typed answer, a question for everyone, acts by hand."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from quizzes.engine import commands as c
from quizzes.engine.questions import Kind, Question
from quizzes.engine.rules import BuzzerSegment, EveryoneSegment, RequiredSegment, RiskSegment
from quizzes.records import History
from storage.contests import ContestRow, ContestState
from tests.engine.play import ANNA, BO, CHEN, DING, HOST, START, Play

ZONE = ZoneInfo("Asia/Shanghai")
MINUTE = timedelta(minutes=1)


def question(number: int, **more: object) -> Question:
    """A question whose right answer is B."""
    options = ("甲", "乙", "丙", "丁")
    given = {"kind": Kind.SINGLE, "options": options, "answer": (1,), "explanation": f"解析{number}", **more}
    return Question(id=str(number), text=f"题目{number}", **given)  # type: ignore[arg-type]


def grand() -> Play:
    """Red, blue and green answer a required question each (the third typed), two by buzzer, three at risk, one all."""
    bank = [question(number) for number in range(1, 16)]
    bank[2] = question(3, kind=Kind.FILL_IN, options=(), answer=(), accepted=("实事求是",))
    play = Play(
        RequiredSegment(questions=3),
        BuzzerSegment(questions=2),
        RiskSegment(questions=3, stakes=(10, 30)),
        EveryoneSegment(questions=1),
        bank=tuple(bank),
        base=100,
    )
    return play


def played() -> Play:
    """The same, played to its end."""
    play = grand()
    for player in (ANNA, CHEN):
        play.shows()
        play.calls()
        play.passes(1)
        play.chooses(player, 1 if player == ANNA else 0)
    play.shows()
    play.calls()
    play.passes(2)
    play.types(DING, "实事求是。")
    return play


def history(play: Play) -> History:
    """As it is read from the database."""
    assert play.contest is not None
    row = ContestRow(
        id=7,
        chat_id=-100,
        preset="final",
        bank="公文与法规常识",
        host_id=HOST,
        state=ContestState.FINISHED,
        opened_at=START,
        ended_at=play.at,
    )
    return History(row, tuple(play.log), play.contest, {HOST: "主持人"})


__all__ = ["BO", "c", "grand", "history", "played"]
