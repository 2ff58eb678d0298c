"""A ZIP with one bank and the pictures and sounds that it names."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath

from quizzes.engine.frozen import dataclass
from quizzes.files import (
    MAX_FILE_BYTES,
    MAX_PARTS,
    FileBroken,
    FileEncrypted,
    FileTooLarge,
    UnknownFormat,
    WrongContent,
    ZipBomb,
)

_BANKS = (".csv", ".xlsx", ".txt", ".docx", ".gift", ".xml", ".json")
_UNPACKED_MOST = 200 * 2**20
_RATIO_MOST = 200
_RATIO_MATTERS_FROM = 2**20


@dataclass(frozen=True, slots=True)
class Bundle:
    """The bank's own file, and what lies beside it; every part is unpacked only when it is asked for."""

    name: str
    content: bytes
    archive: zipfile.ZipFile
    folder: PurePosixPath

    def beside(self, name: str) -> bytes | None:
        """The bytes of a picture or sound by its name as the bank gives it, None if there is none."""
        wanted = str(self.folder / name.replace("\\", "/"))
        try:
            return self.archive.read(wanted)
        except (KeyError, zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError):
            return None


def is_bundle(data: bytes) -> bool:
    """Whether a file is a ZIP that is no Office file."""
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return not any(name.startswith(("xl/", "word/", "ppt/")) for name in archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False


def open_bundle(data: bytes) -> Bundle:
    """Open a ZIP and find its bank.

    Raises:
        FileTooLarge, ZipBomb, FileEncrypted, FileBroken: it cannot be unpacked, or would fill the memory.
        WrongContent: there is no bank in it. UnknownFormat: there are several.
    """
    if len(data) > MAX_FILE_BYTES:
        raise FileTooLarge(limit_mb=MAX_FILE_BYTES // 2**20)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = [part for part in archive.infolist() if not part.is_dir() and "__MACOSX" not in part.filename]
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > _UNPACKED_MOST:
            raise ZipBomb
        for part in parts:
            if part.flag_bits & 1:
                raise FileEncrypted
            if part.file_size > _RATIO_MATTERS_FROM and part.file_size > _RATIO_MOST * max(part.compress_size, 1):
                raise ZipBomb
        banks = [part for part in parts if part.filename.lower().endswith(_BANKS)]
        if len(banks) > 1:
            raise UnknownFormat
        if not banks:
            raise WrongContent(kind="zip")
        path = PurePosixPath(banks[0].filename)
        return Bundle(path.name, archive.read(banks[0]), archive, path.parent)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise FileBroken(kind="zip") from error
