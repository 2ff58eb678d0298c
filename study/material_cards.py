"""Materials inside a transaction: whom a group's material is for, what its card shows, editing it at a pace."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from quizzes.engine.frozen import dataclass
from storage import Rank, Tx, to_ms
from storage.materials import MaterialPostRow, MaterialRow
from storage.people import Person
from storage.places import ChatState, Place
from study.calendar import Days
from study.checkin_rules import EXPECTED_ROLES, Pace
from study.content import Content
from study.material_errors import MaterialGone
from study.material_rules import Plan, read_days
from study.material_views import MaterialBody, MaterialCard, MaterialForOne

REFRESH = "material.card"
LISTENER = "material"
_PACE = Pace(timedelta(seconds=10), 3)
"""Of the 20 messages and edits a minute that a group has, a rush to the button takes 9 at most, then 6."""


@dataclass(frozen=True, slots=True)
class MaterialSettings:
    """``[materials]`` of the configuration with the programme's zone, country and admins."""

    enabled: bool
    days: Days
    at: time
    private: bool
    zone: ZoneInfo
    country: str
    admins: frozenset[int]


def ref_of(material_id: int, chat_id: int) -> str:
    """The name under which a group's message with a material can be edited."""
    return f"material:{material_id}:{chat_id}"


def plan_of(tx: Tx, settings: MaterialSettings, chat_id: int) -> Plan:
    """A group's own plan, or that of the configuration."""
    own = tx.materials.plan(chat_id)
    if own is None:
        return Plan(settings.enabled, settings.days, settings.at)
    return Plan(own.is_on, read_days(own.days), time.fromisoformat(own.at), own.series)


def must_have(tx: Tx, material_id: int) -> MaterialRow:
    """A material that is in the list.

    Raises:
        MaterialGone: it is not (any more).
    """
    material = tx.materials.get(material_id)
    if material is None or not material.is_listed:
        raise MaterialGone()
    return material


def bound_group(tx: Tx, chat_id: int) -> Place | None:
    """A group in which the bot can speak and that is bound to a unit."""
    group = tx.places.group(chat_id)
    if group is None or group.unit_id is None or group.state is not ChatState.ACTIVE:
        return None
    return group


def units_of(tx: Tx, unit_id: int) -> frozenset[int]:
    """The units whose people a unit's groups are for: itself and those below, but for those with a group of their own."""
    within = tx.people.within(unit_id)
    others = (tx.people.within(other) for other in tx.checkins.units_with_group() if other in within - {unit_id})
    return within.difference(*others)


def groups_over(tx: Tx, person: Person) -> Sequence[Place]:
    """The groups that a person belongs to: those of the nearest unit, from the own one upwards, that has any."""
    unit_id = tx.checkins.unit_with_group(person.unit_id)
    return () if unit_id is None else tx.places.groups_of(unit_id)


def meant(tx: Tx, unit_id: int) -> Sequence[Person]:
    """Who is to read what goes to a unit's groups: members and organisers, joined or not."""
    people = tx.people.of_units(units_of(tx, unit_id))
    return tuple(person for person in people if person.role.value in EXPECTED_ROLES)


def body_of(material: MaterialRow) -> MaterialBody:
    """A material as it is shown."""
    return MaterialBody(
        material_id=material.id,
        series=material.series,
        topic=material.topic,
        title=material.title,
        text=material.text,
        link=material.link,
        content=Content.model_validate_json(material.content),
        stored=material.has_picture,
        has_question=material.question is not None,
    )


def say_card(tx: Tx, material: MaterialRow, post: MaterialPostRow, *, now: datetime, rank: Rank) -> None:
    """Send a group its material; this message is from now on the one that counts."""
    card = card_of(tx, material, post)
    tx.outbox.say(post.chat_id, card, now=now, rank=rank, ref=ref_of(post.material_id, post.chat_id), listener=LISTENER)


def say_privately(
    tx: Tx, material: MaterialRow, people: Iterable[Person], *, now: datetime, rank: Rank, reminds: bool = False
) -> None:
    """Send a material to each of these people who can be reached."""
    body, readers, reachable = body_of(material), tx.materials.readers(material.id), tx.places.reachable()
    for person in people:
        if person.user_id is not None and person.user_id in reachable:
            view = MaterialForOne(body=body, read=person.id in readers, reminds=reminds)
            tx.outbox.say(person.user_id, view, now=now, rank=rank, listener=LISTENER)


def refresh_for(tx: Tx, person: Person, material_id: int, *, now: datetime) -> None:
    """Something changed about a person and a material: the cards of the person's groups show it, at their pace."""
    for group in groups_over(tx, person):
        post = tx.materials.post_in(material_id, group.chat_id)
        if post is not None:
            refresh(tx, post, now=now)


def refresh(tx: Tx, post: MaterialPostRow, *, now: datetime) -> None:
    """Show on a card what has gathered, or soon if it was edited often lately."""
    account = _PACE.take(post.paced_at, now)
    if account is None:
        room_at = _PACE.room_at(post.paced_at)
        tx.alarms.set(REFRESH, f"{post.id}:{to_ms(room_at)}", room_at, body=str(post.id))
        return
    tx.materials.pace(post.id, account)
    material = tx.materials.get(post.material_id)
    assert material is not None
    tx.outbox.edit(ref_of(post.material_id, post.chat_id), card_of(tx, material, post), now=now)


def card_of(tx: Tx, material: MaterialRow, post: MaterialPostRow) -> MaterialCard:
    """A group's material with its counts as they are now."""
    units = units_of(tx, post.unit_id)
    tallies = [tally for tally in tx.materials.tallies(material.id) if tally.unit_id in units]
    return MaterialCard(
        body=body_of(material),
        read=sum(tally.readers for tally in tallies),
        people=sum(tally.people for tally in tallies),
        answered=sum(tally.answered for tally in tallies),
        correct=sum(tally.correct for tally in tallies),
    )


def today_of(posts: Sequence[MaterialPostRow], chat_ids: Iterable[int]) -> MaterialPostRow | None:
    """Of a day's posts (the newest last) the newest that went to one of some groups."""
    wanted = set(chat_ids)
    return next((post for post in reversed(posts) if post.chat_id in wanted), None)
