"""What may happen to a work: stage by stage to the end, back with a reason, or given up.

A stage is first the author's (if it has fields), then the reviewers' (if it has any)::

    writing ──hand in──▶ review ──approved by enough──▶ the next stage … ──▶ accepted
       ▲                   │ │                                                        │
       ├─────return────────┘ └──reject──▶ rejected                                    │
       └─────return───────────────────────────────────────────────────────────────────┘
    writing, review ──withdraw──▶ withdrawn

``decide`` refuses a command or says what it makes happen, ``evolve`` lets it happen; replaying the events gives the work.
Nothing here knows a clock, a database or Telegram.

- A reviewer names the stage and the version that they read, so that a press repeated, or one that comes too late, decides nothing.
- Nobody reviews what they take part in. Each reviewer has one opinion a stage and version.
- A return takes the work to a stage with fields, at or before the present one; what a stage from there on gave (a rating) is void.
- What was approved in error can still be returned by those who review the last stage.
- Every version that was handed in is kept, one that went back by itself too.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from quizzes.engine.frozen import dataclass
from study.errors import NotAllowed, TooLong
from study.submission import Consent
from study.work_errors import (
    ConsentSettled,
    FieldsWanting,
    FieldUnknown,
    NoReview,
    NothingChanged,
    NothingToShortlist,
    NotRejectable,
    OpinionGiven,
    OwnWorkReviewed,
    RatingWrong,
    ReasonWanted,
    ReturnNowhere,
    ReviewNewer,
    ScoreWrong,
    WorkNotOpen,
    WorkOver,
)
from study.work_field_rules import Value, faults_of
from study.work_plan import Plan, Stage
from study.work_states import (
    Accepted,
    Answer,
    Answered,
    Approve,
    Approved,
    AskConsent,
    Choose,
    Chosen,
    Command,
    ConsentWanted,
    Event,
    Fill,
    Filled,
    HandedIn,
    HandIn,
    Opinion,
    Passed,
    Phase,
    Rated,
    Recount,
    Reject,
    Rejected,
    Return,
    Returned,
    SentBack,
    Version,
    Withdraw,
    Withdrawn,
    Work,
)

LONGEST = 8000
"""The most characters of one field."""
MOST_FILES = 10
LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True)
class Terms:
    """What a decision depends on besides the work: who may review it now and who takes part in it (Telegram users)."""

    plan: Plan
    today: date
    reviewers: frozenset[int] = frozenset()
    authors: frozenset[int] = frozenset()

    def needed(self, stage: Stage) -> int:
        """How many opinions a stage needs: as many as it asks for, or all that there can be."""
        return max(1, min(stage.least, len(self.reviewers - self.authors)))


def decide(work: Work, command: Command, terms: Terms) -> tuple[Event, ...]:
    """Refuse a command or say what it makes happen; nothing is changed here.

    Raises:
        StudyError: one of ``study.work_errors``, if the command does not fit; any other exception is a bug.
    """
    match command:
        case Fill():
            return _fill(work, command, terms)
        case HandIn():
            return _hand_in(work, terms)
        case Withdraw():
            if work.phase.is_over:
                raise WorkOver()
            return (Withdrawn(),)
        case Approve() | Return() | Reject():
            return _review(work, command, terms)
        case Recount():
            return _counted(work, work.opinions, terms) if work.phase is Phase.REVIEW else ()
        case Choose():
            if work.phase is not Phase.ACCEPTED or work.shortlisted:
                raise NothingToShortlist()
            asked = work.consent is Consent.NONE
            return (Chosen(), ConsentWanted()) if asked else (Chosen(),)
        case AskConsent():
            if work.phase is not Phase.ACCEPTED or work.consent is not Consent.NONE:
                raise ConsentSettled()
            return (ConsentWanted(),)
        case Answer(consent):
            if work.consent is not Consent.ASKED or consent in (Consent.NONE, Consent.ASKED):
                raise ConsentSettled()
            return (Answered(consent),)


def evolve(work: Work, event: Event) -> Work:
    """Let an event happen."""
    match event:
        case Filled(values):
            together = {**work.values, **values}
            return replace(work, values={key: value for key, value in together.items() if not value.is_empty})
        case HandedIn(number, stage, values):
            versions = (*work.versions, Version(number, stage, values))
            return replace(
                work, phase=Phase.REVIEW, versions=versions, opinions=(), returned=False, reason="", faults=()
            )
        case SentBack(_, _, faults):
            return replace(work, phase=Phase.WRITING, returned=True, faults=faults)
        case Approved(reviewer, _, _, rating, score):
            return replace(work, opinions=(*work.opinions, Opinion(reviewer, rating, score)))
        case Rated(stage, rating, score):
            return replace(work, rating=rating, score=score, rated_at=stage)
        case Passed(stage, phase):
            return replace(work, stage=stage, phase=phase, opinions=())
        case Returned(_, _, _, to, reason, faults):
            kept = work if work.rated_at is None or work.rated_at < to else _unrated(work)
            return replace(
                kept,
                phase=Phase.WRITING,
                stage=to,
                opinions=(),
                returned=True,
                reason=reason,
                faults=faults,
                shortlisted=False,
            )
        case Rejected(_, _, _, reason):
            return replace(_unrated(work), phase=Phase.REJECTED, opinions=(), reason=reason)
        case Accepted():
            return replace(work, phase=Phase.ACCEPTED, opinions=())
        case Withdrawn():
            return replace(_unrated(work), phase=Phase.WITHDRAWN, opinions=())
        case Chosen():
            return replace(work, shortlisted=True)
        case ConsentWanted():
            return replace(work, consent=Consent.ASKED)
        case Answered(consent):
            return replace(work, consent=consent)


def replay(events: Sequence[Event]) -> Work:
    """The work after all of its events."""
    work = Work()
    for event in events:
        work = evolve(work, event)
    return work


def returnable(work: Work, plan: Plan) -> tuple[int, ...]:
    """The stages to which a work can be returned now, the nearest first."""
    passed = range(work.stage, -1, -1)
    return tuple(at for at in passed if plan.stages[at].fields and not _passed_over(plan.stages[at], work))


def mean_of(scores: Sequence[int], drop: int) -> int:
    """The mean in hundredths, without the ``drop`` highest and lowest if enough remain; halves are rounded up."""
    ranked = sorted(scores)
    if drop and len(ranked) > 2 * drop:
        ranked = ranked[drop:-drop]
    return (200 * sum(ranked) + len(ranked)) // (2 * len(ranked))


def _unrated(work: Work) -> Work:
    return replace(work, rating="", score=None, rated_at=None)


def _fill(work: Work, command: Fill, terms: Terms) -> tuple[Event, ...]:
    if work.phase is not Phase.WRITING:
        raise WorkOver() if work.phase.is_over else WorkNotOpen()
    fields = terms.plan.stages[work.stage].fields
    for key, value in command.values.items():
        if key not in fields:
            raise FieldUnknown()
        if len(value.text) > LONGEST:
            raise TooLong(limit=LONGEST, length=len(value.text))
        if len(value.files) > MOST_FILES:
            raise TooLong(limit=MOST_FILES, length=len(value.files))
    changed = {key: value for key, value in command.values.items() if work.values.get(key, Value()) != value}
    return (Filled(changed),) if changed else ()


def _hand_in(work: Work, terms: Terms) -> tuple[Event, ...]:
    if work.phase is not Phase.WRITING:
        raise WorkOver() if work.phase.is_over else WorkNotOpen()
    if work.returned and work.versions and work.values == work.versions[-1].values:
        raise NothingChanged()
    stage = terms.plan.stages[work.stage]
    faults = faults_of(terms.plan, stage.fields, work.values, terms.today)
    handed = HandedIn(work.version + 1, work.stage, dict(work.values))
    if faults and not terms.plan.sends_back:
        raise FieldsWanting(count=len(faults), faults=faults)
    if faults:
        return (handed, SentBack(handed.version, work.stage, faults))
    return (handed,) if stage.reviewed else (handed, *_onward(work, terms))


def _review(work: Work, command: Approve | Return | Reject, terms: Terms) -> tuple[Event, ...]:
    if command.reviewer in terms.authors:
        raise OwnWorkReviewed()
    recalled = work.phase is Phase.ACCEPTED and isinstance(command, Return)
    if (work.phase is not Phase.REVIEW and not recalled) or command.stage != work.stage:
        raise NoReview()
    if command.version != work.version:
        raise ReviewNewer()
    if command.reviewer not in terms.reviewers:
        raise NotAllowed()
    stage = terms.plan.stages[work.stage]
    match command:
        case Approve():
            return _approve(work, command, stage, terms)
        case Return(reviewer, at, version, to, reason, faults):
            if to not in returnable(work, terms.plan):
                raise ReturnNowhere()
            return (Returned(reviewer, at, version, to, _reason(reason, given=bool(faults)), faults),)
        case Reject(reviewer, at, version, reason):
            if not stage.may_reject:
                raise NotRejectable()
            return (Rejected(reviewer, at, version, _reason(reason)),)


def _approve(work: Work, command: Approve, stage: Stage, terms: Terms) -> tuple[Event, ...]:
    if any(opinion.reviewer == command.reviewer for opinion in work.opinions):
        raise OpinionGiven()
    if stage.scored:
        if command.score is None or not 0 <= command.score <= 100 or command.rating:
            raise ScoreWrong()
    elif command.score is not None or command.rating not in ([band.key for band in stage.bands] or [""]):
        raise RatingWrong()
    opinion = Opinion(command.reviewer, command.rating, command.score)
    approved = Approved(command.reviewer, work.stage, work.version, command.rating, command.score)
    return (approved, *_counted(work, (*work.opinions, opinion), terms))


def _counted(work: Work, opinions: tuple[Opinion, ...], terms: Terms) -> tuple[Event, ...]:
    """What the opinions amount to, once there are enough."""
    stage = terms.plan.stages[work.stage]
    if len(opinions) < terms.needed(stage):
        return ()
    onward = _onward(work, terms)
    if stage.scored:
        mean = mean_of([opinion.score for opinion in opinions if opinion.score is not None], stage.drop)
        fitting = (band.key for band in stage.bands if band.at_least is not None and mean >= band.at_least * 100)
        return (Rated(work.stage, next(fitting, ""), mean), *onward)
    if stage.bands:
        # The middle one of the ratings; of two in the middle the lower, so that nothing is given that half would not give.
        order = [band.key for band in stage.bands]
        places = sorted(order.index(opinion.rating) for opinion in opinions)
        return (Rated(work.stage, order[places[len(places) // 2]], None), *onward)
    return onward


def _onward(work: Work, terms: Terms) -> tuple[Event, ...]:
    for at in range(work.stage + 1, len(terms.plan.stages)):
        stage = terms.plan.stages[at]
        if not _passed_over(stage, work):
            return (Passed(at, Phase.WRITING if stage.fields else Phase.REVIEW),)
    return (Accepted(),)


def _passed_over(stage: Stage, work: Work) -> bool:
    return any(work.values.get(key, Value()).text != wanted for key, wanted in stage.only.items())


def _reason(reason: str, *, given: bool = False) -> str:
    text = reason.strip()
    if not text and not given:
        raise ReasonWanted()
    if len(text) > LONGEST_REASON:
        raise TooLong(limit=LONGEST_REASON, length=len(text))
    return text
