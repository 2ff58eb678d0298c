"""What every picture is made from."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Drawing:
    """A picture as data, its words in the reader's language already.

    ``drawer`` is the module that draws it: its ``draw`` takes the drawing and returns a
    :class:`handlers.present.pictures.paper.Paper`. The module is imported by the child process alone.
    """

    drawer: ClassVar[str]
