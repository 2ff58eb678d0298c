"""Reflections from the prompt to the group: writing, the deadline, reviewing, consent."""

from datetime import date, datetime, timedelta
from pathlib import Path

import bot
from storage import Tx
from storage.leaves import LeaveState
from storage.people import Role
from storage.tasks import SubmissionRow
from tests.dialogues.unhurried import Unhurried, until
from tests.hall import SHANGHAI, Actor, Hall, HallMaker

UNIT = "示范区/第一支部"
PHOTO = (Path(bot.__file__).parent / "demo_data" / "desk.png").read_bytes()
LONG = "本周学习了消防材料，我把办公室的插线板全部检查了一遍，换掉了两个老化的，并且约定每周五下班前再查一次。"
"""52 characters."""

SCHEDULE = {"days": ("monday",), "at": "17:00", "due_days": 1, "least": 20, "prompt": "本周哪一句话改变了您的做法？"}
PROMPT_AT = datetime(2026, 11, 23, 17, 0)


async def asked(hall_with: HallMaker, **schedule: object) -> tuple[Hall, Actor, Actor, Actor]:
    """A hall in which Monday's prompt has been posted: an organiser and two members."""
    hall = await hall_with(
        reflections={**SCHEDULE, **schedule}, start=PROMPT_AT.replace(tzinfo=SHANGHAI) - timedelta(minutes=5)
    )
    organiser = Unhurried(hall, await hall.enrol("周组", UNIT, role=Role.ORGANISER))
    anna = Unhurried(hall, await hall.enrol("安娜", UNIT))
    bert = Unhurried(hall, await hall.enrol("<b>伯特&", UNIT))
    return hall, organiser, anna, bert


async def submission(hall: Hall, actor: Actor) -> SubmissionRow:
    """Somebody's work for the first task."""

    def work(tx: Tx) -> SubmissionRow | None:
        person = tx.people.by_user(actor.id)
        return None if person is None else tx.tasks.submission_of(1, person.id)

    row = await hall.read(work)
    assert row is not None
    return row


async def hand_in(actor: Actor, text: str = LONG) -> None:
    """Write and hand in what the newest prompt asks for."""
    await actor.says("心得")
    await actor.says(text)
    await actor.presses("提交")


async def test_prompt_is_posted_once_with_a_link_and_sent_to_everybody(hall_with: HallMaker) -> None:
    """At the hour the group has one card with a button into private, and each member has the prompt."""
    hall, organiser, anna, bert = await asked(hall_with)
    group = await hall.unit_group("一支部", UNIT, organiser, anna, bert)

    await until(hall, PROMPT_AT)
    await hall.stop_bot()
    await hall.start_bot()

    cards = [message for message in await anna.messages(group) if "本周哪一句话" in message.text]
    assert len(cards) == 1
    assert "已交：0/3" in cards[0].text
    assert cards[0].labels == ["写心得"]
    assert "?start=task_1" in (cards[0].buttons[0][0].url or "")
    assert "本周哪一句话改变了您的做法？" in await anna.reads()
    assert "11月24日 17:00" in await anna.reads()


async def test_reflection_is_written_in_several_messages_and_handed_in(hall_with: HallMaker) -> None:
    """Messages add up to a draft with a count; handing it in edits the group's card."""
    hall, organiser, anna, bert = await asked(hall_with)
    group = await hall.unit_group("一支部", UNIT, organiser, anna, bert)
    await until(hall, PROMPT_AT)

    await anna.presses("写心得")
    await anna.says("第一段：<b>消防&安全</b>。")
    await anna.says(LONG)
    draft = await anna.last()
    shown = sum("第一段" in message.text for message in await anna.messages())
    toast = await anna.presses("提交")
    await hall.advance(seconds=5)

    assert "第一段：<b>消防&安全</b>。" in draft.text
    assert LONG in draft.text
    assert draft.labels == ["提交", "继续写", "重写", "取消"]
    assert shown == 2  # hers and the one card
    assert toast == "已提交。"
    assert "已于 11月23日 17:00 提交" in await anna.reads()
    assert any("已交：1/3" in message.text for message in await anna.messages(group))


