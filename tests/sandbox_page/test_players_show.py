"""Players against a bot over HTTP: a whole contest, a visitor's seat, and what can go wrong."""

from __future__ import annotations

import asyncio
from collections import Counter

import aiohttp
import pytest
from aiohttp import web

from sandbox.people import Refused
from sandbox.players_show import happenings
from tests.sandbox_page.conftest import Theatre
from tests.sandbox_page.hand_pace import HandPace
from tests.sandbox_page.stage import ANNA, CAST, GROUP, HOST

PLAYERS = [user_id for user_id, *_, team in CAST if team]


def over(theatre: Theatre) -> bool:
    """Whether nobody plays any more."""
    return not theatre.sandbox.players.playing


async def test_a_whole_contest_plays_itself(theatre: Theatre):
    """From the host's command to the standings, each with one press a button at most."""
    await theatre.order(action="watch", count=3)

    await theatre.play_until(lambda: over(theatre))

    presses = Counter(theatre.bot.presses)
    last = await theatre.stage.people[HOST].last(theatre.stage.group)
    contest = theatre.state["contest"]
    assert isinstance(contest, dict)
    assert (contest["state"], contest["question"], contest["trouble"], contest["errors"]) == ("finished", 3, None, [])
    assert "最终成绩" in last.text
    assert set(presses.values()) == {1}
    assert {who for who, data in presses if data.startswith("join")} == set(PLAYERS)
    assert [who for who, data in presses if data == "start"] == [HOST]
    assert len([data for _, data in presses if data.startswith("buzz")]) >= 2
    assert any(data.startswith("pick") for _, data in presses)


async def test_whoever_looks_on_is_told_how_it_goes(theatre: Theatre):
    """The live events carry the players' state: lobby, each question, the end."""
    before = theatre.sandbox.world.journal.seq
    await theatre.order(action="watch", count=2)

    await theatre.play_until(lambda: over(theatre))

    told = [one.data for one in theatre.sandbox.world.journal.after(before, ANNA) if one.kind == "players"]
    steps = [(one["playing"], one["contest"]["state"], one["contest"]["question"]) for one in told]
    assert steps == [
        (True, "called", 0),
        (True, "lobby", 0),
        (True, "questions", 1),
        (True, "questions", 2),
        (False, "finished", 2),
    ]


async def test_a_seat_that_the_visitor_takes_is_left_to_the_visitor(theatre: Theatre):
    """From taking the seat to giving it back nobody acts for this person."""
    state = await theatre.order(action="seat", user_id=ANNA)
    await theatre.order(action="watch", count=3)
    await theatre.play_until(lambda: theatre.bot.asked == 2)
    while_taken = {who for who, _ in theatre.bot.presses}

    given_back = await theatre.order(action="leave", user_id=ANNA)

    seats = {one["user_id"]: one["played_by"] for one in state["seats"]}  # type: ignore[attr-defined]
    assert seats == {**dict.fromkeys(PLAYERS, "player"), ANNA: "visitor"}
    assert ANNA not in while_taken
    assert {one["played_by"] for one in given_back["seats"]} == {"player"}  # type: ignore[attr-defined]


async def test_what_a_player_cannot_do_is_reported_and_the_game_goes_on(theatre: Theatre):
    """A player who was put out of the group is refused; the others play to the end."""
    await theatre.order(action="watch", count=1)
    await theatre.play_until(lambda: theatre.bot.lobby_id > 0)

    await theatre.stage.group.remove(theatre.stage.people[7012])
    await theatre.play_until(lambda: over(theatre))

    contest = theatre.state["contest"]
    assert isinstance(contest, dict)
    assert contest["state"] == "finished"
    assert "7012: user 7012 is not in chat" in contest["errors"][0]


