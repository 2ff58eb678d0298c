"""Whose a draft is, whom it would reach, and the cards that show it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from quizzes.engine.frozen import dataclass
from storage import Tx
from storage.broadcasts import BroadcastRow, BroadcastState
from storage.people import Unit
from study.access import Access, access_of
from study.audience import Audience, Reach, levels_of, reach
from study.audience_choices import Choice, level_tagged
from study.broadcast_result import Counts
from study.broadcast_rules import AlreadySent, NotYours, digest
from study.broadcast_views import AudienceCard, PreviewCard, TaskChoiceCard, UnitChoice
from study.content import Content, excerpt
from study.errors import Expired, Forged, NotAllowed
from study.task_book import head_of, owing, task_of
from study.task_overview import open_tasks
from study.task_views import TaskHead

T = TypeVar("T")

_A_PAGE = 8


@dataclass(frozen=True, slots=True)
class Author:
    """Who composes: ``name`` and ``unit`` as recipients will read them."""

    access: Access
    name: str
    unit: str


def author_of(tx: Tx, user_id: int, name: str, admins: frozenset[int], programme: str) -> Author:
    """The author behind a Telegram user; an admin who is not on the roster speaks for the programme.

    Raises:
        NotAllowed: they run no unit (any more).
    """
    access = access_of(tx, user_id, admins)
    if not access.is_organiser:
        raise NotAllowed()
    person = access.person
    return Author(access, name, programme) if person is None else Author(access, person.name, person.unit)


def draft_of(tx: Tx, user_id: int, broadcast_id: int, version: int) -> BroadcastRow:
    """The draft whose button was pressed.

    Raises:
        Forged: there is none.
        NotYours: somebody else's.
        AlreadySent: it has gone out.
        Expired: it was called off, or the button belongs to an older preview.
    """
    row = tx.broadcasts.get(broadcast_id)
    if row is None:
        raise Forged()
    if row.sender_id != user_id:
        raise NotYours()
    if row.state not in (BroadcastState.DRAFT, BroadcastState.CANCELLED):
        raise AlreadySent()
    if row.state is not BroadcastState.DRAFT or row.version != version:
        raise Expired()
    return row


def card_ref(broadcast_id: int, version: int) -> str:
    """The name of the card's message."""
    return f"broadcast:{broadcast_id}:{version}"


def sample_ref(broadcast_id: int, version: int) -> str:
    return f"{card_ref(broadcast_id, version)}:sample"


def reach_without(tx: Tx, audience: Audience, author: Author) -> Reach:
    """Whom it reaches; the author is no recipient of their own broadcast."""
    found = reach(tx, audience, author.access, owing=owing)
    own = author.access.user_id
    people = tuple(person for person in found.people if person.user_id != own)
    return replace(found, people=people, unreached=found.unreached - {own})


def digest_of(found: Reach, audience: Audience) -> str:
    """A name for exactly these recipients."""
    return digest(
        (person.user_id or 0 for person in found.people),
        (group.chat_id for group in found.groups) if audience.also_groups else (),
    )


def preview_card(
    tx: Tx,
    row: BroadcastRow,
    found: Reach,
    *,
    now: datetime,
    zone: ZoneInfo,
    asked_in: tuple[int, int] | None = None,
) -> PreviewCard:
    """The card that asks whether to send."""
    content, audience = Content.model_validate_json(row.content), Audience.model_validate_json(row.audience)
    units = (tx.people.unit(unit_id) for unit_id in audience.units)
    return PreviewCard(
        id=row.id,
        version=row.version,
        about=about(content),
        units=tuple(unit.name for unit in units if unit is not None),
        with_below=audience.with_below,
        levels=audience.levels,
        roles=audience.roles,
        task=_task(tx, audience, now, zone),
        private=audience.private,
        also_groups=audience.also_groups,
        wants_ack=row.wants_ack,
        counts=counts(found),
        asked_in=asked_in,
    )


def about(content: Content) -> str:
    """A line that recalls a content."""
    return excerpt(content.text or content.file_name or "")


def counts(found: Reach) -> Counts:
    """How many an audience comes down to."""
    return Counts(
        people=len(found.people),
        unreached=len(found.unreached),
        unjoined=len(found.unjoined),
        groups=len(found.groups),
    )


def audience_card(
    tx: Tx, row: BroadcastRow, author: Author, found: Reach, page: int, *, now: datetime, zone: ZoneInfo
) -> AudienceCard:
    """The card that asks to whom; ``page`` of the units, the last one if there are not so many."""
    audience = Audience.model_validate_json(row.audience)
    run = author.access.units(tx)
    units = [unit for unit in tx.people.units() if unit.id in run]
    shown, page, pages = _page(units, page)
    return AudienceCard(
        id=row.id,
        version=row.version,
        about=about(Content.model_validate_json(row.content)),
        page=page,
        pages=pages,
        units=tuple(_choice(unit, units, audience) for unit in shown),
        levels=levels_of(tx, author.access),
        audience=audience,
        task=_task(tx, audience, now, zone),
        wants_ack=row.wants_ack,
        counts=counts(found),
    )


def task_choice_card(
    tx: Tx, row: BroadcastRow, author: Author, page: int, *, now: datetime, zone: ZoneInfo
) -> TaskChoiceCard:
    """The card that asks who has not handed in for what; ``page`` of the tasks, the last one if there are not so many."""
    chosen = _task(tx, Audience.model_validate_json(row.audience), now, zone)
    shown, page, pages = _page(open_tasks(tx, author.access, now), page)
    return TaskChoiceCard(
        id=row.id,
        version=row.version,
        page=page,
        pages=pages,
        tasks=tuple(head_of(task, now, zone) for task in shown),
        chosen=None if chosen is None else chosen.id,
    )


def _task(tx: Tx, audience: Audience, now: datetime, zone: ZoneInfo) -> TaskHead | None:
    reference = audience.not_answered
    return None if reference is None else head_of(task_of(tx, int(reference)), now, zone)


def _page(choices: Sequence[T], page: int) -> tuple[Sequence[T], int, int]:
    """What is on a page, its number (the last one if there are not so many) and how many there are."""
    pages = max(1, -(-len(choices) // _A_PAGE))
    page = min(max(page, 0), pages - 1)
    return choices[page * _A_PAGE : (page + 1) * _A_PAGE], page, pages


def _choice(unit: Unit, units: list[Unit], audience: Audience) -> UnitChoice:
    above = sum(unit.path.startswith(f"{other.path}/") for other in units)
    return UnitChoice(id=unit.id, name=unit.name, depth=above, chosen=unit.id in audience.units)


def checked(
    tx: Tx, author: Author, audience: Audience, choice: Choice, value: int | str, *, now: datetime
) -> int | str:
    """What a button may choose, looked up on the server; whatever is chosen already may be left out again."""
    if choice is Choice.UNIT and value not in audience.units:
        author.access.must_run(tx, int(value))
        if tx.people.unit(int(value)) is None:
            raise Forged()
    if choice is Choice.LEVEL:
        return level_tagged(tx, author.access, audience, int(value))
    if choice is Choice.TASK and value and all(task.id != value for task in open_tasks(tx, author.access, now)):
        raise Forged()
    return value