async def test_too_short_a_text_is_refused_but_a_photo_will_do(hall_with: HallMaker) -> None:
    """The least length counts characters without white space; handwritten notes are exempt."""
    hall, _, anna, _ = await asked(hall_with)
    await until(hall, PROMPT_AT)
    await anna.says("/reflect")
    await anna.says("太 短 了")

    refused = await anna.presses("提交")
    await anna.sends(PHOTO, "notes.png", kind="photo")
    taken = await anna.presses("提交")

    assert refused == "要求不少于 20 字，现有 3 字，请再写一些。"
    assert taken == "已提交。"
    assert "照片和文件：1" in await anna.reads()


async def test_file_is_no_reflection(hall_with: HallMaker) -> None:
    """The template takes text and photos; a file gets one sentence and the draft stays."""
    hall, _, anna, _ = await asked(hall_with)
    await until(hall, PROMPT_AT)
    await anna.says("/reflect")

    await anna.sends(b"%PDF", "心得.pdf")

    assert await anna.reads() == "这项任务不收文件，请发送文字或照片。"


async def test_draft_survives_a_restart_and_leaving(hall_with: HallMaker) -> None:
    """The conversation and the draft are kept; leaving keeps the draft, starting over empties it."""
    hall, _, anna, _ = await asked(hall_with)
    await until(hall, PROMPT_AT)
    await anna.says("/reflect")
    await anna.says("写到一半")

    await hall.stop_bot()
    await hall.start_bot()
    await anna.says("接着写")
    both = await anna.reads()
    await anna.presses("取消")
    left = await anna.reads()
    await anna.presses("继续写")
    again = await anna.reads()
    await anna.presses("重写")
    emptied = await anna.reads()

    assert "写到一半\n接着写" in both
    assert "没有提交，草稿已保留。" in left
    assert "写到一半\n接着写" in again
    assert "写到一半" not in emptied


async def test_long_text_is_kept_in_pages_up_to_a_limit(hall_with: HallMaker) -> None:
    """Several messages of 4,000 characters are shown page by page; beyond 20,000 nothing is added."""
    hall, _, anna, _ = await asked(hall_with)
    await until(hall, PROMPT_AT)
    await anna.says("/reflect")

    for n in range(5):
        await anna.says(f"{n}" * 3990)
    last = await anna.last()
    await anna.says("五" * 4000)
    refused = await anna.reads()
    await anna.presses(last.labels[0], message=last)
    turned = next(message for message in await anna.messages() if message.id == last.id)

    assert "字数：19950" in last.text
    assert last.labels[0] == "‹ 第 7 页"
    assert refused == "内容太长：最多 20000 字，现有 23955 字。"
    assert turned.labels[:2] == ["‹ 第 6 页", "第 8 页 ›"]


async def test_handed_in_text_is_changed_until_the_deadline_and_versions_are_kept(hall_with: HallMaker) -> None:
    """A second version takes the place of the first; both are kept as events; afterwards nothing changes."""
    hall, _, anna, _ = await asked(hall_with)
    await until(hall, PROMPT_AT)
    await hand_in(anna)

    await anna.presses("修改")
    await anna.says("补充：又换了一个。")
    await anna.presses("提交")
    second = await anna.reads()
    await until(hall, datetime(2026, 11, 24, 17, 1))
    refused = await anna.presses(data="task_write:1")

    row = await submission(hall, anna)
    events = await hall.read(lambda tx: tx.tasks.events(row.id))
    assert "这是第 2 稿" in second
    assert [event.kind for event in events].count("HandedIn") == 2
    assert all(event.author == anna.id for event in events)
    assert row.text == f"{LONG}\n补充：又换了一个。"
    assert refused == "已过截止时间，您提交的内容不能再修改。"


