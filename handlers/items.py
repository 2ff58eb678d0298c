"""Items that people take on: the list, claiming, reporting; for organisers putting up, ruling, figures, two-way choice."""

import handlers.present.item_figures  # noqa: F401 - registers its presenters
from handlers.act import Press, Said
from handlers.present import items as show
from handlers.received import fetch_file
from handlers.room import Command, Room
from handlers.tasks import attached
from handlers.texts import N_
from study.claim_desk import OFFERING, REASON, REASONED
from study.claim_records import BY
from study.claims import REPORTING
from study.errors import Forged, WrongChat


async def items(act: Said) -> None:
    """Show the items; with words an organiser puts one up."""
    if not act.chat.is_private:
        raise WrongChat(wanted="private", link=f"https://t.me/{act.house.me}")
    if act.message.text and act.message.text.startswith("/") and act.words:
        await act.house.claim_desk.offer(act.sender.id, act.update_id, act.words, now=act.received_at)
    else:
        await act.house.claims.board(act.sender.id, now=act.received_at)


async def open_by_link(act: Said, payload: str) -> None:
    """Open the item that a link ``?start=item_…`` names."""
    number = payload.removeprefix("item_")
    if not (number.isascii() and number.isdigit() and len(number) <= 18):
        raise Forged()
    await act.house.claims.open(act.sender.id, int(number), now=act.received_at)


async def press_items(act: Press) -> None:
    """The buttons of the list: a page, what waits, an item to be put up, two-way choice of a pool."""
    fields, user_id, now = act.fields, act.sender.id, act.received_at
    match fields.word("page", "waiting", "new", "match"):
        case "page":
            await act.house.claims.board(user_id, page=fields.number(), anew=False, now=now)
        case "waiting":
            await act.house.claim_desk.waiting(user_id, now=now)
        case "new":
            await act.house.claim_desk.begin_offer(user_id, fields.word(), now=now)
        case "match":
            await act.house.claim_choice.propose(user_id, fields.word(), now=now)


async def press_figures(act: Press) -> None:
    """The figures of a pool by work, unit or person, page by page."""
    fields = act.fields
    anew, by, page = fields.number(), fields.word(*BY), fields.number()
    pool = fields.word()
    await act.house.claim_records.overview(act.sender.id, pool, by, page=page, anew=bool(anew), now=act.received_at)


async def press_item(act: Press) -> None:
    """What a member's buttons on an item do."""
    fields, claims, user_id, now = act.fields, act.house.claims, act.sender.id, act.received_at
    what = fields.word("open", "claim", "withdraw", "report", "files", "log", "wish", "unwish", "choose")
    item_id = fields.number()
    match what:
        case "open":
            await claims.open(user_id, item_id, now=now)
        case "claim":
            await act.toast(show.claimed(act.t, at_once=await claims.claim(user_id, item_id, now=now)))
        case "withdraw":
            await claims.withdraw(user_id, item_id, now=now)
        case "report":
            await claims.begin(user_id, item_id, now=now)
        case "files":
            await act.toast(show.files_sent(act.t, await claims.files(user_id, item_id, now=now)))
        case "log":
            await act.house.claim_desk.log(user_id, item_id, now=now)
        case "wish" | "unwish":
            place = await act.house.claim_choice.wish(user_id, item_id, wanted=what == "wish", now=now)
            await act.toast(show.wished(act.t, place))
        case "choose":
            await act.house.claim_choice.wishers(user_id, item_id, now=now)


async def press_choice(act: Press) -> None:
    """The office (or the leader) would take this person next, or not any more."""
    fields = act.fields
    item_id, person_id = fields.number(), fields.number()
    await act.house.claim_choice.wishers(act.sender.id, item_id, press=person_id, now=act.received_at)


async def press_match(act: Press) -> None:
    """Give the items as proposed."""
    given = await act.house.claim_choice.confirm(act.sender.id, act.fields.number(), now=act.received_at)
    await act.toast(show.given(act.t, given))


async def press_rule(act: Press) -> None:
    """Rule on a claim, a report or an item; what needs a reason asks for it."""
    fields, desk, user_id, now = act.fields, act.house.claim_desk, act.sender.id, act.received_at
    what, item_id, version = fields.word("approve", "accept", *REASONED), fields.number(), fields.number()
    if what == "approve":
        await desk.approve(user_id, item_id, now=now)
    elif what == "accept":
        await desk.accept(user_id, item_id, version, now=now)
    else:
        await desk.ask_why(user_id, what, item_id, version, now=now)


