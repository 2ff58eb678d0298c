"""What a format can carry: an export that would lose or change a question's sense is refused, not written."""

from collections.abc import Callable, Collection, Sequence

from quizzes.bank.collect import exactly
from quizzes.bank.items import Item, Kind, ParsedBank
from quizzes.files import FileError


class FormatCannotCarry(FileError):
    """The ``format`` has no way to write question ``number`` (from 1), which is of ``kind``: another has to be chosen."""

    code = "file.format_cannot_carry"


class NoSuchFormat(FileError):
    """Nothing is written in the format ``name``; ``known`` lists those there are."""

    code = "file.no_such_format"


def one_line(text: str) -> str:
    """The text in one line, as formats need it that live by lines."""
    return " ".join(text.split())


def refuse_what_is_lost(
    format_name: str,
    items: Sequence[Item],
    read: Callable[[bytes], ParsedBank],
    data: bytes,
    *,
    kinds: Collection[Kind] = tuple(Kind),
) -> None:
    """Read back what was written and compare what is asked: kind, text, options and what counts as right.

    Raises:
        FormatCannotCarry: the first question that does not come back.
    """
    for number, item in enumerate(items, 1):
        if item.kind not in kinds:
            raise FormatCannotCarry(format=format_name, number=number, kind=item.kind.value)
    back = read(data).items if items else ()
    for number, item in enumerate(items, 1):
        if number > len(back) or _sense(back[number - 1]) != _sense(item):
            raise FormatCannotCarry(format=format_name, number=number, kind=item.kind.value)


def _sense(item: Item) -> tuple[object, ...]:
    options = tuple(map(exactly, item.options))
    return item.kind, exactly(item.text), options, item.answers, frozenset(map(exactly, item.accepted))
