"""Evaluations: a form that certain people fill in about certain subjects, openly or anonymously, until a deadline.

For other capabilities: each function works in a transaction that a use case has opened. What a member sees of it is in
``study.filling``.

What is anonymous is anonymous in the tables too: a ticket says who may answer and who has, an answer stands alone under a random
id, and nothing leads from one to the other (docs/forms.md says what is promised and what is not). Results of anonymous forms
are there only once nothing more can be answered (two looks would tell who came between them), and only for subjects with
enough answers; every total is made of such subjects alone, so that no difference of two totals says more.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from quizzes.engine.frozen import dataclass
from storage import Rank, Tx
from storage.evaluations import EvaluationRow
from storage.people import Person, Role
from study.evaluation_rules import Answer, Answers, Given, ItemResult, Pairs, item_result, may_rate, score_of
from study.evaluation_views import FormAsked
from study.owed import Owed
from study.programme.forms import Form

CLOSING = "form.close"
"""The alarm that closes an evaluation at its deadline."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is rated. ``key`` is unique in its evaluation and free of the caller's choice (``person:12``)."""

    key: str
    title: str
    person_id: int | None = None
    unit_id: int | None = None

    @classmethod
    def person(cls, person: Person) -> "Subject":
        """Somebody on the roster."""
        return cls(f"person:{person.id}", person.name, person_id=person.id)

    @classmethod
    def unit(cls, unit_id: int, title: str) -> "Subject":
        """A unit."""
        return cls(f"unit:{unit_id}", title, unit_id=unit_id)


PROGRAMME = Subject("programme", "")
"""The programme as a whole."""


def open_evaluation(
    tx: Tx,
    *,
    form: Form,
    ref: str,
    subjects: Sequence[Subject],
    raters: Sequence[int],
    pairs: Pairs | Iterable[tuple[int, str]] = "all",
    closes_at: datetime | None,
    now: datetime,
    purpose: str = "form",
    about: Mapping[str, str] | None = None,
    unit_id: int | None = None,
    created_by: int | None = None,
    tell: bool = True,
) -> int:
    """Ask people (``raters``, ids of the roster) to fill in a form; returns the evaluation's id.

    ``ref`` names it once and for all (``round:12:peer``): a second call returns the same evaluation and, as long as it is open,
    asks whoever was not asked yet; its form and deadline stay as they are. ``pairs`` says who rates whom, by a rule or as
    (rater, subject key). ``purpose`` tells the kinds of evaluations apart, ``about`` is the caller's own. Each new rater who can be
    reached is told in private (``tell=False``: the caller does that, with ``form_payload``). Without ``closes_at`` it stays open
    until ``close_evaluation``.
    """
    found = tx.evaluations.add(
        ref=ref,
        form=form.key,
        body=form.model_dump_json(),
        anonymous=form.anonymous,
        purpose=purpose,
        about=json.dumps(dict(about or {}), ensure_ascii=False, sort_keys=True),
        unit_id=unit_id,
        created_by=created_by,
        now=now,
        closes_at=closes_at,
    )
    row = tx.evaluations.by_ref(ref)
    assert row is not None
    if found is not None and closes_at is not None:
        tx.alarms.set(CLOSING, str(row.id), closes_at)
    if not row.is_open(now):
        return row.id
    ids = {
        subject.key: tx.evaluations.add_subject(
            row.id, subject.key, subject.title, person_id=subject.person_id, unit_id=subject.unit_id
        )
        for subject in subjects
    }
    if isinstance(pairs, str):
        wanted = [(rater, one.key) for one in subjects for rater in raters if may_rate(pairs, rater, one.person_id)]
    else:
        wanted = list(pairs)
    # Observers see and comment; they rate nobody but themselves.
    observers = {person.id for person in tx.people.everybody() if person.role is Role.OBSERVER}
    own = {f"{subject.key}:{subject.person_id}" for subject in subjects}
    wanted = [(rater, key) for rater, key in wanted if rater not in observers or f"{key}:{rater}" in own]
    # A set first: somebody with several subjects is told once.
    new = {rater for rater, key in wanted if tx.evaluations.add_ticket(row.id, ids[key], rater)}
    if tell:
        _tell(tx, row, new, now)
    return row.id


def close_evaluation(tx: Tx, evaluation_id: int, *, now: datetime) -> bool:
    """Take nothing more; says whether it was open."""
    tx.alarms.cancel(CLOSING, str(evaluation_id))
    return tx.evaluations.close(evaluation_id, now=now)


def form_of(row: EvaluationRow) -> Form:
    """The form as it was when the evaluation was opened."""
    return Form.model_validate_json(row.body)


def form_payload(evaluation_id: int) -> str:
    """What opens a form in private (``?start=``); as a button in private it is ``form:open`` with the evaluation's id."""
    return f"form_{evaluation_id}"


@dataclass(frozen=True, slots=True)
class SubjectResult:
    """What was said about a subject. ``shown`` is false if too few have answered (or, anonymously, nobody may look yet):
    then ``items`` is empty and ``score`` ``None``. ``score`` is between 0 and 100."""

    id: int
    key: str
    title: str
    person_id: int | None
    unit_id: int | None
    asked: int
    answered: int
    shown: bool
    items: tuple[ItemResult, ...]
    score: float | None


