"""The gate before Telegram, on a clock moved by hand; Telegram is a coroutine that answers as the test says."""

import asyncio
from datetime import timedelta

import pytest
from aiohttp import web
from telegram.error import BadRequest, RetryAfter
from telegram.ext import ExtBot

from bot.delivery.limiter import Closed, Limiter
from bot.delivery.request import AiohttpRequest
from bot.delivery.unsent import NotSent
from storage import Rank
from tests.delivery.conftest import TOKEN, Telegram
from tests.delivery.gate import Gate
from tests.delivery.passing import advance, is_quiet, settled
from tests.manual_clock import ManualClock

GROUP, OTHER_GROUP = -100, -200


class Wire:
    """What left, in order, each with its moment; ``refuse`` says which calls are answered with 429."""

    def __init__(self, clock: ManualClock) -> None:
        self.clock = clock
        self.limiter = Limiter(clock)
        self.sent: list[object] = []
        self.times: dict[object, float] = {}
        self.refuse: dict[object, int] = {}
        self.tasks: list[asyncio.Task[object]] = []
        self.start = clock.monotonic()

    def call(
        self, name: object, rank: Rank = Rank.REPLY, chat_id: int | None = GROUP, *, cost: int = 1
    ) -> asyncio.Task[object]:
        async def send() -> object:
            if seconds := self.refuse.pop(name, 0):
                raise RetryAfter(timedelta(seconds=seconds))
            self.sent.append(name)
            self.times[name] = self.clock.monotonic() - self.start
            return name

        is_group = chat_id is not None and chat_id < 0
        task = asyncio.ensure_future(self.limiter.call(send, rank, chat_id, is_group, cost=cost))
        self.tasks.append(task)
        return task

    async def now(self, name: object, rank: Rank = Rank.REPLY, chat_id: int | None = GROUP) -> object:
        """A call that does not have to wait."""
        task = self.call(name, rank, chat_id)
        await settled()
        assert task.done(), f"{name} waits"
        return task.result()

    async def exhaust(self, chat_id: int = GROUP, calls: int = 20) -> None:
        """A contest has used up what a chat allows, a second ago, so that the token is rested again."""
        for _ in range(calls):
            await self.now("filler", Rank.CONTEST, chat_id)
        self.sent.clear()
        await advance(self.clock, 1)
        self.start = self.clock.monotonic()


@pytest.fixture
def wire(clock: ManualClock) -> Wire:
    return Wire(clock)


async def test_a_call_within_the_limits_goes_at_once(wire, clock):
    """Nothing is planned and nobody waits."""
    answer = await wire.now("hello")

    assert answer == "hello"
    assert wire.times["hello"] == 0
    assert wire.limiter.waiting == 0
    assert is_quiet(clock)
    assert wire.limiter.calls == {Rank.CONTEST: 0, Rank.REPLY: 1, Rank.PUSH: 0, Rank.BROADCAST: 0}


async def test_whoever_waits_goes_by_rank_and_then_by_coming(wire, clock):
    """A ruling overtakes replies, replies pushes, pushes broadcasts; equals keep their order."""
    await wire.exhaust()
    for rank in reversed(Rank):
        wire.call((rank, 1), rank)
        wire.call((rank, 2), rank)
    await settled()
    assert wire.sent == []
    assert wire.limiter.waiting == 8

    await advance(clock, 61)

    assert wire.sent == [(rank, number) for rank in Rank for number in (1, 2)]


async def test_the_token_is_shared_by_rank_over_all_chats(wire, clock):
    """When all chats together are too fast, the broadcast of many chats lets the others go first."""
    for number in range(100):
        wire.call(("broadcast", number), Rank.BROADCAST, 1 + number)
    for number in range(30):
        wire.call(("push", number), Rank.PUSH, 1001 + number)
    await settled()
    wire.call("question", Rank.CONTEST, GROUP)
    wire.call("reply", Rank.REPLY, OTHER_GROUP)
    await settled()

    await advance(clock, 10)

    assert wire.times["question"] == 0
    assert wire.times["reply"] == 0
    pushes = [wire.times["push", number] for number in range(30)]
    assert pushes == sorted(pushes)
    assert max(pushes) < 1.1
    assert sum(at > max(pushes) for at in wire.times.values()) > 85  # the broadcast had to let them pass
    assert len(wire.sent) == 132


async def test_a_full_chat_holds_up_nobody_else(wire, clock):
    """A hundred replies wait for one group; the other is answered at once."""
    await wire.exhaust()
    for number in range(100):
        wire.call(number)
    await settled()

    await wire.now("elsewhere", Rank.BROADCAST, OTHER_GROUP)

    assert wire.sent == ["elsewhere"]
    assert wire.limiter.waiting == 100


