"""``/practice`` through the sandbox: due mistakes, new questions, caps, restarts, forged buttons."""

import pytest

from quizzes.bank.items import Item, Kind
from storage import Tx
from tests.dialogues.match import gather
from tests.dialogues.unhurried import Unhurried
from tests.hall import Hall, HallMaker

ITEMS = (
    Item(Kind.SINGLE, "党的生日是哪一天？", ("7月1日", "8月1日", "10月1日"), (0,), explanation="1921年7月1日。"),
    Item(Kind.SEVERAL, "哪些是直辖市？", ("北京", "上海", "广州", "重庆"), (0, 1, 3)),
    Item(Kind.TRUE_FALSE, "公文可以没有标题。", (), (1,)),
    Item(Kind.FILL_IN, "全心全意____。", accepted=("为人民服务",)),
    Item(Kind.ORAL, "谈谈体会。", accepted=("言之成理",)),
)


async def take_in(hall: Hall, *items: Item, name: str = "党史") -> None:
    """A bank."""
    assert hall.app is not None
    await hall.app.house.banks.take_in(name, items, now=hall.clock.now())


async def pupil(hall: Hall) -> Unhurried:
    """Somebody who practises."""
    return Unhurried(hall, await hall.person("安娜"))


async def answers(anna: Unhurried, *options: str) -> str | None:
    """Press the options by their words, whatever their letters; the toast of the last press."""
    toast = None
    for option in options:
        labels = (await anna.last()).labels
        toast = await anna.presses(next(label for label in labels if option in label))
    return toast


async def goes_wrong(anna: Unhurried) -> None:
    """Answer a question of one choice wrongly."""
    await answers(anna, "8月1日")


async def test_new_questions_of_every_kind_on_one_message(hall: Hall) -> None:
    """Single, several, true or false, typed; ruling with explanation; oral ones are left out; the day's summary."""
    await take_in(hall, *ITEMS)
    anna = await pupil(hall)

    await anna.says("/practice")
    first = await anna.last()
    single = await answers(anna, "7月1日")
    ruling = await anna.reads()
    await anna.presses("下一题")
    several = await answers(anna, "北京", "上海", "重庆", "提交")
    await anna.presses("下一题")
    wrong = await answers(anna, "正确")
    await anna.presses("下一题")
    asked = await anna.reads()
    await anna.says("为人民服务！")
    typed = await anna.reads()
    await anna.presses("下一题")

    assert "新题 · 单选题 · 党史" in first.text
    assert (single, several, wrong) == ("答对了。", "答对了。", "答错了。")
    assert "✅ 答对了" in ruling
    assert "7月1日 ✅" in ruling
    assert "💡 1921年7月1日。" in ruling
    assert "请直接发送答案。" in asked
    assert "✅ 答对了" in typed
    over = await anna.reads()
    assert "今天练了 4 题，答对 3 题。" in over
    assert "“党史”里没有新题了。" in over
    assert "下次复习：11月23日 07:" in over
    mine = [message for message in await anna.messages() if message.sender != anna.id]
    assert len(mine) == 1


async def test_wrong_answer_is_due_after_ten_minutes_and_right_ones_days_later(hall: Hall) -> None:
    """The clock moved by hand gives the dates of FSRS."""
    await take_in(hall, ITEMS[0])
    anna = await pupil(hall)
    await anna.says("/practice")
    await goes_wrong(anna)
    await anna.presses("下一题")
    early = await anna.reads()

    await hall.advance(minutes=10)
    await anna.says("/practice")
    again = await anna.reads()
    await hall.advance(seconds=10)
    await answers(anna, "7月1日")
    known = await anna.reads()
    await anna.presses("下一题")
    await hall.advance(hours=12)
    await anna.says("/practice")
    not_yet = await anna.reads()
    await hall.advance(hours=5)
    await anna.says("/practice")

    assert "没有到期要复习的题。" in early
    assert "复习 · 单选题" in again
    assert "下次复习：11月24日 00:00" in known
    assert "没有到期要复习的题。" in not_yet
    assert "复习 · 单选题" in await anna.reads()


async def test_guess_comes_again_sooner(hall: Hall) -> None:
    """「蒙对的」 takes the credit of a right answer back."""
    await take_in(hall, ITEMS[0])
    anna = await pupil(hall)
    await anna.says("/practice")
    await answers(anna, "7月1日")
    credited = await anna.reads()

    await anna.presses("蒙对的")
    guessed = await anna.reads()

    assert "下次复习：11月23日" not in credited
    assert "下次复习：11月23日 07:1" in guessed


async def test_mistakes_of_a_finished_contest_become_cards_once(hall: Hall) -> None:
    """Only who answered wrongly, only once the contest has finished, and not again after a restart."""
    match = await gather(hall)
    await match.begins("buzzer 常识 1")
    await match.anna.presses("抢答", match.group)
    await match.anna.presses(await match.letter(right=False), match.group)
    await hall.advance(minutes=2)
    text = (await match.contest()).setup.questions[0].text
    anna, bert = Unhurried(hall, match.anna), Unhurried(hall, match.bert)

    def due(tx: Tx) -> list[int]:
        return [tx.practice.due_count(one.id, hall.clock.now()) for one in (anna, bert)]

    await hall.advance(minutes=10)
    once = await hall.read(due)
    await hall.stop_bot()
    await hall.start_bot()
    await anna.says("/practice")

    assert once == [1, 0]
    assert await hall.read(due) == [1, 0]
    asked = await anna.reads()
    assert "复习 · 单选题 · 常识" in asked
    assert text in asked


