"""The drawing base: fonts, text as it stands, the child process."""

import asyncio
import io
import subprocess
import sys
from pathlib import Path

import pytest
from matplotlib.font_manager import findfont, get_font
from matplotlib.image import imread

from handlers.present.pictures import studio
from handlers.present.pictures.fonts import MISSING, drawable, face, files
from handlers.present.pictures.paper import Paper
from handlers.present.pictures.specimen import Specimen

ROOT = Path(__file__).parents[2]


async def test_chinese_is_drawn_and_not_as_boxes() -> None:
    """Two names of the same length look different, and neither like the box that stands for a missing glyph."""
    one, other, boxes = await studio.drawn(
        [Specimen("王建国"), Specimen("李慧敏"), Specimen("\ue000\ue001\ue002")], "png"
    )

    assert len({one, other, boxes}) == 3
    assert ink_of(one) > 500
    assert ink_of(boxes) == 0


def test_every_weight_has_its_own_glyphs_for_names() -> None:
    """The glyph of each character of a name, rare ones too, is not .notdef in any weight."""
    for path in files().values():
        font = get_font(str(path))

        missing = [
            character for character in "欧阳娜娜𠮷喆龑·Åé（）《》〇一等奖" if not font.get_char_index(ord(character))
        ]

        assert missing == []


def test_what_is_asked_for_is_what_is_drawn_with() -> None:
    """The font comes from the package, whatever the machine has installed."""
    for weight, path in files().items():
        assert Path(findfont(face(weight))) == path


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王😀建国👨‍👩‍👧", "王建国"),
        ("先锋❤️队🚩", "先锋❤队"),
        ("一\n二\t三\u200b四\x00", "一 二 三四"),
        ("ณัฐ", MISSING * 2),
        ("Мария Ольга", "Мария Ольга"),
        ("  ", ""),
        ("🎉🎉", ""),
    ],
)
def test_names_lose_what_no_font_has(name: str, shown: str) -> None:
    """Emoji and controls go, unknown letters become a sign, all other text stays."""
    assert drawable(name) == shown


async def test_markup_and_formulas_are_drawn_literally() -> None:
    """A name full of signs that mean something to somebody is only a name."""
    formula, plain = await studio.drawn([Specimen(r"$\frac{1}{2}$ <b>x^2_3</b> $$"), Specimen("$x$")], "png")

    assert ink_of(formula) > 500
    assert ink_of(plain) > ink_of(await studio.png(Specimen("x")))
    assert await studio.png(Specimen(r"$\notacommand{$")) != formula


def test_long_text_shrinks_before_it_is_cut() -> None:
    """A text that is a little too wide is whole; one that is far too wide ends with an ellipsis; both fit."""
    paper = Paper(400, 100, colour="#ffffff")

    little, smaller = paper.fitted("马" * 12, 30, 300)
    far, smallest = paper.fitted("马" * 64, 30, 300)

    assert (little, smaller < 30) == ("马" * 12, True)
    assert far.endswith("…")
    assert 5 < len(far) < 64
    assert max(paper.measure(little, smaller), paper.measure(far, smallest)) <= 301


def test_lines_break_where_chinese_breaks() -> None:
    """No line begins with a comma, no Latin word is torn."""
    paper = Paper(400, 100, colour="#ffffff")

    lines = paper.wrapped("张三、李四、王五和 Alexander 都在，赵六也在。", 30, 150)

    assert "".join(lines).replace(" ", "") == "张三、李四、王五和Alexander都在，赵六也在。"
    assert not any(line[0] in "、，。" for line in lines)
    assert any("Alexander" in line for line in lines)


async def test_pdf_and_png_come_together_and_are_the_same_every_time() -> None:
    """One child draws several pictures in several forms."""
    drawings = [Specimen("一等奖"), Specimen("二等奖")]

    first = await studio.drawn(drawings, "png", "pdf")

    assert [file[:4] for file in first] == [b"\x89PNG", b"%PDF"] * 2
    assert await studio.drawn(drawings, "png", "pdf") == first


async def test_the_loop_is_free_while_a_picture_is_drawn() -> None:
    """The loop turns many times before the picture is there."""
    work = asyncio.create_task(studio.png(Specimen("公开竞赛")))
    turns = 0

    while not work.done():
        turns += 1
        await asyncio.wait([work], timeout=0.005)

    assert (await work)[:4] == b"\x89PNG"
    assert turns > 20


async def test_a_drawing_that_cannot_be_made_says_why() -> None:
    """The child's own words reach the log of whoever asked."""
    with pytest.raises(studio.DrawingFailed, match="TypeError"):
        await studio.png(Specimen(7))  # type: ignore[arg-type]


def children(monkeypatch: pytest.MonkeyPatch) -> list[asyncio.subprocess.Process]:
    """The child processes that are started from now on."""
    made: list[asyncio.subprocess.Process] = []
    real = asyncio.create_subprocess_exec

    async def noted(*args: object, **more: object) -> asyncio.subprocess.Process:
        made.append(await real(*args, **more))  # type: ignore[arg-type]
        return made[-1]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", noted)
    return made


async def test_what_goes_to_several_groups_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks for the same picture, meanwhile or soon after, gets it without another child; another picture needs one."""
    made = children(monkeypatch)

    first, second = await asyncio.gather(studio.png(Specimen("同一张")), studio.png(Specimen("同一张")))
    third = await studio.png(Specimen("同一张"))
    other = await studio.png(Specimen("另一张"))

    assert first == second == third != other
    assert len(made) == 2


async def test_nobody_leaves_a_child_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever stops waiting ends the child too."""
    made = children(monkeypatch)
    work = asyncio.create_task(studio.png(Specimen("停")))
    while not made:
        await asyncio.wait([work], timeout=0.005)
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work

    assert made[0].returncode is not None


def test_the_bot_at_rest_has_not_imported_matplotlib() -> None:
    """All of the bot is imported, and no part of matplotlib with it (numpy comes with openpyxl)."""
    code = (
        "import sys, bot.app, bot.cli, handlers.registry; print([m for m in sys.modules if m.startswith('matplotlib')])"
    )

    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert said.stdout.strip() == "[]"


def ink_of(png: bytes) -> int:
    """How many pixels of a picture are darker than grey."""
    return int((imread(io.BytesIO(png), format="png")[..., :3].mean(axis=2) < 0.5).sum())