async def press_draft(act: Press) -> None:
    """What the buttons under a report do: hand in, begin anew, leave."""
    fields, claims, user_id, now = act.fields, act.house.claims, act.sender.id, act.received_at
    what, item_id = fields.word("hand", "anew", "leave"), fields.number()
    match what:
        case "hand":
            await act.toast(show.handed_in(act.t, late=await claims.hand_in(user_id, item_id, now=now)))
        case "anew":
            await claims.anew(user_id, item_id, now=now)
        case "leave":
            await claims.leave(user_id, item_id, now=now)


async def write(act: Said, body: str) -> None:
    """Add a message to the report."""
    message = act.message
    await act.house.claims.write(
        act.sender.id,
        body,
        text=message.text or message.caption or "",
        file=attached(message),
        album=message.media_group_id,
        now=act.received_at,
    )


async def offer(act: Said, body: str) -> None:
    """The item, or the file with many, that an organiser puts up."""
    document, desk = act.message.document, act.house.claim_desk
    if document is None:
        await desk.offer(act.sender.id, act.update_id, act.words, body=body, now=act.received_at)
        return
    content, name = await fetch_file(act.house, document)
    await desk.take_in(act.sender.id, act.update_id, content, name, body=body, now=act.received_at)


async def reason(act: Said, body: str) -> None:
    """The reason of a ruling."""
    await act.house.claim_desk.give_reason(act.sender.id, body, act.words, now=act.received_at)


ROOM = Room(
    commands=(
        Command(
            "items",
            items,
            N_("items to take on, and those you have taken on"),
            part="claims",
            organisers_usage=N_("[TITLE, work: …, deadline: …]"),
        ),
    ),
    words={"认领": items},
    presses={
        "items": press_items,
        "item": press_item,
        "item_rule": press_rule,
        "item_draft": press_draft,
        "item_figures": press_figures,
        "item_choice": press_choice,
        "item_match": press_match,
    },
    topics={REPORTING: write, OFFERING: offer, REASON: reason},
    kept={REPORTING: N_("You have stopped writing. Your report is kept as a draft; /items opens it again.")},
    errors={
        "item_unknown": N_("There is no such item among yours."),
        "item_taken.mine": N_("You have taken this item on already."),
        "item_taken.other": N_("{name} ({unit}) was first: this item is taken."),
        "item_closed": N_("This item is closed."),
        "item_not_meant": N_("This item is for others to take on."),
        "items_full": N_("You may take on {most} at most, and you have as many."),
        "items_full.wishes": N_("You may state {most} wishes at most. Take one back first."),
        "item_by_choice.wish": N_("These items go by two-way choice: state a wish instead."),
        "item_by_choice.claim": N_("This item can be taken on at once; no wish is needed."),
        "item_not_held": N_("This item is not with you (any more)."),
        "item_moved": N_("Somebody has dealt with this in the meantime. /items shows how it stands."),
        "item_own": N_("You hold this item yourself: somebody else has to rule on it."),
        "item_evidence": N_("This report needs a photo or a file as evidence."),
        "item_columns": N_("The first row has to name the columns; there has to be one for the item title."),
        "item_incomplete.title": N_("The title of the item is missing."),
        "item_incomplete.work": N_("The work that the item belongs to is missing (work: …)."),
        "item_incomplete.measure": N_("The measure is missing (measure: …)."),
        "item_incomplete.owner": N_("The unit or person in charge is missing (owner: …)."),
        "item_incomplete.leader": N_("The leader is missing (leader: …)."),
        "item_incomplete.deadline": N_("The deadline is missing (deadline: …)."),
        "item_field.leader": N_("Nobody on the roster is called {said} (or several are): please write the code."),
        "item_field.owner": N_("There is no unit and no person called {said} (or several)."),
        "item_field.deadline": N_("{said} is no day to come. Please write it as 2026-12-31."),
        "wishes_changed": N_(
            "Wishes or choices have changed since this preview. Please work it out again; nothing was given."
        ),
    },
)
