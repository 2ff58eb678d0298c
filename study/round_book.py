"""What the use cases of rounds share: who is asked, in which group, where its card stands, what is shown of it."""

import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from quizzes.engine.frozen import dataclass
from storage import Rank, Tx
from storage.people import Person, Role
from storage.rounds import GroupRow, GroupState, MemberRow, RoundRow, Speaking
from study.access import Access
from study.calendar import is_workday
from study.errors import Expired
from study.overseers import lineage
from study.programme import Programme, programme_in_force
from study.programme.rounds import Reading, RoundPlan
from study.round_errors import NotInRound, ObserverOnly
from study.round_rules import reading_lines, speaking_order, split
from study.round_views import (
    Piece,
    RoundAnnounced,
    RoundCall,
    RoundCard,
    RoundHead,
    SpeakerLine,
    Team,
)

SOURCE = "zh-CN"
"""The language of names that are kept as plain text (a session's title)."""


@dataclass(frozen=True, slots=True)
class RoundSettings:
    """The programme's zone and country, its admins by the config, and what draws lots."""

    zone: ZoneInfo
    country: str
    admins: frozenset[int]
    dice: random.Random

    def works(self, day: object) -> bool:
        """Whether people work on a day."""
        return is_workday(day, self.country)  # type: ignore[arg-type]


@lru_cache(maxsize=256)
def plan_in(body: str, reading: str) -> RoundPlan:
    """A plan as it is kept, with what an organiser wrote that is to be read before a round (a line each), if anything."""
    plan = RoundPlan.model_validate_json(body)
    own = tuple(
        Reading.model_validate({"title": title, "url": url, "material": title}) for title, url in reading_lines(reading)
    )
    return plan.model_copy(update={"reading": own}) if own else plan


def plan_of(row: RoundRow) -> RoundPlan:
    """The plan of a round, as it was when people were told of it."""
    return plan_in(row.body, row.reading)


def round_of(tx: Tx, round_id: int) -> RoundRow:
    """A round by its id.

    Raises:
        Expired: there is none.
    """
    row = tx.rounds.get(round_id)
    if row is None:
        raise Expired()
    return row


def group_of(tx: Tx, group_id: int) -> tuple[GroupRow, RoundRow]:
    """A group by its id, and its round.

    Raises:
        Expired: there is none.
    """
    group = tx.rounds.group(group_id)
    if group is None:
        raise Expired()
    return group, round_of(tx, group.round_id)


def asked(tx: Tx, access: Access, round_id: int) -> MemberRow:
    """Somebody's own line in a round.

    Raises:
        NotOnRoster: they are nobody.
        ObserverOnly: they are an observer.
        NotInRound: they are not asked to it.
    """
    person = access.member()
    if person.role is Role.OBSERVER:
        raise ObserverOnly()
    member = tx.rounds.member(round_id, person.id)
    if member is None:
        raise NotInRound()
    return member


def must_not_observe(access: Access) -> None:
    """Refuse observers.

    Raises:
        ObserverOnly: they are one.
    """
    if access.person is not None and access.person.role is Role.OBSERVER:
        raise ObserverOnly()


def people_by_unit(tx: Tx, programme: Programme, plan: RoundPlan) -> Mapping[int, Sequence[Person]]:
    """Who takes part in a kind of round, by the unit in which they do; observers never, and no unit of too few."""
    paths = {unit.id: unit.path for unit in tx.people.units()}
    ids = {path: unit_id for unit_id, path in paths.items()}
    found: dict[int, list[Person]] = {}
    for person in programme.meant(tx, plan.who):
        if person.role is not Role.OBSERVER:
            path = paths[person.unit_id]
            if plan.depth is not None:
                path = "/".join(path.split("/")[: plan.depth])
            found.setdefault(ids[path], []).append(person)
    return {unit_id: people for unit_id, people in found.items() if len(people) >= plan.least}


def observers_of(tx: Tx, unit_id: int) -> Sequence[Person]:
    """The observers who sit in with a unit: those of the unit and of those above it."""
    above = set(lineage(tx, unit_id))
    return [one for one in tx.people.everybody() if one.role is Role.OBSERVER and one.unit_id in above]


