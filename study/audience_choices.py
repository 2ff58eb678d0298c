"""The choice of an audience, press by press."""

import zlib
from collections.abc import Sequence
from enum import StrEnum

from storage import Tx
from storage.people import Role
from study.access import Access
from study.audience import Audience, levels_of
from study.broadcast_rules import Nowhere
from study.errors import Forged


class Choice(StrEnum):
    """What a button of the audience card changes; ``PAGE`` and ``TASKS`` change only what is shown."""

    EVERYWHERE = "all"
    UNIT = "unit"
    BELOW = "below"
    LEVEL = "level"
    ROLE = "role"
    PRIVATE = "private"
    GROUPS = "groups"
    ACK = "ack"
    TASKS = "tasks"
    TASK = "task"
    PAGE = "page"


def tag(level: str) -> int:
    """A short number for the name of a level, which may be too long for a button."""
    return zlib.crc32(level.encode())


def level_tagged(tx: Tx, access: Access, audience: Audience, number: int) -> str:
    """The level behind a ``tag``: one of the chooser's people, or one that is chosen already.

    Raises:
        Forged: there is none.
    """
    for name in (*audience.levels, *levels_of(tx, access)):
        if tag(name) == number:
            return name
    raise Forged()


def toggled(audience: Audience, choice: Choice, value: int | str) -> Audience:
    """The audience after a press; a chosen thing is left out, another one is taken in.

    Raises:
        Nowhere: it would be sent neither in private nor to groups.
    """
    match choice:
        case Choice.EVERYWHERE:
            return audience.model_copy(update={"units": ()})
        case Choice.UNIT:
            return audience.model_copy(update={"units": _flipped(audience.units, value)})
        case Choice.LEVEL:
            return audience.model_copy(update={"levels": _flipped(audience.levels, value)})
        case Choice.ROLE:
            return audience.model_copy(update={"roles": _flipped(audience.roles, Role(str(value)))})
        case Choice.BELOW:
            return audience.model_copy(update={"with_below": not audience.with_below})
        case Choice.TASK:
            return audience.model_copy(update={"not_answered": str(value) if value else None})
        case Choice.PRIVATE | Choice.GROUPS:
            name = "private" if choice is Choice.PRIVATE else "also_groups"
            changed = audience.model_copy(update={name: not getattr(audience, name)})
            if not changed.private and not changed.also_groups:
                raise Nowhere()
            return changed
        case _:
            return audience


def _flipped(chosen: Sequence[object], value: object) -> tuple[object, ...]:
    return tuple(one for one in chosen if one != value) if value in chosen else (*chosen, value)
