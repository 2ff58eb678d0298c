"""Who hears of what happened to a work: those who take part, and whoever is to review it next."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from quizzes.engine.frozen import dataclass
from storage import Rank
from storage.works import WorkRow
from study import work_states as states
from study.submission import Consent as Answer
from study.work_book import THE_BOT, carry_out, kind_of, work_of
from study.work_facts import fault_views, head_of, waits_for
from study.work_field_rules import Fault
from study.work_reviewers import Bench
from study.work_states import AskConsent, Event, Phase
from study.work_views import Consent, News


@dataclass(frozen=True, slots=True)
class WorkSettings:
    """The programme's zone, country and admins."""

    zone: ZoneInfo
    country: str
    admins: frozenset[int]


def consent_ref(work_id: int) -> str:
    """The name under which the question for consent can be edited."""
    return f"work_consent:{work_id}"


def tell(
    bench: Bench, before: WorkRow, events: Sequence[Event], *, actor: int, by: str, now: datetime, zone: ZoneInfo
) -> None:
    """Say what happened; ``actor`` has it on the screen already, ``by`` is the reviewer's name."""
    row = work_of(bench.tx, before.id)
    kind = kind_of(row)
    authors = bench.authors(row) - {actor}
    for event in events:
        match event:
            case states.HandedIn() if row.phase == Phase.REVIEW and row.stage == before.stage:
                _tell_reviewers(bench, row, now)
            case states.SentBack(_, _, faults):
                _say(bench, authors, row, "sent_back", now, faults=faults)
            case states.Passed(_, phase):
                _say(bench, authors, row, "passed", now)
                if phase is Phase.REVIEW:
                    _tell_reviewers(bench, row, now)
            case states.Returned(reason=reason, faults=faults):
                _say(bench, authors, row, "returned", now, reason=reason, faults=faults, by="" if kind.blind else by)
            case states.Rejected(reason=reason):
                _say(bench, authors, row, "rejected", now, reason=reason, by="" if kind.blind else by)
            case states.Accepted():
                _say(bench, authors, row, "accepted", now)
                if kind.publish == "accepted" and row.consent == Answer.NONE:
                    carry_out(bench, row, AskConsent(), author=THE_BOT, name="", now=now, zone=zone)
                    ask_consent(bench, work_of(bench.tx, row.id), now)
            case states.Chosen():
                _say(bench, authors, row, "shortlisted", now)
            case states.ConsentWanted():
                ask_consent(bench, row, now)
            case _:
                pass


def ask_consent(bench: Bench, row: WorkRow, now: datetime) -> None:
    """Ask who leads a work whether it may be published, if they can be asked."""
    leader = bench.tx.people.person(row.author_id)
    if leader is not None and leader.user_id is not None and leader.left_at is None:
        view = Consent(head=head_of(bench.tx, row, now))
        bench.tx.outbox.say(leader.user_id, view, now=now, rank=Rank.PUSH, ref=consent_ref(row.id))


def _tell_reviewers(bench: Bench, row: WorkRow, now: datetime) -> None:
    """Where everybody hands in (a blind score), one message says that there is something; ``/works`` has the rest."""
    tx, kind = bench.tx, kind_of(row)
    reviewers = bench.reviewers(row, kind) - bench.authors(row)
    if kind.blind:
        for one in tx.works.in_phase(Phase.REVIEW):
            if one.id != row.id and one.kind == row.kind and reviewers:
                reviewers = frozenset(user_id for user_id in reviewers if not waits_for(bench, one, user_id))
    _say(bench, reviewers, row, "review", now, blind=kind.blind)


def _say(
    bench: Bench,
    user_ids: Iterable[int],
    row: WorkRow,
    what: str,
    now: datetime,
    *,
    reason: str = "",
    faults: tuple[Fault, ...] = (),
    by: str = "",
    blind: bool = False,
) -> None:
    reachable = bench.tx.places.reachable()
    view = News.model_validate(
        {
            "head": head_of(bench.tx, row, now, blind=blind),
            "what": what,
            "reason": reason,
            "faults": fault_views(kind_of(row), faults),
            "by": by,
        }
    )
    for user_id in sorted(set(user_ids) & reachable):
        bench.tx.outbox.say(user_id, view, now=now, rank=Rank.PUSH)
