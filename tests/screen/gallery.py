"""Every scene of the big screen, made by the engine: for looking at, and for measuring that nothing is cut off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from quizzes.engine import commands as c
from quizzes.engine import commands_bench as cb
from quizzes.engine.bench import Verdict
from quizzes.engine.judge_rules import SpeechSegment
from quizzes.engine.questions import Kind, Question
from quizzes.engine.rules import RequiredSegment, RiskSegment
from tests.engine.bench import LI, WANG, ZHAO, Bout
from tests.engine.play import ANNA, BO, BUZZER, CHEN, DING, HOST, but, seconds

CHOICE = Question(
    "q", Kind.SINGLE, "基层群众自治制度的核心内容是什么？", ("民主选举", "民主决策", "民主管理", "四个民主"), (3,),
    "民主选举、民主决策、民主管理、民主监督，合称四个民主。",
)  # fmt: skip
ORAL = Question(
    "o", Kind.ORAL, "请用自己的话说明“三会一课”的内容。", (), (), "支部党员大会、支委会、党小组会和党课。",
    accepted=("支部党员大会、支委会、党小组会、党课",),
)  # fmt: skip
TYPED = Question(
    "t", Kind.FILL_IN, "我国的根本政治制度是____制度。", (), (), "宪法第二条。", accepted=("人民代表大会",)
)
LONG = Question(
    "l", Kind.SINGLE, ("在社会主义制度下坚持和完善基层群众自治制度，" * 50)[:1000],
    tuple((f"{n}由全体成员按照规定程序充分讨论、民主表决，并将决定及其理由如实记录、及时公布、接受监督；" * 5)[:200] for n in range(8)),
    (1,), "依据章程第三章。" * 20,
)  # fmt: skip
TALK = SpeechSegment(talk=seconds(180), start=seconds(60), warning=seconds(30), scoring=seconds(60), drop_from=3)


class Staged(Bout):
    """Three teams with four people and names as they are in a hall; three judges."""

    def __init__(self, *segments: Any, question: Question = CHOICE, judges: bool = True, **rules: Any) -> None:
        bank = tuple(replace(question, id=f"{question.id}{number}") for number in range(14))
        super().__init__(*segments, bank=bank, panel=judges, **{"base": 100, **rules})
        self.seats()

    def seats(self) -> None:
        for player, name, team in (
            (ANNA, "安娜", "红队"), (BO, "博文", "红队"), (CHEN, "陈晨", "蓝队"), (DING, "丁一", "绿色先锋队"),
        ):  # fmt: skip
            self.does(c.Join(player, name, team_name=team))

    def until(self, phase: str) -> Staged:
        """Go on until a phase: what can be confirmed is, and time passes."""
        for _ in range(40):
            name = type(self.phase).__name__
            if name == phase:
                return self
            if name == "Lobby":
                self.does(c.Start(HOST))
            elif name in ("Asking", "Offering"):
                self.confirms()
            elif name == "Called":
                self.calls()
            else:
                self.wakes()
        raise AssertionError(f"{phase} was not reached: {self.phase}")


ORALLY = but(BUZZER, questions=3, answer=seconds(60))


def drill_open() -> Staged:
    made = Staged()
    made.does(c.OpenDrill(HOST))
    made.does(c.ConfirmDrill(1, made.at))
    made.does(c.PressDrill(ANNA, 900, made.at + seconds(0.412), 1))
    return made


def drill_over() -> Staged:
    made = drill_open()
    for player, after in ((BO, 0.731), (CHEN, 0.398), (DING, 1.204)):
        made.does(c.PressDrill(player, 900 + player, made.at + seconds(after), 1))
    return made


def staking() -> Staged:
    return Staged(RiskSegment(questions=6)).until("Staking")


def staked() -> Staged:
    made = staking()
    made.stakes(made.now_.seats.teams[made.now_.course.team or 1].members[0], 30, after=1)
    return made


def risk_asked() -> Staged:
    return staked().until("Answering")


def required_next() -> Staged:
    made = Staged(RequiredSegment(questions=6))
    made.asks()
    return made


def required() -> Staged:
    return Staged(RequiredSegment(questions=6)).until("Answering")


def typed() -> Staged:
    return Staged(RequiredSegment(questions=6), question=TYPED).until("Answering")


def typed_ruled() -> Staged:
    made = typed()
    made.types(ANNA, "人大代表", after=1)
    return made


def judging() -> Staged:
    made = Staged(ORALLY, question=ORAL)
    made.speaks(CHEN)
    made.rules_on(WANG, True)
    made.rules_on(LI, False)
    return made


def oral_answering() -> Staged:
    made = Staged(ORALLY, question=ORAL)
    made.shows()
    made.presses(CHEN)
    made.calls()
    made.begins(CHEN)
    return made


def oral_ruled() -> Staged:
    made = judging()
    made.rules_on(ZHAO, True)
    return made


def at_the_chief() -> Staged:
    made = Staged(ORALLY, question=ORAL)
    made.speaks(CHEN)
    made.rules_on(LI, False)
    made.wakes()
    return made


def extended() -> Staged:
    made = required()
    made.does(cb.Extend(HOST, seconds(30), "话筒故障"))
    return made


def protested() -> Staged:
    made = Staged(but(BUZZER, questions=4))
    made.answers(ANNA, 0)
    made.protests(ANNA, 0, "教材第 12 页另有表述")
    made.votes(WANG, Verdict.OVERTURNED)
    return made


def protest_upheld() -> Staged:
    made = protested()
    made.votes(LI, Verdict.OVERTURNED)
    return made


def protest_rejected() -> Staged:
    made = Staged(but(BUZZER, questions=4))
    made.answers(ANNA, 0)
    made.protests(ANNA, 0)
    made.votes(WANG, Verdict.STANDS)
    made.votes(LI, Verdict.STANDS)
    return made


def closing() -> Staged:
    made = Staged(but(BUZZER, questions=1))
    made.answers(ANNA, 0)
    made.protests(ANNA, 0, "题干有误")
    made.wakes()
    return made


def called_up() -> Staged:
    return Staged(TALK, decimals=2).until("Summoned")


def talking() -> Staged:
    made = called_up()
    made.does(cb.BeginTalk(HOST, made.nonce, host=True))
    return made


def scoring() -> Staged:
    made = called_up()
    made.talks()
    made.scores_with((WANG, 9250), (LI, 8800))
    return made


def scored() -> Staged:
    made = scoring()
    made.scores_with((ZHAO, 9600))
    return made


def unscored() -> Staged:
    made = called_up()
    made.talks()
    made.wakes()
    return made


def paused() -> Staged:
    made = Staged().until("Buzzing")
    made.does(c.Pause(HOST, "设备调试，五分钟后继续"))
    return made


def substituted() -> Staged:
    made = Staged(but(BUZZER, questions=4), members_most=2, bench_most=2)
    made.does(c.Join(14, "戴安", team_name="红队"))
    made.answers(CHEN, 3)
    made.does(c.Substitute(14, ANNA, HOST))
    return made


def sudden_death() -> Staged:
    made = Staged(but(BUZZER, questions=2), tie_break=but(BUZZER, questions=1, rebounds=0))
    for _ in range(2):
        made.until("Buzzing")
        made.wakes()
    return made.until("Buzzing")


def rebound() -> Staged:
    made = Staged(but(BUZZER, questions=3, rebounds=1))
    made.answers(ANNA, 0)
    return made.until("Buzzing")


def long() -> Staged:
    return Staged(RequiredSegment(questions=6), question=LONG).until("Answering")


def long_ruled() -> Staged:
    made = long()
    made.chooses(ANNA, 2)
    return made


SCENES: dict[str, tuple[Callable[[], Staged], tuple[str, ...]]] = {
    "drill-open": (drill_open, ("已按 1 / 4", "不计分")),
    "drill-over": (drill_over, ("731 ms", "不计分", "+")),
    "staking": (staking, ("请选择分值", "10 · 30 · 50")),
    "staked": (staked, ("30",)),
    "risk": (risk_asked, ("本题分值 30",)),
    "required-next": (required_next, ("红队", "必答题")),
    "required": (required, ("红队", "正在作答")),
    "typed": (typed, ("填空", "正在作答")),
    "typed-ruled": (typed_ruled, ("回答错误", "人大代表", "人民代表大会")),
    "oral": (oral_answering, ("蓝队", "口答", "正在作答")),
    "judging": (judging, ("评委裁定中", "评委已投 2 / 3", "蓝队")),
    "chief": (at_the_chief, ("交由评委长裁定",)),
    "oral-ruled": (oral_ruled, ("回答正确", "支部党员大会")),
    "extended": (extended, ("延时 30 秒", "话筒故障")),
    "protested": (protested, ("申诉审议中", "第 1 题", "红队", "1 / 3")),
    "upheld": (protest_upheld, ("申诉成立", "改判")),
    "rejected": (protest_rejected, ("申诉驳回", "维持原判")),
    "closing": (closing, ("申诉",)),
    "summoned": (called_up, ("请上台",)),
    "talking": (talking, ("演讲进行中",)),
    "scoring": (scoring, ("评委打分中", "评委已打分 2 / 3")),
    "scored": (scored, ("92.5", "不计")),
    "unscored": (unscored, ("等待主持人处理",)),
    "paused": (paused, ("比赛暂停", "设备调试")),
    "substituted": (substituted, ("红队换人：戴安 换下 安娜",)),
    "sudden-death": (sudden_death, ("加赛",)),
    "rebound": (rebound, ("其他队可以抢答",)),
    "long": (long, ("在社会主义",)),
    "long-ruled": (long_ruled, ("解析",)),
}
