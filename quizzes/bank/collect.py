"""Gathering the questions of one file: the good ones, the faults of the others, and who repeats whom."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from quizzes.bank.drafts import Draft, settle
from quizzes.bank.items import CHOICE, MAX_ITEMS, Fault, Flaw, Item, ItemError, Kind, ParsedBank, Remark, flaws
from quizzes.bank.near import NearTexts
from quizzes.files import TooManyRows, UnknownFormat

_Place = tuple[int, str | None]


class Collector:
    """Takes the questions of a file in order and gives its bank in the end."""

    def __init__(self, format_name: str) -> None:
        self._format = format_name
        self._items: list[Item] = []
        self._places: list[_Place] = []
        self._errors: list[ItemError] = []
        self._warnings: list[ItemError] = []
        self._seen: dict[object, tuple[_Place, frozenset[str]]] = {}
        self._near = NearTexts()
        self._taken = 0

    def draft(self, draft: Draft, *, sheet: str | None = None) -> None:
        """Settle a draft and take the question."""
        item, found = settle(draft)
        self.take(draft.line, item, found, sheet=sheet, number=draft.number)

    def take(
        self, line: int, item: Item, found: Sequence[Flaw] = (), *, sheet: str | None = None, number: int | None = None
    ) -> None:
        """Take a question if nothing is wrong with it, neither what was ``found`` while reading nor what it lacks.

        Raises:
            TooManyRows: the file has more questions than a bank may hold.
        """
        self._count()
        # What could not be read in a field explains what is missing in it.
        fields = {field for field, _, _ in found}
        all_found = [*found, *(flaw for flaw in flaws(item) if flaw[0] not in fields)]
        if not all_found:
            all_found = list(self._repeats(item, (line, sheet)))
        own: dict[str, str | int] = {} if number is None else {"number": number}
        if all_found:
            self._errors.extend(
                ItemError(line, field, fault, params | own, sheet) for field, fault, params in all_found
            )
            return
        near = self._near.add("".join([item.text, *sorted(item.options)]))
        if near is not None:
            self.remark(line, "text", Remark.NEAR_DUPLICATE, _place(self._places[near]) | own, sheet=sheet)
        if item.kind is Kind.SEVERAL and len(item.answers) == 1:
            self.remark(line, "answers", Remark.ONE_OF_SEVERAL, own, sheet=sheet)
        self._items.append(item)
        self._places.append((line, sheet))

    def refuse(
        self, line: int, field: str, fault: Fault, params: Mapping[str, str | int], *, sheet: str | None = None
    ) -> None:
        """Note what is wrong with something that does not even make a question."""
        self._count()
        self._errors.append(ItemError(line, field, fault, params, sheet))

    def remark(
        self, line: int, field: str, remark: Remark, params: Mapping[str, str | int], *, sheet: str | None = None
    ) -> None:
        """Note something that should be looked at."""
        self._warnings.append(ItemError(line, field, remark, params, sheet))

    def bank(self, media: Mapping[str, bytes] | None = None) -> ParsedBank:
        """The bank, errors and warnings in the order of their lines.

        Raises:
            UnknownFormat: there was not one question, good or bad.
        """
        if not self._taken:
            raise UnknownFormat
        lines = tuple(line for line, _ in self._places)
        errors, warnings = (
            tuple(sorted(found, key=lambda error: (error.sheet or "", error.line)))
            for found in (self._errors, self._warnings)
        )
        return ParsedBank(tuple(self._items), errors, self._format, warnings, lines, media or {})

    def _count(self) -> None:
        self._taken += 1
        if self._taken > MAX_ITEMS:
            raise TooManyRows(limit=MAX_ITEMS)

    def _repeats(self, item: Item, place: _Place) -> list[Flaw]:
        key = (item.kind, exactly(item.text), frozenset(map(exactly, item.options)), item.media)
        right = _right(item)
        first, answer = self._seen.setdefault(key, (place, right))
        if first is place:
            return []
        return [("text", Fault.DUPLICATE if answer == right else Fault.DUPLICATE_DISAGREES, _place(first))]


_SPACES = re.compile(r"[\s_]+")


def exactly(text: str) -> str:
    """What makes two texts the same question: all but spaces, widths, blanks to fill in and the final stop."""
    bare = _SPACES.sub("", text if text.isascii() else unicodedata.normalize("NFKC", text))
    return bare.replace("()", "").rstrip("。.?!:;,")


def _right(item: Item) -> frozenset[str]:
    if item.kind in CHOICE:
        return frozenset(exactly(item.options[index]) for index in item.answers)
    return frozenset(map(str, item.answers)) | frozenset(map(exactly, item.accepted))


def _place(place: _Place) -> dict[str, str | int]:
    line, sheet = place
    return {"first_line": line} | ({"first_sheet": sheet} if sheet else {})
