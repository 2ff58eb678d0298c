"""Who may review a work at its present stage, and who takes part in it."""

from dataclasses import dataclass, field

from storage import Tx
from storage.people import Person, Role, Unit
from storage.works import WorkRow
from study.programme import programme_in_force
from study.programme.works import Reviewers, WorkKind


@dataclass(slots=True)
class Bench:
    """The roster as it is in one transaction, looked up once for many works, and only if somebody asks who reviews.

    ``admins`` are those that the config names.
    """

    tx: Tx
    admins: frozenset[int]
    _people: dict[int, Person] | None = field(init=False, default=None)
    _units: dict[int, Unit] | None = field(init=False, default=None)
    _leaders: tuple[Person, ...] | None = field(init=False, default=None)
    _by_name: dict[Reviewers, tuple[Person, ...]] = field(init=False, default_factory=dict)
    _by_spec: dict[tuple[Reviewers, int, int], frozenset[int]] = field(init=False, default_factory=dict)

    @property
    def people(self) -> dict[int, Person]:
        """Everybody who has not left, by id."""
        if self._people is None:
            self._people = {person.id: person for person in self.tx.people.everybody()}
        return self._people

    @property
    def units(self) -> dict[int, Unit]:
        """Every unit, by id."""
        if self._units is None:
            self._units = {unit.id: unit for unit in self.tx.people.units()}
        return self._units

    def authors(self, row: WorkRow) -> frozenset[int]:
        """The Telegram ids of those who take part."""
        leader = self.tx.people.person(row.author_id)
        ids = {member.user_id for member in self.tx.works.members(row.id)} | {leader.user_id if leader else None}
        return frozenset(user_id for user_id in ids if user_id is not None)

    def reviewers(self, row: WorkRow, kind: WorkKind) -> frozenset[int]:
        """The Telegram ids of those who may review it now; the authors among them are not left out."""
        return self._at(row, kind, row.stage)

    def readers(self, row: WorkRow, kind: WorkKind) -> frozenset[int]:
        """The Telegram ids of those who may review it now or might at a stage before."""
        return frozenset().union(*(self._at(row, kind, stage) for stage in range(row.stage + 1)))

    def _at(self, row: WorkRow, kind: WorkKind, stage: int) -> frozenset[int]:
        spec = kind.stages[stage].reviewers
        if spec is None:
            return frozenset()
        # Who leads a work is never one of its unit's organisers that are asked, so the answer differs from author to author.
        key = (spec, row.unit_id, row.author_id if spec.organisers in ("unit", "above") else 0)
        if key not in self._by_spec:
            self._by_spec[key] = self._found(spec, row)
        return self._by_spec[key]

    def _found(self, spec: Reviewers, row: WorkRow) -> frozenset[int]:
        found: set[int | None] = set()
        match spec.organisers:
            case "unit":
                found |= self._organisers(row.unit_id, row.author_id)
            case "above":
                found |= self._organisers(self.units[row.unit_id].parent_id, row.author_id)
            case "office":
                found |= self._office()
        named = self._named(spec)
        found |= {person.user_id for person in named}
        if not spec.own_unit:
            found -= {person.user_id for person in named if person.unit_id == row.unit_id}
            found -= {person.user_id for person in self._leading() if person.unit_id == row.unit_id}
        return frozenset(user_id for user_id in found if user_id is not None)

    def _named(self, spec: Reviewers) -> tuple[Person, ...]:
        """Whom ``who`` and ``people`` name. An observer sees and comments, but never decides."""
        if spec not in self._by_name:
            cohorts = {cohort.key: cohort.who for cohort in programme_in_force(self.tx).header.cohorts}
            self._by_name[spec] = tuple(
                person
                for person in self.people.values()
                if person.role is not Role.OBSERVER
                and (
                    person.code in spec.people
                    or (spec.who is not None and spec.who.means(person, self.units[person.unit_id].path, cohorts))
                )
            )
        return self._by_name[spec]

    def _leading(self) -> tuple[Person, ...]:
        """The organisers and admins on the roster."""
        if self._leaders is None:
            roles = (Role.ORGANISER, Role.ADMIN)
            self._leaders = tuple(person for person in self.people.values() if person.role in roles)
        return self._leaders

    def _organisers(self, unit_id: int | None, author_id: int) -> set[int | None]:
        """The organisers of the nearest unit, from this one upwards, that has any besides the author; else the office."""
        while unit_id is not None:
            found: set[int | None] = {
                person.user_id
                for person in self._leading()
                if person.role is Role.ORGANISER
                and person.unit_id == unit_id
                and person.user_id is not None
                and person.id != author_id
            }
            if found:
                return found
            unit_id = self.units[unit_id].parent_id
        return self._office()

    def _office(self) -> set[int | None]:
        return {person.user_id for person in self._leading() if person.role is Role.ADMIN} | set(self.admins)
