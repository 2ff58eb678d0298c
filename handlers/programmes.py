"""What the programme in force has switched on, for organisers."""

from handlers.act import Press, Said
from handlers.present.programmes import ProgrammeCard
from handlers.room import Command, Room
from handlers.texts import N_
from study.errors import NotAllowed


async def programme(act: Said) -> None:
    """The overview."""
    await act.reply(ProgrammeCard(programme=await act.house.programmes.in_force()))


async def press_programme(act: Press) -> None:
    """A part of it, or the overview again."""
    fields = act.fields
    part, page = fields.word(), fields.number()
    fields.end()
    if not (await act.house.standings.of(act.sender.id)).is_organiser:
        raise NotAllowed()
    card = ProgrammeCard(programme=await act.house.programmes.in_force(), part=part, page=page)
    await act.change(card)


ROOM = Room(
    commands=(
        Command(
            "programme",
            programme,
            N_("what the study programme has switched on"),
        ),
    ),
    presses={"prog": press_programme},
)
