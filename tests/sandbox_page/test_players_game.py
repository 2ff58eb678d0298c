"""What players do, and when, as they see a contest unfold. No clock, no network."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from random import Random

import pytest

from sandbox.players_cast import CALL_OFF, Act, Order, Presses, Says, Seat, Temper
from sandbox.players_eyes import Seen
from sandbox.players_game import ALREADY_MOVING, QUESTION_WITHIN, UNKNOWN, Game, Phase, Trouble

HOST = 1
ORDER = Order(group=-100, host=HOST, preset="buzzer", bank="常识", count=2)
SURE = Temper(reaction=1.0, skill=1.0, boldness=0.0)
CLUELESS = Temper(reaction=1.0, skill=0.0, boldness=0.0)
OPTIONS = ("A. 北京", "B. 上海", "C. 广州", "D. 深圳")
KNOWLEDGE = {"首都是哪里?": "北京"}
LOBBY = Seen(10, "报名", ("加入 甲队", "加入 乙队", "开始"))
NAMES = {11: "王芳", 12: "李强", 21: "孙浩", 22: "周婷"}


def seats(temper: Temper = SURE) -> tuple[Seat, ...]:
    """Two teams of two."""
    return tuple(Seat(one, name, "甲队" if one < 20 else "乙队", temper) for one, name in NAMES.items())


def new_game(temper: Temper = SURE, *, seed: int = 2, order: Order = ORDER) -> Game:
    """A game that has just begun, at 0 seconds."""
    return Game(order, seats(temper), KNOWLEDGE, Random(seed), now=0.0)


def acts_until(game: Game, until: float) -> list[tuple[float, Act]]:
    """All that is done up to that second, with its times."""
    done: list[tuple[float, Act]] = []
    while (wake := game.wake_at) is not None and wake <= until:
        done += [(wake, act) for act in game.due(wake)]
    return done


def presses(done: list[tuple[float, Act]]) -> list[tuple[int, str]]:
    """Who pressed what, in order."""
    return [(act.user_id, act.label) for _, act in done if isinstance(act, Presses)]


def buzzer(number: int, message_id: int = 0) -> Seen:
    """A question that waits for the buzzer."""
    return Seen(message_id or 100 + number, f"第 {number}/2 题\n首都是哪里?", ("抢答",))


def choice(number: int, who: str = "") -> Seen:
    """The same message when somebody has to answer."""
    return Seen(100 + number, f"第 {number}/2 题\n首都是哪里?\n{who} 抢到", OPTIONS)


def at_first_question(temper: Temper = SURE, *, seed: int = 2) -> Game:
    """A game whose lobby is over and whose first question stands there since 20 seconds."""
    game = new_game(temper, seed=seed)
    game.sees(LOBBY, 1.0)
    acts_until(game, 20.0)
    game.sees(buzzer(1), 20.0)
    return game


def test_host_opens_with_the_command():
    """The first thing that happens is the host's command in the group."""
    game = new_game()

    done = acts_until(game, 5.0)

    assert [act for _, act in done] == [Says(HOST, "/contest buzzer 常识 2")]


def test_everyone_joins_their_own_team_once_and_then_the_host_starts():
    """Each player presses the button that names their team, the host presses Start when all have."""
    game = new_game()
    game.sees(LOBBY, 1.0)
    game.sees(LOBBY, 1.5)  # an edit of the same lobby

    done = presses(acts_until(game, 12.0))

    assert sorted(done[:4]) == [(11, "加入 甲队"), (12, "加入 甲队"), (21, "加入 乙队"), (22, "加入 乙队")]
    assert done[4:] == [(HOST, "开始")]


def test_one_of_each_team_says_that_it_is_ready():
    """The button turns readiness on and off, so it is pressed once a team, after all have joined."""
    game = new_game()
    game.sees(Seen(10, "报名", ("加入 甲队", "加入 乙队", "准备", "退出", "开始")), 1.0)

    done = presses(acts_until(game, 14.0))

    assert [what for _, what in done[4:]] == ["准备", "准备", "开始"]
    assert {NAMES[who] for who, what in done if what == "准备"} == {"王芳", "孙浩"}


def test_teams_that_no_button_names_are_joined_by_place():
    """Where the bot calls the teams otherwise, the first team takes the first button. English labels are understood."""
    game = new_game()
    game.sees(Seen(10, "Lobby", ("Join Red", "Join Blue", "Start")), 1.0)

    done = presses(acts_until(game, 12.0))

    assert sorted(done[:4]) == [(11, "Join Red"), (12, "Join Red"), (21, "Join Blue"), (22, "Join Blue")]
    assert done[4] == (HOST, "Start")