async def test_contests_of_an_older_version_are_caught_up(hall: Hall) -> None:
    """What ended before there was practice is taken in at the next start."""
    match = await gather(hall)
    await match.begins("buzzer 常识 1")
    await match.anna.presses("抢答", match.group)
    await match.anna.presses(await match.letter(right=False), match.group)
    await hall.advance(minutes=12)

    def forget(tx: Tx) -> None:
        tx.connection.execute("DELETE FROM practice_harvests")
        tx.connection.execute("DELETE FROM practice_cards")

    await hall.write(forget)
    await hall.stop_bot()
    await hall.start_bot()

    assert await hall.read(lambda tx: tx.practice.due_count(match.anna.id, hall.clock.now())) == 1


async def test_caps_end_the_day_and_the_next_one_goes_on(hall_with: HallMaker) -> None:
    """Two new questions a day; after midnight of the programme there are more."""
    hall = await hall_with(practice={"daily_new": 2, "daily_reviews": 1})
    await take_in(hall, *(Item(Kind.SINGLE, f"第{n}题？", ("7月1日", "8月1日"), (0,)) for n in range(4)))
    anna = await pupil(hall)
    await anna.says("/practice")
    for _ in range(2):
        await goes_wrong(anna)
        await anna.presses("下一题")
    capped = await anna.reads()
    await hall.advance(minutes=15)
    await anna.says("/practice")
    await goes_wrong(anna)
    await anna.presses("下一题")
    reviewed = await anna.reads()
    await hall.advance(hours=24)
    await anna.says("/practice")

    assert "今天的新题已练完，明天继续。" in capped
    assert "今日：新题 2/2，复习 0/1" in capped
    assert "今天的复习量已满，还有 1 题留到明天。" in reviewed
    assert "复习 · 单选题" in await anna.reads()


async def test_restart_in_mid_card_goes_on(hall: Hall) -> None:
    """The buttons of before work after a restart, marks are kept."""
    await take_in(hall, ITEMS[1])
    anna = await pupil(hall)
    await anna.says("/practice")
    await answers(anna, "北京", "上海")

    await hall.stop_bot()
    await hall.start_bot()
    await answers(anna, "重庆")
    toast = await anna.presses("提交")

    assert toast == "答对了。"


async def test_practice_ends_and_goes_on_with_the_same_question(hall: Hall) -> None:
    """By the command, by /cancel, by the button; with nothing under way that is said."""
    await take_in(hall, *ITEMS)
    anna = await pupil(hall)
    replies = []

    for end in ("/practice 停", "/cancel"):
        await anna.says("/practice")
        await anna.says(end)
        replies.append((await anna.messages())[-2].text.split("\n")[0])
    await anna.says("/practice")
    await anna.presses("结束练习")
    replies.append((await anna.reads()).split("\n")[0])
    await anna.says("/practice 停")
    nothing = await anna.reads()

    assert replies == ["练习已结束。"] * 3
    assert nothing == "您现在没有在练习，发送 /practice 开始。"


async def test_old_and_forged_buttons_change_nothing(hall: Hall) -> None:
    """A second press, a place that is not there, another kind's button, a group: a clear toast each."""
    await take_in(hall, *ITEMS)
    anna = await pupil(hall)
    group = await hall.group("群", anna)
    await anna.says("/practice")
    data = (await anna.last()).buttons[0][0].data or ""
    head = data.rsplit(":", 1)[0]
    round_ = int(head.split(":")[2])

    toasts = [
        await anna.presses(data=forged)
        for forged in (
            f"{head}:9",
            f"prac:hand:{round_}",
            f"prac:next:{round_}",
            "prac:pick:x:1",
            f"prac:pick:{round_}",
        )
    ]
    before = await hall.read(lambda tx: tx.practice.sitting(anna.id))
    await anna.says("/practice", group)
    refused = await anna.reads(group)
    await goes_wrong(anna)
    again = await anna.presses(data=data)

    gone = "这张题卡已翻过去了，发送 /practice 继续练习。"
    assert toasts == [gone, gone, gone, "这个按钮无效。", "这个按钮无效。"]
    assert before is not None
    assert "请私聊我进行" in refused
    assert again == gone
    day = await hall.read(lambda tx: tx.practice.day(anna.id, hall.clock.now().date()))
    assert day.answers == 1


async def test_bank_is_chosen_from_the_menu_and_remembered(hall: Hall) -> None:
    """With several banks the first time asks; an unknown one is refused; no bank at all is said."""
    anna = await pupil(hall)
    await anna.says("/practice")
    none = await anna.reads()
    await take_in(hall, ITEMS[0])
    await take_in(hall, ITEMS[2], name="公文")

    await anna.says("/practice")
    menu = await anna.last()
    await anna.presses("公文")
    chosen = await anna.reads()
    await anna.presses("结束练习")
    await anna.says("/practice")
    remembered = await anna.reads()
    await anna.says("/practice 没有")
    unknown = await anna.reads()
    await anna.says("/practice 党史")

    assert "还没有题库" in none
    assert menu.labels == ["党史（1 题）", "公文（1 题）"]
    assert "判断题 · 公文" in chosen
    assert "判断题 · 公文" in remembered
    assert "没有" in unknown
    assert "单选题 · 党史" in await anna.reads()


@pytest.mark.parametrize("said", ["B", "7月1日"])
async def test_letters_may_be_written_and_other_words_are_no_answer(hall: Hall, said: str) -> None:
    """A written letter is a press; anything else gets one sentence and changes nothing."""
    await take_in(hall, ITEMS[0])
    anna = await pupil(hall)
    await anna.says("/practice")

    await anna.says(said)

    day = await hall.read(lambda tx: tx.practice.day(anna.id, hall.clock.now().date()))
    if said == "B":
        assert day.answers == 1
    else:
        assert day.answers == 0
        assert await anna.reads() == "这不是本题的答案。请点按钮作答；发送 /practice 可重新显示题目。"
