"""How fast a bot may send: per chat, per group, over all; by Telegram's clock."""

import math

import aiohttp
import pytest
from telegram.constants import FloodLimit

from sandbox.people import Group, Person, Town
from tests.sandbox.conftest import Opener
from tests.sandbox.talking import Api, HandClock, Refusal, keyboard, png


async def sent_until_refused(api: Api, chat_id: int, most: int = 100) -> tuple[int, int]:
    """How many messages passed, and the ``retry_after`` of the one that did not."""
    for n in range(most):
        try:
            await api("sendMessage", chat_id=chat_id, text=str(n))
        except Refusal as refusal:
            refused = refusal
            break
    else:
        raise AssertionError("nothing was refused")
    assert refused.code == 429
    assert refused.text == f"Too Many Requests: retry after {refused.parameters['retry_after']}"
    return n, refused.parameters["retry_after"]


async def test_a_private_chat_takes_one_a_second_after_a_short_burst(api: Api, anna: Person, clock: HandClock) -> None:
    """Five at once, then one for each second that passes."""
    assert await sent_until_refused(api, anna.id) == (5, 1)

    clock.advance(1)
    assert await sent_until_refused(api, anna.id) == (1, 1)
    clock.advance(3600)
    assert await sent_until_refused(api, anna.id) == (5, 1)


async def test_a_group_takes_twenty_a_minute_edits_counted(api: Api, group: Group, clock: HandClock) -> None:
    """Sends and edits come out of one purse; a minute fills it."""
    sent = await api("sendMessage", chat_id=group.id, text="0")
    for n in range(1, 20):
        await api("editMessageText", chat_id=group.id, message_id=sent["message_id"], text=str(n))

    with pytest.raises(Refusal, match="retry after 3"):
        await api("editMessageText", chat_id=group.id, message_id=sent["message_id"], text="20")
    clock.advance(60)
    assert await sent_until_refused(api, group.id) == (20, 3)


async def test_before_retry_after_is_over_nothing_passes(api: Api, group: Group, clock: HandClock) -> None:
    """The gate is shut for exactly as long as it said; then it opens."""
    clock.advance(0.5)
    _, retry_after = await sent_until_refused(api, group.id)

    clock.advance(retry_after - 0.01)
    with pytest.raises(Refusal, match="retry after 1"):
        await api("sendMessage", chat_id=group.id, text="early")
    clock.advance(0.01)

    assert (await api("sendMessage", chat_id=group.id, text="in time"))["text"] == "in time"


async def test_over_all_chats_thirty_a_second(api: Api, town: Town, clock: HandClock) -> None:
    """A broadcast to more people than that is stopped, wherever it goes."""
    people = [await town.person(f"P{n}") for n in range(31)]
    for person in people:
        await person.says("/start")

    for person in people[:30]:
        await api("sendMessage", chat_id=person.id, text="x")
    with pytest.raises(Refusal, match="retry after 1"):
        await api("sendMessage", chat_id=people[30].id, text="x")
    clock.advance(1)
    for person in people[:30]:
        await api("sendMessage", chat_id=person.id, text="x")


async def test_one_chat_in_trouble_leaves_the_others_alone(api: Api, anna: Person, bo: Person) -> None:
    """A 429 of one chat is not one of all."""
    await sent_until_refused(api, anna.id)

    assert (await api("sendMessage", chat_id=bo.id, text="x"))["text"] == "x"


async def test_answers_and_refused_calls_cost_nothing(api: Api, group: Group, anna: Person) -> None:
    """Toasts are free, and so is what was refused for another reason."""
    sent = await api("sendMessage", chat_id=group.id, text="x", reply_markup=keyboard({"Go": "g"}))
    where = {"chat_id": group.id, "message_id": sent["message_id"]}

    for _ in range(40):
        press = await anna.presses("Go", chat=group)
        await api("answerCallbackQuery", callback_query_id=press.id)
        with pytest.raises(Refusal, match="not modified"):
            await api("editMessageText", **where, text="x", reply_markup=keyboard({"Go": "g"}))
        await api("sendChatAction", chat_id=group.id, action="typing")

    assert (await sent_until_refused(api, group.id))[0] == 19


async def test_an_album_counts_as_many(api: Api, group: Group) -> None:
    """Ten photos are ten messages; a refused album sends none of them."""
    media = [{"type": "photo", "media": "attach://p"}] * 10
    files = {"p": ("p.png", png(10, 10))}
    await api.upload("sendMediaGroup", files, chat_id=group.id, media=media)
    await api("sendMessage", chat_id=group.id, text="x")

    with pytest.raises(Refusal, match="retry after 3"):
        await api.upload("sendMediaGroup", files, chat_id=group.id, media=media)


async def test_the_limits_can_be_switched_off(open_sandbox: Opener, session: aiohttp.ClientSession) -> None:
    """For tests that are about something else."""
    running = await open_sandbox(flood_limits=False)
    api, town = Api(running.url, running.sandbox.token, session), Town(running.url, session)
    anna = await town.person("Anna")
    await anna.says("/start")

    for n in range(100):
        await api("sendMessage", chat_id=anna.id, text=str(n))

    assert len(await anna.messages()) == 101


async def test_the_numbers_are_telegrams(api: Api, anna: Person, group: Group, clock: HandClock) -> None:
    """As python-telegram-bot collected them."""
    group_burst, group_wait = await sent_until_refused(api, group.id)
    clock.advance(60)
    _, private_wait = await sent_until_refused(api, anna.id)

    assert group_burst == FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP
    assert group_wait == math.ceil(60 / FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP)
    assert private_wait == 1 / FloodLimit.MESSAGES_PER_SECOND_PER_CHAT
