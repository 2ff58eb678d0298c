"""The menu: wishes, votes, the rota; and the library that everybody may search."""

import handlers.present.library
import handlers.present.menu  # noqa: F401 - both register their presenters
from handlers.act import Press, Said
from handlers.joining import must_be_private
from handlers.present.materials import query_of
from handlers.room import Command, Room
from handlers.texts import N_
from quizzes.engine.han import heard

_ROTA = ("rota", "轮值", "轮讲")


async def menu(act: Said) -> None:
    """``/menu`` shows the menu, ``/menu rota`` whose turn it is, ``/menu TITLE`` puts a wish on it."""
    words, house, now = act.words.strip(), act.house.menu, act.received_at
    if heard(words) in _ROTA:
        await house.rota(act.sender.id, act.chat.id, now=now)
    elif words:
        await house.wish(act.sender.id, act.chat.id, words, now=now)
    else:
        await house.look(act.sender.id, act.chat.id, now=now)


async def press_menu(act: Press) -> None:
    """Turning pages, voting, and what organisers do with a wish or a turn."""
    must_be_private(act)
    fields, house, who = act.fields, act.house.menu, act.sender.id
    now, on_message = act.received_at, act.message_id
    verb = fields.word("page", "vote", "back", "open", "plan", "close", "rota", "turn")
    if verb == "rota":
        await house.rota(who, who, on_message=on_message, now=now)
        return
    number = fields.number()
    match verb:
        case "page":
            await house.look(who, who, number, on_message=on_message, now=now)
        case "vote" | "back":
            page = fields.number()
            await house.vote(who, number, page, take_back=verb == "back", on_message=on_message, now=now)
        case "open":
            await house.open(who, number, fields.number(), on_message=on_message, now=now)
        case "plan":
            await house.plan(who, number, act.update_id, now=now)
        case "close":
            await house.close(who, number, fields.number(), on_message=on_message, now=now)
        case _:
            await house.plan_turn(who, number, act.update_id, now=now)


async def library(act: Said) -> None:
    """Look through the materials."""
    await act.house.library.look(act.sender.id, act.chat.id, query_of(act.words), now=act.received_at)


async def press_library(act: Press) -> None:
    """Another page, another word, or a material itself (which comes in private)."""
    must_be_private(act)
    fields, who, now = act.fields, act.sender.id, act.received_at
    verb, number = fields.word("list", "open"), fields.number()
    if verb == "open":
        await act.house.library.send(who, number, now=now)
    else:
        await act.house.library.look(who, who, fields.word(), number, on_message=act.message_id, now=now)


ROOM = Room(
    commands=(
        Command(
            "menu",
            menu,
            N_("order from the menu: vote for topics, add a wish"),
            N_("[TITLE | rota]"),
            part="menu.enabled",
        ),
        Command("library", library, N_("search the study materials"), N_("[WORDS]")),
    ),
    presses={"menu": press_menu, "lib": press_library},
    errors={
        "menu_no_votes_left": N_("All of your {most} votes are given. Take one back first."),
        "menu_wish_exists": N_("“{title}” is on the menu already; vote for it there: /menu"),
        "menu_wish_untitled": N_("Please write what it is about: /menu TITLE"),
        "menu_too_many_wishes": N_("You have {most} wishes on the menu already; please wait until one is settled."),
        "menu_no_wishes": N_("Here only what the office offers is on the menu."),
    },
)
