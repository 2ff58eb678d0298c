"""What taking a roster in would change: entries held against the people who are there."""

from collections.abc import Sequence

from quizzes.engine.frozen import dataclass
from storage.people import Person, Role, Unit
from study.roster import Entry, Mistake, Reading, code_key


@dataclass(frozen=True, slots=True)
class Changed:
    """Somebody who is on the roster already; ``fields`` are those that differ (``left``: they come back)."""

    person: Person
    entry: Entry
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RosterPlan:
    """A roster before it is taken in.

    ``absent`` are people on the roster whom the file does not name: they stay. ``mistakes`` belong to rows that are left
    out. ``units`` are the paths of units that will be made.
    """

    reading: Reading
    new: tuple[Entry, ...]
    changed: tuple[Changed, ...]
    unchanged: tuple[Person, ...]
    absent: tuple[Person, ...]
    units: tuple[str, ...]

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """What is wrong, row by row."""
        return self.reading.mistakes

    @property
    def good(self) -> int:
        """How many rows can be taken in."""
        return len(self.new) + len(self.changed) + len(self.unchanged)

    @property
    def bad_rows(self) -> int:
        """How many rows are left out."""
        return len({mistake.line for mistake in self.reading.mistakes})


@dataclass(frozen=True, slots=True)
class RosterResult:
    """What became of a roster, in people; ``left_out`` are rows."""

    new: int
    changed: int
    unchanged: int
    absent: int
    left_out: int


def known_path(path: str, units: Sequence[Unit]) -> str:
    """The path that is meant: whoever writes ``第一支部`` means ``示范区/第一支部`` if no other unit is called so."""
    paths = {unit.path.casefold(): unit.path for unit in units}
    if path.casefold() in paths:
        return paths[path.casefold()]
    top, _, rest = path.partition("/")
    if top.casefold() in paths:
        return path
    same = [unit.path for unit in units if unit.name.casefold() == top.casefold()]
    if len(same) != 1:
        return path
    found = f"{same[0]}/{rest}" if rest else same[0]
    return paths.get(found.casefold(), found)


def make_plan(reading: Reading, people: Sequence[Person], units: Sequence[Unit]) -> RosterPlan:
    """Hold a reading against everybody who is or ever was on the roster, and against the tree."""
    by_code = {code_key(person.code): person for person in people}
    path_of = {unit.id: unit.path for unit in units}
    known = _Paths(units)
    new, changed, unchanged = [], [], []
    for entry in reading.entries:
        person = by_code.get(code_key(entry.code))
        path = known.of(entry.unit)
        if person is None:
            new.append(entry)
        elif differing := _differing(person, path_of[person.unit_id], entry, path):
            changed.append(Changed(person, entry, differing))
        else:
            unchanged.append(person)
    absent = tuple(p for p in people if p.left_at is None and code_key(p.code) not in reading.codes)
    made = dict.fromkeys(path for entry in reading.entries if (path := known.of(entry.unit)) not in known.paths)
    return RosterPlan(reading, tuple(new), tuple(changed), tuple(unchanged), absent, tuple(made))


class _Paths:
    """``known_path`` for many rows: a file names few units many times."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = units
        self._found: dict[str, str] = {}
        self.paths = frozenset(unit.path for unit in units)

    def of(self, path: str) -> str:
        if path not in self._found:
            self._found[path] = known_path(path, self._units)
        return self._found[path]


def _differing(person: Person, at: str, entry: Entry, path: str) -> tuple[str, ...]:
    wanted: dict[str, tuple[str | Role, str | Role | None]] = {
        "name": (person.name, entry.name),
        "unit": (at, path),
        "level": (person.level, entry.level),
        "title": (person.title, entry.title),
        "role": (person.role, entry.role),
    }
    fields = [name for name, (has, said) in wanted.items() if said is not None and said != has]
    return tuple(fields if person.left_at is None else [*fields, "left"])
