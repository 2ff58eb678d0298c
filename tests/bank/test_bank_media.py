"""Pictures and sounds: told by content, bounded, found beside the bank or in its ZIP."""

import io
import zipfile

import pytest

from quizzes.bank import media
from quizzes.bank.bundle import is_bundle, open_bundle
from quizzes.bank.items import Item, Kind, ParsedBank, Remark
from quizzes.files import FileBroken, FileError, UnknownFormat, WrongContent, ZipBomb

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


def packed(**parts: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PNG, "photo"),
        (b"\xff\xd8\xff\xe0", "photo"),
        (b"RIFF....WEBPVP8 ", "photo"),
        (b"RIFF....WAVEfmt ", None),
        (b"ID3\x04", "audio"),
        (b"\x00\x00\x00\x20ftypM4A ", "audio"),
        (b"OggS", "voice"),
        (b"<svg/>", None),
        (b"", None),
    ],
)
def test_kind_goes_by_content(content: bytes, kind: str | None) -> None:
    """A name proves nothing."""
    assert media.kind_of(content) == kind


def test_pictures_are_gathered_and_what_is_wrong_is_remarked() -> None:
    """The file's own pictures first, then those beside it; an address is left as it is."""
    names = ["own.png", "beside.png", "https://example.org/x.mp3", "gone.png", "large.png", None]
    items = tuple(Item(Kind.ORAL, f"{number}?", media=name) for number, name in enumerate(names))
    bank = ParsedBank(items, (), "csv", lines=tuple(range(2, 8)), media={"own.png": PNG})
    beside = {"beside.png": PNG + b"2", "large.png": PNG + bytes(media.LIMITS["photo"])}

    done = media.gathered(bank, beside.get)

    assert [item.media for item in done.items] == [*names[:3], None, None, None]
    assert done.media == {"own.png": PNG, "beside.png": PNG + b"2"}
    assert [(remark.line, remark.code) for remark in done.warnings] == [
        (5, Remark.MEDIA_MISSING),
        (6, Remark.MEDIA_TOO_LARGE),
    ]


def test_addresses_say_by_their_end_what_they_are() -> None:
    """A sound by its ending, all else a picture."""
    assert media.kind_of_address("https://example.org/a.mp3?x=1") == "audio"
    assert media.kind_of_address("https://example.org/a.ogg") == "voice"
    assert media.kind_of_address("https://example.org/a") == "photo"


def test_bundle_gives_the_bank_and_what_lies_beside_it() -> None:
    """The bank may lie in a folder of the ZIP, its pictures count from there."""
    bundle = open_bundle(packed(**{"x/bank.csv": b"abc", "x/img/a.png": PNG, "__MACOSX/x/._bank.csv": b"?"}))

    assert (bundle.name, bundle.content) == ("bank.csv", b"abc")
    assert bundle.beside("img/a.png") == PNG
    assert bundle.beside("img\\a.png") == PNG
    assert bundle.beside("../a.png") is None


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (packed(**{"a.png": PNG}), WrongContent),
        (packed(**{"a.csv": b"a", "b.csv": b"b"}), UnknownFormat),
        (packed(**{"a.csv": b"a", "bomb.png": bytes(3 * 2**20)}), ZipBomb),
        (packed(**{"a.csv": b"abc"})[:-30], FileBroken),
    ],
    ids=["no bank", "two banks", "bomb", "cut off"],  # the bytes hold the time, and two workers have to agree
)
def test_hostile_bundles_are_refused(data: bytes, error: type[FileError]) -> None:
    """No bank, several, a bomb, a damaged file: one clear answer each."""
    with pytest.raises(error):
        open_bundle(data)


def test_office_files_are_no_bundles() -> None:
    """A workbook is a ZIP too."""
    assert not is_bundle(packed(**{"xl/workbook.xml": b"<x/>"}))
    assert not is_bundle(b"PK broken")
    assert is_bundle(packed(**{"a.csv": b"a"}))
