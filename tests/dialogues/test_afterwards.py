"""After a contest: the picture for the group, the papers for the host, everybody's own review."""

import io
import zipfile

import docx
import openpyxl
import pytest
from matplotlib.image import imread

from sandbox.people import Message
from storage.people import Role
from tests.dialogues.match import Match, gather
from tests.hall import Actor, Hall, HallMaker


async def play(match: Match, *, preset: str = "buzzer", questions: int = 2) -> None:
    """Anna is right on every odd question, Bert wrong on every even one; then the standings are out."""
    await match.begins(f"{preset} 常识 {questions}")
    for number in range(questions):
        who, right = ((match.anna, True), (match.bert, False))[number % 2]
        await match.hall.advance(seconds=5)
        await who.presses("抢答", match.group)
        await who.presses(await match.letter(right=right), match.group)
    await match.hall.advance(minutes=1)


@pytest.fixture
async def match(hall: Hall) -> Match:
    """A contest of two questions is over."""
    match = await gather(hall)
    await play(match)
    return match


async def panel(match: Match) -> Message:
    """The host's panel."""
    return next(message for message in reversed(await match.host.messages()) if message.text.startswith("🎛"))


async def paper(match: Match, actor: Actor, label: str) -> tuple[Message, bytes]:
    """Press a button of the panel and fetch the file that comes."""
    assert await actor.presses(label, message=await panel(match)) == "正在生成文件，马上发给您。"
    await match.hall.advance(seconds=5)
    message = await actor.last()
    assert message.file is not None
    return message, await match.hall.town.file(message.file)


async def test_the_group_gets_the_standings_as_a_picture(hall_with: HallMaker) -> None:
    """One photo with a short caption after the standings, as wide as a phone shows it, and not blank."""
    hall = await hall_with(contest={"picture": True})
    match = await gather(hall)

    await play(match)
    *_, standings, photo = await match.anna.messages(match.group)

    assert "最终成绩" in standings.text
    assert standings.labels == ["我的答题回顾"]
    assert photo.text == "🏆 最终成绩：抢答赛 · 常识"
    assert photo.file is not None
    pixels = imread(io.BytesIO(await hall.town.file(photo.file)), format="png")
    assert pixels.shape[1] == 1080
    assert 600 < pixels.shape[0] < 1400
    assert 0.02 < (pixels[..., :3].mean(axis=2) < 0.5).mean() < 0.6


async def test_a_group_without_pictures_gets_none(match: Match) -> None:
    """`picture = false`: the standings are the last word."""
    assert "最终成绩" in await match.text()


async def test_minutes_as_a_word_file(match: Match) -> None:
    """The host's button brings a Word file: facts, rules, teams, every question with its presses, signatures."""
    message, content = await paper(match, match.host, "赛事纪要")
    document = docx.Document(io.BytesIO(content))
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    facts, teams, first, second, standings = ([[c.text for c in row.cells] for row in t.rows] for t in document.tables)

    assert message.file is not None
    assert message.file.name == "赛事纪要-1.docx"
    assert paragraphs[0] == "示范学习知识竞赛纪要"
    assert [line for line in paragraphs if line[:2] in ("一、", "二、", "三、", "四、", "五、")] == [
        "一、竞赛规则", "二、参赛队伍", "三、竞赛经过", "四、其他事项", "五、最终成绩",
    ]  # fmt: skip
    assert facts == [
        ["竞赛名称", "抢答赛（第 1 号）"],
        ["日期", facts[1][1]],
        ["举办群组", "竞赛群"],
        ["主持人", "主持"],
        ["评委", "未设评委，由程序按标准答案裁决"],
        ["题库", "常识"],
    ]
    assert facts[1][1].startswith("2026年11月23日　07:0")
    assert teams == [["队伍", "队长", "成员"], ["红队", "安娜", "安娜、卡尔"], ["蓝队", "<b>伯特&", "<b>伯特&"]]
    assert any("安娜" in line and "毫秒" in line for _, line in first)
    assert "正确" in first[-1][1]
    assert "错误" in second[-1][1]
    assert standings[1:] == [["1", "红队", "110", "1", "0"], ["2", "蓝队", "90", "0", "1"]]
    assert any(line.startswith("主裁（签字）：") for line in paragraphs)
    assert any(line.startswith("记录员（签字）：") for line in paragraphs)
    assert any("一致" in line for line in paragraphs)
    fonts = {
        run._element.rPr.rFonts.get("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}eastAsia")
        for paragraph in document.paragraphs
        for run in paragraph.runs
    }
    assert fonts == {"宋体", "黑体", "仿宋"}