async def test_429_stops_the_chat_for_exactly_the_time_and_the_same_call_goes_again(wire, clock):
    """Nothing is dropped, nothing of the chat goes before, other chats are not touched."""
    wire.refuse["first"] = 7
    first = wire.call("first")
    await settled()
    second = wire.call("second", Rank.CONTEST)
    elsewhere = wire.call("elsewhere", chat_id=OTHER_GROUP)
    await advance(clock, 6.999)
    assert wire.sent == ["elsewhere"]

    await advance(clock, 0.001)

    assert wire.sent == ["elsewhere", "second", "first"]
    assert wire.times["first"] == 7
    assert await asyncio.gather(first, second, elsewhere) == ["first", "second", "elsewhere"]
    assert wire.limiter.refusals == 1
    assert wire.limiter.calls[Rank.REPLY] == 3


async def test_a_repeated_call_keeps_its_place(wire, clock):
    """Whoever was refused goes before those of its rank who came later."""
    wire.refuse["first"] = 3
    wire.call("first")
    await settled()
    wire.call("second")

    await advance(clock, 3)

    assert wire.sent == ["first", "second"]


async def test_429_without_a_chat_stops_the_token(wire, clock):
    """Nobody goes before the time is over, whatever the chat."""
    wire.refuse["inline"] = 4
    wire.call("inline", chat_id=None)
    await settled()
    wire.call("question", Rank.CONTEST)

    await advance(clock, 3.999)
    assert wire.sent == []
    await advance(clock, 0.001)

    assert wire.sent == ["question", "inline"]


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
@pytest.mark.parametrize("as_timedelta", ["true", "false"])
async def test_the_time_named_is_read_in_both_of_the_librarys_ways(wire, clock, monkeypatch, as_timedelta):
    """A length of time or a number of seconds."""
    monkeypatch.setenv("PTB_TIMEDELTA", as_timedelta)
    wire.refuse["first"] = 3
    call = wire.call("first")

    await advance(clock, 2.9)
    assert not call.done()
    await advance(clock, 0.1)

    assert call.done()


async def test_several_chats_refused_in_a_row_stop_the_token(wire, clock):
    """Three chats that had hardly been written to: it is the token that has too much."""
    for chat_id in (1, 2, 3):
        wire.refuse[chat_id] = 5
        wire.call(chat_id, chat_id=chat_id)
    await settled()

    wire.call("question", Rank.CONTEST)
    await advance(clock, 4.999)

    assert wire.sent == []
    await advance(clock, 3)
    assert sorted(wire.sent, key=str) == [1, 2, 3, "question"]


async def test_what_is_not_429_goes_to_the_caller(wire, clock):
    """An error of another kind is not repeated and stops nobody."""

    async def send() -> None:
        raise BadRequest("chat not found")

    with pytest.raises(BadRequest, match="chat not found"):
        await wire.limiter.call(send, Rank.REPLY, GROUP, True)

    assert await wire.now("next") == "next"


@pytest.mark.parametrize("burst", [30, 5])
async def test_a_broadcast_to_5000_neither_meets_429_nor_delays_a_reply_or_a_question(wire, clock, burst):
    """Telegram's limits enforced: 0.98 of 30 a second, each message exactly once, all others at once."""
    server = Gate(burst, 30)
    refusals: list[int] = []

    async def send(chat_id: int) -> int:
        if not server.passes(clock.monotonic() - wire.start):
            refusals.append(chat_id)
        wire.sent.append(chat_id)
        return chat_id

    for chat_id in range(1, 5001):
        call = wire.limiter.call(lambda chat_id=chat_id: send(chat_id), Rank.BROADCAST, chat_id, False)
        wire.tasks.append(asyncio.ensure_future(call))
    for second in range(30):
        await advance(clock, 1.0)
        for name in ("question", "edit", "ruling"):
            if second % 10 == 0:
                wire.call((name, second), Rank.CONTEST)
        wire.call(("reply", second), Rank.REPLY, 10_000 + second)
        await settled()
        assert wire.times["reply", second] == second + 1
        assert second % 10 or wire.times["ruling", second] == second + 1
    while len(wire.sent) < 5000 + 30 + 9:
        await advance(clock, 0.5)

    assert refusals == []
    broadcast = [name for name in wire.sent if isinstance(name, int)]
    assert sorted(broadcast) == list(range(1, 5001))
    assert len(wire.sent) / (clock.monotonic() - wire.start) >= 0.98 * 30
    await asyncio.gather(*wire.tasks)


