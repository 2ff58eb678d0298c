"""The sheet of a work for whoever may see it, and showing it in place of the message whose button was pressed."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from storage import Rank, Tx
from storage.works import WorkRow
from study.access import Access, access_of
from study.calendar import day_of
from study.views import View
from study.work_book import kind_of, state_of, takers, terms_of, work_of
from study.work_errors import NotLeader, WorkUnknown
from study.work_facts import answers_of, fault_views, head_of, is_blind, progress_of, review_part, way_of
from study.work_field_rules import Value, faults_of
from study.work_reviewers import Bench
from study.work_states import Phase, Work
from study.work_views import Sheet


def show(tx: Tx, user_id: int, view: View, on_message: int | None, now: datetime) -> None:
    """Send a view, or let the message whose button was pressed show it."""
    if on_message is None:
        tx.outbox.say(user_id, view, now=now)
        return
    ref = f"works:{user_id}:{on_message}"
    tx.outbox.adopt(ref, user_id, on_message, now=now)
    tx.outbox.edit(ref, view, now=now, rank=Rank.REPLY)


def seen(bench: Bench, user_id: int, work_id: int) -> tuple[WorkRow, Access, bool]:
    """A work that somebody may see, their standing, and whether they take part in it.

    Raises:
        WorkUnknown: there is none, or it is none of their business.
    """
    tx = bench.tx
    row = work_of(tx, work_id)
    access = access_of(tx, user_id, bench.admins)
    own = access.person is not None and access.person.id in takers(tx, row)
    if own:
        return row, access, True
    # What was never handed in is nobody's but the authors'.
    if not row.version or not (row.unit_id in access.units(tx) or user_id in bench.readers(row, kind_of(row))):
        raise WorkUnknown()
    return row, access, False


def sheet(
    bench: Bench,
    row: WorkRow,
    access: Access,
    *,
    own: bool,
    now: datetime,
    zone: ZoneInfo,
    page: int = 0,
    sure: bool = False,
) -> Sheet:
    """A work with what its reader may do about it. Reviewers see what was handed in, never what is being written."""
    tx = bench.tx
    work, kind, terms = state_of(tx, row), kind_of(row), terms_of(bench, row, day_of(now, zone), reviewed=not own)
    values = work.values if own else handed_in(work)
    writing = own and work.phase is Phase.WRITING
    leads = access.person is not None and access.person.id == row.author_id
    stage = terms.plan.stages[work.stage]
    ready = not faults_of(terms.plan, stage.fields, work.values, terms.today) or kind.sends_back
    return Sheet(
        head=head_of(tx, row, now, blind=not own and is_blind(bench, row, access.user_id)),
        way=way_of(kind, work),
        reason=work.reason,
        faults=fault_views(kind, work.faults if work.returned else ()),
        answers=answers_of(kind, values),
        page=page,
        files=sum(len(value.files) for value in values.values()),
        versions=work.version,
        progress=progress_of(tx, row, work),
        may_write=writing,
        may_hand_in=writing and leads and ready and bool(work.values),
        may_withdraw=own and leads and not work.phase.is_over,
        may_report=own and work.phase is Phase.ACCEPTED and kind.progress is not None,
        team=own and kind.by == "team" and work.phase is Phase.WRITING,
        sure=sure,
        review=None if own else review_part(row, work, terms, access.user_id),
    )


def handed_in(work: Work) -> Mapping[str, Value]:
    """What was handed in last; nothing before that."""
    return work.versions[-1].values if work.versions else {}


def led(bench: Bench, user_id: int, work_id: int) -> tuple[WorkRow, Access]:
    """A work that somebody leads, and their standing.

    Raises:
        WorkUnknown, NotLeader: they do not.
    """
    row, access, own = seen(bench, user_id, work_id)
    if not own:
        raise WorkUnknown()
    if access.member().id != row.author_id:
        raise NotLeader()
    return row, access


def name_of(access: Access, name: str) -> str:
    """What somebody is called: as the roster says, or as Telegram does."""
    return access.person.name if access.person is not None else name
