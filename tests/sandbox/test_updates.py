"""Updates by polling: numbered, kept until confirmed, one poller at a time."""

import asyncio
from typing import Any

import aiohttp
import pytest

from sandbox import Running, Sandbox
from sandbox.people import Group, Person, Town
from tests.sandbox.conftest import Opener
from tests.sandbox.talking import Api, HandClock, Refusal, keyboard, until


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_updates_come_again_until_an_offset_confirms_them(api: Api, anna: Person) -> None:
    """What was handed out but not confirmed is handed out again."""
    await anna.says("one")
    await anna.says("two")

    first = await api.updates()
    again = await api.updates()
    rest = await api.updates(offset=first[1]["update_id"] + 1)

    assert texts(first) == texts(again) == ["/start", "one", "two"]
    assert texts(rest) == ["two"]
    assert texts(await api.updates()) == ["two"]


async def test_ids_count_up_by_one(api: Api, anna: Person) -> None:
    """A gap would mean a lost update."""
    await anna.says("one")
    await anna.says("two")

    ids = [update["update_id"] for update in await api.updates()]

    assert ids == list(range(ids[0], ids[0] + 3))
    assert ids[0] > 0


async def test_limit_takes_the_oldest(api: Api, anna: Person) -> None:
    """A limit cuts the newest off; one out of range means a hundred."""
    for n in range(101):
        await anna.says(str(n))

    assert texts(await api.updates(limit=2)) == ["/start", "0"]
    assert len(await api.updates(limit=0)) == 100
    assert len(await api.updates()) == 100


async def test_a_negative_offset_keeps_the_newest(api: Api, anna: Person) -> None:
    """``offset=-1`` forgets all but the last update."""
    await anna.says("one")
    await anna.says("two")

    assert texts(await api.updates(offset=-1)) == ["two"]
    assert texts(await api.updates()) == ["two"]


async def test_a_long_poll_ends_with_the_first_update(api: Api, anna: Person, sandbox: Sandbox) -> None:
    """A waiting poll brings an update the moment it happens."""
    await api.confirm_all()
    poll = asyncio.create_task(api.updates(timeout=50))
    await sandbox.settled()

    await anna.says("now")

    assert texts(await poll) == ["now"]


async def test_a_stopping_server_ends_the_poll(running: Running, api: Api) -> None:
    """A long poll that waits when the server stops brings nothing, at once."""
    poll = asyncio.create_task(api.updates(timeout=50))
    await running.sandbox.settled()

    async with asyncio.timeout(5):
        await running.stop()

    assert await poll == []


async def test_a_second_poller_throws_out_the_first(api: Api, anna: Person, sandbox: Sandbox) -> None:
    """The poll that waited gets the 409, the new one goes on."""
    await api.confirm_all()
    first = asyncio.create_task(api.updates(timeout=50))
    await sandbox.settled()

    second = asyncio.create_task(api.updates(timeout=50))
    with pytest.raises(Refusal) as refusal:
        await first
    await anna.says("hello")

    assert refusal.value.code == 409
    assert refusal.value.text == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    assert texts(await second) == ["hello"]


async def test_a_poller_that_went_away_does_not_wait(api: Api, sandbox: Sandbox) -> None:
    """A bot that was killed in the middle of a poll is not taken for one that listens."""
    poll = asyncio.create_task(api.updates(timeout=50))
    await sandbox.settled()

    poll.cancel()
    await until(lambda: not sandbox.quiet)

    assert not sandbox.world.updates.poller_waits


async def test_quiet_means_fetched_confirmed_and_listening(
    api: Api, anna: Person, town: Town, sandbox: Sandbox
) -> None:
    """An update makes it loud until the bot asks for the one after it."""
    assert not await town.quiet()
    updates = await api.updates()
    assert not sandbox.quiet

    poll = asyncio.create_task(api.updates(offset=updates[-1]["update_id"] + 1, timeout=50))
    await sandbox.settled()
    assert await town.quiet()

    await anna.says("again")
    assert not sandbox.quiet
    await poll


async def test_allowed_updates_count_when_the_update_is_made(api: Api, anna: Person) -> None:
    """A narrower wish leaves what waits alone and holds until it is changed."""
    await anna.says("one")
    await api.updates(allowed_updates=["callback_query"])
    await anna.says("two")

    assert texts(await api.updates()) == ["/start", "one"]

    await api.updates(allowed_updates=[])
    await anna.says("three")
    assert texts(await api.updates()) == ["/start", "one", "three"]


async def test_an_unknown_kind_of_update_is_refused(api: Api) -> None:
    """Telegram ignores a typo in allowed_updates; here it shows."""
    with pytest.raises(Refusal, match='unknown update type "mesage"'):
        await api.updates(allowed_updates=["mesage"])


async def test_what_nobody_fetched_for_a_day_is_forgotten(api: Api, anna: Person, clock: HandClock) -> None:
    """Telegram keeps updates for 24 hours."""
    clock.advance(24 * 3600 - 10)
    await anna.says("late")
    clock.advance(11)

    assert texts(await api.updates()) == ["late"]


