"""Coming to the programme: /start with a code, a link or nothing; asking for admission; links to give out."""

import json
from collections.abc import Awaitable, Callable, Mapping

from handlers import afterwards, exams, forms, ideas, items, makeups, materials, rollcall, rounds, screens, tasks, works
from handlers.act import Press, Said
from handlers.present import join_requests as show_requests
from handlers.present.joining import link_in_group
from handlers.room import Command, Room
from handlers.texts import N_
from study.errors import Forged
from study.join_requests import TOPIC
from study.join_views import GroupHint


async def start(act: Said) -> None:
    """Say who somebody is; with a code let them in; with a link go where it leads."""
    if not act.chat.is_private:
        await act.reply(GroupHint(link=link_in_group(act.house.me)))
        return
    if not act.words:
        await act.house.joining.knock(act.sender.id, now=act.received_at)
        return
    for prefix, follow in LINKS.items():
        if act.words.startswith(prefix):
            await follow(act, act.words)
            return
    sender = act.sender
    await act.house.joining.join(sender.id, sender.name, sender.username, act.words, now=act.received_at)


async def _who_am_i(act: Said, _payload: str) -> None:
    await act.house.joining.knock(act.sender.id, now=act.received_at)


LINKS: Mapping[str, Callable[[Said, str], Awaitable[None]]] = {
    "me_": _who_am_i,
    "task_": tasks.open_by_link,
    "form_": forms.open_by_link,
    "exam_": exams.open_by_link,
    "work_": works.open_by_link,
    "mat_": materials.open_by_link,
    "rev_": afterwards.open_by_link,
    "join_": screens.join_by_link,
    "round_": rounds.open_by_link,
    "roll_": rollcall.come_by_link,
    "makeup_": makeups.open_by_link,
    "item_": items.open_by_link,
    "idea_": ideas.open_by_link,
}
"""What deep links begin with that are no codes; a code that looks like one is written in another way in its link."""


async def links(act: Said) -> None:
    """Give an organiser the links of those who have not joined yet."""
    await act.house.joining.links(act.sender.id, act.house.me, now=act.received_at)


async def requests(act: Said) -> None:
    """Show an organiser who asks to join."""
    await act.house.join_requests.waiting(act.sender.id, now=act.received_at)


async def name_said(act: Said, body: str) -> None:
    """The name under which somebody asks to join."""
    unit_id = json.loads(body)["unit_id"]
    await act.house.join_requests.ask(act.sender.id, act.message.text or "", unit_id, now=act.received_at)


async def press_join(act: Press) -> None:
    """Walking through the units, choosing one, taking the name from Telegram."""
    must_be_private(act)
    fields, door, who = act.fields, act.house.join_requests, act.sender
    verb, unit_id = fields.word("go", "take", "name"), fields.number()
    page = fields.number() if verb == "go" else 0
    fields.end()
    match verb:
        case "go":
            await door.browse(who.id, unit_id, page, on_message=act.message_id, now=act.received_at)
        case "take":
            await door.choose(who.id, who.name, unit_id, on_message=act.message_id, now=act.received_at)
        case _:
            await door.ask(who.id, who.name, unit_id, now=act.received_at)


async def press_request(act: Press) -> None:
    """An organiser decides about a request."""
    fields, door, who = act.fields, act.house.join_requests, act.sender
    verb, request_id = fields.word("ok", "new", "as", "no"), fields.number()
    person_id = fields.number() if verb == "as" else None
    fields.end()
    if verb == "no":
        await door.refuse(who.id, who.name, request_id, now=act.received_at)
        await act.toast(show_requests.refused(act.t))
        return
    done = await door.approve(
        who.id, who.name, request_id, anew=verb == "new", person_id=person_id, now=act.received_at
    )
    await act.toast(show_requests.approved(act.t) if done else show_requests.which(act.t))


def must_be_private(act: Press) -> None:
    """The button belongs to a private message.

    Raises:
        Forged: it was pressed elsewhere.
    """
    if not act.chat.is_private:
        raise Forged()


ROOM = Room(
    commands=(
        Command("start", start, N_("who you are here, or how to join"), N_("[CODE]")),
        Command("links", links, N_("links for those who have not joined")),
        Command("requests", requests, N_("who asks to join")),
    ),
    presses={"door": press_join, "joinreq": press_request},
    topics={TOPIC: name_said},
    errors={
        "join_too_many_codes": N_("Too many wrong codes. Please try again in {minutes} minutes."),
        "join_too_many_guesses": N_(
            "Very many wrong codes are being tried just now, so that I accept none for some minutes. Please try again later, "
            "or send /start and ask for admission."
        ),
        "join_already": N_(
            "You have joined already, as {name} of {unit}. If that is not you, please tell your organiser."
        ),
        "join_pending": N_("Your request to join {unit} waits for an organiser already; there is nothing more to do."),
        "join_known": N_("You are on the roster already: {name} of {unit}."),
        "join_name_missing": N_("Please send your name as a text."),
        "join_decided.approved": N_("{decider} has approved this request already."),
        "join_decided.refused": N_("{decider} has refused this request already."),
        "join_decided.settled": N_("They are on the roster already."),
    },
)
