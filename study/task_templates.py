"""Kinds of tasks as data: what a reflection and an assignment differ in. Another kind is another entry here."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from quizzes.engine.frozen import dataclass


class Piece(StrEnum):
    """What a piece of a submission can be."""

    TEXT = "text"
    PHOTO = "photo"
    FILE = "file"


class State(StrEnum):
    """How far a submission has come."""

    DRAFT = "draft"
    HANDED_IN = "handed_in"
    RETURNED = "returned"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Template:
    """One kind of task.

    * ``kind``: what the export and the lists call it; several templates may share one;
    * ``heading``, ``states``, ``write``: English texts, the keys of their translations;
    * ``least``: characters without white space that a text must have at least (a task may ask for more or fewer);
    * ``takes``: which pieces a submission may have; ``exempt``: a submission with one of these needs no least length;
    * ``later_joiners``: whoever joins before the deadline is asked too;
    * ``by_choice``: nobody is asked, whoever begins takes part (and is never missing);
    * ``acknowledged``: the person is asked to press that they received it;
    * ``published``: good ones may go to the group, with the author's consent;
    * ``from_above``: whoever runs a unit above the author's reviews it, not a colleague of the same unit;
    * ``settled_by_one``: the first that is accepted closes the task for all who were asked;
    * ``reopened``: what was accepted may be returned later, with a reason.
    """

    name: str
    kind: str
    heading: str
    write: str
    states: Mapping[State, str]
    least: int
    takes: frozenset[Piece]
    exempt: frozenset[Piece]
    later_joiners: bool = False
    by_choice: bool = False
    acknowledged: bool = False
    published: bool = False
    from_above: bool = False
    settled_by_one: bool = False
    reopened: bool = False


_STATES = {
    State.DRAFT: "not handed in",
    State.HANDED_IN: "handed in",
    State.RETURNED: "returned",
    State.ACCEPTED: "accepted",
}

REFLECTION = Template(
    name="reflection",
    kind="reflection",
    heading="Reflection",
    write="Write a reflection",
    states=_STATES,
    least=50,
    takes=frozenset({Piece.TEXT, Piece.PHOTO}),
    exempt=frozenset({Piece.PHOTO}),
    later_joiners=True,
    published=True,
)
OWN_REFLECTION = replace(REFLECTION, name="own_reflection", heading="Reflection of one's own", by_choice=True)
ASSIGNMENT = Template(
    name="assignment",
    kind="assignment",
    heading="Assignment",
    write="Hand in",
    states=_STATES,
    least=1,
    takes=frozenset(Piece),
    exempt=frozenset({Piece.PHOTO, Piece.FILE}),
    acknowledged=True,
)

RECTIFICATION = replace(
    ASSIGNMENT,
    name="rectification",
    heading="Rectification",
    write="Report what was put right",
    states={**_STATES, State.ACCEPTED: "put right and closed"},
    from_above=True,
    settled_by_one=True,
    reopened=True,
)

NOTICE = replace(
    RECTIFICATION,
    name="notice",
    heading="Supervision notice",
    write="Reply",
    states={**_STATES, State.HANDED_IN: "replied", State.ACCEPTED: "settled"},
)

TEMPLATES: Mapping[str, Template] = {
    template.name: template for template in (REFLECTION, OWN_REFLECTION, ASSIGNMENT, RECTIFICATION, NOTICE)
}
"""Every template by the name under which tasks store it."""

KINDS = ("reflection", "assignment")
