"""``/banks``: an organiser takes banks in by file, sees what is in them, and narrows a contest down to a part of one."""

import io

import pytest

from quizzes.bank.formats import read_bank
from sandbox.people import Message
from tests.dialogues.match import Match, gather
from tests.hall import Hall

BANK = """题型,题干,A,B,C,答案,难度,分类,标签
单选,公文用纸一般用哪种幅面？,A3,A4,B5,B,易,公文/格式,必考
单选,绝密级国家秘密的保密期限一般不超过多少年？,十年,二十年,三十年,C,难,保密,
判断,请示应当一文一事。,,,,对,易,公文/文种,必考
多选,下列属于法定公文文种的有？,请示,总结,纪要,AC,中,公文/文种,
单选,这道题没有答案？,甲,乙,丙,,易,公文,
"""


@pytest.fixture
async def match(hall: Hall) -> Match:
    """A host who is an organiser, and players."""
    return await gather(hall)


async def take_in(match: Match, text: str = BANK, name: str = "公文与保密.csv") -> Message:
    """Send a file to the bot after ``/banks``."""
    await match.host.says("/banks")
    await match.hall.advance(seconds=3)
    await match.host.sends(text.encode("gb18030"), name)
    await match.hall.advance(seconds=3)
    return await match.host.last()


async def test_file_in_private_becomes_a_bank(match: Match) -> None:
    """The good questions are in it, the bad one is named with its line, the card shows what there is."""
    taken = await take_in(match)
    await match.host.says("/banks")
    await match.hall.advance(seconds=3)
    await match.host.presses("公文与保密")
    await match.hall.advance(seconds=3)
    card = (await match.host.last()).text

    assert "题库“公文与保密”：新增 4 道" in taken.text
    assert "第 6 行" in taken.text
    assert "没有答案" in taken.text
    assert "单选题 2" in card
    assert "★ 2" in card
    assert "公文/文种 2" in card
    assert "还没有竞赛用过" in card


async def test_nearly_the_same_question_is_pointed_out(match: Match) -> None:
    """A second file with a question that the bank nearly has: taken in, and the organiser is told."""
    await take_in(match)

    again = await take_in(match, "题干,A,B,答案\n公文用纸一般用哪种幅面呢？,A3,A4,B\n")

    assert "新增 1 道" in again.text
    assert "非常相似" in again.text


async def test_bank_comes_back_as_a_file(match: Match) -> None:
    """What is exported can be read again."""
    await take_in(match)
    await match.host.says("/banks")
    await match.hall.advance(seconds=3)
    await match.host.presses("公文与保密")
    await match.hall.advance(seconds=3)
    await match.host.presses("Word")
    await match.hall.advance(seconds=3)
    file = (await match.host.last()).file

    assert file is not None
    parsed = read_bank(await match.hall.town.file(file), "x.docx")
    assert len(parsed.items) == 4
    assert not parsed.errors


async def test_what_is_no_bank_is_refused(match: Match) -> None:
    """A picture, a text without questions, words instead of a file: one sentence each, and no bank is made."""
    broken = await take_in(match, "题干,A,B,答案\n没有答案的题,甲,乙,\n", "坏.csv")
    await match.host.says("不想导入了")
    await match.hall.advance(seconds=3)
    words = await match.host.reads()
    await match.host.says("/banks")
    await match.hall.advance(seconds=3)

    assert "没有一道可用的题" in broken.text
    assert "请把题库以文件形式发来" in words
    assert not [button for row in (await match.host.last()).buttons for button in row if "坏" in button.text]


async def test_members_have_no_banks(match: Match) -> None:
    """Neither the command nor a forged button shows a member anything."""
    await take_in(match)
    await match.anna.says("/banks")
    refusal = await match.anna.reads()
    toast = await match.anna.presses(data="bank:show:1", chat=None, message=await match.anna.last())

    assert "您在这里没有这个权限" in refusal or "不能" in refusal or "没有权限" in refusal
    assert toast == refusal


async def test_contest_takes_what_was_wished_for(match: Match) -> None:
    """Only easy questions of one category are drawn; where there are too few, the host hears how many there are."""
    await take_in(match)

    await match.host.says("/contest buzzer 公文与保密 5 分类:公文 难度:易", match.group)
    refused = await match.text()
    await match.host.says("/contest oral 公文与保密 2", match.group)
    unspoken = await match.text()
    await match.host.says("/contest buzzer 公文与保密 2 分类:公文 难度:易", match.group)
    drawn = {question.text for question in (await match.contest()).setup.questions}

    assert "符合要求（公文、★1）的题有 2 道，需要 5 道" in refused
    assert "符合要求（口答）的题有 0 道" in unspoken
    assert drawn == {"公文用纸一般用哪种幅面？", "请示应当一文一事。"}


async def test_no_question_twice_while_there_are_others(match: Match) -> None:
    """What an earlier contest asked, or one under way holds, is not drawn again as long as the bank has others."""
    seen: list[str] = []
    for _ in range(4):
        await match.begins("buzzer 常识 5")
        seen += [question.id for question in (await match.contest()).setup.questions[:5]]
        for _ in range(5):
            await match.anna.presses("抢答", match.group)
            await match.anna.presses(await match.letter(right=True), match.group)
            await match.hall.advance(seconds=5)
        await match.hall.advance(minutes=2)

    assert len(set(seen)) == 20


async def test_card_tells_how_a_bank_was_answered(match: Match) -> None:
    """After a contest: how many were asked, how often right, how long it took, which were hardest."""
    await match.begins("buzzer 常识 2")
    for player, right in ((match.anna, True), (match.bert, False)):
        await player.presses("抢答", match.group)
        await match.hall.advance(seconds=1)
        await player.presses(await match.letter(right=right), match.group)
        await match.hall.advance(seconds=5)
    await match.hall.advance(minutes=2)

    await match.host.says("/banks")
    await match.hall.advance(seconds=3)
    await match.host.presses("常识")
    await match.hall.advance(seconds=3)
    card = (await match.host.last()).text

    assert "已出过 2 题，作答 2 次，正确率 50%" in card
    assert "平均作答用时：" in card


async def test_long_list_of_mistakes_comes_as_a_file(match: Match) -> None:
    """Thirty bad rows: a dozen in the message, all of them in a file beside it."""
    rows = "".join(f"没有答案的第{n}题？,甲{n},乙{n},\n" for n in range(30))

    taken = await take_in(match, f"题干,A,B,答案\n好题？,甲,乙,A\n{rows}", "很多.csv")

    assert taken.file is not None
    lines = io.StringIO((await match.hall.town.file(taken.file)).decode("utf-8-sig")).read().split("\r\n")
    assert len([line for line in lines if line.startswith("第")]) == 30