async def test_reminder_goes_to_the_missing_only_and_not_to_those_on_leave(hall_with: HallMaker) -> None:
    """The day before at 9:00 only who owes something is reminded; on request at most once a day."""
    hall, organiser, anna, bert = await asked(hall_with)
    carl = Unhurried(hall, await hall.enrol("卡尔", UNIT))
    await until(hall, PROMPT_AT)
    await hand_in(anna)

    def leave(tx: Tx) -> None:
        person = tx.people.by_user(carl.id)
        assert person is not None
        day = date(2026, 11, 24)
        asked_for = tx.leaves.ask(person.id, day, day, "出差", now=hall.clock.now())
        tx.leaves.decide(asked_for, LeaveState.APPROVED, by=organiser.id, decider="周组", now=hall.clock.now())

    await hall.write(leave)
    await until(hall, datetime(2026, 11, 24, 9, 0))
    await hall.advance(seconds=5)
    await organiser.says("/reflections 1")
    same_day = await organiser.presses("提醒未交")
    await until(hall, datetime(2026, 11, 25, 10, 0))
    next_day = await organiser.presses("提醒未交")

    assert "提醒：您还没有提交" in await bert.reads()
    assert not any("提醒" in message.text for message in await anna.messages())
    assert sum("提醒" in message.text for message in await carl.messages()) == 1  # the next day only
    assert same_day == "没有可提醒的人：未交者或在请假，或今天已提醒过，或还没有加入。"
    assert next_day == "已提醒 3 人。"


async def test_deadline_is_told_once_even_if_the_bot_was_down(hall_with: HallMaker) -> None:
    """After downtime the missing hear of it once, the organiser gets one summary; late work is marked as late."""
    hall, organiser, anna, bert = await asked(hall_with)
    await until(hall, PROMPT_AT)
    await hand_in(anna)

    await hall.stop_bot()
    await until(hall, datetime(2026, 11, 25, 8, 0))
    await hall.start_bot()
    await hall.advance(seconds=10)
    await hall.stop_bot()
    await hall.start_bot()
    await hand_in(bert)

    told = [message.text for message in await bert.messages() if "已于 11月24日 17:00 截止" in message.text]
    summaries = [message.text for message in await organiser.messages() if "已到截止时间" in message.text]
    assert len(told) == 1
    assert len(summaries) == 1
    assert "第一支部 1/3\n未交：<b>伯特&、周组" in summaries[0]
    assert "记为迟交" in await bert.reads()


async def test_good_one_is_published_only_with_consent_and_under_the_chosen_name(hall_with: HallMaker) -> None:
    """Picked, asked, answered: with consent it appears in the group, anonymously if the author says so."""
    hall, organiser, anna, bert = await asked(hall_with)
    group = await hall.unit_group("一支部", UNIT, organiser, anna, bert)
    await until(hall, PROMPT_AT)
    await hand_in(anna)
    await hand_in(bert, LONG + "我的第二条。")
    await organiser.says("/reflections")
    await organiser.presses("#1")
    await organiser.presses("查看")

    first = await organiser.presses("优秀")
    await organiser.presses("下一份待审")
    await organiser.presses("优秀")
    before = len(await anna.messages(group))
    await anna.presses("不发布")
    refused = len(await anna.messages(group))
    await bert.presses("匿名发布")
    again = await bert.presses(data=f"task_consent:{(await submission(hall, bert)).id}:named")
    await hall.advance(seconds=5)

    assert first == "已评为优秀，正在征求作者同意。"
    assert refused == before
    published = await anna.last(group)
    assert "作者：匿名" in published.text
    assert "伯特" not in published.text
    assert "我的第二条。" in published.text
    assert again == "您已经答复过了。"


