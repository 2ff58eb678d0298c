"""Entries of the ledger as people see them, and the periods that they are counted in."""

from collections.abc import Mapping, Sequence
from datetime import date

from storage import Tx
from storage.ledger import ALL_TIME, BY_HAND, DisputeEntry, Entry
from study.evidence import evidence_of
from study.ledger_rules import Caps, limits
from study.point_views import CapFacts, EntryFacts, Period, Words
from study.programme.current import programmes_ever


def period_of(period: Period, today: date) -> str:
    """The name under which the ledger keeps a period's totals."""
    return {"all": ALL_TIME, "year": f"{today:%Y}", "month": f"{today:%Y-%m}"}[period]


def rule_titles(tx: Tx, rules: set[str]) -> Mapping[str, Words]:
    """What rules are called now, or were called when they were last in force."""
    found: dict[str, Words] = {}
    missing = rules - {BY_HAND}
    for programme in programmes_ever(tx):
        titles = {rule.key: dict(rule.title.root) for rule in programme.points.rules if rule.key in missing}
        found |= titles
        missing -= titles.keys()
        if not missing:
            break
    return found


def entry_facts(tx: Tx, entry: Entry) -> EntryFacts:
    """An entry with everything that is known of it."""
    return entries_facts(tx, [entry], rule_titles(tx, {entry.rule}))[0]


def entries_facts(tx: Tx, entries: Sequence[Entry], titles: Mapping[str, Words]) -> tuple[EntryFacts, ...]:
    """Entries with everything that is known of them; ``titles`` are those of their rules."""
    disputes = tx.ledger.disputes([entry.id for entry in entries])
    reversals = tx.ledger.reversals_of([entry.id for entry in entries if entry.reverses is None])
    return tuple(_facts(tx, entry, titles, disputes.get(entry.id, ()), reversals.get(entry.id)) for entry in entries)


def _facts(
    tx: Tx, entry: Entry, titles: Mapping[str, Words], steps: Sequence[DisputeEntry], reversed_by: int | None
) -> EntryFacts:
    author = None
    if entry.author_id is not None:
        person = tx.people.by_user(entry.author_id)
        user = None if person is not None else tx.places.user(entry.author_id)
        author = person.name if person is not None else user.name if user is not None else None
    return EntryFacts(
        number=entry.id,
        rule=entry.rule,
        title=dict(titles.get(entry.rule, {})),
        points=entry.points,
        worth=entry.worth,
        day=entry.day,
        evidence=evidence_of(tx, entry.evidence),
        reason=entry.reason,
        author=author or "",
        reverses=entry.reverses,
        reversed_by=reversed_by,
        dispute=steps[-1].kind if steps else "",
        answer=steps[1].reason if len(steps) > 1 else "",
    )


def cap_facts(tx: Tx, person_id: int, caps: Caps, day: date, rule: str | None = None) -> tuple[CapFacts, ...]:
    """How much of each cap is used up on a day."""
    names = [name for name in ("day", "week", "month", "year") if getattr(caps, name) is not None]
    return tuple(
        CapFacts(period=name, gained=tx.ledger.gain_of(person_id, limit.first, limit.last, rule), most=limit.most)
        for name, limit in zip(names, limits(caps, day), strict=True)
    )
