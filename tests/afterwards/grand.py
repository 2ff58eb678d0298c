"""A contest that has everything: turns, buzzers, stakes, a typed answer, a question for everyone, acts by hand."""

from zoneinfo import ZoneInfo

from quizzes.engine import commands as c
from quizzes.engine.questions import Kind, Question
from quizzes.engine.rules import BuzzerSegment, EveryoneSegment, RequiredSegment, RiskSegment
from quizzes.records import History
from storage.contests import ContestRow, ContestState
from tests.engine.play import ANNA, BLUE, BO, CHEN, DING, HOST, START, Play

ZONE = ZoneInfo("Asia/Shanghai")


def question(number: int, **more: object) -> Question:
    """A question whose right answer is B."""
    options = ("甲", "乙", "丙", "丁")
    given = {"kind": Kind.SINGLE, "options": options, "answer": (1,), "explanation": f"解析{number}", **more}
    return Question(id=str(number), text=f"题目{number}", **given)  # type: ignore[arg-type]


def grand() -> Play:
    """Red, blue and green answer a required question each (the third typed), two by buzzer, three at risk, one all."""
    bank = [question(number) for number in range(1, 16)]
    bank[2] = question(3, kind=Kind.FILL_IN, options=(), answer=(), accepted=("实事求是",))
    return Play(
        RequiredSegment(questions=3),
        BuzzerSegment(questions=2),
        RiskSegment(questions=3, stakes=(10, 30)),
        EveryoneSegment(questions=1),
        bank=tuple(bank),
        base=100,
    )


def played() -> Play:
    """The same, played to its end, with a pause, a false ruling put right, a voided question and points by hand."""
    play = grand()
    for player, option in ((ANNA, 1), (CHEN, 0)):
        play.shows()
        play.passes(1.25)
        play.chooses(player, option)
    play.shows()
    play.passes(2)
    play.types(DING, "实事求是。")
    play.shows()
    play.passes(0.8)
    play.presses(BO)
    play.passes(0.1)
    play.presses(CHEN)
    play.calls()
    play.passes(1.5)
    play.chooses(BO, 3)
    play.does(c.Overrule(play.now_.course.index, True, HOST, "选项丁也可算对"))
    play.does(c.Pause(HOST, "场内停电"))
    play.passes(60)
    play.does(c.Resume(HOST))
    play.shows()
    play.wakes()
    for player, stake, option in ((ANNA, 30, 1), (DING, 10, 0), (CHEN, None, None)):
        play.offers()
        play.passes(3)
        play.stakes(player, stake)
        if option is not None:
            play.confirms()
            play.passes(4)
            play.chooses(player, option)
    play.shows()
    for player, option in ((ANNA, 1), (BO, 0), (CHEN, 1), (DING, 2)):
        play.passes(1)
        play.chooses(player, option)
    play.does(c.CorrectScore(BLUE, 5, HOST, "着装整齐"))
    play.wakes()
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
