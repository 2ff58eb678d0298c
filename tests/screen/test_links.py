"""Who gets the link of the big screen, and joining by the code on it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from sandbox.people import Press
from storage.people import Role
from tests.dialogues.match import Match, gather
from tests.hall import Actor, HallMaker
from tests.screen.projector import screen_link, screened


@pytest.fixture
async def match(tmp_path: Path, empty_database: Path) -> AsyncIterator[Match]:
    """A contest's people, and a bot that serves screens."""
    async with screened(tmp_path, empty_database) as made:
        yield made


async def join_payload(match: Match) -> str:
    """What the code on the screen carries."""
    row = await match.hall.read(lambda tx: tx.screens.of("group", match.group.id))
    assert row is not None
    return f"join_{row.join_key}"


# ---- the link ----


async def test_host_gets_the_link_in_private(match: Match) -> None:
    """In the group nobody but the host sees it."""
    url = await screen_link(match)

    assert await match.anna.reads(match.group) == "大屏链接已私聊发给您。"
    text = await match.host.reads()
    assert text.startswith("🖥 大屏 · 竞赛群")
    assert url in text
    assert (await match.host.last()).labels == ["换新链接", "停用大屏"]


async def test_in_private_the_only_group_needs_no_choice(match: Match) -> None:
    """Whoever runs one group is not asked which."""
    url = await screen_link(match)

    await match.host.says("/screen")

    assert url in await match.host.reads()


async def test_in_private_several_groups_are_a_choice(match: Match) -> None:
    """Whoever runs several chooses by a button."""
    url = await screen_link(match)
    await match.hall.unit_group("另一个群", "示范区/第一支部", match.host)

    await match.host.says("/screen")

    assert (await match.host.last()).labels == ["另一个群", "竞赛群"]
    await match.host.presses("竞赛群")
    assert url in await match.host.reads()


async def test_panel_has_the_button(match: Match) -> None:
    """During the contest the link is one press away."""
    url = await screen_link(match)
    await match.begins()

    await match.host.presses("大屏")

    assert url in await match.host.reads()


async def test_members_get_no_link(match: Match) -> None:
    """Not by the command, not by a forged button."""
    await screen_link(match)
    await match.anna.says("/screen", match.group)
    assert not any("http" in message.text for message in await match.anna.messages(match.group))
    await match.begins()

    for data in (f"screen:give:{match.group.id}", "screen:panel:1", f"screen:renew:{match.group.id}"):
        press = await forge(match.anna, match, data)
        assert await match.anna.person.toast(press) == "只有主持人或组织者可以这样做。"
    row = await match.hall.read(lambda tx: tx.screens.of("group", match.group.id))
    assert row is not None
    assert row.made_by == match.host.id


async def forge(actor: Actor, match: Match, data: str) -> Press:
    """Press with data of one's own making, on the newest message of the group that has a button."""
    message = await actor.last(match.group)
    return await actor.press(data=data, message=message, chat=match.group)


async def test_organiser_of_another_unit_gets_no_link(match: Match) -> None:
    """A group's screen belongs to those who run its unit."""
    stranger = await match.hall.enrol("外人", "示范区/第二支部", role=Role.ORGANISER)

    await stranger.says("/screen")

    assert await stranger.reads() == "只有主持人或组织者可以这样做。"


async def test_new_link_kills_the_old_one(match: Match) -> None:
    """One press; the old link and the old code are dead."""
    old, payload = await screen_link(match), await join_payload(match)

    await match.host.presses("换新链接")

    new = await screen_link(match)
    assert new != old
    async with aiohttp.ClientSession() as session:
        assert (await session.get(old)).status == 404
        assert (await session.get(new)).status == 200
    await match.anna.says(f"/start {payload}")
    assert await match.anna.reads() == "这个二维码已失效，请扫描大屏上现在显示的二维码。"


async def test_without_web_pages_one_hears_what_to_set(hall_with: HallMaker) -> None:
    """The default serves nothing, and says how to change that."""
    match = await gather(await hall_with())

    await match.host.says("/screen", match.group)

    assert "[web]" in await match.host.reads(match.group)


