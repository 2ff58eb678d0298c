"""The ledger: every entry says by which rule and on which evidence; nothing is ever changed, only added.

``credit`` is how every capability books. It is told what the evidence amounts to *now*, so it can be called again after
any correction and as often as anybody likes: what is booked already is left, what no longer holds is taken back by an
entry of its own, what is new is added.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from storage import Tx
from storage.ledger import Entry
from study.ledger_rules import allowed, limits
from study.programme import programme_in_force
from study.programme.points import PointRule


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that rules may be about: its name (``session.present``) and what it is about (``{"series": "friday"}``)."""

    name: str
    about: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """The same words for the same happening, as the ledger keeps them."""
        return " ".join([self.name, *(f"{key}={value}" for key, value in sorted(self.about.items()))])


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
    programme's rules have changed since: what was earned stays.
    """
    person = tx.people.person(person_id)
    if person is None:
        raise ValueError(f"there is no person {person_id}")
    entries = tx.ledger.on(person_id, evidence)
    standing = _standing(entries)
    programme = programme_in_force(tx)
    if what is not None and any(entry.happening == str(what) for entry in standing):
        return 0
    changed = 0
    for entry in standing:
        changed -= entry.points
        _reverse(tx, entry, now=now, reason=reason, author_id=author_id)
    turn = max((entry.turn for entry in entries), default=-1) + 1
    rules = [] if what is None else [rule for rule in programme.points.rules if rule.fits(what.name, what.about)]
    for rule in rules:
        points = _within_caps(tx, person_id, rule, day)
        added = tx.ledger.add(
            person_id=person_id,
            unit_id=person.unit_id,
            rule=rule.key,
            points=points,
            worth=rule.points,
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


def _standing(entries: Sequence[Entry]) -> list[Entry]:
    """The entries that were not taken back."""
    gone = {entry.reverses for entry in entries if entry.reverses is not None}
    return [entry for entry in entries if entry.reverses is None and entry.id not in gone]


def _reverse(tx: Tx, entry: Entry, *, now: datetime, reason: str, author_id: int | None) -> None:
    tx.ledger.add(
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
        reverses=entry.id,
    )


def _within_caps(tx: Tx, person_id: int, rule: PointRule, day: date) -> int:
    whole = limits(programme_in_force(tx).points.caps, day)
    own = limits(rule.caps, day)
    left = [limit.most - tx.ledger.sum_of(person_id, limit.first, limit.last) for limit in whole]
    left += [limit.most - tx.ledger.sum_of(person_id, limit.first, limit.last, rule.key) for limit in own]
    return allowed(rule.points, left)
