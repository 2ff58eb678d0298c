"""One call of the bot, read and checked, on its way to the method that acts on it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.files import Upload
from sandbox.profile import Profile
from sandbox.webhook import Webhook
from sandbox.world import World


@dataclass(frozen=True, slots=True)
class Asked:
    """A call with typed parameters.

    Args:
        params: what was given, as the description of the method types it.
        uploads: the files that came with it, by the name of their form field.
    """

    world: World
    profile: Profile
    webhook: Webhook
    method: str
    params: Mapping[str, Any]
    uploads: Mapping[str, Upload]

    def get(self, name: str) -> Any:
        """A parameter, ``None`` if it was not given."""
        return self.params.get(name)


Acting = Callable[[Asked], Any | Awaitable[Any]]

METHODS: dict[str, Acting] = {}
"""The methods that the sandbox acts on."""


def acts_on(*names: str) -> Callable[[Acting], Acting]:
    """Register a function for methods of the Bot API; what it returns is the answer's ``result``."""

    def register(acting: Acting) -> Acting:
        for name in names:
            METHODS[name] = acting
        return acting

    return register
