"""How the parts of an Office file refer to each other [ECMA-376 part 2, 6.5]."""

import posixpath
from collections.abc import Mapping
from zipfile import ZipFile

from quizzes.files import Content
from quizzes.xml_stream import XmlReader


class _Relations(XmlReader):
    def __init__(self, folder: str) -> None:
        self.found: dict[str, tuple[str, str]] = {}
        self._folder = folder

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", self._folder, attributes["Target"])).lstrip("/")
            self.found[attributes["Id"]] = (attributes["Type"].rpartition("/")[2], target)


def relations(archive: ZipFile, part: str, kind: Content) -> Mapping[str, tuple[str, str]]:
    """What a part refers to within the file: id → (kind of relation, path of the other part)."""
    folder, _, file = part.rpartition("/")
    reader = _Relations(folder)
    path = f"{folder}/_rels/{file}.rels".lstrip("/")
    if path in archive.namelist():
        with archive.open(path) as source:
            reader.read(source, kind=kind.value)
    return reader.found


def main_part(archive: ZipFile, kind: Content) -> str | None:
    """The path of the workbook or document itself."""
    found = (path for relation, path in relations(archive, "", kind).values() if relation == "officeDocument")
    return next(found, None)
