"""After the meetings of a round: its forms, then the summary for the groups, the organisers and the observers."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from storage import Rank, Tx
from storage.evaluations import EvaluationRow
from storage.rounds import GroupRow, MemberRow, RoundRow, RoundState
from study.calendar import day_of, moment, next_on
from study.evaluations import Results, Subject, close_evaluation, open_evaluation, results
from study.ledger import Happening, credit
from study.overseers import overseers
from study.programme import programme_in_force
from study.round_book import RoundSettings, announced, announced_ref, head_of, observers_of, plan_of, round_of
from study.round_views import Comment, FormSummary, ItemMean, RoundSummary, TeamSummary

_CLOSES = time(18, 0)
_SOON = timedelta(hours=2)
_PRESENT = ("present", "late", "make_up")


def form_ref(row: RoundRow, name: str) -> str:
    """The name of a round's evaluation."""
    return f"round:{row.id}:{name}"


def begin_evaluation(tx: Tx, row: RoundRow, *, now: datetime, settings: RoundSettings) -> None:
    """Ask whoever was there for the round's forms; a round without forms (or to which nobody came) is over at once."""
    plan = plan_of(row)
    forms = programme_in_force(tx).forms
    wanted = [(name, form) for name, key in plan.forms.named() if (form := forms.of(key)) is not None]
    came = _came(tx, row)
    if not wanted or not came:
        tx.rounds.set_state(row.id, RoundState.EVALUATING)
        close(tx, round_of(tx, row.id), now=now, settings=settings)
        return
    last = day_of(now, settings.zone)
    for _ in range(plan.evaluation_days):
        last = next_on("workdays", last, settings.country) or last
    closes_at = max(moment(last, _CLOSES, settings.zone), now + _SOON)
    tx.rounds.set_state(row.id, RoundState.EVALUATING)
    tx.rounds.set_due(row.id, closes_at)
    tx.alarms.set("round.sum", str(row.id), closes_at)
    people = {one.person_id: person for one in came if (person := tx.people.person(one.person_id)) is not None}
    raters = [*people]
    everybody = [Subject.person(person) for person in people.values()]
    for name, form in wanted:
        subjects, pairs = everybody, [(rater, f"person:{rater}") for rater in raters]
        if name == "peer":
            pairs = _mates(came)
        elif name == "overall":
            subjects = [Subject.unit(row.unit_id, row.unit)]
            pairs = [(rater, subjects[0].key) for rater in raters]
        open_evaluation(
            tx,
            form=form,
            ref=form_ref(row, name),
            subjects=subjects,
            raters=raters,
            pairs=pairs,
            closes_at=closes_at,
            purpose="round",
            about={"round": row.plan, "part": name},
            unit_id=row.unit_id,
            now=now,
        )


def _came(tx: Tx, row: RoundRow) -> Sequence[MemberRow]:
    return [one for one in tx.rounds.members(row.id) if one.here_at is not None]


def _mates(came: Sequence[MemberRow]) -> list[tuple[int, str]]:
    """Everybody rates the others of the own group."""
    return [
        (rater.person_id, f"person:{other.person_id}")
        for rater in came
        for other in came
        if rater.group_id == other.group_id and rater.person_id != other.person_id
    ]


def evaluations_of(tx: Tx, row: RoundRow) -> Sequence[tuple[str, EvaluationRow]]:
    """The forms of a round that were asked for: the name and the evaluation."""
    named = plan_of(row).forms.named()
    return [(name, found) for name, _ in named if (found := tx.evaluations.by_ref(form_ref(row, name))) is not None]


def close(tx: Tx, row: RoundRow, *, now: datetime, settings: RoundSettings) -> None:
    """End a round: nothing more is filled in, who has filled in all is credited, the summary goes out. Once."""
    if row.state is not RoundState.EVALUATING:
        return
    forms = evaluations_of(tx, row)
    for _, evaluation in forms:
        close_evaluation(tx, evaluation.id, now=now)
    day = day_of(row.starts_at, settings.zone)
    counts: dict[int, bool] = {}
    for _, evaluation in forms:
        for one in tx.evaluations.person_counts(evaluation.id):
            counts[one.person_id] = counts.get(one.person_id, True) and one.answered == one.asked
    for person_id, finished in counts.items():
        if finished:
            what = Happening("round.evaluated", {"round": row.plan})
            credit(tx, person_id, f"round:{row.id}:evaluated", what, day=day, now=now)
    tx.rounds.set_state(row.id, RoundState.CLOSED)
    row = round_of(tx, row.id)
    view = summary_of(tx, row, now=now)
    for chat_id in _readers(tx, row, settings):
        tx.outbox.say(chat_id, view, now=now, rank=Rank.PUSH, ref=summary_ref(row.id, chat_id))


