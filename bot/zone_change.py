"""Another time zone in the configuration: what waits for an hour of the day waits for that hour in the new zone."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from storage import Tx

log = structlog.get_logger()

_ZONE = "zone"


def follow_zone(
    tx: Tx, zone: ZoneInfo, kinds: Iterable[str], *, now: datetime, planned: datetime | None
) -> timedelta | None:
    """Note the zone; if it is another than before, forget the alarms of these kinds that wait, so that they are set anew.

    ``planned``: until when they were set (None: they never were). Returns None if nothing was forgotten, else by how much
    further back they have to be set anew: what was still to come by the old clock is not skipped because its hour is past
    by the new one. What was done stays done: the
    keys of alarms name days, and are the same in every zone.
    """
    noted = tx.meta.get(_ZONE)
    if noted == zone.key:
        return None
    tx.meta.put(_ZONE, zone.key)
    if noted is None or planned is None:
        return None
    for kind in kinds:
        tx.alarms.forget(kind)
    log.warning("the time zone was changed; what is to come follows it", before=noted, now=zone.key)
    ahead = (now.astimezone(zone).utcoffset() or timedelta()) - (
        now.astimezone(ZoneInfo(noted)).utcoffset() or timedelta()
    )
    return max(timedelta(0), ahead)
