"""The numbers that Word draws before paragraphs and does not store in them.

``1.`` and ``A.`` of an automatic list are no text of the document: they follow from the list's definition and from how many
of its paragraphs came before. Without them a bank typed with automatic lists has neither numbers nor option letters.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from zipfile import ZipFile

from quizzes.bank.outline import chinese_numeral
from quizzes.files import Content
from quizzes.xml_stream import XmlReader, attribute

_DEEPEST = 8  # Word has nine levels


@dataclass(slots=True)
class _Level:
    format: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class _List:
    """One use of a list definition: which, and where it starts anew."""

    definition: str = ""
    restarts: dict[int, int] = field(default_factory=dict)
    begun: bool = False


class Numbering(XmlReader):
    """The lists of a document and how far each of them has counted."""

    def __init__(self, archive: ZipFile, path: str) -> None:
        self._levels: dict[tuple[str, int], _Level] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[tuple[str, int], int] = {}
        self._definition = self._list = ""
        self._level = 0
        if path in archive.namelist():
            with archive.open(path) as source:
                self.read(source, kind=Content.DOCX.value)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        value = attribute(attributes, "val") or ""
        if name == "abstractNum":
            self._definition = attribute(attributes, "abstractNumId") or ""
        elif name in ("lvl", "lvlOverride"):
            self._level = _whole(attribute(attributes, "ilvl"))
        elif name == "num":
            self._list, self._definition = attribute(attributes, "numId") or "", ""
            self._lists[self._list] = _List()
        elif name == "abstractNumId" and self._list:
            self._lists[self._list].definition = value
        elif name == "startOverride" and self._list:
            self._lists[self._list].restarts[self._level] = _whole(value, 1)
        elif self._definition and name in ("numFmt", "lvlText", "start"):
            level = self._levels.setdefault((self._definition, self._level), _Level())
            if name == "numFmt":
                level.format = value
            elif name == "lvlText":
                level.text = value
            else:
                level.start = _whole(value, 1)

    def next_label(self, list_id: str, depth: int) -> str:
        """Count a paragraph of the list and give what Word draws before it: ``1.``, ``A、``, nothing for a bullet."""
        used = self._lists.get(list_id)
        if used is None or depth > _DEEPEST:
            return ""
        if not used.begun:
            used.begun = True
            for restarted, start in used.restarts.items():
                self._counts[used.definition, restarted] = start - 1
        key = (used.definition, depth)
        level = self._levels.get(key)
        if level is None:
            return ""
        self._counts[key] = self._counts.get(key, level.start - 1) + 1
        for deeper in range(depth + 1, _DEEPEST + 1):
            self._counts.pop((used.definition, deeper), None)
        if level.format in ("bullet", "none"):
            return ""
        return re.sub(r"%([1-9])", lambda found: self._drawn(used.definition, int(found[1]) - 1), level.text)

    def _drawn(self, definition: str, depth: int) -> str:
        level = self._levels.get((definition, depth), _Level())
        return drawn(self._counts.get((definition, depth), level.start), level.format)


_CHINESE = re.compile("chinese|japaneseCounting|ideograph|taiwanese", re.IGNORECASE)


def drawn(number: int, format_name: str) -> str:
    """A number in one of Word's formats [ECMA-376 part 1, 17.18.59]; those that banks do not use are drawn in digits."""
    if format_name in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if format_name == "upperLetter" else letter.lower()
    if _CHINESE.search(format_name):
        return chinese_numeral(number)
    return f"{number:02d}" if format_name == "decimalZero" else str(number)


class StyleLists(XmlReader):
    """Which paragraph styles belong to a list: style → (list, depth)."""

    def __init__(self, archive: ZipFile, path: str) -> None:
        self.lists: dict[str, tuple[str, int]] = {}
        self._style = ""
        self._depth = 0
        if path in archive.namelist():
            with archive.open(path) as source:
                self.read(source, kind=Content.DOCX.value)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "style":
            self._style, self._depth = attribute(attributes, "styleId") or "", 0
        elif name == "ilvl":
            self._depth = _whole(attribute(attributes, "val"))
        elif name == "numId" and self._style:
            self.lists[self._style] = (attribute(attributes, "val") or "", self._depth)


def _whole(written: str | None, otherwise: int = 0) -> int:
    return int(written) if written and written.isdecimal() and len(written) < 6 else otherwise