async def test_what_nobody_foresaw_ends_the_game_with_a_reason(theatre: Theatre):
    """A bot that sends what cannot be read does not leave the visitor wondering."""
    await theatre.order(action="watch", count=1)
    await theatre.play_until(lambda: theatre.bot.lobby_id > 0)

    theatre.sandbox.world.journal.write("message", {"chat_id": GROUP}, chat_id=GROUP)
    await theatre.play_until(lambda: over(theatre))

    contest = theatre.state["contest"]
    assert isinstance(contest, dict)
    assert contest["state"] == "failed"
    assert contest["trouble"] == {"code": "error", "words": "KeyError: 'from'", "said": ""}


async def test_stopping_leaves_the_stage_at_once(theatre: Theatre):
    """The host calls the contest off, then nobody acts, and another contest can be watched."""
    await theatre.order(action="watch", count=3)
    await theatre.play_until(lambda: theatre.bot.asked == 1)

    state = await theatre.order(action="stop")
    pressed = len(theatre.bot.presses)
    last = await theatre.stage.people[HOST].last(theatre.stage.group)
    again = await theatre.order(action="watch", count=1)

    assert (state["playing"], state["contest"]["state"]) == (False, "stopped")  # type: ignore[index]
    assert len(theatre.bot.presses) == pressed
    assert (last.sender, last.text) == (HOST, "/contest stop")
    assert again["playing"] is True


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ({"action": "dance"}, 'players know "watch", "stop", "seat" and "leave", not "dance"'),
        ({}, '"action" is missing'),
        ({"action": "watch", "bank": ""}, '"bank" has to be the name of a question bank'),
        ({"action": "watch", "count": 101}, '"count" is from 0 to 100'),
        ({"action": "watch", "count": "3"}, '"count" has to be a number of questions'),
        ({"action": "watch", "host": True}, '"host" has to be the id of a person'),
        ({"action": "seat", "user_id": 7003}, "user 7003 has no seat"),
        ({"action": "leave", "user_id": 1}, "user 1 has no seat"),
    ],
)
async def test_what_cannot_be_ordered_changes_nothing(theatre: Theatre, wanted: dict[str, object], words: str):
    """One clear sentence, and nobody plays."""
    before = theatre.state

    with pytest.raises(Refused, match=words.replace("(", r"\(")):
        await theatre.order(**wanted)

    assert theatre.state == before


async def test_one_contest_at_a_time(theatre: Theatre):
    """A second one is refused while the first is played."""
    await theatre.order(action="watch", count=1)

    with pytest.raises(Refused, match="in a contest already"):
        await theatre.order(action="watch", count=1)


async def test_a_scene_without_teams_has_nothing_to_watch(theatre: Theatre):
    """The page then shows no such button, and the order is refused."""
    theatre.sandbox.scene = {"people": [{"id": HOST, "name": "刘伟", "part": "主持人"}], "groups": [{"id": GROUP}]}

    with pytest.raises(Refused, match="no two teams"):
        await theatre.order(action="watch", bank="x")

    assert theatre.state["ready"] is False


async def test_a_stream_that_breaks_goes_on_where_it_ended():
    """After a cut the players ask for what came after the last event they saw."""
    asked: list[str | None] = []
    pace = HandPace()

    async def events(request: web.Request) -> web.StreamResponse:
        asked.append(request.headers.get("Last-Event-ID"))
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        number = 40 + len(asked)
        await response.write(b'id: %d\nevent: message\ndata: {"n": %d}\n\n' % (number, number))
        return response

    app = web.Application()
    app.router.add_get("/sandbox/events", events)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"

    async with aiohttp.ClientSession() as session:
        stream = happenings(session, url, HOST, pace, asyncio.Event())
        first = await anext(stream)
        waiting = asyncio.ensure_future(anext(stream))
        while pace.next_at is None:  # noqa: ASYNC110 - until the stream has ended on the wire
            await asyncio.sleep(0)
        pace.on()
        second = await waiting
        await stream.aclose()
    await runner.cleanup()

    assert (first, second) == ((41, "message", {"n": 41}), (42, "message", {"n": 42}))
    assert asked == [None, "41"]
