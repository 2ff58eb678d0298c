"""All formats of question banks: which one a file is in, reading it, writing it."""

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from quizzes.bank import aiken, gift, moodle, own_json, plain, plain_out, spreadsheet, word
from quizzes.bank.carry import NoSuchFormat
from quizzes.bank.items import Item, ParsedBank
from quizzes.files import Content, UnknownFormat, WrongContent, content_of, decode

Write = Callable[[Sequence[Item]], bytes]

READERS: Mapping[str, Callable[[bytes], ParsedBank]] = MappingProxyType(
    {
        spreadsheet.CSV: spreadsheet.read,
        spreadsheet.XLSX: spreadsheet.read,
        plain.TEXT: plain.read,
        word.DOCX: word.read,
        gift.GIFT: gift.read,
        aiken.AIKEN: aiken.read,
        moodle.MOODLE: moodle.read,
        own_json.JSON: own_json.read,
    }
)
WRITERS: Mapping[str, Write] = MappingProxyType(
    {
        spreadsheet.CSV: spreadsheet.to_csv,
        spreadsheet.XLSX: spreadsheet.to_xlsx,
        plain.TEXT: plain_out.to_text,
        word.DOCX: word.to_docx,
        gift.GIFT: gift.to_gift,
        aiken.AIKEN: aiken.to_aiken,
        moodle.MOODLE: moodle.to_moodle,
        own_json.JSON: own_json.to_json,
    }
)
EXTENSIONS: Mapping[str, str] = MappingProxyType(
    {
        spreadsheet.CSV: ".csv",
        spreadsheet.XLSX: ".xlsx",
        plain.TEXT: ".txt",
        word.DOCX: ".docx",
        gift.GIFT: ".gift",
        aiken.AIKEN: ".txt",
        moodle.MOODLE: ".xml",
        own_json.JSON: ".json",
    }
)


def read_bank(data: bytes, name: str = "") -> ParsedBank:
    """Read a bank in whatever format it is; ``name`` only settles what the content leaves open.

    Raises:
        FileError: the file as a whole cannot be read; its code says why. Single bad questions are no reason: they are
            listed in the bank's ``errors``.
    """
    found = format_of(data, name)
    if found in (spreadsheet.CSV, spreadsheet.XLSX):
        return spreadsheet.read(data, name)
    return READERS[found](data)


def write_bank(items: Sequence[Item], format_name: str) -> bytes:
    """Write a bank in one of the formats of ``WRITERS``.

    Raises:
        NoSuchFormat: there is no such format.
        FormatCannotCarry: the format has no way to write one of the questions.
    """
    if format_name not in WRITERS:
        raise NoSuchFormat(name=format_name[:20], known=", ".join(WRITERS))
    return WRITERS[format_name](items)


def format_of(data: bytes, name: str = "") -> str:
    """The format of a file, going by its content and, only where that is open, by its name.

    Raises:
        FileError: it is empty, no text and no Office file, or in no encoding that we know.
    """
    match content_of(data):
        case Content.XLSX:
            return spreadsheet.XLSX
        case Content.DOCX:
            return word.DOCX
        case Content.TEXT:
            return _format_of_text(decode(data), name.lower())


_GIFT = re.compile(r"(?<!\\)\{\s*(?:[=~#]|T\b|F\b|TRUE\b|FALSE\b|\}|[^{}]*(?<!\\)[=~])", re.IGNORECASE)
_ANSWER_LINE = re.compile(r"^ANSWER\s*:\s*[A-Z]\s*$", re.MULTILINE)


def _format_of_text(text: str, name: str) -> str:
    top = text.lstrip()
    if top.startswith("<"):
        if re.search(r"<(?:\w+:)?quiz\b", top[:20_000]):
            return moodle.MOODLE
        if name.endswith(".xml") or top.startswith("<?xml"):
            raise UnknownFormat
        raise WrongContent(kind="html")
    if top.startswith("{") and re.match(r"\{\s*\"", top):
        return own_json.JSON
    if name.endswith(".gift") or (re.search(r"^(::|\$CATEGORY:)", top, re.MULTILINE) and _GIFT.search(top)):
        return gift.GIFT
    if spreadsheet.is_table(text, name):
        return spreadsheet.CSV
    if _ANSWER_LINE.search(text) and not plain.is_numbered(text):
        return aiken.AIKEN
    if _GIFT.search(text) and not re.search(r"答案|^\s*[A-D]\s*[.、)．]", text, re.MULTILINE):
        return gift.GIFT
    return plain.TEXT