async def test_results_as_a_workbook(match: Match) -> None:
    """A sheet each for teams, players, questions and presses, in Chinese words, right answers apart from the score."""
    _, content = await paper(match, match.host, "竞赛成绩表")
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = {sheet.title: list(sheet.values) for sheet in book}

    assert list(rows) == ["队伍成绩", "个人成绩", "题目", "抢答记录"]
    assert rows["队伍成绩"][0] == ("名次", "姓名", "得分", "答对", "答错", "正确率", "平均答题用时（秒）", "成员")
    assert rows["队伍成绩"][1][:6] == (1, "红队", 110, 1, 0, 1)
    assert rows["个人成绩"][1][:7] == (1, "安娜", "红队", 10, 1, 0, 1)
    assert [row[12] for row in rows["题目"][1:]] == ["安娜", "<b>伯特&"]
    assert [row[3] for row in rows["抢答记录"][1:]] == ["抢到", "作答"] * 2


async def test_certificates_for_the_placed(match: Match) -> None:
    """A zip with one PDF a placed team, and one with pictures."""
    _, pdfs = await paper(match, match.host, "奖状 PDF")
    _, pictures = await paper(match, match.host, "奖状图片")

    with zipfile.ZipFile(io.BytesIO(pdfs)) as archive:
        assert archive.namelist() == ["01-一等奖-红队.pdf", "02-二等奖-蓝队.pdf"]
        assert all(archive.read(name).startswith(b"%PDF") for name in archive.namelist())
    with zipfile.ZipFile(io.BytesIO(pictures)) as archive:
        assert archive.namelist() == ["01-一等奖-红队.png", "02-二等奖-蓝队.png"]
        pixels = imread(io.BytesIO(archive.read("01-一等奖-红队.png")), format="png")
    assert pixels.shape[:2] == (1654, 2338)


async def test_papers_are_for_those_who_run_the_group(match: Match) -> None:
    """A player cannot have them by a forged button; an organiser of another unit neither; an admin can."""
    neighbour = await match.hall.enrol("邻居", "示范区/第二支部", role=Role.ORGANISER)
    admin = await match.hall.admin()
    await match.hall.advance(seconds=5)

    toasts = []
    for actor in (match.anna, neighbour):
        await actor.says("/help")
        toasts.append(await actor.presses(data="after:minutes:1", message=await actor.last()))
    await admin.says("/help")
    good = await admin.presses(data="after:results:1", message=await admin.last())
    odd = await admin.presses(data="after:salaries:1", message=await admin.last())
    gone = await admin.presses(data="after:minutes:99", message=await admin.last())

    assert toasts == ["您没有权限在这里执行此操作，请联系本单位的组织者。"] * 2
    assert good == "正在生成文件，马上发给您。"
    assert odd == "这个按钮无效。"
    assert gone == toasts[0]


async def test_nothing_before_the_contest_is_over(hall: Hall) -> None:
    """While it goes on there are no papers and no reviews; one that was called off has minutes and no certificates."""
    match = await gather(hall)
    await match.begins()
    before = await match.host.presses(data="after:minutes:1", message=await panel(match))
    early = await match.anna.presses(data="rev:mine:1", chat=match.group)
    await match.host.presses("终止比赛", message=await panel(match))
    await match.host.presses("确定终止")
    await hall.advance(minutes=1)
    papers = [label for label in (await panel(match)).labels if label.startswith(("赛事", "竞赛", "奖状"))]
    certificates = await match.host.presses(data="after:certificates:1", message=await panel(match))

    assert before == "竞赛尚未结束。"
    assert early == "竞赛尚未结束。"
    assert papers == ["赛事纪要", "竞赛成绩表"]
    assert certificates == "竞赛尚未结束。"


