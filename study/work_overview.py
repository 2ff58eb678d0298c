"""What organisers see of works: by kind, stage, unit and person, the list of a period, quotas, the shortlist."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from storage import Database, Tx
from storage.people import Unit
from storage.works import WorkRow
from study.access import Access, access_of
from study.calendar import day_of
from study.errors import NotAllowed
from study.periods import Every, period_of
from study.programme import programme_in_force
from study.programme.quotas import Quota
from study.programme.works import WorkKind
from study.quotas import overview
from study.work_book import carry_out, kind_of, work_of
from study.work_errors import NothingToShortlist, WorkNotMeant
from study.work_facts import head_of
from study.work_news import WorkSettings, tell
from study.work_reviewers import Bench
from study.work_sheets import show
from study.work_states import Choose, Phase
from study.work_views import (
    Done,
    KindCount,
    KindOverview,
    Overview,
    QuotaOverview,
    ShortlistView,
    SlotView,
    UnitCount,
    YearList,
)

_PAGE = 20
_UNITS = 30
_STARTED = (Phase.WRITING, Phase.REVIEW, Phase.ACCEPTED)


class WorkOverviews:
    """The organisers' side: each sees the own unit and those below it."""

    def __init__(self, database: Database, settings: WorkSettings) -> None:
        self._database, self._settings = database, settings

    async def all(self, user_id: int, *, now: datetime, on_message: int | None = None) -> None:
        """Show every kind and quota of the present period with its counts.

        Raises:
            NotAllowed: they organise nothing.
        """

        def work(tx: Tx) -> None:
            _, units = self._organiser(tx, user_id)
            today = day_of(now, self._zone)
            programme = programme_in_force(tx)
            kinds = []
            for kind in programme.works.works:
                period = period_of(kind.period, today).key
                rows = _live(tx, kind, period, units)
                phases = Counter(row.phase for row in rows)
                kinds.append(
                    KindCount(
                        key=kind.key,
                        title=kind.title,
                        period=period,
                        begun=len(rows),
                        writing=phases[Phase.WRITING],
                        review=phases[Phase.REVIEW],
                        accepted=phases[Phase.ACCEPTED],
                    )
                )
            quotas = []
            for quota in programme.quotas.quotas:
                people = overview(tx, quota, units, today, self._zone)
                filled = sum(all(gap.is_filled for gap in gaps) for _, gaps in people)
                period = period_of(quota.period, today).key
                quotas.append((quota.key, quota.title, period, filled, len(people)))
            show(tx, user_id, Overview(kinds=tuple(kinds), quotas=tuple(quotas)), on_message, now)

        await self._database.write(work)

    async def kind(
        self, user_id: int, key: str, period: str, page: int, *, now: datetime, on_message: int | None = None
    ) -> None:
        """Show one kind in a period (``""``: the present one), by stage, rating and unit.

        Raises:
            NotAllowed: they organise nothing.
            WorkNotMeant: there is no such kind.
        """

        def work(tx: Tx) -> None:
            access, units = self._organiser(tx, user_id)
            kind = _kind(tx, key)
            at = period or period_of(kind.period, day_of(now, self._zone)).key
            show(tx, user_id, self._kind(tx, access, units, kind, at, page), on_message, now)

        await self._database.write(work)

    async def list(
        self, user_id: int, key: str, period: str, page: int, *, now: datetime, on_message: int | None = None
    ) -> None:
        """List every work of a kind in a period.

        Raises:
            NotAllowed, WorkNotMeant: there is nothing of the kind for them.
        """

        def work(tx: Tx) -> None:
            _, units = self._organiser(tx, user_id)
            kind = _kind(tx, key)
            rows = _live(tx, kind, period, units)
            pages = max(1, -(-len(rows) // _PAGE))
            at = max(0, min(page, pages - 1))
            view = YearList(
                key=kind.key,
                title=kind.title,
                period=period,
                total=len(rows),
                first=at * _PAGE + 1,
                works=tuple(head_of(tx, row, now) for row in rows[at * _PAGE : (at + 1) * _PAGE]),
                page=at,
                pages=pages,
            )
            show(tx, user_id, view, on_message, now)

        await self._database.write(work)

    async def quota(self, user_id: int, key: str, page: int, *, now: datetime, on_message: int | None = None) -> None:
        """Show who has not filled a quota in the present period.

        Raises:
            NotAllowed, WorkNotMeant: there is nothing of the kind for them.
        """

        def work(tx: Tx) -> None:
            _, units = self._organiser(tx, user_id)
            quota = _quota(tx, key)
            today = day_of(now, self._zone)
            people = overview(tx, quota, units, today, self._zone)
            short = [(one, gaps) for one, gaps in people if not all(gap.is_filled for gap in gaps)]
            pages = max(1, -(-len(short) // _PAGE))
            at = max(0, min(page, pages - 1))
            view = QuotaOverview(
                key=quota.key,
                title=quota.title,
                period=period_of(quota.period, today).key,
                people=len(people),
                filled=len(people) - len(short),
                missing=tuple(
                    (
                        one.name,
                        one.unit,
                        tuple(
                            SlotView(title=gap.title, done=gap.done, wanted=gap.wanted)
                            for gap in gaps
                            if not gap.is_filled
                        ),
                    )
                    for one, gaps in short[at * _PAGE : (at + 1) * _PAGE]
                ),
                page=at,
                pages=pages,
            )
            show(tx, user_id, view, on_message, now)

        await self._database.write(work)

    async def shortlist(
        self, user_id: int, key: str, period: str, *, now: datetime, on_message: int | None = None
    ) -> None:
        """Show who would be on the shortlist: the best scores, at most so many of a unit.

        Raises:
            NotAllowed, NothingToShortlist: it is not theirs, or nothing is scored.
        """

        def work(tx: Tx) -> None:
            access, units = self._organiser(tx, user_id)
            kind = _kind(tx, key)
            self._must_choose(access)
            rows = _best(kind, _live(tx, kind, period, units))
            if not rows:
                raise NothingToShortlist()
            view = ShortlistView(
                key=kind.key,
                title=kind.title,
                period=period,
                works=tuple(head_of(tx, row, now) for row in rows),
                scored=sum(row.score is not None for row in _live(tx, kind, period, units)),
            )
            show(tx, user_id, view, on_message, now)

        await self._database.write(work)

    async def choose(
        self, user_id: int, name: str, key: str, period: str, *, now: datetime, on_message: int | None = None
    ) -> int:
        """Put the best on the shortlist; each author hears of it and is asked for consent. Returns how many are new.

        Raises:
            NotAllowed, NothingToShortlist: it is not theirs, or all that can be is chosen.
        """

        def work(tx: Tx) -> int:
            access, units = self._organiser(tx, user_id)
            kind = _kind(tx, key)
            self._must_choose(access)
            bench = Bench(tx, self._settings.admins)
            rows = [row for row in _best(kind, _live(tx, kind, period, units)) if not row.shortlisted]
            if not rows:
                raise NothingToShortlist()
            by = access.person.name if access.person is not None else name
            for row in rows:
                _, events = carry_out(bench, row, Choose(), author=user_id, name=by, now=now, zone=self._zone)
                tell(bench, row, events, actor=user_id, by=by, now=now, zone=self._zone)
            view = Done(head=head_of(tx, work_of(tx, rows[0].id), now), what="shortlist", count=len(rows))
            show(tx, user_id, view, on_message, now)
            return len(rows)

        return await self._database.write(work)

    @property
    def _zone(self) -> ZoneInfo:
        return self._settings.zone

    def _organiser(self, tx: Tx, user_id: int) -> tuple[Access, frozenset[int]]:
        access = access_of(tx, user_id, self._settings.admins)
        if not access.is_organiser:
            raise NotAllowed()
        return access, access.units(tx)

    def _must_choose(self, access: Access) -> None:
        """The shortlist is the whole programme's: only the office makes it."""
        if not access.is_admin:
            raise NotAllowed()

    def _kind(
        self, tx: Tx, access: Access, units: frozenset[int], kind: WorkKind, period: str, page: int
    ) -> KindOverview:
        rows = _live(tx, kind, period, units)
        rejected = sum(
            row.phase == Phase.REJECTED and row.unit_id in units for row in tx.works.of_kind(kind.key, period)
        )
        known = [unit for unit in tx.people.units() if unit.id in units]
        lines = _by_unit(tx, kind, rows, known)
        pages = max(1, -(-len(lines) // _UNITS))
        at = max(0, min(page, pages - 1))
        open_rows = [row for row in rows if row.phase != Phase.ACCEPTED]
        places = (
            Counter((row.stage, row.phase) for row in open_rows if row.plan == rows[-1].plan) if rows else Counter()
        )
        stages = (kind_of(rows[-1]) if rows else kind).stages
        before, after = _beside(kind.period, period)
        return KindOverview(
            key=kind.key,
            title=kind.title,
            period=period,
            before=before,
            after=after,
            begun=len(rows),
            stages=tuple(
                (stage.title, places[number, Phase.WRITING], places[number, Phase.REVIEW])
                for number, stage in enumerate(stages)
            ),
            accepted=len(rows) - len(open_rows),
            rejected=rejected,
            ratings=tuple(
                (rating.title, sum(row.rating == rating.key for row in rows))
                for stage in stages
                for rating in stage.ratings
            ),
            by_unit=kind.by == "unit",
            asked=len(lines),
            valid=sum(line.accepted > 0 for line in lines),
            units=tuple(lines[at * _UNITS : (at + 1) * _UNITS]),
            page=at,
            pages=pages,
            may_choose=access.is_admin and kind.shortlist is not None and any(row.score is not None for row in rows),
        )


def _live(tx: Tx, kind: WorkKind, period: str, units: frozenset[int]) -> Sequence[WorkRow]:
    """The works of a kind in a period that were handed in at least once and neither rejected nor given up."""
    return [
        row
        for row in tx.works.of_kind(kind.key, period)
        if row.unit_id in units and row.phase in _STARTED and row.version
    ]


def _by_unit(tx: Tx, kind: WorkKind, rows: Sequence[WorkRow], known: Sequence[Unit]) -> list[UnitCount]:
    """A line a unit that has a work; for plans of units each unit that has people (and is meant) has one."""
    begun = Counter(row.unit_id for row in rows)
    accepted = Counter(row.unit_id for row in rows if row.phase == Phase.ACCEPTED)
    peopled = {person.unit_id for person in programme_in_force(tx).meant(tx, kind.who)}
    return [
        UnitCount(unit=unit.name, begun=begun[unit.id], accepted=accepted[unit.id])
        for unit in known
        if begun[unit.id] or (kind.by == "unit" and unit.id in peopled)
    ]


def _best(kind: WorkKind, rows: Sequence[WorkRow]) -> list[WorkRow]:
    """The best scores, at most ``per_unit`` of a unit; who ties with the last is in too, so that no draw is needed."""
    if kind.shortlist is None:
        return []
    scored = [row for row in rows if row.score is not None and row.phase == Phase.ACCEPTED]
    scored.sort(key=lambda row: (-(row.score or 0), row.id))
    of_unit: Counter[int] = Counter()
    found: list[WorkRow] = []
    for row in scored:
        if kind.shortlist.per_unit is not None and of_unit[row.unit_id] >= kind.shortlist.per_unit:
            continue
        if len(found) >= kind.shortlist.top and row.score != found[-1].score:
            break
        of_unit[row.unit_id] += 1
        found.append(row)
    return found


def _kind(tx: Tx, key: str) -> WorkKind:
    kind = programme_in_force(tx).works.kind(key)
    if kind is None:
        raise WorkNotMeant()
    return kind


def _quota(tx: Tx, key: str) -> Quota:
    found = next((quota for quota in programme_in_force(tx).quotas.quotas if quota.key == key), None)
    if found is None:
        raise WorkNotMeant()
    return found


def _beside(every: Every, period: str) -> tuple[str, str]:
    """The periods before and after one."""
    year = int(period[:4])
    at = next(found for month in range(1, 13) if (found := period_of(every, date(year, month, 1))).key == period)
    before = date.fromordinal(at.first.toordinal() - 1)
    after = date.fromordinal(at.last.toordinal() + 1)
    return period_of(every, before).key, period_of(every, after).key
