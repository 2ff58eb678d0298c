"""``menu.toml``: what the office offers to lecture on, how members choose, and whose turn it is.

.. code-block:: toml

    enabled = true
    votes = 3                     # open votes a person; without it as many as they like
    series = "bureau"             # the series of the sessions that come of it

    [[offers]]
    key = "funds"
    title = {"zh-CN" = "立项争资实务", "zh-TW" = "立項爭資實務", en = "Winning project funds"}
    lecturer = "市发改委"

    [[rota]]
    key = "reform"
    title = {"zh-CN" = "市发改委", …}
"""

from collections.abc import Iterator
from typing import Any

from pydantic import Field

from study.programme.words import Flaw, Key, Part, Title, twice


class Offer(Part):
    """Something that can be ordered; ``lecturer`` is a person or a department."""

    key: Key
    title: Title
    lecturer: str = ""


class Turn(Part):
    """One who lectures in turn: a department (its head), or a person. ``lecturer``: the name, once there is one."""

    key: Key
    title: Title
    lecturer: str = ""


class MenuPart(Part):
    """The menu; switched on by ``enabled``."""

    enabled: bool = False
    wishes: bool = True
    """Whether members may put wishes of their own on it."""
    votes: int | None = Field(None, ge=1)
    series: Key | None = None
    offers: tuple[Offer, ...] = ()
    rota: tuple[Turn, ...] = ()

    def flaws(self, whole: Any) -> Iterator[Flaw]:
        """Keys that stand twice; a series that there is not."""
        yield from twice(tuple(offer.key for offer in self.offers), "offers")
        yield from twice(tuple(turn.key for turn in self.rota), "rota")
        if self.series is not None and whole.series.one(self.series) is None:
            yield Flaw("series", "unknown_name", self.series)
