"""Pictures and sounds with a question: shown, edited, sent once, and never in the way of a contest."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from bot.commands.importing import Imported, take_in
from handlers.texts import texts
from quizzes.bank.items import Item
from quizzes.engine.rules import RiskSegment
from tests.dialogues.match import QUESTIONS, Match, gather
from tests.hall import SHANGHAI, Hall

PICTURE = (Path(__file__).parents[2] / "bot/demo_data/desk.png").read_bytes()
SOUND = b"ID3\x04" + bytes(200)


@pytest.fixture
async def match(hall: Hall) -> Match:
    """Two teams in a group, a host, a bank."""
    return await gather(hall)


async def takes(match: Match, content: bytes, filename: str, folder: Path) -> Imported:
    """Import a bank as the command line does."""
    assert match.hall.app is not None
    house = match.hall.app.house
    t = texts("zh-CN", SHANGHAI)
    return await take_in(house, "bank", content, filename, name=None, confirmed=True, t=t, folder=folder)


async def bank_of(match: Match, item: Item, media: dict[str, bytes]) -> None:
    """A bank called 图题 whose questions all look like this one."""
    assert match.hall.app is not None
    items = [replace(item, text=f"{item.text}（{number}）") for number in range(3)]
    await match.hall.app.house.banks.take_in("图题", items, media=media, now=match.hall.clock.now())


async def calls_of(match: Match, since: int) -> list[str]:
    found = [call.method for call in (await match.hall.town.calls())[since:]]
    return [method for method in found if method.startswith(("send", "edit"))]


async def test_picture_is_shown_with_the_question_and_stays(match: Match) -> None:
    """A photo with a caption, whose caption is edited; three calls; the bytes go to Telegram once."""
    await bank_of(match, replace(QUESTIONS[0], media="map.png"), {"map.png": PICTURE})
    await match.opens("buzzer 图题 2")
    before = len(await match.hall.town.calls())
    await match.host.presses("开始", match.group)
    await match.hall.advance(seconds=5)

    shown = await match.anna.last(match.group)
    await match.anna.presses("抢答", match.group)
    called = await match.anna.last(match.group)
    await match.anna.presses(await match.letter(right=True), match.group)
    ruling = await match.anna.last(match.group)
    calls = [method for method in await calls_of(match, before) if method != "editMessageText"]
    await match.hall.advance(seconds=5)
    second = await match.anna.last(match.group)

    assert shown.raw["photo"]
    assert "第 1 题" in shown.text
    assert called.id == shown.id == ruling.id
    assert "抢到" in called.text
    assert "正确，+10 分" in ruling.text
    assert calls[-3:] == ["sendPhoto", "editMessageCaption", "editMessageCaption"]
    assert second.raw["photo"] == shown.raw["photo"]


async def test_long_question_follows_its_picture(match: Match) -> None:
    """What may grow over a caption is a text of its own under the picture, and the window opens with the text."""
    long = replace(QUESTIONS[0], text="长" * 500, explanation="因" * 400, media="map.png")
    await bank_of(match, long, {"map.png": PICTURE})
    await match.begins("buzzer 图题 2")

    picture, text = (await match.anna.messages(match.group))[-2:]
    await match.anna.presses("抢答", match.group)
    await match.anna.presses(await match.letter(right=True), match.group)
    ruling = await match.anna.last(match.group)

    assert picture.raw["photo"]
    assert not picture.text
    assert "photo" not in text.raw
    assert "长长长" in text.text
    assert ruling.id == text.id
    assert "因因因" in ruling.text
    assert all(call.status == 200 for call in await match.hall.town.calls())


async def test_sound_is_sent_as_music(match: Match) -> None:
    """An MP3 is sent by sendAudio and its caption is edited."""
    await bank_of(match, replace(QUESTIONS[0], media="song.mp3"), {"song.mp3": SOUND})
    await match.opens("everyone 图题 1")
    before = len(await match.hall.town.calls())
    await match.host.presses("开始", match.group)
    await match.hall.advance(seconds=5)

    await match.anna.presses(await match.letter(right=True), match.group)
    await match.hall.advance(seconds=16)

    assert [m for m in await calls_of(match, before) if "Text" not in m and m != "sendMessage"] == [
        "sendAudio",
        "editMessageCaption",
    ]
    assert "人作答" in "".join(message.text for message in await match.anna.messages(match.group))


async def test_picture_that_telegram_refuses_is_left_out(match: Match) -> None:
    """An address that leads nowhere costs the question its picture, not the contest its pace."""
    await bank_of(match, replace(QUESTIONS[0], media="https://example.org/a.png"), {})
    await match.begins("buzzer 图题 2")

    asked = await match.text()
    await match.anna.presses("抢答", match.group)
    await match.anna.presses(await match.letter(right=True), match.group)

    assert "第 1 题" in asked
    assert "正确，+10 分" in await match.text()


async def test_another_token_sends_the_bytes_again(match: Match) -> None:
    """An id that Telegram does not know (a restored backup under another bot) is replaced by the bytes."""
    await bank_of(match, replace(QUESTIONS[0], media="map.png"), {"map.png": PICTURE})
    await match.hall.write(lambda tx: tx.banks.media_sent(1, "AgACunknown"))

    await match.begins("buzzer 图题 2")

    assert (await match.anna.last(match.group)).raw["photo"]
    assert (await match.hall.read(lambda tx: tx.banks.media(1))).file_id != "AgACunknown"  # type: ignore[union-attr]


async def test_files_beside_a_table_are_taken_in(match: Match, tmp_path: Path) -> None:
    """Pictures and sounds in the table's folder; what is missing or no picture is named, its question taken."""
    (tmp_path / "图").mkdir()
    (tmp_path / "图" / "a.png").write_bytes(PICTURE)
    (tmp_path / "b.png").write_bytes(b"MZ no picture at all")
    table = "题干,A,B,答案,图片\n一？,1,2,A,图/a.png\n二？,1,2,A,b.png\n三？,1,2,A,c.png\n四？,1,2,A,../b.png\n"

    done = await takes(match, table.encode(), "图题.csv", tmp_path)

    assert done.refused is None
    assert "4" in done.lines[0]
    assert "“b.png”不是 PNG" in "\n".join(done.lines)
    assert "找不到“c.png”" in "\n".join(done.lines)
    assert "找不到“../b.png”" in "\n".join(done.lines)
    names = await match.hall.read(
        lambda tx: [row["name"] for row in tx.connection.execute("SELECT name FROM bank_media")]
    )
    assert names == ["图/a.png"]