async def test_address_that_others_can_reach_needs_its_url(hall_with: HallMaker) -> None:
    """Health checks on all addresses do not publish screens by accident."""
    hall = await hall_with(web={"host": "0.0.0.0", "port": 0})
    match = await gather(hall)
    assert hall.app is not None
    port = hall.app._servers[0].url.rpartition(":")[2]

    await match.host.says("/screen", match.group)

    assert "[web]" in await match.host.reads(match.group)
    async with aiohttp.ClientSession() as session:
        assert (await session.get(f"http://127.0.0.1:{port}/screen/clock")).status == 404
        assert (await session.get(f"http://127.0.0.1:{port}/health")).status == 200


async def test_url_of_the_config_stands_in_the_link(hall_with: HallMaker) -> None:
    """Behind a proxy the link is the proxy's, and public enough for a button."""
    match = await gather(await hall_with(web={"host": "0.0.0.0", "port": 0, "url": "https://study.example.org/"}))

    await match.host.says("/screen", match.group)

    card = await match.host.last()
    assert re.search(r"https://study\.example\.org/screen/[\w-]{32}", card.text)
    assert card.labels[0] == "打开大屏"


async def test_screen_stays_when_the_group_becomes_a_supergroup(tmp_path: Path, empty_database: Path) -> None:
    """The link goes along with the group, and so does an open page."""
    async with screened(tmp_path, empty_database) as match:
        small = await gather(match.hall, kind="group")
        await small.opens()
        url = await screen_link(small)

        moved = await small.group.upgrade()
        await match.hall.settle()

        row = await match.hall.read(lambda tx: tx.screens.of("group", moved.id))
        assert row is not None
        assert url.endswith(row.token)


# ---- joining by the code ----


async def test_scanning_offers_the_teams_and_joins(match: Match) -> None:
    """Somebody in the hall scans, chooses a team in private, and sits in it; the way to the group is one press."""
    await screen_link(match)
    await match.opens()
    guest = await match.hall.person("来宾")

    await guest.says(f"/start {await join_payload(match)}")

    card = await guest.last()
    assert "请选择要加入的队伍" in card.text
    assert card.labels[:2] == ["加入 红队", "加入 蓝队"]
    toast = await guest.presses("加入 蓝队")
    assert toast == "已加入蓝队。"
    assert (await match.contest()).team_of(guest.id).name == "蓝队"  # type: ignore[union-attr]
    card = await guest.last()
    assert "已加入蓝队" in card.text
    assert card.labels == ["加入 红队", "✓ 蓝队", "前往群聊"]


async def test_code_without_a_contest(match: Match) -> None:
    """Before the lobby is open one hears so, and the same code works later."""
    await screen_link(match)

    await match.anna.says(f"/start {await join_payload(match)}")

    assert await match.anna.reads() == "竞赛群现在没有可以加入的竞赛。"


async def test_code_of_one_hall_opens_no_other_contest(match: Match) -> None:
    """The button names a contest; it has to be the one of the hall whose code was scanned."""
    await screen_link(match)
    other = await match.hall.unit_group("另一个群", "示范区/第一支部", match.host)
    await match.opens()
    await match.host.says("/contest buzzer 常识 2", other)
    payload = await join_payload(match)
    await match.anna.says(f"/start {payload}")

    press = await match.anna.press(data=f"hall:{payload.removeprefix('join_')}:2:1", message=await match.anna.last())

    assert await match.anna.person.toast(press) == "这场竞赛已结束。"


@pytest.mark.parametrize("data", ["hall:x:1:1", "hall::1:1", "hall:x", "screen:off:x", "screen:show:1"])
async def test_forged_buttons_change_nothing(match: Match, data: str) -> None:
    """Whatever a button claims, the key decides."""
    await screen_link(match)
    await match.opens()
    await match.anna.says(f"/start {await join_payload(match)}")

    press = await match.anna.press(data=data, message=await match.anna.last())

    assert await match.anna.person.toast(press) in (
        "这个按钮无效。",
        "这个二维码已失效，请扫描大屏上现在显示的二维码。",
    )


async def test_english_speaker_is_spoken_to_in_english(match: Match) -> None:
    """Every text is there in both languages."""
    await match.host.says("/lang en")
    await match.anna.says("/lang en")
    await screen_link(match)
    await match.opens()
    await match.anna.says(f"/start {await join_payload(match)}")

    assert (await match.host.last()).labels == ["New link", "Switch the screen off"]
    assert "buzz and answer there" in await match.anna.reads()
