"""Contests before judges as an office holds them: a bout of oral questions with protests, and a speech contest."""

from quizzes.engine import commands as c
from quizzes.engine import commands_bench as cb
from quizzes.engine.bench import Verdict
from quizzes.engine.judge_rules import SpeechSegment
from quizzes.engine.phases import Finished
from quizzes.engine.questions import Kind, Question
from quizzes.engine.rules import Seating
from tests.engine.bench import Bout
from tests.engine.play import BUZZER, HOST, but, seconds

WANG, LI, ZHAO, QIAN, SUN = 501, 502, 503, 504, 505
ANNA, BO, CHEN, DING = 11, 12, 21, 31
BLUE = 2


def oral(number: int) -> Question:
    """A question that is answered aloud."""
    return Question(f"o{number}", Kind.ORAL, f"请说明第{number}条的要点。", (), (), accepted=(f"要点{number}",))


def judged_bout() -> Bout:
    """Three oral questions: one overturned on protest, one that the chief decides, one not begun; +5 by hand.

    Red 100 + 10 (overturned), Blue 100 + 10 + 5, Green 100 - 10: 110, 115, 90.
    """
    play = Bout(
        but(BUZZER, questions=3, answer=seconds(60)),
        bank=(oral(1), oral(2), oral(3)),
        base=100,
        members_most=1,
        bench_most=1,
        panel=False,
    )
    for judge, name in ((WANG, "王五"), (LI, "李六"), (ZHAO, "赵七"), (QIAN, "钱八")):
        play.does(cb.NameJudge(judge, name, HOST))
    people = ((ANNA, "安娜", "红队"), (BO, "博文", "红队"), (CHEN, "陈晨", "蓝队"), (DING, "丁一", "绿队"))
    for player, name, team in people:
        play.does(c.Join(player, name, team_name=team))
    play.does(cb.Recuse(frozenset({ZHAO})))
    drill(play)
    play.does(c.Start(HOST))

    play.shows()
    called(play, ANNA)
    play.does(c.Recover())
    play.rules_on(WANG, False)
    play.rules_on(QIAN, True)
    play.rules_on(LI, False)
    play.protests(ANNA)
    play.protests(ANNA, reason="要点已经答出")
    for judge in (WANG, LI):
        play.passes(2)
        play.votes(judge, Verdict.OVERTURNED)
    play.does(c.Substitute(BO, ANNA, HOST))
    play.does(cb.DismissJudge(QIAN, HOST))

    play.shows()
    called(play, CHEN, more=True)
    play.rules_on(LI, False)
    play.rules_on(WANG, True)
    play.does(c.CorrectScore(BLUE, 5, HOST, "着装整齐"))

    play.shows()
    play.passes(1)
    play.presses(DING)
    play.calls()
    play.wakes()
    play.protests(DING, reason="话筒没有声音")
    while not isinstance(play.phase, Finished):
        play.wakes()
    return play


def drill(play: Bout) -> None:
    """The latency drill, in which Anna and Chen press."""
    play.does(c.OpenDrill(HOST))
    nonce = play.phase.drill.nonce
    play.does(c.ConfirmDrill(nonce, play.at))
    for player in (ANNA, CHEN):
        play.passes(0.4)
        play.update_id += 1
        play.does(c.PressDrill(player, play.update_id, play.at, nonce))
    play.wakes()


def called(play: Bout, player: int, *, more: bool = False) -> None:
    """First at the buzzer after 1.2 s, begins, and has finished 20 s later."""
    play.passes(1.2)
    play.presses(player)
    play.calls()
    play.passes(1)
    play.begins(player)
    if more:
        play.does(cb.Extend(HOST, seconds(10), "会场嘈杂"))
    play.passes(20)
    play.ends(player)
    play.passes(3)


def speeches() -> Bout:
    """Three speakers before five judges, two decimals, a highest and a lowest dropped from five scores on.

    Anna: 90, 90.5, 91 on the mean 90.50; Chen: 85.5, 88, 90 on the mean 87.83; Ding: three scores 78.5, 80, 82.3 on the
    mean 80.27 and 0.50 less by hand.
    """
    play = Bout(
        SpeechSegment(talk=seconds(300), start=seconds(60), warning=seconds(30), scoring=seconds(120)),
        bank=(),
        decimals=2,
        seating=Seating.INDIVIDUALS,
        protests=None,
        panel=False,
    )
    panel = ((WANG, "王五"), (LI, "李六"), (ZHAO, "赵七"), (QIAN, "钱八"), (SUN, "孙九"))
    for judge, name in panel:
        play.does(cb.NameJudge(judge, name, HOST))
    for player, name in ((ANNA, "安娜"), (CHEN, "陈晨"), (DING, "丁一")):
        play.does(c.Join(player, name))
    play.does(c.Start(HOST))
    scores = {
        ANNA: (9000, 6000, 10000, 9050, 9100),
        CHEN: (8550, 8800, 9250, 7900, 9000),
        DING: (7850, 8000, 8230),
    }
    for _ in scores:
        play.wakes()
        speaker = next(iter(play.now_.seats.teams[play.phase.team].members))
        play.passes(10)
        play.does(cb.BeginTalk(speaker, play.nonce))
        play.wakes()
        play.passes(20)
        play.does(cb.EndTalk(speaker, play.nonce))
        for (judge, _), score in zip(panel, scores[speaker], strict=False):
            play.passes(5)
            play.scores_with((judge, score))
        if len(scores[speaker]) < len(panel):
            play.wakes()
    team = play.now_.seats.players[DING].team
    play.does(c.CorrectScore(team, -50, HOST, "超时 5 秒"))
    while not isinstance(play.phase, Finished):
        play.wakes()
    return play
