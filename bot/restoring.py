"""The first start on a database that was put back from a backup: nothing goes on as if nothing had been lost."""

import structlog

from handlers.house import House
from handlers.texts import N_, Texts
from quizzes.engine import commands as c
from quizzes.engine.errors import ContestError
from storage import Database, Tx
from storage.restored import RESTORED, TAKEN, moment_of
from study.notes import Note

log = structlog.get_logger()

_REASON = N_("the data was restored from a backup of {at}; what happened after that is not known")
_REASON_UNTIMED = N_("the data was restored from a backup; what happened after that is not known")
_NOTICE = N_(
    "Please note: {reason}.\n\n"
    "• Contests under way are paused. Their scores are those of the backup; the host decides whether they go on"
    " (/contest) or are called off.\n"
    "• Broadcasts under way were stopped, and what waited to be sent is noted as unknown: most of it had arrived.\n"
    "• Check-ins, submissions and points of that time have to be given again."
)


async def settle_restored(house: House, database: Database, admins: frozenset[int], t: Texts) -> None:
    """Pause every contest and stop every broadcast that was under way in the backup, and tell the admins; once."""
    restored, taken = await database.read(lambda tx: (tx.meta.get(RESTORED), moment_of(tx.meta.get(TAKEN))))
    if restored is None:
        return
    reason = t(_REASON_UNTIMED) if taken is None else t(_REASON, at=t.moment(taken))
    log.warning("the database was restored from a backup", taken=None if taken is None else taken.isoformat())
    for row in await database.read(lambda tx: tx.contests.live()):
        pause = c.Pause(row.host_id, reason)
        try:
            await house.contests.do(row.id, lambda _, pause=pause: pause)  # type: ignore[misc]
        except ContestError:
            log.info("a restored contest was paused already", contest=row.id)
        except Exception:
            log.exception("a restored contest could not be paused", contest=row.id)
    await house.broadcasts.stop_all(now=house.clock.now())

    def tell(tx: Tx) -> None:
        for admin in sorted(admins):
            tx.outbox.say(admin, Note(text=t(_NOTICE, reason=reason)), now=house.clock.now())
        tx.meta.forget(RESTORED)

    await database.write(tell)