async def test_a_server_that_allows_less_is_followed_and_nothing_is_lost(wire, clock):
    """20 a second instead of 30: the pace settles near it, refusals stay few, each message arrives once."""
    server = Gate(30, 20)

    async def send(chat_id: int) -> int:
        if not server.passes(clock.monotonic() - wire.start):
            raise RetryAfter(timedelta(seconds=1))
        wire.sent.append(chat_id)
        return chat_id

    for chat_id in range(1, 3001):
        call = wire.limiter.call(lambda chat_id=chat_id: send(chat_id), Rank.BROADCAST, chat_id, False)
        wire.tasks.append(asyncio.ensure_future(call))
    while len(wire.sent) < 3000:
        await advance(clock, 0.5)

    assert sorted(wire.sent) == list(range(1, 3001))
    assert wire.limiter.refusals < 3000 / 50
    assert 3000 / (clock.monotonic() - wire.start) > 0.85 * 20
    await asyncio.gather(*wire.tasks)


async def test_room_waits_without_taking(wire, clock):
    """A question is asked only when its three calls can go; asking for room costs nothing."""
    await wire.exhaust(calls=18)
    room = asyncio.ensure_future(wire.limiter.room(GROUP, True, calls=3))
    await advance(clock, 59.1)
    assert not room.done()

    await advance(clock, 0.2)

    assert room.done()
    for name in range(20):
        await wire.now(name, Rank.CONTEST)
    assert wire.limiter.waiting == 0


async def test_a_wish_for_room_lets_the_contest_go_on_but_not_the_others(wire, clock):
    """The ruling of the last question passes it by; replies leave the room for the next question."""
    await wire.exhaust(calls=18)
    room = asyncio.ensure_future(wire.limiter.room(GROUP, True, calls=3))
    reply = wire.call("reply")
    await settled()

    await wire.now("ruling", Rank.CONTEST)
    await advance(clock, 60.3)

    assert wire.sent == ["ruling", "reply"]
    assert room.done()
    assert reply.done()


async def test_replies_without_end_never_starve_a_question(wire, clock):
    """However many wait in the group, three calls for the contest are there when it asks."""
    for number in range(200):
        wire.call(number)
    await advance(clock, 100)
    assert wire.limiter.waiting > 100

    room = asyncio.ensure_future(wire.limiter.room(GROUP, True, calls=3))
    await settled()
    assert room.done()
    for name in ("question", "edit", "ruling"):
        wire.call(name, Rank.CONTEST)
    await settled()

    assert wire.sent[-3:] == ["question", "edit", "ruling"]
    for task in wire.tasks:
        task.cancel()


async def test_a_cancelled_waiter_leaves_no_trace(wire, clock):
    """Its place is taken by the next, and when nobody is left, nothing is planned."""
    await wire.exhaust()
    first, second, third = wire.call("first"), wire.call("second"), wire.call("third")
    room = asyncio.ensure_future(wire.limiter.room(GROUP, True))
    await settled()

    first.cancel()
    third.cancel()
    room.cancel()
    await advance(clock, 61)

    assert wire.sent == ["second"]
    assert await second == "second"
    assert wire.limiter.waiting == 0
    assert is_quiet(clock)


async def test_a_turn_that_comes_to_a_cancelled_waiter_goes_to_the_next(wire, clock):
    """The turn was given, its owner was cancelled before it ran: nothing of the budget is lost."""
    await wire.exhaust()
    tasks = [wire.call(number, Rank.CONTEST) for number in range(22)]
    await settled()

    wait = clock.due(100)
    assert wait is not None
    clock.ring_next()  # twenty turns are given, but nobody has run yet
    tasks[0].cancel()
    tasks[1].cancel()
    await settled()

    assert wire.sent == list(range(2, 22))
    assert wire.limiter.waiting == 0


async def test_thousands_may_wait_and_be_cancelled(wire, clock):
    """Nothing of 20,000 waiters in one chat and in as many is left behind."""
    await wire.exhaust()
    tasks = [wire.call(number, Rank.BROADCAST) for number in range(10_000)]
    tasks += [wire.call(number, Rank.BROADCAST, 1 + number) for number in range(10_000)]
    await settled()
    assert wire.limiter.waiting > 19_900

    for task in reversed(tasks):
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)

    assert wire.limiter.waiting == 0
    assert is_quiet(clock)
    assert await wire.now("after", Rank.CONTEST, OTHER_GROUP) == "after"


async def test_closing_wakes_everyone_with_an_error(wire, clock):
    """Whoever waits and whoever comes later hears that it was surely not sent."""
    await wire.exhaust()
    call = wire.call("late")
    room = asyncio.ensure_future(wire.limiter.room(GROUP, True))
    await settled()

    wire.limiter.close()

    for task in (call, room, wire.call("later")):
        with pytest.raises(Closed) as closed:
            await task
        assert isinstance(closed.value, NotSent)
    assert wire.sent == []
    assert is_quiet(clock)


async def test_a_closed_limiter_can_be_opened_again(wire):
    """As a bot that is started anew does."""
    await wire.limiter.shutdown()

    await wire.limiter.initialize()

    assert await wire.now("hello") == "hello"


