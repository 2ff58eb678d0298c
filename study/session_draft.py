"""A session that is not planned yet: what is known of it, and what a button of its card makes of it."""

from collections.abc import Mapping
from typing import Literal, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict

from storage import Tx
from storage.people import Role
from study.access import Access
from study.errors import Forged
from study.programme import Programme
from study.programme.words import Who

T = TypeVar("T")
Step = Literal["", "series", "topic", "form", "unit", "cohort"]


class Draft(BaseModel):
    """A session that is not planned yet; the body of the conversation. ``key`` tells its card from older ones.

    ``wish_id`` is the wish that it fulfils, ``turn`` whose turn of the rota it is.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    key: int
    starts_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None
    title: str = ""
    place: str = ""
    lecturer: str = ""
    material: str = ""
    series: str = ""
    topic: str = ""
    form: str = ""
    unit_id: int | None = None
    who: Who = Who()
    sign_up: bool = False
    capacity: int | None = None
    wish_id: int | None = None
    turn: str = ""
    step: Step = ""


def names_of(programme: Programme) -> Mapping[str, Mapping[str, str]]:
    """Which word, in any language, means which series, topic and form."""
    part = programme.series

    def words(ones: object) -> dict[str, str]:
        assert isinstance(ones, tuple)
        return {word: one.key for one in ones for word in (*one.title.root.values(), one.key)}

    return {"series": words(part.series), "topic": words(part.topics), "form": words(part.forms)}


def own_unit(access: Access) -> int | None:
    """An organiser's sessions are the own unit's; an admin's are the whole programme's."""
    if access.is_admin or access.person is None or access.person.role is Role.ADMIN:
        return None
    return access.person.unit_id


def in_series(draft: Draft, key: str, programme: Programme) -> Draft:
    """Put a draft into a series, whose form, place and people it takes unless it has its own."""
    series = programme.series.one(key)
    if series is None or (key == draft.series and draft.form):
        return draft
    return draft.model_copy(
        update={"series": key, "form": series.form, "place": draft.place or series.place, "who": series.who}
    )


_STEPS: tuple[Step, ...] = ("series", "topic", "form", "unit", "cohort")
_CAPACITIES = (None, 20, 30, 50, 100, 200)
"""What the button for the number of seats goes through."""


def chosen(tx: Tx, access: Access, draft: Draft, programme: Programme, verb: str, number: int) -> Draft:
    """A draft after a button of its card (see :meth:`study.session_drafts.SessionDrafts.press`).

    Raises:
        Forged: there is no such choice.
        NotAllowed: they do not run the unit.
    """
    part, update = programme.series, dict[str, object]()
    match verb:
        case "step":
            update = {"step": "" if number < 0 else _at(_STEPS, number)}
        case "series":
            key = "" if number < 0 else _at(part.series, number).key
            draft = draft.model_copy(update={"series": "", "form": ""}) if key != draft.series else draft
            draft, update = in_series(draft, key, programme), {"step": ""}
        case "topic":
            update = {"topic": "" if number < 0 else _at(part.topics, number).key, "step": ""}
        case "form":
            update = {"form": "" if number < 0 else _at(part.forms, number).key, "step": ""}
        case "unit":
            access.must_run(tx, None if number < 0 else number)
            update = {"unit_id": None if number < 0 else number, "step": ""}
        case "cohort":
            key = _at(programme.header.cohorts, number).key
            before = draft.who.cohorts
            after = tuple(one for one in before if one != key) if key in before else (*before, key)
            update = {"who": draft.who.model_copy(update={"cohorts": after})}
        case "signup":
            update = {"sign_up": not draft.sign_up, "capacity": None}
        case "seats":
            at = _CAPACITIES.index(draft.capacity) if draft.capacity in _CAPACITIES else 0
            update = {"capacity": _CAPACITIES[(at + 1) % len(_CAPACITIES)], "sign_up": True}
    return draft.model_copy(update=update)


def _at(ones: tuple[T, ...], number: int) -> T:
    if not 0 <= number < len(ones):
        raise Forged()
    return ones[number]
