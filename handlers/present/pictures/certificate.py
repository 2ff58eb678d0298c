"""A certificate as data."""

from dataclasses import dataclass
from typing import ClassVar

from handlers.present.pictures.drawing import Drawing


@dataclass(frozen=True)
class Certificate(Drawing):
    """One team's certificate, every word of it as it is to be read; A4, landscape.

    ``winner`` is addressed, ``members`` stands below in small print (empty: nothing does), ``deed`` says for what,
    ``prize`` is the place, ``close`` the last sentence; ``issuer`` and ``date`` stand at the bottom right.
    ``upright``: the heading is spaced and the texts are set as a Chinese office sets them.
    """

    drawer: ClassVar[str] = "handlers.present.pictures.certificate_drawer"
    heading: str
    winner: str
    members: str
    deed: str
    prize: str
    close: str
    issuer: str
    date: str
    upright: bool
    place: int