async def test_calls_of_the_process_before_are_remembered(wire, clock):
    """After a restart in mid-contest the group's minute goes on."""
    for _ in range(20):
        wire.limiter.remember(GROUP, True, timedelta(seconds=40))
    call = wire.call("question", Rank.CONTEST)

    await advance(clock, 20)
    assert not call.done()
    await advance(clock, 0.3)

    assert call.done()


# What follows goes through python-telegram-bot.


@pytest.fixture
async def bot(telegram: Telegram, wire: Wire):
    limited: ExtBot[None] = ExtBot(
        TOKEN,
        base_url=f"{telegram.url}/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(connections=1),
        rate_limiter=wire.limiter,
    )
    async with limited:
        yield limited


def test_no_rank_is_lost_on_its_way_through_the_library():
    """python-telegram-bot takes a falsy argument for none."""
    assert all(Rank)


async def test_the_rank_given_to_a_method_counts(bot, wire):
    """Messages and edits are counted by rank, what only reads or answers is free."""
    await bot.send_message(7, "?", rate_limit_args=Rank.CONTEST)
    await bot.edit_message_text("!", chat_id=7, message_id=5)
    await bot.answer_callback_query("1")
    await bot.set_my_commands([])
    await bot.send_chat_action(7, "typing")

    assert wire.limiter.calls[Rank.CONTEST] == 1
    assert wire.limiter.calls[Rank.REPLY] == 1
    assert wire.limiter.free_calls == 4  # one is getMe at the start


async def test_callback_answers_pass_while_everything_else_waits(bot, wire, clock):
    """A full chat and a stopped token hold up no toast."""
    wire.refuse["inline"] = 100
    wire.call("inline", chat_id=None)
    await settled()
    assert wire.limiter.waiting == 1

    assert await bot.answer_callback_query("1", "Too late.")

    assert wire.limiter.waiting == 1
    wire.tasks[0].cancel()


async def test_a_call_inside_a_turn_does_not_wait_for_another(bot, wire, clock):
    """Whoever has waited sends through the library at once; a second message of the same turn waits for its own."""
    for _ in range(3):
        await wire.now("filler", Rank.CONTEST, 7)
    second = asyncio.Event()

    async def deliver() -> None:
        await bot.send_message(7, "the picture")
        second.set()
        await bot.send_message(7, "the text")

    delivery = asyncio.ensure_future(wire.limiter.call(deliver, Rank.CONTEST, 7, False))
    await second.wait()
    await settled()

    assert wire.limiter.waiting == 1
    assert wire.limiter.calls[Rank.CONTEST] == 3 + 2 - 1
    await advance(clock, 2)
    await delivery
    assert wire.limiter.calls[Rank.CONTEST] == 3 + 2


async def test_429_of_the_server_repeats_the_same_call(bot, wire, clock, telegram):
    """The body of the call is the same the second time, a file too."""
    answers = [_too_many(3)]

    async def answer(request):
        return answers.pop() if answers else await telegram.answer_ok(request)

    telegram.answer = answer
    sending = asyncio.ensure_future(bot.send_document(7, b"content", filename="a.txt"))
    while wire.limiter.waiting == 0:
        await settled()
    await advance(clock, 3)
    message = await sending

    assert message.message_id == 5
    first, second = telegram.bodies[-2:]
    assert first.count(b"content") == second.count(b"content") == 1
    assert wire.limiter.refusals == 1


async def test_429_of_a_free_call_stops_only_its_kind(bot, wire, clock, telegram):
    """It is made again after a short time; other calls do not wait for it."""
    answers = [_too_many(3)]

    async def answer(request):
        return answers.pop() if answers else await telegram.answer_ok(request)

    telegram.answer = answer
    toast = asyncio.ensure_future(bot.answer_callback_query("1"))
    while wire.limiter.waiting == 0:
        await settled()
    await bot.send_message(7, "?")
    another = asyncio.ensure_future(bot.answer_callback_query("2"))
    await advance(clock, 2.9)
    assert not toast.done()

    await advance(clock, 0.1)

    assert await toast
    assert await another
    assert is_quiet(clock)


async def test_a_free_call_is_not_held_back_for_hours(bot, telegram):
    """``setMyName`` may be refused for a day; its caller hears of it instead of waiting."""

    async def answer(request):
        return _too_many(80_000)

    telegram.answer = answer

    with pytest.raises(RetryAfter) as refusal:
        await bot.set_my_name("Studyhall")

    assert refusal.value.retry_after == timedelta(seconds=80_000)


def _too_many(seconds: int) -> web.Response:
    body = {"ok": False, "error_code": 429, "description": "Too Many Requests", "parameters": {"retry_after": seconds}}
    return web.json_response(body, status=429)
