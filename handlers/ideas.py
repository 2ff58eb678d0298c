"""Ideas: handed in, voted on, ruled on."""

import json

from handlers.act import Press, Said
from handlers.present import ideas as show
from handlers.room import Command, Room
from handlers.texts import N_
from study.errors import Forged, WrongChat
from study.idea_errors import IdeaWaits
from study.idea_rules import ADOPTED, NOT_ADOPTED, SHORTLISTED
from study.idea_rulings import REASON
from study.ideas import CONFIRMING, ORDERS


async def idea(act: Said) -> None:
    """Hand an idea in; without words show the ideas."""
    ideas, now = act.house.ideas, act.received_at
    if act.words:
        reply_to = None if act.chat.is_private else act.message_id
        source = f"update:{act.update_id}"
        await ideas.submit(act.sender.id, act.chat.id, act.words, source=source, reply_to=reply_to, now=now)
    elif act.chat.is_private:
        await ideas.show(act.sender.id, now=now)
    else:
        raise WrongChat(wanted="private", link=f"https://t.me/{act.house.me}")


async def open_by_link(act: Said, payload: str) -> None:
    """Open the idea that a link ``?start=idea_…`` names."""
    number = payload.removeprefix("idea_")
    if not (number.isascii() and number.isdigit() and len(number) <= 18):
        raise Forged()
    await act.house.ideas.open(act.sender.id, int(number), now=act.received_at)


async def press_ideas(act: Press) -> None:
    """Another order or page of the list."""
    fields = act.fields
    order, page = fields.word(*ORDERS), fields.number()
    await act.house.ideas.show(act.sender.id, order=order, page=page, anew=False, now=act.received_at)


async def press_idea(act: Press) -> None:
    """Open an idea, vote, or hand one in although it is like another."""
    fields, ideas, user_id, now = act.fields, act.house.ideas, act.sender.id, act.received_at
    what = fields.word("open", "vote", "anyway", "category")
    if what == "anyway":
        await ideas.submit_anyway(user_id, act.chat.id, now=now)
        return
    number = fields.number()
    if what == "open":
        await ideas.open(user_id, number, now=now)
    elif what == "category":
        await ideas.categorise(user_id, act.chat.id, number, fields.number(), now=now)
    else:
        voted = await ideas.vote(user_id, act.chat.id, number, now=now)
        await act.toast(show.voted(act.t, voted=voted))


async def press_rule(act: Press) -> None:
    """What organisers do with an idea."""
    fields, rulings, user_id, now = act.fields, act.house.ideas.rulings, act.sender.id, act.received_at
    what, number = fields.word("shortlist", "adopt", "decline", "post", "item"), fields.number()
    match what:
        case "shortlist" | "adopt":
            await rulings.rule(user_id, number, SHORTLISTED if what == "shortlist" else ADOPTED, now=now)
        case "decline":
            await rulings.ask_why(user_id, number, now=now)
        case "post":
            await act.toast(show.posted_to(act.t, await rulings.post(user_id, number, now=now)))
        case "item":
            await act.toast(show.item_made(act.t, await rulings.make_item(user_id, number, now=now)))


async def reason(act: Said, body: str) -> None:
    """Why an idea is not adopted."""
    number = int(json.loads(body)["idea"])
    await act.house.ideas.rulings.rule(act.sender.id, number, NOT_ADOPTED, reason=act.words, now=act.received_at)


async def another(act: Said, _body: str) -> None:
    """Instead of deciding, the author writes on: in a group that is no business of ours."""
    if act.chat.is_private:
        raise IdeaWaits()


ROOM = Room(
    commands=(Command("idea", idea, N_("hand in an idea, or see them all and vote"), N_("[YOUR IDEA]"), part="ideas"),),
    presses={"ideas": press_ideas, "idea": press_idea, "idea_rule": press_rule},
    topics={REASON: reason, CONFIRMING: another},
    errors={
        "idea_unknown": N_("There is no such idea."),
        "ideas_closed": N_("No ideas are being collected at the moment."),
        "idea_short": N_("Please say a little more: /idea and what you would like to see done."),
        "idea_waits": N_("Your idea is not handed in yet: press one of the buttons above, or /cancel."),
        "idea_own": N_("This idea is your own: others vote and decide on it."),
        "idea_votes": N_("You have given all your {most} votes. Withdraw one to vote for this idea."),
        "idea_ruled.submitted": N_("This idea has been handed in already."),
        "idea_ruled.shortlisted": N_("This idea is on the shortlist already."),
        "idea_ruled.adopted": N_("This idea is adopted already."),
        "idea_ruled.not_adopted": N_("This idea was not adopted; it can only be adopted after all."),
    },
)
