"""Rounds of study, speech and evaluation: ``/round``, the buttons of the cards, what falls due."""

from typing import Literal, cast

from handlers.act import Press, Said
from handlers.house import House
from handlers.present import rounds as show
from handlers.room import Command, Room
from handlers.texts import N_
from study.due import Due
from study.errors import Forged, WrongChat
from study.round_saying import TOPIC, What


async def round_(act: Said) -> None:
    """In private: one's rounds. In a group: the cards of what goes on there, anew at the bottom."""
    if act.chat.is_private:
        await act.house.rounds.overview(act.sender.id, chat_id=act.chat.id, now=act.received_at)
    elif not await act.house.meeting.repost(act.chat.id, me=act.house.me, now=act.received_at):
        raise WrongChat(wanted="private", link=f"https://t.me/{act.house.me}")


async def open_by_link(act: Said, payload: str) -> None:
    """Open what a link ``?start=round_…`` means: a round by its number, or ``round_duties``, an observer's list."""
    what = payload.removeprefix("round_")
    if what == "duties":
        await act.house.rounds.overview(act.sender.id, chat_id=act.chat.id, now=act.received_at)
    elif what.isascii() and what.isdigit() and len(what) < 18:
        await act.house.rounds.call(act.sender.id, int(what), me=act.house.me, now=act.received_at)
    else:
        raise Forged()


async def press_read(act: Press) -> None:
    """Everything was read."""
    new = await act.house.rounds.read(act.sender.id, _only_number(act), me=act.house.me, now=act.received_at)
    await act.toast(show.read(act.t, new=new))


async def press_here(act: Press) -> None:
    """Somebody is there."""
    new = await act.house.meeting.here(act.sender.id, _only_number(act), me=act.house.me, now=act.received_at)
    await act.toast(show.here(act.t, new=new))


async def press_host(act: Press) -> None:
    """Somebody takes the chair."""
    sender, group = act.sender, _only_number(act)
    await act.house.meeting.host(sender.id, sender.name, group, me=act.house.me, now=act.received_at)
    await act.toast(show.hosting(act.t))


async def press_step(act: Press) -> None:
    """The host goes on."""
    fields = act.fields
    what = cast(
        Literal["next", "skip", "later", "absent", "undo", "end"],
        fields.word("next", "skip", "later", "absent", "undo", "end"),
    )
    group, step = fields.number(), fields.number()
    fields.end()
    await act.house.meeting.step(act.sender.id, group, step, what, me=act.house.me, now=act.received_at)


async def press_ask(act: Press) -> None:
    """Something is to be said in private: a new time, a reminder, closing words, a comment."""
    fields = act.fields
    what, target = cast(What, fields.word("move", "reminder", "reading", "words", "comment")), fields.number()
    fields.end()
    await act.house.round_saying.ask(act.sender.id, what, target, now=act.received_at)
    await act.toast(None if act.chat.is_private else show.in_private(act.t))


async def press_see(act: Press) -> None:
    """One round, for its organisers."""
    ref = (act.chat.id, act.message_id)
    await act.house.rounds.detail(act.sender.id, _only_number(act), ref=ref, now=act.received_at)


async def press_call(act: Press) -> None:
    """One round, for whoever is asked to it."""
    await act.house.rounds.call(act.sender.id, _only_number(act), me=act.house.me, now=act.received_at)


async def press_list(act: Press) -> None:
    """Another page of the list."""
    ref = (act.chat.id, act.message_id)
    await act.house.rounds.turn_page(act.sender.id, _only_number(act), ref=ref, now=act.received_at)


async def press_do(act: Press) -> None:
    """What an organiser does with a round."""
    fields, rounds, user, now = act.fields, act.house.rounds, act.sender.id, act.received_at
    what, round_id = fields.word("open", "end", "close", "cancel", "sure", "sum", "plain"), fields.number()
    fields.end()
    ref = (act.chat.id, act.message_id)
    if what == "sum":
        await rounds.summary(user, round_id, now=now)
    elif what == "plain":
        await act.house.round_saying.plain_reminder(user, round_id, now=now)
    elif what == "sure":
        await rounds.detail(user, round_id, ref=ref, asks=True, now=now)
    else:
        done = cast(Literal["open", "end", "close", "cancel"], what)
        await rounds.run(user, round_id, done, me=act.house.me, now=now)
        await rounds.detail(user, round_id, ref=ref, now=now)


async def press_duty(act: Press) -> None:
    """An observer has done what is done at regular times."""
    fields = act.fields
    key = fields.word()
    fields.end()
    ref = (act.chat.id, act.message_id)
    new = await act.house.rounds.do_duty(act.sender.id, key, ref=ref, now=act.received_at)
    await act.toast(show.duty_done(act.t, new=new))


async def said(act: Said, body: str) -> None:
    """What was asked for has been said."""
    await act.house.round_saying.say(
        act.sender.id, act.sender.name, body, act.message.text or "", me=act.house.me, now=act.received_at
    )


def _only_number(act: Press) -> int:
    fields = act.fields
    number = fields.number()
    fields.end()
    return number


async def announce(house: House, due: Due) -> None:
    """Announce a round."""
    await house.round_clock.announce(due, me=house.me)


async def remind(house: House, due: Due) -> None:
    """Remind of a round."""
    await house.round_clock.remind(due, me=house.me)


async def open_(house: House, due: Due) -> None:
    """Open a round."""
    await house.round_clock.open(due, me=house.me)


async def bell(house: House, due: Due) -> None:
    """A speaker's time is over."""
    await house.meeting.bell(due, me=house.me)


async def end(house: House, due: Due) -> None:
    """End a meeting that nobody has ended."""
    await house.round_clock.end(due, me=house.me)


async def sum_up(house: House, due: Due) -> None:
    """The summary of a round."""
    await house.round_clock.sum_up(due)


ROOM = Room(
    commands=(Command("round", round_, N_("rounds of study, speech and evaluation"), part="rounds"),),
    presses={
        "round_read": press_read,
        "round_here": press_here,
        "round_host": press_host,
        "round_step": press_step,
        "round_ask": press_ask,
        "round_see": press_see,
        "round_call": press_call,
        "round_list": press_list,
        "round_do": press_do,
        "round_duty": press_duty,
    },
    topics={TOPIC: said},
    alarms={
        "round.announce": announce,
        "round.remind": remind,
        "round.open": open_,
        "round.bell": bell,
        "round.end": end,
        "round.sum": sum_up,
    },
    errors=dict(show.ERRORS),
    plan=lambda house, since, until: house.round_clock.plan(house.clock.now()),
)
