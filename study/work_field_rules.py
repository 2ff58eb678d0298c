"""Whether a field says what it has to say: figures that are figures, days that are days, and no empty phrases."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from quizzes.engine.frozen import dataclass
from quizzes.engine.han import heard, simplified
from study.submission import Attached, length_of
from study.work_plan import Field, FieldKind, Plan


@dataclass(frozen=True, slots=True)
class Value:
    """What stands in a field: words, or files."""

    text: str = ""
    files: tuple[Attached, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing."""
        return not self.text.strip() and not self.files


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a field.

    ``problem`` is ``missing``, ``short`` (``wanted``: how long it has to be), ``not_quantified``, ``not_a_number``, ``no_date``,
    ``date_past``, ``not_one_of``, ``vague`` (``wanted``: the phrase), ``as_before`` (the target is the baseline), or
    ``reviewer`` (``wanted``: a reviewer's own words).
    """

    field: str
    problem: str
    wanted: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that two versions do not have in common."""

    field: str
    before: Value
    after: Value


_NUMBER = re.compile(r"([+-]?\d[\d,]*(?:\.\d+)?)\s*([%‰]|万|亿)?")
_TIMES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")


def read_number(text: str) -> Decimal | None:
    """A number as people write it (``1,200``, ``３.５``, ``25%`` is 25, ``3万`` is 30000); ``None`` if it is none."""
    found = _NUMBER.fullmatch(simplified(unicodedata.normalize("NFKC", text).strip()))
    if found is None:
        return None
    try:
        return Decimal(found[1].replace(",", "")) * _TIMES.get(found[2] or "", Decimal(1))
    except InvalidOperation:
        return None


def read_date(text: str) -> date | None:
    """A day with its year (``2026-12-31``, ``2026年12月31日``); ``None`` if it is none."""
    found = _DATE.fullmatch(simplified(unicodedata.normalize("NFKC", text).strip()))
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def fault_of(field: Field, value: Value, today: date) -> Fault | None:
    """What is wrong with what stands in a field, if anything."""
    if value.is_empty:
        return Fault(field.key, "missing") if field.required else None
    text = value.text.strip()
    match field.kind:
        case FieldKind.NUMBER if read_number(text) is None:
            problem = "not_a_number" if any(letter.isdigit() for letter in text) else "not_quantified"
            return Fault(field.key, problem)
        case FieldKind.DATE:
            day = read_date(text)
            if day is None:
                return Fault(field.key, "no_date")
            return Fault(field.key, "date_past") if field.future and day < today else None
        case FieldKind.CHOICE if text not in field.choices:
            return Fault(field.key, "not_one_of")
        case FieldKind.TEXT | FieldKind.UNIT:
            return _words_fault(field, text)
    return None


def _words_fault(field: Field, text: str) -> Fault | None:
    if length_of(text) < field.least:
        return Fault(field.key, "short", str(field.least))
    phrase = next((phrase for phrase in field.vague if simplified(phrase) in simplified(text)), None)
    if phrase is not None and not any(letter.isdigit() for letter in text):
        return Fault(field.key, "vague", phrase)
    return None


def faults_of(plan: Plan, keys: Iterable[str], values: Mapping[str, Value], today: date) -> tuple[Fault, ...]:
    """Everything that is wrong with these fields, in their order."""
    keys = tuple(keys)
    found = [fault for key in keys if (fault := fault_of(plan.field(key), values.get(key, Value()), today)) is not None]
    wrong = {fault.field for fault in found}
    if plan.target in keys and plan.target not in wrong and plan.baseline not in wrong:
        numbers = [read_number(values.get(key, Value()).text) for key in (plan.baseline, plan.target)]
        if numbers[0] is not None and numbers[0] == numbers[1]:
            found.append(Fault(plan.target, "as_before"))
    return tuple(found)


def read_form(text: str, titles: Mapping[str, str]) -> tuple[dict[str, str], str]:
    """Several fields written at once: lines ``Target: 25`` by the field's title; what follows without one belongs to it.

    ``titles`` has the field's key by its title. Returns the words by key, and what stands before the first title.
    """
    known = {_plain(title): key for title, key in titles.items()}
    found: dict[str, list[str]] = {}
    before: list[str] = []
    at: list[str] = before
    for line in text.splitlines():
        head, mark, rest = _split(line)
        if mark and _plain(head) in known:
            at = found.setdefault(known[_plain(head)], [])
            line = rest
        at.append(line.strip())
    return {key: "\n".join(lines).strip() for key, lines in found.items()}, "\n".join(before).strip()


def _split(line: str) -> tuple[str, str, str]:
    at = min((at for mark in ":：" if (at := line.find(mark)) >= 0), default=-1)
    return (line, "", "") if at < 0 else (line[:at], line[at], line[at + 1 :])


def _plain(title: str) -> str:
    return heard("".join(unicodedata.normalize("NFKC", title).split()))


def differences(plan: Plan, before: Mapping[str, Value], after: Mapping[str, Value]) -> tuple[Difference, ...]:
    """The fields that changed from one version to another, in the order of the plan."""
    none = Value()
    pairs = [(field.key, before.get(field.key, none), after.get(field.key, none)) for field in plan.fields]
    return tuple(Difference(key, old, new) for key, old, new in pairs if old != new)


def progress(baseline: str, target: str, now: str) -> int | None:
    """How much of the way from the baseline to the target is made, in percent (below 0 and above 100 too)."""
    numbers = [read_number(text) for text in (baseline, target, now)]
    if any(number is None for number in numbers):
        return None
    first, last, at = (number for number in numbers if number is not None)
    return None if first == last else int((at - first) * 100 / (last - first))
