"""Works as records, for tables and scripts."""

from datetime import datetime
from zoneinfo import ZoneInfo

from storage import Database, Tx
from storage.works import WorkRow
from study.programme.words import Title
from study.work_book import kind_of, state_of, takers
from study.work_facts import answers_of, progress_of
from study.work_states import Phase


class WorkRecords:
    """Gives out every work that was handed in or begun."""

    def __init__(self, database: Database, zone: ZoneInfo) -> None:
        self._database, self._zone = database, zone

    async def export(
        self, *, units: frozenset[int] | None = None, language: str = "zh-CN"
    ) -> tuple[dict[str, object], ...]:
        """Every work in the order in which they were begun; times as ISO 8601, a score with two decimals.

        ``number`` counts within the kind and the period, without what was rejected or given up. ``units`` limits it to the works of some units. ``text`` is what was
        handed in last; what is only being written is nobody's business.
        """

        def work(tx: Tx) -> tuple[dict[str, object], ...]:
            numbers: dict[tuple[str, str], int] = {}
            records = []
            for row in tx.works.all():
                if not row.version:
                    continue
                counts = row.phase not in (Phase.REJECTED, Phase.WITHDRAWN)
                at = numbers[row.kind, row.period] = numbers.get((row.kind, row.period), 0) + counts
                if units is None or row.unit_id in units:
                    records.append(self._record(tx, row, at if counts else None, language))
            return tuple(records)

        return await self._database.read(work)

    def _record(self, tx: Tx, row: WorkRow, number: int | None, language: str) -> dict[str, object]:
        kind, found = kind_of(row), state_of(tx, row)
        members = [tx.people.person(person_id) for person_id in takers(tx, row)[1:]]
        progress = progress_of(tx, row, found)
        rating: Title | None = kind.rating(row.rating) if row.rating else None
        answers = answers_of(kind, found.versions[-1].values)
        return {
            "work": row.id,
            "work_kind": kind.title.within(language),
            "period": row.period,
            "number": number,
            "work_title": row.title,
            "unit": row.unit_path,
            "leader": row.author,
            "members": [member.name for member in members if member is not None],
            "stage": kind.stages[row.stage].title.within(language),
            "phase": row.phase,
            "version": row.version,
            "rating": None if rating is None else rating.within(language),
            "score": None if row.score is None else row.score / 100,
            "begun_at": self._iso(row.begun_at),
            "accepted_on": None if row.accepted_on is None else row.accepted_on.isoformat(),
            "shortlisted": row.shortlisted,
            "published": row.published_at is not None,
            "progress": None if progress is None else progress.share,
            "text": "\n".join(
                f"{one.title.within(language)}：{one.text if one.choice is None else one.choice.within(language)}"
                for one in answers
                if one.text
            ),
        }

    def _iso(self, at: datetime) -> str:
        return at.astimezone(self._zone).isoformat(timespec="seconds")
