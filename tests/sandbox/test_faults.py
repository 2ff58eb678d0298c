"""Trouble on purpose: what a test can stage, and that it strikes only what it is meant for."""

import asyncio

import aiohttp
import pytest

from sandbox import Running, Sandbox
from sandbox.people import Person, Town
from tests.sandbox.talking import Api, HandClock, Refusal, until


async def says(api: Api, person: Person, text: str = "x") -> None:
    """The bot sends a text."""
    await api("sendMessage", chat_id=person.id, text=text)


async def seen(person: Person) -> list[str]:
    """What the bot wrote to this person."""
    return [message.text for message in await person.messages() if message.sender != person.id]


async def sees(person: Person, texts: list[str]) -> bool:
    """Whether the bot wrote exactly this."""
    return await seen(person) == texts


async def test_a_status_has_no_effect(api: Api, anna: Person, town: Town) -> None:
    """The call is answered with the code and does nothing; the next one goes through."""
    await town.fault("status", code=502)
    await town.fault("status", code=403, description="Forbidden: user is deactivated")

    with pytest.raises(Refusal, match="Bad Gateway") as first:
        await says(api, anna)
    with pytest.raises(Refusal, match="Forbidden: user is deactivated") as second:
        await says(api, anna)
    await says(api, anna, "third")

    assert (first.value.code, second.value.code) == (502, 403)
    assert await seen(anna) == ["third"]


async def test_a_retry_names_its_seconds(api: Api, anna: Person, town: Town) -> None:
    """429 with retry_after, as often as wanted."""
    await town.fault("retry", retry_after=7, times=2)

    for _ in range(2):
        with pytest.raises(Refusal, match="Too Many Requests: retry after 7") as refused:
            await says(api, anna)
        assert refused.value.parameters == {"retry_after": 7}
    await says(api, anna)


async def test_a_refused_connection_has_no_effect(api: Api, anna: Person, town: Town) -> None:
    """The connection closes before anything happened."""
    await town.fault("refuse")

    with pytest.raises(aiohttp.ClientError):
        await says(api, anna)

    assert await seen(anna) == []


async def test_a_lost_answer_has_taken_effect(api: Api, anna: Person, town: Town) -> None:
    """The message is there, the bot does not know; the log does."""
    await town.fault("lost", method="sendMessage")

    with pytest.raises(aiohttp.ClientError):
        await says(api, anna, "arrived")

    assert await seen(anna) == ["arrived"]
    (call,) = await town.calls()
    assert (call.method, call.status, call.fault) == ("sendMessage", 200, "lost")


async def test_an_answer_that_hangs_never_comes(api: Api, anna: Person, town: Town, sandbox: Sandbox) -> None:
    """The message is there, the bot waits in vain; clearing the faults does not help it."""
    await town.fault("hang")
    call = asyncio.create_task(says(api, anna, "arrived"))
    await until(lambda: sees(anna, ["arrived"]))

    await town.clear_faults()
    await says(api, anna, "next")

    assert not call.done()
    call.cancel()
    await asyncio.wait([call])


async def test_a_stopping_server_ends_what_hangs(running: Running, api: Api, anna: Person, town: Town) -> None:
    """The port closes although an answer hangs."""
    await town.fault("hang")
    call = asyncio.create_task(says(api, anna))
    await until(lambda: sees(anna, ["x"]))

    async with asyncio.timeout(5):
        await running.stop()

    with pytest.raises(aiohttp.ClientError):
        await call


async def test_a_held_answer_comes_when_the_faults_are_cleared(api: Api, anna: Person, town: Town) -> None:
    """A slow answer, as slow as the test wants."""
    await town.fault("hold")
    call = asyncio.create_task(api("sendMessage", chat_id=anna.id, text="slow"))
    await until(lambda: sees(anna, ["slow"]))
    assert not call.done()

    await town.clear_faults()

    assert (await call)["text"] == "slow"


async def test_a_delayed_answer_comes_late(api: Api, anna: Person, town: Town) -> None:
    """It takes effect at once."""
    await town.fault("delay", seconds=0.01)

    await says(api, anna, "late")

    assert await seen(anna) == ["late"]


