"""``notes.toml``: study notes in one form.

.. code-block:: toml

    days = 30                     # so long after a session a note on it is taken
    photo = true                  # a photo of the handwritten page will do

    [[fields]]
    key = "time"
    title = {"zh-CN" = "时间", en = "Time"}
    fill = "time"                 # filled in from the session: time, place, lecturer or title

    [[fields]]
    key = "gains"
    title = {"zh-CN" = "学习体会", en = "What I take from it"}
    least = 50                    # characters
"""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field

from study.programme.words import Flaw, Key, Part, Title, twice


class NoteField(Part):
    """One line of the form: filled in from the session, or asked for (``least`` characters at least)."""

    key: Key
    title: Title
    fill: Literal["time", "place", "lecturer", "title"] | None = None
    hint: Title | None = None
    least: int = Field(1, ge=1, le=1000)


class NoteForm(Part):
    """The form of a note; without fields there are none. ``days``: so long after a session one can be written."""

    fields: tuple[NoteField, ...] = ()
    photo: bool = True
    days: int = Field(30, ge=1, le=366)

    @property
    def is_on(self) -> bool:
        """Whether notes are written at all."""
        return bool(self.fields)

    def flaws(self, whole: Any) -> Iterator[Flaw]:
        """Keys that stand twice."""
        yield from twice(tuple(one.key for one in self.fields), "fields")
