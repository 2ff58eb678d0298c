"""How players read a message."""

from __future__ import annotations

import pytest

from sandbox.players_eyes import (
    Ask,
    Buzz,
    Choice,
    Lobby,
    Nothing,
    Seen,
    Stakes,
    Standings,
    join_label,
    question_number,
    read,
    right_labels,
)


@pytest.mark.parametrize(
    ("labels", "ask"),
    [
        (("加入 甲队", "加入 乙队", "准备", "开始"), Lobby(("加入 甲队", "加入 乙队"), "准备", "开始")),
        (("Join Red", "Start"), Lobby(("Join Red",), None, "Start")),
        (("⚡ 抢答",), Buzz("⚡ 抢答")),
        (("Buzz!",), Buzz("Buzz!")),
        (("A. 甲", "B. 乙", "抗议"), Choice(("A. 甲", "B. 乙"))),
        (("A. 甲", "B. 乙", "提交"), Choice(("A. 甲", "B. 乙"), "提交")),
        (("10 分", "30 分", "放弃"), Stakes(("10 分", "30 分"), "放弃")),
        (("10 points", "Pass"), Stakes(("10 points",), "Pass")),
        (("签到",), Nothing()),
        ((), Nothing()),
    ],
)
def test_a_message_is_read_by_its_buttons(labels: tuple[str, ...], ask: Ask):
    """Chinese and English labels, a sign before the word, other buttons beside."""
    assert read(Seen(1, "", labels)) == ask


@pytest.mark.parametrize("text", ["🏁 最终成绩 · 抢答赛", "⏹ 本场竞赛已终止。", "Final standings"])
def test_standings_are_read_by_their_words(text: str):
    """There are no buttons to tell them by."""
    assert read(Seen(1, text)) == Standings()


@pytest.mark.parametrize(
    ("text", "number"),
    [("第 3/10 题", 3), ("第12题 ……", 12), ("Question 4 of 5", 4), ("加赛第 1 题", None), ("今日签到", None)],
)
def test_a_question_bears_its_number(text: str, number: int | None):
    """In both languages."""
    assert question_number(text) == number


def test_knowledge_finds_the_right_button():
    """Line breaks in the message and a label that was cut short do not matter; a near miss does."""
    knowledge = {"公文标题由哪些部分组成": "发文机关、事由、文种", "首都": "北京"}
    options = ("A. 北京市", "B. 发文机关、事由…", "C. 北京")

    assert right_labels("第 1 题\n公文标题由\n哪些部分组成?", options, knowledge) == ("B. 发文机关、事由…",)
    assert right_labels("首都?", options, knowledge) == ("C. 北京",)
    assert right_labels("别的问题", options, knowledge) == ()


def test_knowledge_may_hold_several_right_options():
    """All of them are found, or none: half of an answer would be wrong."""
    knowledge = {"哪些是公文?": ["通知", "函"], "哪些是公文种类?": ["通知", "批复"]}
    options = ("A. 通知", "B. 电话", "C. 函")

    assert right_labels("哪些是公文?", options, knowledge) == ("A. 通知", "C. 函")
    assert right_labels("哪些是公文种类?", options, knowledge) == ()


@pytest.mark.parametrize(("answer", "label"), [("错", "B. 错误"), ("false", "B. 错误"), ("False", "B. False")])
def test_true_and_false_go_by_many_names(answer: str, label: str):
    """A bank says 错, the button says 错误."""
    assert right_labels("地球是方的", ("A. 正确", label), {"地球是方的": answer}) == (label,)


def test_a_lobby_without_teams_is_joined_too():
    """Where everyone plays for themselves there is one button."""
    assert join_label(Lobby(("加入",), None, "开始"), "甲队", 1) == "加入"
    assert join_label(Lobby((), None, "开始"), "甲队", 0) is None
