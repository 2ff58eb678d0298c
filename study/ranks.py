"""Where people stand: everybody hears of themselves; who sees the lists is the programme's decision.

Equal points share a place and leave the next ones free. Only those who have entries in a period are ranked in it.
"""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from storage import Database, Tx
from storage.ledger import Ranked
from study.access import Access, access_of
from study.calendar import day_of
from study.entry_facts import period_of
from study.errors import NotOnRoster, SwitchedOff
from study.ledger import points_are_kept
from study.point_errors import RanksPrivate
from study.point_views import Period, RankCard, RankLine, Reach
from study.programme import Programme, programme_in_force

_PAGE = 15
_LARGE = 5000
"""People from which on it is quicker to walk the whole ranking than to sort a unit's part of it."""


class Ranks:
    """The rankings of one programme; ``admins`` are those that the config names."""

    def __init__(self, database: Database, admins: frozenset[int], zone: ZoneInfo) -> None:
        self._database, self._admins, self._zone = database, admins, zone

    async def show(
        self,
        user_id: int,
        period: Period = "year",
        reach: Reach | None = None,
        page: int = 0,
        *,
        now: datetime,
        on_message: int | None = None,
    ) -> None:
        """Send somebody where they stand, with the page of the list if it is theirs to see.

        Raises:
            NotOnRoster: they are nobody on the roster, and run nothing.
            RanksPrivate: they asked for a list that is not theirs.
            SwitchedOff: the programme has no points.
        """

        def work(tx: Tx) -> None:
            access = access_of(tx, user_id, self._admins)
            card = self.card(tx, access, period, reach, page, now=now)
            if on_message is None:
                tx.outbox.say(user_id, card, now=now)
                return
            ref = f"pressed:{user_id}:{on_message}"
            tx.outbox.adopt(ref, user_id, on_message, now=now)
            tx.outbox.edit(ref, card, now=now)

        await self._database.write(work)

    def card(
        self, tx: Tx, access: Access, period: Period, reach: Reach | None, page: int, *, now: datetime
    ) -> RankCard:
        """The page of a ranking as somebody may see it, within a transaction."""
        person = access.person
        if person is None and not access.is_admin:
            raise NotOnRoster()
        programme = programme_in_force(tx)
        if not points_are_kept(tx) or (not programme.points.rules and not tx.ledger.ranked("all")):
            raise SwitchedOff()
        reaches = _reaches(access)
        reach = reach or reaches[0]
        if reach not in reaches:
            raise RanksPrivate()
        label = period_of(period, day_of(now, self._zone))
        unit_id = None if reach == "everyone" or person is None else person.unit_id
        unit = "" if unit_id is None or person is None else person.unit
        if unit_id is not None and tx.people.is_whole(unit_id):
            unit_id = None
        points = None if person is None else tx.ledger.total(person.id, label)
        ranked = tx.ledger.ranked(label, unit_id)
        lists = _may_list(access, programme, reach)
        pages = max(1, -(-ranked // _PAGE)) if lists else 1
        at = min(max(page, 0), pages - 1)
        rows = (
            tx.ledger.ranking(label, most=_PAGE, after=at * _PAGE, unit_id=unit_id, large=ranked > _LARGE)
            if lists
            else ()
        )
        return RankCard(
            period=period,
            label=label,
            reach=reach,
            unit=unit,
            points=points,
            rank=None if points is None else 1 + tx.ledger.above(label, points, unit_id),
            ranked=ranked,
            member=person is not None,
            lists=lists,
            lines=_lines(tx, label, unit_id, rows, at * _PAGE, None if person is None else person.id),
            page=at,
            pages=pages,
            reaches=reaches,
        )


def _reaches(access: Access) -> tuple[Reach, ...]:
    """Between which circles somebody may compare themselves; an admin off the roster belongs to no unit."""
    return ("everyone",) if access.person is None else ("unit", "everyone")


def _may_list(access: Access, programme: Programme, reach: Reach) -> bool:
    visible = programme.header.ranks.visible
    if access.is_admin or visible == "everyone":
        return True
    # An organiser belongs to the unit that they run; whoever runs it sees it and what is below, and nothing else.
    return reach == "unit" and (visible == "unit" or access.is_organiser)


def _lines(
    tx: Tx, label: str, unit_id: int | None, rows: Sequence[Ranked], before: int, own: int | None
) -> tuple[RankLine, ...]:
    found: list[RankLine] = []
    for place, row in enumerate(rows, before + 1):
        if found and found[-1].points == row.points:
            rank = found[-1].rank
        else:
            # Whoever is first on a page may share the place of those before it.
            rank = place if found or place == 1 else 1 + tx.ledger.above(label, row.points, unit_id)
        line = RankLine(rank=rank, name=row.name, unit=row.unit, points=row.points, own=row.person_id == own)
        found.append(line)
    return tuple(found)
