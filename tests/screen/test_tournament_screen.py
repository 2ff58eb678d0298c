"""The screen of a tournament: its link, the bracket and the bouts side by side, live; and what a bout's own group sees."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.dialogues.cup import Cup, gather
from tests.hall import Hall
from tests.screen.projector import WEB


@pytest.fixture
async def cup(tmp_path: Path, empty_database: Path) -> AsyncIterator[Cup]:
    """Four branches, two groups, contests of one question, and a bot that serves screens."""
    hall = Hall(tmp_path, empty_database, web=WEB, contest={"questions": 1})
    await hall.open()
    try:
        yield await gather(hall, units=4, groups=2)
    finally:
        await hall.close()


async def link(cup: Cup) -> str:
    """What the organiser gets for the card's button."""
    await cup.host.says("/tournament", cup.home)
    await cup.host.presses("🖥 大屏", cup.home)
    found = re.search(r"http://\S+/screen/[\w-]+", (await cup.host.last()).text)
    assert found is not None
    return found[0]


async def look(url: str) -> dict[str, Any]:
    """What somebody sees who opens the screen now."""
    async with aiohttp.ClientSession() as session, session.get(f"{url}/feed") as answer:
        assert answer.status == 200
        while not (line := await answer.content.readline()).startswith(b"data: {"):
            assert line
        sections: dict[str, Any] = json.loads(line[6:])["sections"]
        return sections


async def test_screen_follows_a_tournament_from_the_entries_to_the_champion(cup: Cup) -> None:
    """Entries, the draw, two bouts at once with their scores, who goes on, the final, the places."""
    await cup.host.says("/tournament knockout 常识 春季知识竞赛", cup.home)
    url = await link(cup)
    entering = await look(url)
    await cup.host.presses("抽签：淘汰赛", cup.home)
    drawn = await look(url)
    bouts = dict(enumerate(cup.groups, start=1))
    for bout, group in bouts.items():
        await cup.opens(bout, group)
    winners = {bout: (await cup.names(bout))[0] for bout in bouts}
    running = await look(url)
    await cup.answers(cup.groups[0], winners[1], right=True)
    scored = await look(url)
    await cup.hall.advance(seconds=5)
    half = await look(url)
    await cup.wins({2: cup.groups[1]}, winners, 1)
    await cup.opens(3, cup.groups[0])
    champion = (await cup.names(3))[1]
    await cup.wins({3: cup.groups[0]}, {3: champion}, 1)
    end = await look(url)

    assert entering["bracket"]["entered"] == 4
    assert [len(round_["bouts"]) for round_ in drawn["bracket"]["rounds"]] == [2]
    assert running["running"] == [1, 2]
    assert [team["score"] for team in running["bout 1"]["teams"]] == [100, 100]
    best = scored["bout 1"]["teams"][0]
    assert (best["name"], best["score"], scored["bout 1"]["number"]) == (winners[1], 110, 1)
    assert (half["running"], half.get("bout 1")) == ([2], None)
    assert half["bracket"]["rounds"][0]["bouts"][0]["slots"][0]["score"] == 110
    assert end["bracket"]["podium"][0]["name"] == champion
    assert end["running"] == []
    assert "1 等于几" not in json.dumps([running, scored, half], ensure_ascii=False)


async def test_groups_screen_says_which_bout_it_is(cup: Cup) -> None:
    """The title of the tournament, the stage and the number of the bout; another contest there is none."""
    await cup.host.says("/tournament knockout 常识 春季知识竞赛", cup.home)
    await cup.host.presses("抽签：淘汰赛", cup.home)
    await cup.host.says("/screen", cup.groups[0])
    found = re.search(r"http://\S+/screen/[\w-]+", (await cup.host.last()).text)
    assert found is not None
    before = await look(found[0])
    await cup.opens(1, cup.groups[0])

    bout = (await look(found[0]))["bout"]

    assert before["bout"] is None
    assert (bout["tournament"], bout["bout"], bout["stage"]["zh-CN"]) == ("春季知识竞赛", 1, "淘汰赛")


async def test_link_of_a_tournament_is_withdrawn_and_shows_no_code(cup: Cup) -> None:
    """New link: the old one is dead; nobody joins a tournament by a code; the card says it is the tournament's."""
    await cup.host.says("/tournament knockout 常识 春季知识竞赛", cup.home)
    url = await link(cup)
    card = (await cup.host.last()).text
    async with aiohttp.ClientSession() as session:
        code = (await session.get(f"{url}/join.svg")).status
        before = (await session.get(url)).status
        await cup.host.presses("换新链接")
        after = (await session.get(url)).status
        await cup.host.presses("停用大屏")
        off = (await cup.host.last()).text

    assert "大屏 · 春季知识竞赛" in card
    assert "对阵图" in card
    assert (code, before, after) == (404, 200, 404)
    assert "大屏已停用" in off
