"""Reading XML as a stream: nothing is built that the reader does not keep.

A tree of 64 MB of empty elements takes gigabytes, so Office and Moodle files are read element by element. A document type
is refused before anything in it is looked at, which leaves no way to declare an entity, expanding or external.
"""

from collections.abc import Mapping
from typing import IO
from xml.parsers import expat

from quizzes.files import FileBroken, ForbiddenXml


class Enough(Exception):
    """Raised by a reader that has seen what it wanted."""


class XmlReader:
    """Receives elements by their local names (prefixes are dropped) in the order of the document."""

    _parser: expat.XMLParserType | None = None

    @property
    def line(self) -> int:
        """The line of the document at which the reader stands, from 1."""
        return 0 if self._parser is None else self._parser.CurrentLineNumber

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Characters between tags; long texts come in pieces."""

    def read(self, source: IO[bytes], *, kind: str) -> None:
        """Send the document through this reader until its end or until it raises ``Enough``.

        Raises:
            ForbiddenXml: there is a document type.
            FileBroken: not well formed; ``kind`` and the line are named.
        """
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _forbid
        start, end = self.start, self.end
        parser.StartElementHandler = lambda name, attributes: start(
            name.rpartition(":")[2] if ":" in name else name, attributes
        )
        parser.EndElementHandler = lambda name: end(name.rpartition(":")[2] if ":" in name else name)
        parser.CharacterDataHandler = self.text
        self._parser = parser
        try:
            parser.ParseFile(source)
        except Enough:
            return
        except expat.ExpatError as error:
            raise FileBroken(kind=kind, line=error.lineno) from error
        except (ValueError, LookupError) as error:  # an encoding that expat does not have
            raise FileBroken(kind=kind, line=parser.CurrentLineNumber) from error


def attribute(attributes: Mapping[str, str], name: str) -> str | None:
    """The attribute of that local name, whatever its prefix (``r:id``, ``w:val``)."""
    if name in attributes:
        return attributes[name]
    suffix = ":" + name
    return next((value for key, value in attributes.items() if key.endswith(suffix)), None)


def _forbid(*_: object) -> None:
    raise ForbiddenXml