def chats_of(tx: Tx, unit_id: int) -> Sequence[int]:
    """The groups of Telegram of a unit, or of the nearest unit above it that has one."""
    for one in lineage(tx, unit_id):
        found = [place.chat_id for place in tx.places.groups_of(one)]
        if found:
            return found
    return ()


def arrange(tx: Tx, row: RoundRow, *, first: bool) -> None:
    """Put everybody who takes part into a group; ``first``: for a new round, so that the speaking order goes on by one.

    Later (at the beginning of the meeting) only whoever has left goes and whoever is new is added.
    """
    plan = plan_of(row)
    people = sorted(
        people_by_unit(tx, programme_in_force(tx), plan).get(row.unit_id, ()),
        key=lambda one: (one.role is not Role.ORGANISER, one.level, one.title, one.id),
    )
    ids = [person.id for person in people]
    units = {person.id: person.unit_id for person in people}
    places = tx.rounds.places(row.plan, row.unit_id)
    groups = split({place.person_id: place.number for place in places}, ids, plan.most)
    order: dict[int, Sequence[int]] = {}
    for number in sorted(set(groups.values())):
        members = [one for one in ids if groups[one] == number]
        before = [place.person_id for place in places if groups.get(place.person_id) == number]
        if first:
            order[number] = speaking_order(before, members, f"{row.seed}:{number}")
        else:
            known = [one for one in before if one in set(members)]
            order[number] = [*known, *(one for one in members if one not in set(known))]
    tx.rounds.set_places(row.plan, row.unit_id, order)
    chats = chats_of(tx, row.unit_id)
    for gone in (one for one in tx.rounds.members(row.id) if one.person_id not in units):
        tx.rounds.drop_member(row.id, gone.person_id)
    for number, team in order.items():
        # A unit with a chat for each group has each group's card in its own; else they share the first.
        chat_id = chats[number - 1] if len(chats) >= len(order) > 1 else (chats[0] if chats else None)
        group_id = tx.rounds.put_group(row.id, number, chat_id)
        for place, person_id in enumerate(team):
            tx.rounds.put_member(row.id, person_id, group_id=group_id, unit_id=units[person_id], place=place)


def head_of(row: RoundRow) -> RoundHead:
    """Which round it is."""
    return RoundHead(id=row.id, title=plan_of(row).title, unit=row.unit, starts_at=row.starts_at, state=row.state.value)


def pieces(tx: Tx, what: Sequence[Reading], me: str) -> tuple[Piece, ...]:
    """What is to be read, with where it is: a material of the library opens in private."""
    known = {material.title: material.id for material in tx.materials.all()} if any(w.material for w in what) else {}
    found = []
    for one in what:
        url = one.url
        if not url and one.material in known:
            url = f"https://t.me/{me}?start=mat_{known[one.material]}"
        found.append(Piece(title=one.title, url=url))
    return tuple(found)


def teams_of(tx: Tx, row: RoundRow) -> tuple[Team, ...]:
    """The groups of a round that have people in them."""
    members = tx.rounds.members(row.id)
    found = []
    for group in tx.rounds.groups(row.id):
        names = tuple(one.name for one in members if one.group_id == group.id)
        if names:
            found.append(Team(id=group.id, number=group.number, names=names, state=group.state.value, host=group.host))
    return tuple(found)


def announced(tx: Tx, row: RoundRow, *, me: str, reminds: bool = False) -> RoundAnnounced:
    """What the groups are told before a round."""
    plan, members = plan_of(row), tx.rounds.members(row.id)
    return RoundAnnounced(
        head=head_of(row),
        teams=teams_of(tx, row),
        agenda=plan.agenda,
        musts=pieces(tx, plan.musts, me),
        reading=pieces(tx, plan.reading, me),
        read=sum(one.read_at is not None for one in members),
        people=len(members),
        reminder=row.reminder,
        standard=plan.reminder,
        reminds=reminds,
    )