async def test_an_answer_cut_in_half(api: Api, anna: Person, town: Town) -> None:
    """The call took effect; its body ends too soon."""
    await town.fault("cut")

    with pytest.raises(aiohttp.ClientError):
        await says(api, anna, "cut")

    assert await seen(anna) == ["cut"]


async def test_a_page_instead_of_json(api: Api, anna: Person, town: Town) -> None:
    """A gateway answers in HTML; nothing took effect."""
    await town.fault("html")

    async with api.session.post(
        f"{api.url}/bot{api.token}/sendMessage", json={"chat_id": anna.id, "text": "x"}
    ) as response:
        assert (response.status, response.content_type) == (502, "text/html")
        assert "<h1>" in await response.text()

    assert await seen(anna) == []


async def test_a_fault_strikes_only_what_it_names(api: Api, anna: Person, bo: Person, town: Town) -> None:
    """One chat, one method; polls are spared unless they are named."""
    await town.fault("status", chat_id=anna.id)
    await town.fault("status", method="getUpdates")
    await town.fault("status", method="editMessageText", code=500)

    await says(api, bo)
    with pytest.raises(Refusal, match="Internal Server Error"):
        await says(api, anna)
    with pytest.raises(Refusal, match="Internal Server Error"):
        await api.updates()
    assert await api.updates()
    await says(api, anna)


async def test_a_fault_for_everything_strikes_polls_too(api: Api, town: Town) -> None:
    """``*`` is an outage."""
    await town.fault("status", method="*", times=2, code=503)

    for ask in (api.updates(), api("getMe")):
        with pytest.raises(Refusal, match="Service Unavailable"):
            await ask


async def test_a_fault_for_a_while_ends_by_the_clock(api: Api, anna: Person, town: Town, clock: HandClock) -> None:
    """An outage of ten seconds, however many calls fall into it."""
    await town.fault("status", seconds=10)

    for _ in range(3):
        with pytest.raises(Refusal):
            await says(api, anna)
        clock.advance(3)
    clock.advance(1)

    await says(api, anna)


async def test_an_outage_cuts_off_the_poll_that_waits(
    api: Api, anna: Person, town: Town, clock: HandClock, sandbox: Sandbox
) -> None:
    """While the line is dead nothing comes through it; afterwards everything does."""
    await api.confirm_all()
    poll = asyncio.create_task(api.updates(timeout=50))
    await sandbox.settled()

    await town.fault("refuse", method="*", seconds=10)
    with pytest.raises(aiohttp.ClientError):
        await poll
    await anna.says("meanwhile")
    with pytest.raises(aiohttp.ClientError):
        await api.updates()
    clock.advance(10)

    assert [one["message"]["text"] for one in await api.updates()] == ["meanwhile"]


async def test_clearing_ends_all(api: Api, anna: Person, town: Town) -> None:
    """Nothing strikes any more."""
    await town.fault("status", times=1000)
    await town.fault("duplicate")

    await town.clear_faults()
    await api.confirm_all()
    await anna.says("once")

    await says(api, anna)
    assert len(await api.updates()) == 1


async def test_the_log_of_calls(api: Api, anna: Person, town: Town, clock: HandClock) -> None:
    """Every call with what it asked, what it was told and when; files in short."""
    await api.updates()
    with pytest.raises(Refusal):
        await api("sendMessage", chat_id=5, text="x")
    clock.advance(2)
    await api.upload("sendDocument", {"document": ("a.txt", b"abc")}, chat_id=str(anna.id))

    polled, refused, sent = await town.calls()

    assert (polled.n, polled.method, polled.status, polled.error) == (1, "getUpdates", 200, None)
    assert (refused.params, refused.status, refused.error) == (
        {"chat_id": 5, "text": "x"},
        400,
        "Bad Request: chat not found",
    )
    assert (sent.at, sent.params["chat_id"]) == (clock.now(), anna.id)
    (raw,) = await town.ask("GET", "/calls", params={"after": 2})
    assert raw["files"] == {"document": {"name": "a.txt", "size": 3, "mime_type": "text/plain"}}
    assert [call.n for call in await town.calls(method="sendMessage")] == [2]
    assert await town.calls(after=3) == []