def test_a_lobby_that_stays_is_started_again_but_not_at_once():
    """If Start had no effect the host tries again after a while, never twice in a row."""
    game = new_game()
    game.sees(LOBBY, 1.0)

    starts = [at for at, act in acts_until(game, 40.0) if isinstance(act, Presses) and act.label == "开始"]

    assert len(starts) >= 2
    assert min(late - early for early, late in pairwise(starts)) >= 10


def test_each_player_buzzes_once_after_a_human_while():
    """Whoever knows presses the buzzer exactly once, not before they can have read the question."""
    game = at_first_question()
    game.sees(buzzer(1), 20.2)  # a countdown edits the message; that is no new question

    done = acts_until(game, 40.0)

    assert sorted(user_id for user_id, _ in presses(done)) == [11, 12, 21, 22]
    assert min(at for at, _ in done) > 20.5


def test_hands_stay_off_once_somebody_was_faster():
    """When the buzzer is gone only fingers that are already moving still press."""
    game = at_first_question()
    first, second, third, fourth = (at for at, _ in acts_until(at_first_question(), 40.0))
    first_act = acts_until(game, first)

    game.sees(choice(1, "somebody else"), second - ALREADY_MOVING / 2)
    later = [at for at, act in acts_until(game, 40.0) if isinstance(act, Presses) and act.label == "抢答"]

    assert len(first_act) == 1
    assert later == [at for at in (second, third, fourth) if at <= second + ALREADY_MOVING / 2]


def test_the_one_whom_the_message_names_answers():
    """The winner of the buzzer, and nobody else, presses an option; knowing it, the right one."""
    game = at_first_question()
    winner = presses(acts_until(game, 23.0))[0][0]

    game.sees(choice(1, NAMES[winner]), 23.0)
    game.sees(choice(1, NAMES[winner]), 23.2)
    answers = [(who, what) for who, what in presses(acts_until(game, 40.0)) if what != "抢答"]

    assert answers == [(winner, "A. 北京")]


def test_the_first_to_press_answers_when_no_name_is_shown():
    """Without a name on the screen whoever pressed first takes it that they won."""
    game = at_first_question()
    winner = presses(acts_until(game, 23.0))[0][0]

    game.sees(choice(1), 23.0)
    answers = [who for who, what in presses(acts_until(game, 40.0)) if what != "抢答"]

    assert answers == [winner]


def test_who_does_not_know_keeps_their_hands_off():
    """Players without knowledge and boldness let a question pass."""
    game = at_first_question(CLUELESS)

    assert presses(acts_until(game, 40.0)) == []


@pytest.mark.parametrize(("temper", "fewest", "most"), [(SURE, 40, 40), (Temper(1.0, 0.0, 1.0), 2, 22)])
def test_skill_decides_how_often_an_answer_is_right(temper: Temper, fewest: int, most: int):
    """Of 40 answers the sure are always right, the bold guess."""
    right = 0
    for seed in range(40):
        game = at_first_question(temper, seed=seed)
        done = presses(acts_until(game, 26.0))
        game.sees(choice(1, NAMES[done[0][0]] if done else "王芳"), 26.0)
        right += (presses(acts_until(game, 40.0)) or [(0, "")])[-1][1] == "A. 北京"

    assert fewest <= right <= most


def test_sometimes_nobody_presses_and_sometimes_two_almost_together():
    """Over many questions both happen, neither often."""
    nobody = together = 0
    for seed in range(200):
        times = [at for at, _ in acts_until(at_first_question(seed=seed), 40.0)]
        nobody += not times
        together += len(times) > 1 and times[1] - times[0] <= ALREADY_MOVING

    assert 2 <= nobody <= 30
    assert 30 <= together <= 120


def test_a_visitors_seat_does_nothing_by_itself():
    """From the moment that the visitor sits down this person neither joins nor buzzes."""
    game = new_game()
    game.visitor_takes(11)
    game.sees(LOBBY, 1.0)
    lobby = presses(acts_until(game, 20.0))
    game.sees(buzzer(1), 50.0)
    game.visitor_takes(21)

    question = presses(acts_until(game, 60.0))

    assert 11 not in {who for who, _ in lobby}
    assert {who for who, _ in question} == {12, 22}