def call_of(tx: Tx, row: RoundRow, member: MemberRow | None, *, me: str, reminds: bool = False) -> RoundCall:
    """What one person is told before a round (``member`` None: an observer)."""
    plan, groups = plan_of(row), tx.rounds.groups(row.id)
    number, place = 0, 0
    if member is not None:
        number = next((group.number for group in groups if group.id == member.group_id), 0)
        mates = [one for one in tx.rounds.members(row.id) if one.group_id == member.group_id]
        place = next((at for at, one in enumerate(mates, start=1) if one.person_id == member.person_id), 0)
    return RoundCall(
        head=head_of(row),
        number=number,
        teams=len(teams_of(tx, row)),
        place=place,
        seconds=plan.speaking_seconds,
        agenda=plan.agenda,
        musts=pieces(tx, plan.musts, me),
        reading=pieces(tx, plan.reading, me),
        has_read=member is not None and member.read_at is not None,
        observer=member is None,
        reminder=row.reminder,
        standard=plan.reminder,
        reminds=reminds,
    )


def call_ref(round_id: int, person_id: int) -> str:
    """The name of somebody's own copy."""
    return f"round:{round_id}:p{person_id}"


def announced_ref(round_id: int, chat_id: int) -> str:
    """The name of the announcement in a group."""
    return f"round:{round_id}:g{chat_id}"


def tell_everybody(
    tx: Tx, row: RoundRow, *, me: str, now: datetime, reminds: bool = False, settings: RoundSettings
) -> None:
    """Announce a round to the groups, to everybody who is asked and to the observers; or remind the groups of it.

    Who has not read yet is reminded in private by the one message of the day that has all that somebody owes. Only where there
    is no group the reminder is sent in private, to whoever is not on leave.
    """
    reachable = tx.places.reachable()
    on_leave = {leave.person_id for leave in tx.leaves.approved_on(now.astimezone(settings.zone).date())}
    chats = {group.chat_id for group in tx.rounds.groups(row.id) if group.chat_id is not None}
    for chat_id in sorted(chats):
        ref = None if reminds else announced_ref(row.id, chat_id)
        tx.outbox.say(chat_id, announced(tx, row, me=me, reminds=reminds), now=now, rank=Rank.PUSH, ref=ref)
    if reminds and chats:
        return
    for member in tx.rounds.members(row.id):
        if member.user_id in reachable and not (reminds and member.person_id in on_leave):
            ref = call_ref(row.id, member.person_id)
            view = call_of(tx, row, member, me=me, reminds=reminds)
            tx.outbox.say(member.user_id, view, now=now, rank=Rank.BROADCAST, ref=ref)
    for observer in observers_of(tx, row.unit_id):
        if observer.user_id in reachable and not reminds:
            tx.outbox.say(observer.user_id, call_of(tx, row, None, me=me), now=now, rank=Rank.BROADCAST)


def card_of(tx: Tx, group: GroupRow, row: RoundRow, *, me: str) -> RoundCard:
    """The card of a group's meeting."""
    plan = plan_of(row)
    members = [one for one in tx.rounds.members(row.id) if one.group_id == group.id]
    speaker = next((one.name for one in members if one.person_id == group.speaker_id), "")
    until = None if group.called_at is None else group.called_at + timedelta(seconds=plan.speaking_seconds)
    return RoundCard(
        head=head_of(row),
        group=group.id,
        number=group.number,
        teams=len(teams_of(tx, row)),
        step=group.step,
        state=group.state.value,
        lines=tuple(
            SpeakerLine(
                name=one.name,
                status=one.status.value,
                has_read=one.read_at is not None,
                is_here=one.here_at is not None,
                speaks=one.person_id == group.speaker_id,
            )
            for one in members
        ),
        musts=pieces(tx, plan.musts, me),
        agenda=plan.agenda,
        reads=bool(plan.reading),
        host=group.host,
        speaker=speaker,
        called_at=group.called_at,
        until=until if speaker else None,
        over=bool(speaker) and group.rung == group.step,
        seconds=plan.speaking_seconds,
        can_undo=bool(group.undo),
    )


def card_ref(group: GroupRow) -> str:
    """The name of the card that a group's meeting has now."""
    return f"round:card:{group.id}:{group.card}"


def refresh_card(tx: Tx, group: GroupRow, row: RoundRow, *, me: str, now: datetime) -> None:
    """Let the card show how things are."""
    if group.state is not GroupState.WAITING:
        tx.outbox.edit(card_ref(group), card_of(tx, group, row, me=me), now=now, rank=Rank.REPLY)


def waiting(members: Sequence[MemberRow]) -> MemberRow | None:
    """Who speaks next."""
    return next((one for one in members if one.status is Speaking.WAITING), None)