async def test_redelivered_updates_come_although_they_were_confirmed(api: Api, anna: Person, town: Town) -> None:
    """At least once: an old update comes again beside the new ones, and goes with the next confirmation."""
    old = (await anna.says("old")).update_id
    assert old is not None
    await api.confirm_all()
    new = (await anna.says("new")).update_id
    assert new is not None

    await town.redeliver(old)
    got = await api.updates(offset=old + 1)

    assert sorted(texts(got)) == ["new", "old"]
    assert await api.updates(offset=new + 1) == []


async def test_a_staged_duplicate_comes_twice(api: Api, anna: Person, town: Town) -> None:
    """The next update is delivered again after it was confirmed."""
    await api.confirm_all()
    await town.fault("duplicate")

    update_id = (await anna.says("twice")).update_id
    assert update_id is not None
    batch = await api.updates()

    assert [update["update_id"] for update in batch] == [update_id, update_id]
    assert await api.updates(offset=update_id + 1) == []


async def test_raw_updates_come_as_they_are(api: Api, town: Town) -> None:
    """Whatever is put on the queue is delivered, with the given id or the next one, in the order it was put."""
    api.held_to_the_spec = False
    high = await town.put_update({"update_id": 900_000_000, "poll": {"odd": True}})
    low = await town.put_update({"update_id": 7, "message": None})
    own = await town.put_update({"message": {"text": "?"}})

    got = await api.updates()

    assert (high, low, own) == (900_000_000, 7, 900_000_001)
    assert [update["update_id"] for update in got] == [high, low, own]
    assert got[0]["poll"] == {"odd": True}


async def test_the_bot_hears_of_its_own_part_in_a_group(api: Api, town: Town, anna: Person, bo: Person) -> None:
    """Added, promoted and thrown out: my_chat_member each time, with the old part and the new."""
    await api.confirm_all()

    group = await town.group("支部", [anna, bo])
    await group.set_bot("administrator")
    await group.set_bot("kicked")

    changes = [
        (one["my_chat_member"]["old_chat_member"]["status"], one["my_chat_member"]["new_chat_member"]["status"])
        for one in await api.updates()
        if "my_chat_member" in one
    ]
    assert changes == [("left", "member"), ("member", "administrator"), ("administrator", "kicked")]


async def test_others_parts_are_told_to_administrators_who_asked(
    api: Api, town: Town, group: Group, anna: Person
) -> None:
    """chat_member comes only to a bot that is an administrator and named it in allowed_updates."""
    carl = await town.person("Carl")
    await group.add(carl)
    await group.remove(carl)
    await group.set_bot("administrator")
    await group.add(carl)
    await api.updates(allowed_updates=["message", "chat_member"])
    await api.confirm_all()

    await group.remove(carl)

    update, message = sorted(await api.updates(), key=lambda one: "message" in one)
    assert update["chat_member"]["new_chat_member"] == {"status": "left", "user": update["chat_member"]["from"]}
    assert message["message"]["left_chat_member"]["first_name"] == "Carl"


async def test_a_press_brings_the_message_it_belongs_to(api: Api, anna: Person) -> None:
    """A callback query names the presser, the data and the message with its buttons."""
    await api("sendMessage", chat_id=anna.id, text="Ready?", reply_markup=keyboard({"Yes": "y"}))
    await api.confirm_all()

    press = await anna.presses("Yes")

    (update,) = await api.updates()
    query = update["callback_query"]
    assert update["update_id"] == press.update_id
    assert (query["id"], query["data"], query["from"]["id"]) == (press.id, "y", anna.id)
    assert query["message"]["reply_markup"] == keyboard({"Yes": "y"})


async def test_what_a_person_edits_is_told(api: Api, anna: Person) -> None:
    """An edit of one's own words is an update of its own kind."""
    sent = await anna.says("befor")
    await api.confirm_all()

    await anna.edits(sent, "before")

    (update,) = await api.updates()
    assert update["edited_message"]["text"] == "before"
    assert update["edited_message"]["edit_date"] >= update["edited_message"]["date"]


async def test_privacy_mode_hides_small_talk(open_sandbox: Opener, session: aiohttp.ClientSession) -> None:
    """With privacy mode a bot hears commands, mentions and replies to itself, and all once it is administrator."""
    running = await open_sandbox(privacy_mode=True)
    api, town = Api(running.url, running.sandbox.token, session), Town(running.url, session)
    anna = await town.person("Anna")
    group = await town.group("支部", [anna])
    own = await api("sendMessage", chat_id=group.id, text="hi")
    await api.confirm_all()

    await anna.says("small talk", group)
    await anna.says("/rank", group)
    await anna.says("/rank@other_bot", group)
    await anna.says("@Studyhall_bot hello", group)
    await anna.says("replying", group, reply_to=own["message_id"])
    await group.set_bot("administrator")
    await anna.says("now heard", group)

    heard = [one["message"]["text"] for one in await api.updates() if "message" in one]
    assert heard == ["/rank", "@Studyhall_bot hello", "replying", "now heard"]
    assert (await api("getMe"))["can_read_all_group_messages"] is False
