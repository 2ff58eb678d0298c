"""Buttons pressed by whoever has a program instead of a telephone: forged, replayed, somebody else's, elsewhere."""

from collections.abc import Mapping
from typing import Any

from handlers.registry import PRESSES
from storage import Tx
from tests.dialogues.match import Match, gather
from tests.hall import Actor, Hall
from tests.security.fuzzing import Lines

BAD = "这个按钮无效。"
_UNTOLD = {"inbox", "outbox", "users", "groups", "sqlite_sequence"}
"""What every update leaves behind, forged or not."""


def state(tx: Tx) -> Mapping[str, Any]:
    """Every table's rows, but for those that tell only of the update itself."""
    names = [row["name"] for row in tx.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {
        name: [tuple(row.values()) for row in tx.connection.execute(f"SELECT * FROM {name}")]  # noqa: S608 - from the schema
        for name in names
        if name not in _UNTOLD
    }


async def press(actor: Actor, match: Match, data: str) -> str | None:
    """Press with data of one's own on the newest message of the group; the toast."""
    shown = await actor.last(match.group)
    return await actor.presses(data=data, message=shown, chat=match.group)


def raw(number: int, match: Match, data: str) -> dict[str, Any]:
    """A press by Carl on a message of the group, as Telegram hands it on."""
    return {
        "update_id": 900_000_000 + number,
        "callback_query": {
            "id": str(number + 1),
            "from": {"id": match.carl.id, "is_bot": False, "first_name": "卡尔"},
            "chat_instance": "1",
            "message": {"message_id": 1, "date": 0, "chat": {"id": match.group.id, "type": "supergroup", "title": ""}},
            "data": data,
        },
    }


FORGED = (
    "{}:::::",
    "{}:go:99999999999999999999",
    "{}:1180591620717411303424:-1",
    "{}:999999999999999999",
    "{}:９:９",
    "{}:-1:-1:-1:-1",
    "{}:x:'; DROP TABLE people; --",
)


async def test_no_forged_button_of_any_room_does_anything(hall: Hall) -> None:
    """Fields too few, too many, too large, in other digits: one sentence, nothing stored, nothing logged as our fault."""
    match = await gather(hall)
    await match.begins()
    lines = Lines()
    before, said = await hall.read(state), (await hall.town.calls())[-1].n
    data = [form.format(prefix) for prefix in (*PRESSES, "nobody", "", "buzz2") for form in FORGED]
    assert hall.app is not None

    with lines.kept():
        await hall.app.ingest.take([raw(number, match, one) for number, one in enumerate(data)], hall.clock.now())
        await hall.settle()

    answers = await hall.town.calls(after=said, method="answerCallbackQuery")
    toasts = {call.params.get("text", "") for call in answers}
    assert lines.faults() == []
    assert await hall.read(state) == before
    assert len(answers) == len(data)
    assert BAD in toasts
    assert not [toast for toast in toasts if "Error" in toast or "出错" in toast]


async def test_buzzer_of_a_round_that_is_over_counts_no_more(hall: Hall) -> None:
    """Who kept the data of an earlier question, or invents a later round, earns nothing with it."""
    match = await gather(hall)
    await match.begins()
    old = await match.buzz_data()
    await match.anna.presses("抢答", match.group)
    await match.anna.presses(await match.letter(right=True), match.group)
    await hall.advance(seconds=15)
    contest, _, nonce = old.partition("buzz:")[2].partition(":")
    before = await match.contest()

    toasts = [
        await press(match.bert, match, data)
        for data in (old, f"buzz:{contest}:{int(nonce) + 50}", f"buzz:{contest}:-1")
    ]

    assert await match.contest() == before
    assert all(toasts)
    assert not any("抢到" in toast for toast in toasts if toast)


async def test_buzzer_pressed_from_another_chat_buzzes_nowhere(hall: Hall) -> None:
    """The data of a contest on a message of another chat: the chat is looked at, not believed."""
    match = await gather(hall)
    await match.begins()
    data = await match.buzz_data()
    await match.bert.says("/help")
    private = await match.bert.last()
    stranger = await hall.person("陌生人")
    other = await hall.unit_group("另一个群", "示范区/第二支部", stranger)
    await stranger.says("/help", other)
    before = await match.contest()

    in_private = await match.bert.presses(data=data, message=private)
    from_outside = await stranger.presses(data=data, message=await stranger.last(other), chat=other)

    assert await match.contest() == before
    assert in_private
    assert from_outside
    assert "抢到" not in f"{in_private}{from_outside}"


async def test_card_of_somebody_else_serves_its_owner_alone(hall: Hall) -> None:
    """The buttons of an organiser's panel, copied by a member: refused, and the contest goes on."""
    match = await gather(hall)
    await match.begins()
    before = await match.contest()
    number = before.setup.id

    toasts = [await press(match.anna, match, f"host:{word}:{number}") for word in ("pause", "void", "stop")]

    assert await match.contest() == before
    assert len(set(toasts)) == 1
    assert toasts[0] not in (None, "")
