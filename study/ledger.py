"""The ledger: every entry says by which rule and on which evidence; nothing is ever changed, only added.

``credit`` is how every capability books. It is told what the evidence amounts to *now*, so it can be called again after
any correction and as often as anybody likes: what is booked already is left, what no longer holds is taken back by an
entry of its own, what is new is added. What a person has ruled on (a reversal by hand) no rule books again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date, datetime

from quizzes.engine.frozen import dataclass
from storage import Tx
from storage.ledger import BY_HAND, AwardDraft, Entry
from study.ledger_rules import allowed, limits
from study.programme import programme_in_force
from study.programme.points import PointRule

_SWITCH = "points"
_OFF = "off"
"""Kept in the database, because whoever books knows no configuration."""


def switch_points(tx: Tx, *, on: bool) -> None:
    """Whether anything is booked from now on; what is booked stays as it is."""
    tx.meta.put(_SWITCH, "on" if on else _OFF)


def points_are_kept(tx: Tx) -> bool:
    """Whether the configuration lets points be kept."""
    return tx.meta.get(_SWITCH) != _OFF


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that rules may be about: its name (``session.present``) and what it is about (``{"series": "friday"}``).

    ``count``: how often it happened in the one piece of evidence (right answers in a contest); a rule with ``each`` gives
    its points for each of them.
    """

    name: str
    about: Mapping[str, str] = field(default_factory=dict)
    count: int = 1

    def __str__(self) -> str:
        """The same words for the same happening, as the ledger keeps them."""
        often = [] if self.count == 1 else [f"({self.count})"]
        return " ".join([self.name, *(f"{key}={value}" for key, value in sorted(self.about.items())), *often])


def credit(
    tx: Tx,
    person_id: int,
    evidence: str,
    what: Happening | None,
    *,
    day: date,
    now: datetime,
    reason: str = "",
    author_id: int | None = None,
) -> int:
    """Let the ledger say what a piece of evidence amounts to for a person; returns by how many points it changed.

    ``evidence`` names the row behind it (``session:12``); ``what`` is what it shows now, ``None`` nothing (any more).
    ``day`` is the programme's day that it counts for. Nothing happens if the same is booked already, also when the
    programme's rules have changed since: what was earned stays. Nothing happens either while points are switched off.
    """
    entries = tx.ledger.on(person_id, evidence)
    rules = [] if what is None else _rules(tx, what)
    if not (entries or rules) or not points_are_kept(tx):
        return 0
    person = tx.people.person(person_id)
    if person is None:
        raise ValueError(f"there is no person {person_id}")
    gone = {entry.reverses: entry for entry in entries if entry.reverses is not None}
    newest = _newest(entries)
    stands = all(entry.id not in gone or gone[entry.id].by_hand for entry in newest)
    if what is not None and newest and stands and newest[0].happening == str(what):
        return 0
    ruled = {(entry.rule, entry.happening) for entry in entries if entry.id in gone and gone[entry.id].by_hand}
    changed = 0
    for entry in entries:
        if entry.reverses is None and entry.id not in gone:
            changed -= entry.points
            _reverse(tx, entry, now=now, reason=reason, author_id=author_id)
    turn = max((entry.turn for entry in entries), default=-1) + 1
    for rule in rules:
        if what is None or (rule.key, str(what)) in ruled:
            continue
        worth = rule.worth(what.count)
        points = _within_caps(tx, person_id, rule, worth, day)
        added = tx.ledger.add(
            person_id=person_id,
            unit_id=person.unit_id,
            rule=rule.key,
            points=points,
            worth=worth,
            day=day,
            now=now,
            evidence=evidence,
            happening=str(what),
            turn=turn,
            reason=reason,
            author_id=author_id,
        )
        changed += points if added is not None else 0
    return changed


def book_award(tx: Tx, draft: AwardDraft, *, day: date, now: datetime) -> int | None:
    """Book what somebody gave by hand; caps are for rules. Returns the entry's number."""
    person = tx.people.person(draft.person_id)
    if person is None:
        raise ValueError(f"there is no person {draft.person_id}")
    return tx.ledger.add(
        person_id=person.id,
        unit_id=person.unit_id,
        rule=BY_HAND,
        points=draft.points,
        worth=draft.points,
        day=day,
        now=now,
        evidence=f"award:{draft.id}",
        happening=BY_HAND,
        turn=0,
        reason=draft.reason,
        author_id=draft.author_id,
        by_hand=True,
    )


def reverse_by_hand(tx: Tx, entry: Entry, *, reason: str, author_id: int, now: datetime) -> int | None:
    """Take an entry back by an entry of its own, for good; ``None`` if it is taken back already."""
    return _reverse(tx, entry, now=now, reason=reason, author_id=author_id, by_hand=True)


def _rules(tx: Tx, what: Happening) -> list[PointRule]:
    return [rule for rule in programme_in_force(tx).points.rules if rule.fits(what.name, what.about)]


def _newest(entries: Sequence[Entry]) -> list[Entry]:
    """What was booked when the evidence was last said to show anything."""
    turn = max((entry.turn for entry in entries), default=-1)
    return [entry for entry in entries if entry.reverses is None and entry.turn == turn]


def _reverse(
    tx: Tx, entry: Entry, *, now: datetime, reason: str, author_id: int | None, by_hand: bool = False
) -> int | None:
    return tx.ledger.add(
        person_id=entry.person_id,
        unit_id=entry.unit_id,
        rule=entry.rule,
        points=-entry.points,
        worth=-entry.worth,
        day=entry.day,
        now=now,
        evidence=entry.evidence,
        happening=entry.happening,
        # An entry and its reversal are of one turn; the table keeps them apart by this.
        turn=-entry.id,
        reason=reason,
        author_id=author_id,
        by_hand=by_hand,
        reverses=entry.id,
    )


def _within_caps(tx: Tx, person_id: int, rule: PointRule, worth: int, day: date) -> int:
    whole = limits(programme_in_force(tx).points.caps, day)
    own = limits(rule.caps, day)
    left = [limit.most - tx.ledger.gain_of(person_id, limit.first, limit.last) for limit in whole]
    left += [limit.most - tx.ledger.gain_of(person_id, limit.first, limit.last, rule.key) for limit in own]
    return allowed(worth, left)
