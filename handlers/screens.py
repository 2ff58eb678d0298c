"""The big screen: who gets its link, and joining by the code that it shows."""

from handlers.act import Press, Said
from handlers.present import contest_lobby
from handlers.present import screens as show
from handlers.room import Command, Room
from handlers.texts import N_


async def screen(act: Said) -> None:
    """``/screen``: the link of this group's screen, in private; in private the screen of one's own group."""
    house, user = act.house, act.sender.id
    if act.chat.is_private:
        chosen = await house.screens.choose(user, await house.standings.groups_run_by(user), now=act.received_at)
        if chosen is None:
            return
        chat_id = chosen
    else:
        chat_id = act.chat.id
    may = await house.standings.runs_group(user, chat_id)
    told = None if act.chat.is_private else chat_id
    await house.screens.give(chat_id, user, may=may, told=told, now=act.received_at)


async def press_screen(act: Press) -> None:
    """The buttons on the link, and the one on the host's panel."""
    fields, screens, user = act.fields, act.house.screens, act.sender.id
    what, number = fields.word("give", "panel", "renew", "off"), fields.number()
    fields.end()
    chat_id = (await act.house.contests.row(number)).chat_id if what == "panel" else number
    may = await act.house.standings.runs_group(user, chat_id)
    if what == "renew":
        await screens.renew(chat_id, user, may=may, message_id=act.message_id, now=act.received_at)
        act.house.halls.end(chat_id)
    elif what == "off":
        await screens.revoke(chat_id, user, may=may, message_id=act.message_id, now=act.received_at)
        act.house.halls.end(chat_id)
    else:
        await screens.give(chat_id, user, may=may, told=None, now=act.received_at)


async def join_by_link(act: Said, payload: str) -> None:
    """Somebody scanned the code on the screen."""
    await act.house.screens.offer(payload, act.sender.id, now=act.received_at)


async def press_hall(act: Press) -> None:
    """A team, in private; the group is the one whose screen shows the code."""
    fields, user = act.fields, act.sender
    key, contest_id, team = fields.word(), fields.number(), fields.number()
    fields.end()
    chat_id = await act.house.screens.chat_of(key)
    done = await act.house.contests.join(contest_id, chat_id, user.id, user.name, team=team or None)
    await act.house.screens.show_seat(key, user.id, act.message_id, now=act.received_at)
    await act.toast(contest_lobby.joined(done, user.id, act.t))


ROOM = Room(
    commands=(Command("screen", screen, N_("the link for the projector")),),
    presses={"screen": press_screen, "hall": press_hall},
    errors=show.ERRORS,
)