@dataclass(frozen=True, slots=True)
class Results:
    """What an evaluation amounts to. ``asked`` and ``answered`` count pairs of a rater and a subject, ``raters`` the people
    who were asked and ``finished`` those of them who have answered all; ``settled``: nothing can change any more."""

    evaluation_id: int
    form: Form
    settled: bool
    asked: int
    answered: int
    raters: int
    finished: int
    subjects: tuple[SubjectResult, ...]

    def of(self, key: str) -> SubjectResult | None:
        """What was said about one subject."""
        return next((subject for subject in self.subjects if subject.key == key), None)

    @property
    def hidden(self) -> int:
        """How many subjects have too few answers."""
        return sum(not subject.shown for subject in self.subjects)

    @property
    def score(self) -> float | None:
        """The mean score of the subjects that are shown; the others are in no figure."""
        scores = [subject.score for subject in self.subjects if subject.score is not None]
        return sum(scores) / len(scores) if scores else None


def results(tx: Tx, evaluation_id: int, *, now: datetime) -> Results:
    """What an evaluation amounts to at this moment.

    Raises:
        ValueError: there is none with this id.
    """
    row = tx.evaluations.get(evaluation_id)
    if row is None:
        raise ValueError(f"there is no evaluation {evaluation_id}")
    form, people = form_of(row), tx.evaluations.person_counts(row.id)
    asked, answered = sum(one.asked for one in people), sum(one.answered for one in people)
    settled = not row.is_open(now)
    counts = tx.evaluations.subject_counts(row.id)
    given = _answers(tx, row, form)
    subjects = []
    for subject in tx.evaluations.subjects(row.id):
        count = counts[subject.id]
        shown = count.answered >= form.shown_from and (settled or not row.anonymous)
        items = tuple(_items(form, given.get(subject.id, {}))) if shown else ()
        subjects.append(
            SubjectResult(
                id=subject.id,
                key=subject.key,
                title=subject.title,
                person_id=subject.person_id,
                unit_id=subject.unit_id,
                asked=count.asked,
                answered=count.answered,
                shown=shown,
                items=items,
                score=score_of(items),
            )
        )
    return Results(
        evaluation_id=row.id,
        form=form,
        settled=settled,
        asked=asked,
        answered=answered,
        raters=len(people),
        finished=sum(one.answered == one.asked for one in people),
        subjects=tuple(subjects),
    )


def said_by(tx: Tx, evaluation_id: int, person_id: int) -> Mapping[str, Answers]:
    """What somebody has sent in an open (not anonymous) evaluation, by subject key; empty for anonymous ones."""
    keys = {subject.id: subject.key for subject in tx.evaluations.subjects(evaluation_id)}
    return {
        keys[sheet.subject_id]: answers_of(sheet.sent or "{}")
        for sheet in tx.evaluations.sheets(evaluation_id)
        if sheet.person_id == person_id
    }


def owed(tx: Tx, now: datetime) -> Iterable[Owed]:
    """Whoever has not filled in what is open, checklists and anonymous forms too (a ticket says no more than that)."""
    known = {row.id: row for row in tx.evaluations.open_at(now)}
    for one in tx.evaluations.missing(now):
        row = known[one.evaluation_id]
        yield Owed(one.person_id, "form", form_of(row).title, row.closes_at, form_payload(row.id))


def answers_of(body: str) -> Answers:
    """Answers as they are stored."""
    return {key: Answer(value, remark) for key, (value, remark) in json.loads(body).items()}


def body_of(answers: Answers) -> str:
    """Answers as they are to be stored."""
    return json.dumps({key: [one.value, one.remark] for key, one in answers.items()}, ensure_ascii=False)


def _items(form: Form, given: Mapping[str, Given]) -> Iterable[ItemResult]:
    for item in form.items:
        yield item_result(item, given.get(item.key, Given()), least=form.shown_from)


def _answers(tx: Tx, row: EvaluationRow, form: Form) -> Mapping[int, Mapping[str, Given]]:
    """What was answered by subject and item."""
    found: dict[int, dict[str, Given]] = defaultdict(lambda: defaultdict(Given))
    if row.anonymous:
        for one in tx.evaluations.mark_counts(row.id):
            found[one.subject_id][one.item].counts[one.answer] += one.times
        for mark in tx.evaluations.written(row.id):
            found[mark.subject_id][mark.item].words.append(mark.words)
        return found
    items = {item.key: item for item in form.items}
    for sheet in tx.evaluations.sheets(row.id):
        for key, answer in answers_of(sheet.sent or "{}").items():
            found[sheet.subject_id][key].add(items[key], answer)
    return found


def _tell(tx: Tx, row: EvaluationRow, person_ids: Iterable[int], now: datetime) -> None:
    form, reachable = form_of(row), tx.places.reachable()
    for person_id in sorted(person_ids):
        person = tx.people.person(person_id)
        if person is None or person.user_id is None or person.user_id not in reachable or person.left_at is not None:
            continue
        view = FormAsked(
            evaluation=row.id,
            title=form.title,
            intro=form.intro,
            anonymous=row.anonymous,
            items=len(form.items),
            subjects=len(tx.evaluations.tickets_of(row.id, person_id)),
            closes_at=row.closes_at,
        )
        tx.outbox.say(person.user_id, view, now=now, rank=Rank.BROADCAST)