async def test_published_with_the_name_of_the_author(hall_with: HallMaker) -> None:
    """A name full of marks is shown as it is."""
    hall, organiser, anna, bert = await asked(hall_with)
    group = await hall.unit_group("一支部", UNIT, organiser, anna, bert)
    await until(hall, PROMPT_AT)
    await hand_in(bert)
    await organiser.says("/reviews")
    await organiser.presses("#1")
    await organiser.presses("优秀")

    await bert.presses("署名发布")
    await hall.advance(seconds=5)

    assert "作者：<b>伯特&（第一支部）" in await anna.reads(group)


async def test_returned_with_a_reason_and_handed_in_again(hall_with: HallMaker) -> None:
    """The author reads the reason, revises even after the deadline, and is accepted."""
    hall, organiser, anna, _ = await asked(hall_with)
    await until(hall, PROMPT_AT)
    await hand_in(anna)
    await organiser.says("/reviews")
    await organiser.presses("#1")
    await organiser.presses("退回")
    await organiser.says("请写<具体>一件事")
    returned = await anna.reads()
    await until(hall, datetime(2026, 11, 25, 9, 0))

    await anna.presses("写心得")
    await anna.says("具体地说，周三下午换的。")
    await anna.presses("提交")
    await organiser.says("/reviews")
    await organiser.presses("#1")
    toast = await organiser.presses("通过")
    record = (await hall.app.house.tasks.records.export("reflection"))[-1] if hall.app else {}

    assert "被退回。理由：\n请写<具体>一件事" in returned
    assert toast == "已通过。"
    assert any("已通过" in message.text for message in await anna.messages())
    assert list(record) == [
        "task",
        "kind",
        "unit",
        "name",
        "state",
        "handed_in_at",
        "late",
        "length",
        "text",
        "files",
        "reviewer",
        "reviewed_at",
        "reason",
        "published",
    ]
    assert record["state"] == "accepted"
    assert record["late"] is False
    assert record["reviewer"] == "周组"
    assert str(record["handed_in_at"]).endswith("+08:00")


async def test_whoever_returned_work_hears_once_of_all_that_came_again(hall_with: HallMaker) -> None:
    """Two hand in again within a quarter of an hour: one message with both names, and a button to read them."""
    hall, organiser, anna, bert = await asked(hall_with)
    await until(hall, PROMPT_AT)
    for author in (anna, bert):
        await hand_in(author)
        await organiser.says("/reviews")
        await organiser.presses("#1")
        await organiser.presses("退回")
        await organiser.says("请写具体")
    before = len(await organiser.messages())

    for author in (anna, bert):
        await author.presses("写心得")
        await author.says("具体地说，周三下午换的。")
        await author.presses("提交")
    at_once = len(await organiser.messages()) - before
    await hall.advance(minutes=16)
    told = [message.text for message in await organiser.messages() if "又重新提交" in message.text]
    await hall.advance(minutes=60)

    assert at_once == 0
    assert [line.splitlines()[-1] for line in told] == ["退回后又重新提交：<b>伯特&、安娜"]
    assert await organiser.presses("查看") is None
    assert len([message for message in await organiser.messages() if "又重新提交" in message.text]) == 1


async def test_consent_without_a_group_is_answered_honestly(hall_with: HallMaker) -> None:
    """With no group bound to the unit nothing is published, and the author is told so."""
    hall, organiser, anna, _ = await asked(hall_with)
    await until(hall, PROMPT_AT)
    await hand_in(anna)
    await organiser.says("/reviews")
    await organiser.presses("#1")
    await organiser.presses("优秀")

    await anna.presses("署名发布")

    assert "暂无可发布的群" in await anna.reads()
    assert (await submission(hall, anna)).published_at is None