def refresh_summary(tx: Tx, row: RoundRow, *, now: datetime, settings: RoundSettings) -> None:
    """Let the summaries that are out show what was said since."""
    if row.state is RoundState.CLOSED:
        view = summary_of(tx, row, now=now)
        for chat_id in _readers(tx, row, settings):
            tx.outbox.edit(summary_ref(row.id, chat_id), view, now=now)


def refresh_announcement(tx: Tx, row: RoundRow, *, me: str, now: datetime) -> None:
    """Let the announcement in the groups show how many have read."""
    view = announced(tx, row, me=me)
    for chat_id in {group.chat_id for group in tx.rounds.groups(row.id) if group.chat_id is not None}:
        tx.outbox.edit(announced_ref(row.id, chat_id), view, now=now)


def summary_ref(round_id: int, chat_id: int) -> str:
    """The name of a copy of the summary."""
    return f"round:{round_id}:sum:{chat_id}"


def summary_of(tx: Tx, row: RoundRow, *, now: datetime) -> RoundSummary:
    """What a round amounts to at this moment."""
    plan, members = plan_of(row), tx.rounds.members(row.id)
    return RoundSummary(
        head=head_of(row),
        people=len(members),
        read=sum(one.read_at is not None for one in members),
        reads=bool(plan.reading),
        unread=tuple(one.name for one in members if one.read_at is None) if plan.reading else (),
        teams=tuple(
            _team(tx, group, [one for one in members if one.group_id == group.id])
            for group in tx.rounds.groups(row.id)
            if any(one.group_id == group.id for one in members)
        ),
        # Whoever came alone has nobody to rate.
        forms=tuple(_form(name, found) for name, found in _results(tx, row, now) if found.raters),
        comments=tuple(Comment(name=one.name, text=one.body) for one in tx.rounds.comments(row.id)),
    )


def _team(tx: Tx, group: GroupRow, members: Sequence[MemberRow]) -> TeamSummary:
    register = {} if group.session_id is None else tx.rounds.attendances(group.session_id)
    speeches = [] if group.session_id is None else tx.sessions.speeches(group.session_id)
    spoke = {one.person_id for one in speeches if one.confirmed_by is not None}
    came = [one for one in members if register.get(one.person_id) in _PRESENT]
    return TeamSummary(
        number=group.number,
        people=len(members),
        came=len(came),
        late=sum(register.get(one.person_id) == "late" for one in members),
        leave=sum(register.get(one.person_id) == "leave" for one in members),
        absent=tuple(one.name for one in members if register.get(one.person_id) == "absent"),
        speeches=sum(one.confirmed_by is not None for one in speeches),
        spoke=tuple(one.name for one in members if one.person_id in spoke),
        silent=tuple(one.name for one in came if one.person_id not in spoke),
        words=group.words,
        words_by=group.words_by,
    )


def _results(tx: Tx, row: RoundRow, now: datetime) -> Sequence[tuple[str, Results]]:
    return [(name, results(tx, evaluation.id, now=now)) for name, evaluation in evaluations_of(tx, row)]


def _form(name: str, found: Results) -> FormSummary:
    items = found.subjects[0].items if name == "overall" and found.subjects else ()
    return FormSummary.model_validate(
        {
            "name": name,
            "title": found.form.title,
            "raters": found.raters,
            "finished": found.finished,
            "score": found.score,
            "least": found.form.shown_from,
            "items": tuple(ItemMean(title=one.item.title, mean=one.mean) for one in items if one.mean is not None),
        }
    )


def _readers(tx: Tx, row: RoundRow, settings: RoundSettings) -> Sequence[int]:
    """Who gets the summary: the groups, the unit's organisers and those above, the observers."""
    reachable = tx.places.reachable()
    people: set[int] = set(overseers(tx, row.unit_id, settings.admins))
    people |= {one.user_id for one in observers_of(tx, row.unit_id) if one.user_id is not None}
    groups = {group.chat_id for group in tx.rounds.groups(row.id) if group.chat_id is not None}
    return sorted(groups | (people & reachable))
