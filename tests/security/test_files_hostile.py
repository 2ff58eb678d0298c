"""Files as attackers make them, beside those of tests/bank/test_bank_hostile.py: paths, bombs within bombs, Word's outside links."""

import io
import struct
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest

from bot.commands.importing import _beside
from quizzes.bank.bundle import open_bundle
from quizzes.bank.formats import read_bank
from quizzes.bank.media import gathered
from quizzes.files import FileError, FileTooLarge, ZipBomb
from quizzes.tables import read_table
from study.roster import read_roster
from tests.bank.office import archive, docx, paragraph, row, xlsx
from tests.dialogues.match import gather
from tests.hall import Hall, HallMaker

PNG = b"\x89PNG\r\n\x1a\n"
BANK = '题型,题干,A,B,答案,图片\n单选,一加一？,二,三,A,"{name}"\n'
PATHS = (
    "../secret.png",
    "../../../../etc/passwd",
    "/etc/passwd",
    "C:\\Windows\\win.ini",
    "..\\secret.png",
    "\x00secret.png",
    "a/../../secret.png",
    "CON",
    "x" * 5000,
    "~/secret.png",
    "file:///etc/passwd",
)


def test_a_picture_outside_of_the_folder_is_not_there(tmp_path: Path) -> None:
    """Beside a bank on disk, and within a ZIP: a name that leads out of it names nothing."""
    folder = tmp_path / "bank"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(PNG)
    (folder / "link.png").symlink_to(tmp_path / "secret.png")

    bundle = open_bundle(archive({"in/bank.csv": BANK, "in/a.png": PNG}))

    for path in (*PATHS, "link.png"):
        assert _beside(folder, path) is None
        assert bundle.beside(path) is None


@pytest.mark.parametrize(
    "name", ["../../bank.csv", "/abs/bank.csv", "C:\\bank.csv", "a/" * 500 + "bank.csv", "bank\x01.csv"]
)
def test_zip_whose_bank_lies_elsewhere_writes_nothing(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Entries are read, never unpacked onto the disk: a path in a ZIP is only a name."""
    monkeypatch.chdir(tmp_path)

    bundle = open_bundle(archive({name: BANK.format(name="../a.png"), "a.png": PNG, "../a.png": PNG}))
    bank = gathered(read_bank(bundle.content, bundle.name), bundle.beside)

    assert len(bank.items) == 1
    assert "/" not in bundle.name
    assert list(tmp_path.iterdir()) == []


def test_bombs_within_bombs_stay_packed() -> None:
    """A ZIP in a ZIP in a ZIP is no bank, and nobody looks into it; a thousand to one is refused, and so are too many."""
    inner = archive({"bank.csv": b"0" * 2**25})
    nested = archive({"1.zip": archive({"2.zip": inner})})

    tracemalloc.start()
    for data in (inner, nested, archive({f"{n}.png": b"" for n in range(6000)}), archive({"x.csv": b"a" * 2**24})):
        with pytest.raises(FileError):
            open_bundle(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 40 * 2**20
    with pytest.raises(ZipBomb):
        open_bundle(inner)


def test_size_that_the_directory_lies_about() -> None:
    """No more is read out of a part than its directory names."""
    data = bytearray(archive({"bank.csv": b"x" * 2**22}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)

    with pytest.raises(FileError):
        open_bundle(bytes(data))


def test_word_file_with_links_to_outside_macros_and_objects() -> None:
    """Templates from the web, macros, embedded programs, field codes: the text is read, the rest is left where it is."""
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        'Target="https://evil.example/t.dotm" TargetMode="External"/>'
        '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        'Target="file:///etc/passwd" TargetMode="External"/>'
        "</Relationships>"
    )
    picture = (
        '<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" r:embed="rId{n}" '
        'r:link="rId{n}"/></w:drawing></w:r><w:r><w:instrText>INCLUDETEXT "\\\\\\\\evil\\\\x"</w:instrText></w:r></w:p>'
    )
    body = paragraph("1. 甲（A）") + picture.format(n=2) + paragraph("A. 一") + paragraph("B. 二")
    with zipfile.ZipFile(io.BytesIO(docx(body))) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    hostile = archive(
        {
            **parts,
            "word/_rels/document.xml.rels": relations,
            "word/vbaProject.bin": b"\xd0\xcf\x11\xe0" + b"\x00" * 512,
            "word/embeddings/oleObject1.bin": b"MZ" + b"\x00" * 512,
        }
    )

    bank = read_bank(hostile, "题库.docx")

    assert [item.options for item in bank.items] == [("一", "二")]
    assert not [content for content in bank.media.values() if b"root:" in content]


def test_hundred_megabytes_in_one_line() -> None:
    """More than Telegram hands on is refused before it is read; what is left, in one field, is broken."""
    for reader in (read_bank, read_table, read_roster):
        with pytest.raises(FileTooLarge):
            reader(b"a" * (100 * 2**20), "x.csv")
        with pytest.raises(FileError):
            reader("姓名,单位,编号\n".encode() + b"a" * 2**20, "x.csv")


def test_roster_in_hostile_workbooks() -> None:
    """What is refused in a bank is refused in a roster: the same doors lead to both."""
    header = row("姓名", "单位", "编号")
    outside = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'

    for data in (
        xlsx(header, prolog=outside),
        xlsx(header, more={"xl/other.xml": b" " * (40 * 2**20)}),
        xlsx(header)[:200],
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512,
    ):
        with pytest.raises(FileError):
            read_roster(data, "名册.xlsx")


def png_of(side: int) -> bytes:
    """A picture that is small as a file and takes gigabytes when it is unpacked."""
    header = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\x00" * 2**20)), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return PNG + b"".join(chunks)


async def test_huge_pictures_are_never_unpacked(hall: Hall) -> None:
    """50,000 by 50,000 dots in a few kilobytes, and a photo of 20 MB, as a photo and as a file: answered, and all goes on."""
    match = await gather(hall)

    await match.anna.sends(png_of(50_000), "照片.png")
    await match.host.sends(png_of(50_000), "题库.xlsx", caption="/banks")
    await match.host.sends(PNG + b"\x00" * (20 * 2**20 - 1024), "照片.png", caption="/material 题目")
    await hall.advance(seconds=5)
    await match.anna.says("/help")

    assert "/lang" in await match.anna.reads()


async def test_names_of_files_are_names_only(hall_with: HallMaker) -> None:
    """A bank is called after its file; a path in that name leads nowhere, and markup is none."""
    hall = await hall_with()
    match = await gather(hall)
    before = set(hall.folder.iterdir())

    for name in ("../../../tmp/x.txt", "C:\\x.txt", "<b>x</b>.txt", "a" * 200 + ".txt"):
        await match.host.sends("1. 甲\nA. 一\nB. 二\n答案：A".encode(), name, caption="/banks")
        await hall.advance(seconds=3)

    assert set(hall.folder.iterdir()) == before
    assert all(
        "/" not in bank.name.split("x")[0] or ".." in bank.name for bank in await hall.read(lambda tx: tx.banks.all())
    )
