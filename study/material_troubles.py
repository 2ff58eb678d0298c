"""What organisers have to hear about the schedule, gathered into one message."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from storage import Rank, Tx
from storage.materials import TroubleRow
from storage.people import Role
from study.material_views import MaterialMissed, MaterialTroubles
from study.overseers import lineage

_GATHERED = timedelta(minutes=10)
"""What is noted within this time is one message to each organiser, edited as more comes."""


def report(
    tx: Tx,
    what: str,
    chat_id: int,
    unit_id: int,
    day: date,
    *,
    post_id: int | None = None,
    title: str = "",
    admins: frozenset[int],
    now: datetime,
) -> None:
    """Note a day that was ``missed``, a list that is ``exhausted`` or a ``file`` refused; tell who looks after the unit."""
    before = tx.materials.troubles_since(now - _GATHERED)
    tx.materials.note_trouble(what, chat_id, unit_id, day, post_id=post_id, title=title, now=now)
    after = tx.materials.troubles_since(now - _GATHERED)
    runs = _who_runs(tx, {trouble.unit_id for trouble in after}, admins)
    for user_id in sorted(runs[unit_id]):
        view = _view([trouble for trouble in after if user_id in runs[trouble.unit_id]])
        ref = f"material.troubles:{user_id}"
        goes_on = any(user_id in runs[trouble.unit_id] for trouble in before)
        if not (goes_on and tx.outbox.edit(ref, view, now=now)):
            tx.outbox.say(user_id, view, now=now, rank=Rank.PUSH, ref=ref)


def _who_runs(tx: Tx, unit_ids: Collection[int], admins: frozenset[int]) -> dict[int, frozenset[int]]:
    """Who looks after each of these units, as ``study.overseers`` says it; the roster is read once for all of them."""
    heads = [(person, person.user_id) for person in tx.people.everybody() if person.user_id is not None]
    everywhere = admins | {user_id for person, user_id in heads if person.role is Role.ADMIN}
    organisers = [(person.unit_id, user_id) for person, user_id in heads if person.role is Role.ORGANISER]
    above = {unit_id: set(lineage(tx, unit_id)) for unit_id in unit_ids}
    return {
        unit_id: everywhere | {user_id for own, user_id in organisers if own in above[unit_id]} for unit_id in unit_ids
    }


def _view(troubles: list[TroubleRow]) -> MaterialTroubles:
    missed = [MaterialMissed(group=trouble.group, day=trouble.day) for trouble in troubles if trouble.what == "missed"]
    exhausted = [trouble.group for trouble in troubles if trouble.what == "exhausted"]
    files = [trouble.title for trouble in troubles if trouble.what == "file"]
    return MaterialTroubles(
        missed=tuple(missed), exhausted=tuple(dict.fromkeys(exhausted)), files=tuple(dict.fromkeys(files))
    )