async def test_zip_with_a_table_and_its_pictures(match: Match, tmp_path: Path) -> None:
    """One file for the bank and all it shows; the same name with other content does not overwrite."""
    for number, picture in enumerate((PICTURE, PICTURE + b" "), start=1):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("题库/图题.csv", f"题干,A,B,答案,图片\n第{number}个？,1,2,A,a.png\n")
            archive.writestr("题库/a.png", picture)
        done = await takes(match, packed.getvalue(), "图题.zip", tmp_path)
        assert done.refused is None

    rows = await match.hall.read(lambda tx: list(tx.connection.execute("SELECT name, content FROM bank_media")))

    assert [row["content"] for row in rows] == [PICTURE, PICTURE + b" "]
    assert rows[0]["name"] == "a.png"
    assert rows[1]["name"].endswith("-a.png")


async def test_picture_after_a_stake_is_a_message_of_its_own(match: Match) -> None:
    """The card of the stake is a text, which cannot become a photo; the question still costs three calls."""
    assert match.hall.app is not None
    presets = match.hall.app.house.contests.presets
    risk = RiskSegment(questions=2)
    presets["buzzer"] = replace(presets["buzzer"], rules=replace(presets["buzzer"].rules, segments=(risk,)))  # type: ignore[index]
    await bank_of(match, replace(QUESTIONS[0], media="map.png"), {"map.png": PICTURE})
    await match.begins("buzzer 图题")
    before = len(await match.hall.town.calls())
    contest = await match.contest()
    player = match.anna if match.anna.id in contest.seats.teams[contest.course.team].members else match.bert  # type: ignore[index]

    await player.presses("10", match.group)
    shown = await match.anna.last(match.group)
    await player.presses(await match.letter(right=True), match.group)
    ruling = await match.anna.last(match.group)

    assert shown.raw["photo"]
    assert ruling.id == shown.id
    assert "正确" in ruling.text
    assert [method for method in await calls_of(match, before) if method != "editMessageText"] == [
        "sendPhoto",
        "editMessageCaption",
    ]