async def test_a_players_own_review(match: Match) -> None:
    """The button on the standings sends it in private: what was asked, what one's team answered, what was right, why."""
    await match.hall.advance(seconds=5)
    toast = await match.carl.presses("我的答题回顾", match.group)
    carl = await match.carl.reads()
    await match.hall.advance(seconds=5)
    await match.bert.says("/review")
    bert = await match.bert.reads()

    assert toast == "答题回顾已私信发送，请查收。"
    first = carl.partition("1. 第")[2]
    assert "📖 答题回顾 · 抢答赛 · 常识 · 2026年11月23日" in carl
    assert "所在队伍：红队，第 1 名" in carl
    assert "本队作答（安娜）：" in first
    assert "正确，+10 分" in first
    assert "💡" in first
    assert "本题由其他队作答。" in carl
    assert "您的作答：" in bert
    assert "错误，-10 分" in bert
    assert "安娜" not in bert


async def test_who_has_not_started_the_bot_is_led_there(hall: Hall) -> None:
    """Their press opens the bot with a link that brings the review; nothing is counted as an error."""
    match = await gather(hall)
    await play(match)
    hall.sandbox.world.chats[match.carl.id].started = False
    await hall.write(lambda tx: tx.places.reach(match.carl.id, False))

    press = await match.carl.press("我的答题回顾", match.group)
    hall.sandbox.world.chats[match.carl.id].started = True
    await match.carl.says("/start rev_1")

    assert (await match.carl.person.answer(press))["url"] == "https://t.me/studyhall_bot?start=rev_1"
    assert "📖 答题回顾" in await match.carl.reads()


async def test_strangers_have_no_review(match: Match) -> None:
    """Who did not play hears so; a link that means nothing is refused."""
    stranger = await match.hall.enrol("路人")

    await stranger.says("/review")
    none = await stranger.reads()
    await match.hall.advance(seconds=5)
    await stranger.says("/start rev_1")
    other = await stranger.reads()
    await match.hall.advance(seconds=5)
    await stranger.says("/start rev_x")

    assert none == "您还没有参加过竞赛。"
    assert other == "您没有参加这场竞赛。"
    assert await stranger.reads() == "这个按钮无效。"


async def test_reviews_have_pages_and_keep_others_answers(hall: Hall) -> None:
    """In a contest for everyone each sees the own answer only; further pages come into the same message."""
    match = await gather(hall)
    await match.opens("everyone 常识 20")
    await match.host.presses("开始", match.group)
    await hall.advance(seconds=5)
    for _ in range(20):
        await match.anna.presses(await match.letter(right=True), match.group)
        await hall.advance(seconds=19.5)  # the window, the grace, the pause
    await hall.advance(minutes=1)
    await match.carl.says("/review")
    first = await match.carl.last()
    await hall.advance(seconds=2)
    await match.carl.presses("第 2 页 ›")
    second = await match.carl.last()
    await hall.advance(seconds=2)
    forged = await match.carl.presses(data="rev:page:1:999999", message=second)
    last = await match.carl.last()

    assert "您没有作答。" in first.text
    assert "安娜" not in first.text + second.text + last.text
    assert second.id == first.id == last.id
    assert second.text != first.text
    assert forged is None
    assert "20. 第" in last.text
    assert max(len(message.text) for message in (first, second, last)) < 4096


async def test_statistics_of_questions_for_organisers(match: Match) -> None:
    """`/export` has them for the contests of one's own groups; a ruling that is changed afterwards changes them."""
    await match.hall.advance(seconds=5)
    await match.host.says("/export")
    await match.hall.advance(seconds=5)
    await match.host.presses("题目统计 CSV")
    await match.hall.advance(seconds=5)
    message = await match.host.last()
    assert message.file is not None
    lines = (await match.hall.town.file(message.file)).decode("utf-8-sig").splitlines()

    assert (
        lines[0]
        == "题库,题目编号,类别,题干,出题场次,作答次数,答对,答错,答对比例,平均答题用时（秒）,无人抢答次数,作废次数,最近出题"
    )
    assert len(lines) == 3
    assert sorted(line.split(",")[4:8] for line in lines[1:]) == [["1", "1", "0", "1"], ["1", "1", "1", "0"]]
