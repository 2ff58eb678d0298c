"""Files that people send: told apart by content, unpacked within bounds, decoded.

Whatever arrives is hostile until it is shown to be harmless: a picture renamed to ``.xlsx``, a zip bomb, an XML document
with entities, text in an unknown encoding. What cannot be read is refused as a whole with one ``FileError``.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

MAX_FILE_BYTES = 20 * 2**20  # what Telegram lets a bot download
MAX_UNPACKED_BYTES = 64 * 2**20  # 10,000 questions in XLSX unpack to about 12 MiB
MAX_RATIO = 200  # sheets of repeated cells reach 60; deflate itself ends at 1,032
RATIO_MATTERS_FROM = 2**20  # a small part may repeat itself as it likes
MAX_PARTS = 5_000


class FileError(Exception):
    """A file that cannot be read at all; ``code`` and ``params`` say why, never in words for users."""

    code = "file"

    def __init__(self, **params: object) -> None:
        self.params = params
        super().__init__(f"{self.code} {params}" if params else self.code)


class FileEmpty(FileError):
    """There is nothing in the file, or nothing but spaces."""

    code = "file.empty"


class FileTooLarge(FileError):
    """The file has more than ``limit_mb`` megabytes, as it is or unpacked."""

    code = "file.too_large"


class WrongContent(FileError):
    """The file is a ``kind`` (``png``, ``pdf``, ``zip`` …), whatever its name says."""

    code = "file.wrong_content"


class OldOffice(FileError):
    """An Office file from before 2007 (``.xls``, ``.doc``): it has to be saved as ``.xlsx`` or ``.docx``."""

    code = "file.old_office"


class FileEncrypted(FileError):
    """The file is protected by a password."""

    code = "file.encrypted"


class FileBroken(FileError):
    """The file is a damaged ``kind``; ``line`` (0 if unknown) is where it goes wrong."""

    code = "file.broken"

    def __init__(self, *, kind: str, line: int = 0) -> None:
        super().__init__(kind=kind, line=line)


class ZipBomb(FileError):
    """The file would unpack to far more than any real one."""

    code = "file.bomb"


class ForbiddenXml(FileError):
    """The XML declares entities or a document type, which no real file of the kind does."""

    code = "file.forbidden_xml"


class UnknownEncoding(FileError):
    """The text is neither UTF-8 nor UTF-16 nor GB18030; ``line`` is the first that cannot be read."""

    code = "file.unknown_encoding"

    def __init__(self, *, line: int = 1) -> None:
        super().__init__(line=line)


class TooManyRows(FileError):
    """More than ``limit`` rows or questions in one file."""

    code = "file.too_many_rows"


class MissingColumns(FileError):
    """No row names the columns that are needed; ``columns`` lists those not found."""

    code = "file.missing_columns"


class UnknownFormat(FileError):
    """The content is readable, and there are no questions in it in any format that we know."""

    code = "file.unknown_format"


class Content(StrEnum):
    """What a file is by its content."""

    XLSX = "xlsx"
    DOCX = "docx"
    TEXT = "text"


_SIGNATURES = (
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"%PDF", "pdf"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
    (b"{\\rtf", "rtf"),
    (b"OggS", "ogg"),
    (b"ID3", "mp3"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TWO_LETTER_SIGNATURES = {"bmp", "program"}  # may as well be the start of a text; a NUL byte settles it


def content_of(data: bytes) -> Content:
    """Say what the file is, going by its bytes and never by its name.

    Raises:
        FileEmpty, FileTooLarge, WrongContent, OldOffice, FileEncrypted, FileBroken.
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise FileEmpty
    if len(data) > MAX_FILE_BYTES:
        raise FileTooLarge(limit_mb=MAX_FILE_BYTES // 2**20)
    if data.startswith(_OLE):
        # An encrypted .xlsx or .docx is wrapped in the container of the old formats [MS-OFFCRYPTO 2.3.4].
        raise FileEncrypted if "EncryptedPackage".encode("utf-16-le") in data else OldOffice
    if data.startswith(b"PK"):
        return _office_kind(data)
    for signature, kind in _SIGNATURES:
        if data.startswith(signature) and (kind not in _TWO_LETTER_SIGNATURES or b"\x00" in data[:512]):
            raise WrongContent(kind=kind)
    if data[:4] == b"RIFF" or data[4:8] == b"ftyp":
        raise WrongContent(kind="media")
    return Content.TEXT


def _office_kind(data: bytes) -> Content:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise FileBroken(kind="zip") from error
    if any(name.startswith("xl/") for name in names):
        return Content.XLSX
    if any(name.startswith("word/") for name in names):
        return Content.DOCX
    raise WrongContent(kind="zip")


def open_archive(data: bytes, kind: Content) -> zipfile.ZipFile:
    """Open an Office file whose parts are bounded in number, size and ratio.

    The sizes are those of the directory; ``zipfile`` never reads more than these out of a part, so a lie there ends in
    a broken file and not in a full memory.

    Raises:
        ZipBomb, FileTooLarge, FileEncrypted, FileBroken.
    """
    with reading(kind):
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
        unpacked = sum(part.file_size for part in parts)
        if len(parts) > MAX_PARTS or unpacked > max(MAX_RATIO * len(data), RATIO_MATTERS_FROM):
            raise ZipBomb
        if unpacked > MAX_UNPACKED_BYTES:
            raise FileTooLarge(limit_mb=MAX_UNPACKED_BYTES // 2**20)
        for part in parts:
            if part.file_size > RATIO_MATTERS_FROM and part.file_size > MAX_RATIO * max(part.compress_size, 1):
                raise ZipBomb
            if part.flag_bits & 1:
                raise FileEncrypted
        return archive


# What zipfile, zlib and a reader that misses an expected part or number let escape from a damaged archive.
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, LookupError, ValueError, TypeError)


@contextmanager
def reading(kind: Content) -> Iterator[None]:
    """Report whatever a damaged archive makes a reader stumble over as ``FileBroken``."""
    try:
        yield
    except _DAMAGE as error:
        raise FileBroken(kind=kind.value) from error


# Characters that text never holds: they mean that bytes of something else were decoded.
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")


def decode(data: bytes) -> str:
    """Decode UTF-8 (with or without BOM), UTF-16 (also without BOM) or GB18030; line ends become ``\\n``.

    GB18030 is what Excel and Notepad of a Chinese Windows write; nearly any bytes are valid in it, so it comes last, and
    a text that began as UTF-8 and is then damaged is refused rather than turned into wrong characters.

    Raises:
        FileEmpty, UnknownEncoding.
    """
    text = _decode(data)
    bad = _NOT_TEXT.search(text)
    if bad:
        raise UnknownEncoding(line=text.count("\n", 0, bad.start()) + 1)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise FileEmpty
    return text


def _decode(data: bytes) -> str:
    sample = data[:65536]
    low, high = sample[1::2].count(0), sample[0::2].count(0)  # no other encoding has NUL bytes; in UTF-16 every "," has
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16")
        if low or high:
            return data.decode("utf-16-le" if low > high else "utf-16-be")
    except UnicodeDecodeError as error:
        raise UnknownEncoding from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        wide = sum(byte >= 0x80 for byte in data[: error.start])
        if wide >= 12 or data.startswith(b"\xef\xbb\xbf"):  # four characters do not decode by accident
            raise UnknownEncoding(line=data.count(b"\n", 0, error.start) + 1) from error
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise UnknownEncoding(line=data.count(b"\n", 0, error.start) + 1) from error
