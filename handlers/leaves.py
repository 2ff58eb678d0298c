"""Leave: asked for, decided with buttons, called off."""

from handlers.act import Press, Said
from handlers.present import leaves as show
from handlers.room import Command, Room
from handlers.texts import N_
from study.checkin_register import Actor
from study.day_words import read_period
from study.errors import WrongChat
from study.leaves import DECLINE_TOPIC, DeclineReasonMissing


async def leave(act: Said) -> None:
    """Ask for leave, or see one's own."""
    leaves, now = act.house.leaves, act.received_at
    if act.words:
        period = read_period(act.words, leaves.today(now))
        reply_to = None if act.chat.is_private else act.message_id
        await leaves.ask(act.sender.id, period, chat_id=act.chat.id, reply_to=reply_to, now=now)
    elif act.chat.is_private:
        await leaves.own(act.sender.id, chat_id=act.chat.id, now=now)
    else:
        raise WrongChat(wanted="private", link=f"https://t.me/{act.house.me}")


async def press_leave(act: Press) -> None:
    """A button under a request: ``yes``, ``no``, ``plain`` (no reason), ``off`` (called off by the asker)."""
    fields = act.fields
    what, leave_id = fields.word("yes", "no", "plain", "off"), fields.number()
    fields.end()
    leaves, actor, now = act.house.leaves, Actor(act.sender.id, act.sender.name), act.received_at
    if what == "no":
        await leaves.ask_why_not(actor, leave_id, now=now)
    elif what == "off":
        await act.toast(show.toast(await leaves.withdraw(actor.user_id, leave_id, now=now), act.t))
    else:
        await act.toast(show.toast(await leaves.decide(actor, leave_id, approve=what == "yes", now=now), act.t))


async def decline(act: Said, body: str) -> None:
    """The reason for declining has been written."""
    if not act.words:
        raise DeclineReasonMissing()
    actor = Actor(act.sender.id, act.sender.name)
    await act.house.leaves.decide(
        actor, int(body), approve=False, answer=act.words, confirm_in=act.chat.id, now=act.received_at
    )


ROOM = Room(
    commands=(Command("leave", leave, N_("ask for leave, or see your own"), N_("[DAY [to DAY] REASON]")),),
    presses={"leave": press_leave},
    topics={DECLINE_TOPIC: decline},
    errors={
        "leave_past": N_(
            "Leave has to be asked for in advance; that day is over. An organiser can correct the register."
        ),
        "leave_too_long": N_("That is too long: at most {days} days at a time."),
        "leave_unreadable": N_(
            "Please write the day and the reason: /leave 2026-11-25 dentist, or /leave 11-25 to 11-27 business trip"
        ),
        "leave_overlaps": N_("You have already asked for leave from {first} to {last}. /leave shows it."),
        "leave_decided_already": N_("This request is settled already."),
        "leave_own": N_("You cannot decide on your own leave."),
        "leave_begun": N_("This leave has begun and cannot be called off any more. Please tell an organiser."),
        "decline_reason_missing": N_("Please write the reason in words."),
    },
)
