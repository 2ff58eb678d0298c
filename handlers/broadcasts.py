"""Writing to many at once: composing, the look before it goes, sending, and who has acknowledged it."""

import json

from handlers.act import Press, Said
from handlers.content import ERRORS as CONTENT_ERRORS
from handlers.content import content_of
from handlers.house import House
from handlers.present import broadcast_results as results
from handlers.present import broadcasts as show
from handlers.present.audiences import ROLES
from handlers.room import Command, Room
from handlers.texts import N_
from study.audience_choices import Choice
from study.broadcast_drafts import CARD_LISTENER, TOPIC
from study.broadcasts import PAGE_ALARM, TICK_ALARM
from study.due import Due
from study.errors import WrongChat
from study.notes import Note
from study.outcome import Outcome


async def broadcast(act: Said) -> None:
    """With a text show its preview at once, always in private; without one ask for the content."""
    drafts, user_id, name = act.house.broadcast_drafts, act.sender.id, act.sender.name
    if act.words:
        content = content_of(act.message, words=act.words)
        asked_in = None if act.chat.is_private else (act.chat.id, act.message_id)
        await drafts.preview_text(user_id, name, content, now=act.received_at, asked_in=asked_in)
    elif act.chat.is_private:
        await drafts.ask(user_id, name, now=act.received_at)
    else:
        raise WrongChat(wanted="private", link=f"https://t.me/{act.house.me}")


async def content_said(act: Said, body: str) -> None:
    """What was asked for: a text, a photo, a file."""
    draft = json.loads(body)["draft"]
    await act.house.broadcast_drafts.take(
        act.sender.id, act.sender.name, content_of(act.message), draft, now=act.received_at
    )


async def broadcasts(act: Said) -> None:
    """List what one has sent."""
    if not act.chat.is_private:
        raise WrongChat(wanted="private", link=f"https://t.me/{act.house.me}")
    await act.reply(await act.house.broadcasts.recent(act.sender.id))


async def press_draft(act: Press) -> None:
    """What to do with a draft."""
    fields, drafts, now = act.fields, act.house.broadcast_drafts, act.received_at
    verb, broadcast_id, version = fields.word(*show.VERBS), fields.number(), fields.number()
    fields.end()
    draft = (act.sender.id, broadcast_id, version)
    match verb:
        case "send":
            sent = await act.house.broadcasts.send(act.sender.id, act.sender.name, broadcast_id, version, now=now)
            await act.toast(show.sending(act.t) if sent else show.recipients_changed(act.t), alert=not sent)
        case "edit":
            await drafts.edit(*draft, now=now)
        case "text":
            await drafts.change_content(*draft, now=now)
        case "preview":
            await drafts.preview(*draft, now=now)
        case _:
            await drafts.cancel(*draft, now=now)


async def press_choice(act: Press) -> None:
    """One choice of the audience card."""
    fields = act.fields
    choice = Choice(fields.word(*Choice))
    broadcast_id, version, page = fields.number(), fields.number(), fields.number()
    value: int | str = 0
    if choice in (Choice.UNIT, Choice.LEVEL, Choice.TASK):
        value = fields.number()
    elif choice is Choice.ROLE:
        value = fields.word(*ROLES)
    fields.end()
    await act.house.broadcast_drafts.choose(
        act.sender.id, broadcast_id, version, choice, value, page, now=act.received_at
    )


async def press_sent(act: Press) -> None:
    """A button of something sent: stop it, look at it, remind."""
    fields, now = act.fields, act.received_at
    verb, broadcast_id = fields.word("stop", "show", "remind"), fields.number()
    if verb == "remind":
        reminders = fields.number()
        fields.end()
        count = await act.house.broadcasts.remind(act.sender.id, broadcast_id, reminders, now=now)
        await act.toast(results.reminding(act.t, count))
        return
    fields.end()
    if verb == "stop":
        await act.house.broadcasts.stop(act.sender.id, broadcast_id, now=now)
        await act.toast(results.stopped(act.t))
    else:
        await act.reply(await act.house.broadcasts.detail(act.sender.id, broadcast_id))


async def press_acknowledge(act: Press) -> None:
    """Somebody has read it."""
    fields = act.fields
    broadcast_id = fields.number()
    fields.end()
    first = await act.house.broadcasts.acknowledge(act.sender.id, broadcast_id, now=act.received_at)
    await act.toast(results.acknowledged(act.t, first=first))


async def put_page(house: House, due: Due) -> None:
    """More recipients go into the outbox."""
    await house.broadcasts.put_page(due)


async def tick(house: House, due: Due) -> None:
    """The sender's card is brought up to date."""
    await house.broadcasts.tick(due)


async def preview_delivered(house: House, outcome: Outcome) -> None:
    """A preview that was asked for in a group has arrived in private, or could not."""
    asked_in = show.asked_in(outcome.body)
    if asked_in is None:
        return
    t = await house.languages.of(asked_in[0])
    note = Note(text=show.preview_told(t, shown=outcome.state != "refused", link=f"https://t.me/{house.me}"))
    await house.replies.say(asked_in[0], note, now=outcome.at, reply_to=asked_in[1])


ROOM = Room(
    commands=(
        Command("broadcast", broadcast, N_("write to everybody in your units"), N_("[TEXT]")),
        Command("broadcasts", broadcasts, N_("what you have sent, and who has acknowledged it")),
    ),
    presses={"bc": press_draft, "bcc": press_choice, "bcs": press_sent, "bca": press_acknowledge},
    topics={TOPIC: content_said},
    alarms={PAGE_ALARM: put_page, TICK_ALARM: tick},
    listeners={CARD_LISTENER: preview_delivered},
    errors={
        **CONTENT_ERRORS,
        "audience_task": N_("There is no such task, so nobody can be said not to have answered it."),
        "broadcast_not_yours": N_("Only whoever wrote this message can decide about it."),
        "broadcast_sent": N_("It has been sent already and will not be sent twice."),
        "broadcast_nobody": N_("There is nobody who could receive it. Please choose other recipients."),
        "broadcast_nowhere": N_("Please leave at least one way: in private or to the groups."),
        "broadcast_own": N_("This button is for the recipients. You wrote the message and need not press it."),
        "broadcast_not_meant": N_("You are not among the recipients of this message."),
        "broadcast_acknowledged": N_("Everybody has acknowledged it. There is nobody to remind."),
        "broadcast_reminded": N_("They have just been reminded."),
        "broadcast_under_way": N_("It is still being sent. You can remind people afterwards."),
    },
)
