"""The beginning of contests where teams take turns, or type their answers."""

from pathlib import Path
from typing import cast

from quizzes.bank.items import Item, Kind
from quizzes.presets import Preset, load_presets
from tests.dialogues.match import Match, gather
from tests.hall import Actor, Hall

PRESETS = Path(__file__).with_name("presets")
WORDS = tuple(
    Item(Kind.FILL_IN, f"第{n}空：学而时习之，不亦____乎？", accepted=("说", "悦"), explanation="《论语·学而》")
    for n in range(1, 13)
)


async def seat(hall: Hall) -> Match:
    """The match of the other tests, with a bank of fill-in questions and the presets of these tests."""
    match = await gather(hall)
    assert hall.app is not None
    await hall.app.house.banks.take_in("填空", WORDS, now=hall.clock.now())
    cast(dict[str, Preset], hall.app.house.contests.presets).update(load_presets(PRESETS))
    return match


def whose(match: Match, team: str) -> Actor:
    """Who plays for a team and is its captain."""
    return match.anna if team == "红队" else match.bert


async def turn(match: Match) -> tuple[Actor, Actor]:
    """Whoever may act for the team under way, and somebody of the other team."""
    contest = await match.contest()
    team = contest.seats.teams[contest.course.team or 0].name
    return whose(match, team), whose(match, "蓝队" if team == "红队" else "红队")


async def group_calls(match: Match, since: int) -> list[str]:
    """What the bot has called in the group since then."""
    calls = (await match.hall.town.calls())[since:]
    return [call.method for call in calls if call.params.get("chat_id") == match.group.id]
