"""The fonts of our pictures: those that come with the packages we depend on, never the machine's.

A picture then looks the same on every machine, and a fresh one without any fonts draws Chinese names too. What no font has
is never drawn as a box: emoji are left out, other letters become the printers' sign for a missing type.
"""

import importlib.util
import logging
import unicodedata
from functools import cache
from pathlib import Path

import matplotlib
from matplotlib.font_manager import FontProperties, fontManager, get_font
from matplotlib.ft2font import FT2Font, LoadFlags

FAMILY = "Noto Sans CJK SC"
FALLBACK = "DejaVu Sans"
"""Comes with matplotlib; has the Arabic, Cyrillic and accented letters that the Chinese font lacks."""
MISSING = "〓"
_UNIT = 100
WEIGHTS = {"light": "Light", "regular": "Regular", "medium": "Medium", "bold": "Bold"}


def files() -> dict[str, Path]:
    """The font's files by weight (``light``, ``regular``, ``medium``, ``bold``)."""
    found = importlib.util.find_spec("mpl_font")
    if found is None or found.origin is None:
        raise RuntimeError("the package mpl-font is not installed")
    folder = Path(found.origin).parent / "fonts" / "noto"
    return {weight: folder / f"NotoSansCJKsc-{name}.otf" for weight, name in WEIGHTS.items()}


def _fallback_file() -> Path:
    return Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"


@cache
def _ready() -> None:
    """Let matplotlib know our fonts and no others."""
    fontManager.ttflist = []
    for path in (*files().values(), _fallback_file()):
        fontManager.addfont(path)
    # The fallback has one weight, which is no news.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)


@cache
def face(weight: str = "regular") -> FontProperties:
    """The font of a weight, with the fallback behind it."""
    _ready()
    return FontProperties(family=[FAMILY, FALLBACK], weight=weight)


@cache
def _drawable() -> frozenset[int]:
    return frozenset(_font("regular").get_charmap()) | frozenset(_font(FALLBACK).get_charmap())


@cache
def _font(weight: str) -> FT2Font:
    _ready()
    font = get_font(str(_fallback_file() if weight == FALLBACK else files()[weight]))
    font.set_size(_UNIT, 72)
    return font


@cache
def advance(character: str, weight: str) -> float:
    """How wide a character is at the size 1; asked thousands of times a picture, so matplotlib's layout is not run for it."""
    code = ord(character)
    font = _font(weight)
    if not font.get_char_index(code) and _font(FALLBACK).get_char_index(code):
        font = _font(FALLBACK)
    return float(font.load_char(code, flags=LoadFlags.NO_HINTING).linearHoriAdvance) / 65536 / _UNIT


def drawable(text: str) -> str:
    """The text on one line as our fonts can draw it.

    Emoji, signs and controls that no font has are left out; letters that no font has become 〓.
    """
    known = _drawable()
    kept = []
    for character in unicodedata.normalize("NFC", text):
        category = unicodedata.category(character)
        if category in ("Zs", "Zl", "Zp") or character in "\t\n\r":
            kept.append(" ")
        elif category[0] == "C" or _is_variation(character):
            continue
        elif ord(character) in known and not _is_emoji(character):
            kept.append(character)
        elif category[0] in "LN":
            kept.append(MISSING)
    return " ".join("".join(kept).split())


def _is_emoji(character: str) -> bool:
    """Pictographs of the astral planes: the fallback has a few of them, which would stand alone among gaps."""
    return 0x1F000 <= ord(character) <= 0x1FAFF


def _is_variation(character: str) -> bool:
    return 0xFE00 <= ord(character) <= 0xFE0F or 0xE0100 <= ord(character) <= 0xE01EF
