"""The first check of every command and every button, by the table of permissions; the use case checks whose it is."""

from collections.abc import Awaitable, Callable

from handlers.act import Act, Press, Said
from handlers.permissions import Line, May, Place, permissions
from handlers.room import Command
from study.errors import Forged, NotAllowed, WrongChat


async def admit(command: Command, act: Said) -> None:
    """Let a command pass that may be used here by this person.

    Raises:
        WrongChat: it belongs in a group, or in private.
        NotAllowed: it is for organisers, for admins, or in a group for those who run it.
    """
    line = permissions().commands[command.name]
    if line.where is Place.GROUP and act.chat.is_private:
        raise WrongChat(wanted="group")
    if line.where is Place.PRIVATE and not act.chat.is_private:
        raise WrongChat(wanted="private", link=f"https://t.me/{act.house.me}")
    await _must_be_of(line, act)


def behind_the_door(run: Callable[[Press], Awaitable[None]]) -> Callable[[Press], Awaitable[None]]:
    """What a button does, for those whom its line lets in, where the line says."""

    async def pressed(act: Press) -> None:
        line = permissions().of_button(act.data)
        if line is None or line.where is (Place.GROUP if act.chat.is_private else Place.PRIVATE):
            raise Forged()  # no client of Telegram's has such a button there
        await _must_be_of(line, act)
        await run(act)

    return pressed


async def _must_be_of(line: Line, act: Act) -> None:
    """Ask for the role only where the line is for organisers: a press of the buzzer waits for nothing."""
    if line.group is May.RUNS and not act.chat.is_private:
        if not await act.house.standings.runs_group(act.sender.id, act.chat.id):
            raise NotAllowed()
    elif line.for_organisers:
        access = await act.house.standings.of(act.sender.id)
        if not (access.is_admin if line.who == {May.OFFICE} else access.is_organiser):
            raise NotAllowed()