async def test_second_reviewer_sees_that_it_is_done(hall_with: HallMaker) -> None:
    """Two organisers open the same submission; the second ruling is refused and changes nothing."""
    hall, organiser, anna, _ = await asked(hall_with)
    other = Unhurried(hall, await hall.enrol("吴组", "示范区", role=Role.ORGANISER))
    await until(hall, PROMPT_AT)
    await hand_in(anna)
    for reviewer in (organiser, other):
        await reviewer.says("/reviews")
        await reviewer.presses("#1")

    await organiser.presses("通过")
    toast = await other.presses("通过")

    row = await submission(hall, anna)
    assert toast == "这份提交已由其他人审核。"
    assert row.reviewer == "周组"


async def test_forged_buttons_reach_nobody_elses_work(hall_with: HallMaker) -> None:
    """Another's submission can be neither written to, read, ruled nor published; members are no organisers."""
    hall, organiser, anna, bert = await asked(hall_with)
    stranger = Unhurried(hall, await hall.enrol("外人", "示范区/第二支部", role=Role.ORGANISER))
    await until(hall, PROMPT_AT)
    await hand_in(anna)
    await bert.says("/tasks")
    await stranger.says("/tasks")
    hers = (await submission(hall, anna)).id

    forged = [
        await bert.presses(data=data)
        for data in (
            f"task_draft:hand:{hers}",
            f"task_draft:anew:{hers}",
            f"task_page:{hers}:0",
            f"task_consent:{hers}:named",
            "task_got:9",
        )
    ]
    outside = [await stranger.presses(data=data) for data in (f"review_rule:accept:{hers}:1", f"review_turn:{hers}:0")]
    member = await bert.presses(data="review:show:1")
    own = await organiser.presses(data=f"review_rule:accept:{(await submission(hall, organiser)).id}:1")

    assert forged == ["这个按钮无效。"] * 4 + ["没有这项任务。"]
    assert outside == ["您没有权限在这里执行此操作，请联系本单位的组织者。"] * 2
    assert member == "您没有权限在这里执行此操作，请联系本单位的组织者。"
    assert own == "这个按钮无效。"


async def test_word_opens_a_free_reflection_when_none_is_asked_for(hall: Hall) -> None:
    """Without a prompt there is this week's own one; organisers see it once it is handed in."""
    organiser = Unhurried(hall, await hall.enrol("周组", UNIT, role=Role.ORGANISER))
    anna = Unhurried(hall, await hall.enrol("安娜", UNIT))

    await hand_in(anna)
    await organiser.says("/reflections")

    assert "自选心得 · 11月23日 星期一" in await anna.reads()
    assert "已交 1/1，待审 1" in await organiser.reads()


async def test_leaving_keeps_the_draft_and_says_so(hall: Hall) -> None:
    """What was written is there again; leaving anything else says that nothing was changed."""
    anna = Unhurried(hall, await hall.enrol("安娜", UNIT, role=Role.ORGANISER))
    await anna.says("/reflect")
    await anna.says("我学到了很多。")

    await anna.says("/cancel")
    left = await anna.reads()
    await anna.says("/cancel")
    nothing = await anna.reads()
    await anna.says("/reflect")
    again = await anna.reads()
    await anna.says("/broadcast")
    await anna.says("/cancel")

    assert left == "已退出写作，已写的内容保留在草稿里。发送 /tasks 可继续。"
    assert nothing == "当前没有正在进行的操作。"
    assert "我学到了很多。" in again
    assert await anna.reads() == "已退出，未做任何更改。"


async def test_group_answers_with_the_way_into_private(hall: Hall) -> None:
    """In a group the plain word gets one short message with a link."""
    anna = Unhurried(hall, await hall.enrol("安娜", UNIT))
    group = await hall.unit_group("一支部", UNIT, anna)

    await anna.says("心得", group)

    last = await anna.last(group)
    assert last.text == "请私聊我写心得。"
    assert last.buttons[0][0].url is not None


