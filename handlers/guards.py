"""The first check of every command: the chat and the role. The use case checks the unit."""

from handlers.act import Said
from handlers.room import Command, Where, Who
from study.errors import NotAllowed, WrongChat


async def admit(command: Command, act: Said) -> None:
    """Let a command pass that may be used here by this person.

    Raises:
        WrongChat: it belongs in a group, or in private.
        NotAllowed: it is for organisers, or for admins.
    """
    if command.where is Where.GROUP and act.chat.is_private:
        raise WrongChat(wanted="group")
    if command.where is Where.PRIVATE and not act.chat.is_private:
        raise WrongChat(wanted="private", link=f"https://t.me/{act.house.me}")
    if command.who is Who.EVERYONE:
        return
    access = await act.house.standings.of(act.sender.id)
    if not (access.is_admin if command.who is Who.ADMINS else access.is_organiser):
        raise NotAllowed()
