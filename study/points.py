"""Everything about points that people use, put together."""

from zoneinfo import ZoneInfo

from quizzes.engine.frozen import dataclass
from storage import Database
from study.awards import Awards
from study.cards import Cards
from study.disputes import Disputes
from study.ledger import switch_points
from study.point_records import PointRecords
from study.ranks import Ranks


@dataclass(frozen=True, slots=True)
class PointServices:
    """The card, the rankings, points by hand, disputes, the records; ``enabled`` is what the configuration says."""

    database: Database
    enabled: bool
    cards: Cards
    ranks: Ranks
    awards: Awards
    disputes: Disputes
    records: PointRecords

    async def switch(self) -> None:
        """Let everybody who books know what the configuration says; at every start."""
        await self.database.write(lambda tx: switch_points(tx, on=self.enabled))


def open_points(database: Database, admins: frozenset[int], zone: ZoneInfo, *, enabled: bool) -> PointServices:
    """Build them; ``admins`` are those that the config names."""
    return PointServices(
        database=database,
        enabled=enabled,
        cards=Cards(database, admins, zone),
        ranks=Ranks(database, admins, zone),
        awards=Awards(database, admins, zone),
        disputes=Disputes(database, admins, zone),
        records=PointRecords(database, zone),
    )