async def test_who_joined_later_is_asked_until_the_deadline(hall_with: HallMaker) -> None:
    """A newcomer finds the open prompt; after the deadline it is no longer for them."""
    hall, *_ = await asked(hall_with)
    await until(hall, PROMPT_AT)
    newcomer = Unhurried(hall, await hall.enrol("新人", UNIT))

    await newcomer.says("/tasks")
    listed = await newcomer.reads()
    await until(hall, datetime(2026, 11, 24, 17, 1))
    too_late = Unhurried(hall, await hall.enrol("迟来", UNIT))
    await too_late.says("/tasks")

    assert "心得 · 11月23日 星期一" in listed
    assert await too_late.reads() == "您目前没有任务。"


async def test_nobody_on_the_roster_gets_one_sentence(hall: Hall) -> None:
    """Whoever is not on the roster has no tasks and no reflections; members may not list others'."""
    eve = Unhurried(hall, await hall.person("Eve"))
    anna = Unhurried(hall, await hall.enrol("安娜", UNIT))

    await eve.says("/reflect")
    await anna.says("/reflections")

    assert await eve.reads() == "您还不在名册中。请私聊我发送 /start 申请加入。"
    assert await anna.reads() == "您没有权限在这里执行此操作，请联系本单位的组织者。"


async def test_everything_is_there_in_english(hall_with: HallMaker) -> None:
    """A reader of English writes and hands in without a Chinese word from the bot."""
    hall, _, anna, _ = await asked(hall_with, prompt="")
    await anna.says("/lang en")
    await until(hall, PROMPT_AT)

    await anna.presses("Write a reflection")
    await anna.says("I checked every socket in the office this week.")
    toast = await anna.presses("Hand in")

    assert toast == "Handed in."
    assert "You can change it until 24 Nov 17:00." in await anna.reads()


async def test_link_from_the_group_opens_the_task_in_private(hall_with: HallMaker) -> None:
    """``/start task_1`` begins the writing at once; a number that is not theirs, or no number, is refused."""
    hall, _, anna, _ = await asked(hall_with)
    await until(hall, PROMPT_AT)

    await anna.says("/start task_1")
    opened = await anna.reads()
    await anna.says(LONG)
    await anna.presses("提交")
    answers = []
    for payload in ("task_999", "task_x", "task_own"):
        await anna.says(f"/start {payload}")
        answers.append(await anna.reads())

    assert "请直接发送文字或照片" in opened
    assert answers[:2] == ["没有这项任务。", "这个按钮无效。"]
    assert "状态：已交" in answers[2]
    assert (await anna.last()).labels == ["修改", "另写一篇"]


async def test_update_that_comes_twice_is_one_line_of_the_draft(hall_with: HallMaker) -> None:
    """Telegram delivers at least once; the draft has each message once."""
    hall, _, anna, _ = await asked(hall_with)
    await until(hall, PROMPT_AT)
    await anna.says("/reflect")

    sent = await anna.says("只说一遍")
    await hall.town.redeliver(sent.update_id)
    await hall.settle()
    await hall.advance(seconds=5)

    assert (await submission(hall, anna)).draft == "只说一遍"


async def test_author_who_left_is_neither_asked_nor_named(hall_with: HallMaker) -> None:
    """Their work stays and can be accepted; consent cannot come any more, so nothing is published."""
    hall, organiser, anna, bert = await asked(hall_with)
    group = await hall.unit_group("一支部", UNIT, organiser, anna, bert)
    await until(hall, PROMPT_AT)
    await hand_in(anna)
    row = await submission(hall, anna)
    await hall.write(lambda tx: tx.people.leave(row.person_id, now=hall.clock.now()))
    before = len(await bert.messages(group))
    await organiser.says("/reviews")
    await organiser.presses("#1")

    toast = await organiser.presses("优秀")
    await hall.advance(seconds=5)

    assert toast == "已评为优秀，但联系不上作者，无法征求同意。"
    assert not any("是否同意" in message.text for message in await anna.messages())
    assert len(await bert.messages(group)) == before