def test_the_host_waits_for_the_visitor_to_join():
    """Start is pressed soon after the visitor's name stands in the lobby, and late if it never does."""
    waiting, joined = new_game(), new_game()
    for game in (waiting, joined):
        game.visitor_takes(11)
        game.sees(LOBBY, 1.0)
        acts_until(game, 10.0)

    joined.sees(Seen(10, "报名:王芳", LOBBY.labels), 10.0)

    assert presses(acts_until(joined, 13.0)) == [(HOST, "开始")]
    assert presses(acts_until(waiting, 13.0)) == []
    assert presses(acts_until(waiting, 35.0)) == [(HOST, "开始")]


def test_a_seat_given_back_in_the_lobby_joins():
    """Whoever the visitor leaves plays on by themselves."""
    game = new_game()
    game.visitor_takes(11)
    game.sees(LOBBY, 1.0)
    acts_until(game, 8.0)

    game.visitor_leaves(11, 8.0)

    assert (11, "加入 甲队") in presses(acts_until(game, 14.0))


def test_nobody_answers_for_the_visitor():
    """If the visitor won the buzzer, the players wait."""
    game = at_first_question()
    game.visitor_takes(11)
    acts_until(game, 20.6)

    game.sees(choice(1, NAMES[11]), 20.6)
    answers = [what for _, what in presses(acts_until(game, 40.0)) if what != "抢答"]

    assert answers == []


def test_everyone_answers_once_where_there_is_no_buzzer():
    """Options that come without a buzzer are for all."""
    game = new_game()
    game.sees(LOBBY, 1.0)
    acts_until(game, 20.0)
    game.sees(choice(1), 20.0)
    game.sees(choice(1), 21.0)

    done = presses(acts_until(game, 40.0))

    assert sorted(done) == [(one, "A. 北京") for one in sorted(NAMES)]


def test_several_right_options_are_marked_and_handed_in():
    """Where several may be right the sure mark exactly those and hand in, quickly one after another."""
    game = Game(ORDER, seats(), {"首都是哪里?": ["北京", "广州"]}, Random(2), now=0.0)
    game.sees(buzzer(1), 20.0)
    winner = presses(acts_until(game, 23.0))[-1][0]

    game.sees(Seen(101, f"首都是哪里?\n{NAMES[winner]} 抢到", (*OPTIONS, "提交")), 23.0)
    done = [(at, act) for at, act in acts_until(game, 40.0) if isinstance(act, Presses) and act.label != "抢答"]

    assert presses(done) == [(winner, "A. 北京"), (winner, "C. 广州"), (winner, "提交")]
    assert done[-1][0] - 23.0 < 3.0


def test_an_extra_question_counts_on():
    """A tie-break bears no number of its own."""
    game = at_first_question()
    game.sees(buzzer(2), 30.0)
    game.sees(Seen(300, "加赛第 1 题\n首都是哪里?", ("抢答",)), 40.0)

    assert game.question == 3


@pytest.mark.parametrize(("host_sits", "said"), [(False, Says(HOST, CALL_OFF)), (True, None)])
def test_leaving_calls_the_contest_off(host_sits: bool, said: Act | None):
    """Unless the visitor is the host: then it is theirs to end."""
    game = at_first_question()
    if host_sits:
        game.visitor_takes(HOST)

    assert game.stop() == said
    assert (game.phase, game.wake_at) == (Phase.STOPPED, None)


def test_a_rebound_is_for_the_other_team():
    """If the buzzer comes back after a wrong answer, the team that had its chance stays quiet."""
    game = at_first_question()
    winner = presses(acts_until(game, 23.0))[0][0]
    game.sees(choice(1, NAMES[winner]), 23.0)
    acts_until(game, 26.0)

    game.sees(buzzer(1), 26.0)
    again = {who for who, _ in presses(acts_until(game, 40.0))}

    assert all((who < 20) != (winner < 20) for who in again)


def test_standings_end_the_game():
    """The final standings are recognised by their words, and nothing is done afterwards."""
    game = at_first_question()

    game.sees(Seen(300, "最终成绩\n1. 甲队 20", ()), 30.0)

    assert (game.phase, game.wake_at, game.due(99.0)) == (Phase.FINISHED, None, [])


def test_words_without_buttons_after_the_last_question_end_it_too():
    """Standings in other words: after the last question, if no further one follows."""
    game = at_first_question()
    game.sees(buzzer(2), 30.0)
    game.sees(Seen(102, "第 2/2 题\n答案 A", ()), 35.0)
    game.sees(Seen(300, "Well played, everyone", ()), 36.0)

    acts_until(game, 60.0)

    assert game.phase is Phase.FINISHED


