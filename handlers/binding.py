"""Groups and their units."""

from handlers.act import Press, Said
from handlers.present import binding as _present  # noqa: F401 - registers its presenters
from handlers.room import Command, Room
from handlers.texts import N_
from study.errors import Forged


async def bind(act: Said) -> None:
    """Bind the group to the unit that is named; without a name say what it is bound to."""
    chat = act.chat
    if act.words:
        await act.house.bindings.bind(act.sender.id, chat.id, chat.title, act.words, now=act.received_at)
    else:
        await act.house.bindings.show(chat.id, now=act.received_at)


async def unbind(act: Said) -> None:
    """Bind the group to nothing."""
    await act.house.bindings.unbind(act.sender.id, act.chat.id, now=act.received_at)


async def press_bind(act: Press) -> None:
    """A unit was pressed, a new one, or that the group shall change its unit."""
    if act.chat.is_private:
        raise Forged()
    fields, bindings, chat = act.fields, act.house.bindings, act.chat
    verb, number = fields.word("to", "move", "new"), fields.number()
    fields.end()
    here = (act.sender.id, chat.id, chat.title, number)
    if verb == "new":
        await bindings.make(*here, on_message=act.message_id, now=act.received_at)
    else:
        await bindings.take(*here, sure=verb == "move", on_message=act.message_id, now=act.received_at)


ROOM = Room(
    commands=(
        Command("bind", bind, N_("tie this group to a unit"), N_("UNIT")),
        Command("unbind", unbind, N_("untie this group from its unit")),
    ),
    presses={"bind": press_bind},
    errors={
        "bind_unknown.near": N_("You run no unit called {unit}. Did you mean: {near}?"),
        "bind_unknown.none": N_("You run no unit called {unit}. New units are made by an admin."),
        "bind_same": N_("This group is bound to {unit} already."),
        "bind_not_bound": N_("This group is not bound to a unit."),
    },
)