def test_a_question_that_is_asked_again_keeps_the_game_alive():
    """A void question comes once more after words in between; the game goes on."""
    game = at_first_question()
    game.sees(buzzer(2), 30.0)
    game.sees(Seen(102, "作废", ()), 35.0)
    game.sees(Seen(103, "本题作废,重新出题", ()), 36.0)
    game.sees(buzzer(2, message_id=104), 40.0)

    done = acts_until(game, 50.0)

    assert game.phase is Phase.QUESTIONS
    assert presses(done)


@pytest.mark.parametrize(
    ("before", "trouble"),
    [
        (lambda game: None, ("no_lobby", "The bot opened no lobby for /contest buzzer 常识 2.", "")),
        (
            lambda game: game.sees(Seen(9, "没有这个题库", ()), 1.0),
            ("no_lobby", "The bot opened no lobby for /contest buzzer 常识 2.", "没有这个题库"),
        ),
        (lambda game: game.sees(LOBBY, 1.0), ("no_start", "The lobby is open, but no question came.", "报名")),
        (
            lambda game: game.sees(buzzer(1), 1.0),
            ("no_question", f"No question came for {QUESTION_WITHIN:.0f} seconds.", "第 1/2 题\n首都是哪里?"),
        ),
    ],
)
def test_a_contest_that_does_not_come_ends_with_its_reason(
    before: Callable[[Game], None], trouble: tuple[str, str, str]
):
    """Players never wait for ever, and say what they waited for."""
    game = new_game(CLUELESS)
    before(game)

    acts_until(game, 600.0)

    assert game.phase is Phase.FAILED
    assert game.trouble == Trouble(*trouble)


def test_the_same_dice_play_the_same_game():
    """A seed decides everything: who, what and when."""
    first, second = (acts_until(at_first_question(seed=7), 40.0) for _ in range(2))

    assert first == second


def stakes(number: int, team: str) -> Seen:
    """A team is asked what its question is to be worth."""
    return Seen(100 + number, f"第 {number}/2 题 · 风险题\n💰 请{team}选择分值", ("10 分", "30 分", "50 分", "放弃"))


def in_turn(number: int, team: str, labels: tuple[str, ...] = OPTIONS, how: str = "本队任一队员作答") -> Seen:
    """The same message when the team has to answer."""
    return Seen(100 + number, f"第 {number}/2 题\n👉 请{team}作答\n首都是哪里?\n{how}", labels)


def test_the_team_whose_turn_it_is_stakes_and_answers():
    """One of the team names a stake once, and answers once the question is there; the others keep still."""
    game = new_game()
    game.sees(LOBBY, 1.0)
    acts_until(game, 20.0)

    game.sees(stakes(1, "乙队"), 20.0)
    game.sees(stakes(1, "乙队"), 20.5)
    staked = presses(acts_until(game, 30.0))
    game.sees(in_turn(1, "乙队"), 30.0)
    answered = presses(acts_until(game, 45.0))

    assert [who for who, _ in staked] == [21]
    assert staked[0][1] in ("30 分", "50 分", "放弃")
    assert answered == [(21, "A. 北京")]


def test_the_next_team_makes_it_up():
    """The same question called for another team is answered by that one."""
    game = new_game()
    game.sees(LOBBY, 1.0)
    acts_until(game, 20.0)
    game.sees(in_turn(1, "甲队"), 20.0)
    first = presses(acts_until(game, 30.0))

    game.sees(in_turn(1, "乙队"), 30.0)
    second = presses(acts_until(game, 45.0))

    assert (first, second) == ([(11, "A. 北京")], [(21, "A. 北京")])


def test_a_visitor_plays_alone_for_their_team():
    """Nobody takes the stake or the answer out of the visitor's hands."""
    game = new_game()
    game.visitor_takes(22)
    game.sees(LOBBY, 1.0)
    acts_until(game, 40.0)

    game.sees(stakes(1, "乙队"), 40.0)
    game.sees(in_turn(1, "乙队"), 50.0)

    assert presses(acts_until(game, 70.0)) == []


def test_an_answer_is_written_into_the_group():
    """Who knows writes what is right, who does not says so."""
    for temper, words in ((SURE, "北京"), (CLUELESS, UNKNOWN)):
        game = new_game(temper)
        game.sees(LOBBY, 1.0)
        acts_until(game, 20.0)

        game.sees(in_turn(1, "甲队", (), "请本队队员在 20 秒内把答案直接发到本群"), 20.0)

        assert [act for _, act in acts_until(game, 40.0)] == [Says(11, words)]
