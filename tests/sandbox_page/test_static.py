"""The page's files: complete, in two languages, and never reading a text as HTML."""

from __future__ import annotations

import re
from pathlib import Path

import aiohttp

import sandbox
from tests.sandbox_page.conftest import Theatre

STATIC = Path(sandbox.__file__).with_name("static")
SCRIPTS = {path: path.read_text("utf-8") for path in sorted(STATIC.rglob("*.js"))}
WORDS = re.findall(
    r'^  (\w+): \[\s*("(?:[^"\\]|\\.)*"),\s*("(?:[^"\\]|\\.)*"),?\s*\],$', SCRIPTS[STATIC / "js/texts.js"], re.M
)


DYNAMIC = {"photo", "file", "voice", "audio", "video", "no_lobby", "no_start", "no_question"}
"""Words whose keys come with the data: kinds of files, codes of trouble."""


def test_no_script_reads_a_text_as_html():
    """Names and messages come from anybody: they become text nodes, without exception."""
    forbidden = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\(|new Function")

    found = {path.name: forbidden.findall(text) for path, text in SCRIPTS.items() if forbidden.search(text)}

    assert found == {}


def test_the_page_needs_nothing_from_elsewhere():
    """No address of another server in any file; a demo works without a network."""
    elsewhere = re.compile(r"""(?:src|href|url|import|fetch)\s*[=(]?\s*["'(]\s*(?:https?:)?//""")

    found = [path.name for path in STATIC.rglob("*.*") if elsewhere.search(path.read_text("utf-8"))]

    assert found == []


def test_everything_that_is_named_exists():
    """Modules, styles and pictures that a file asks for are there."""
    wanted = {
        (path.parent / name).resolve()
        for path, text in SCRIPTS.items()
        for name in re.findall(r'from "(\.[^"]+)"', text)
    }
    page = (STATIC / "index.html").read_text("utf-8")
    wanted |= {STATIC / name for name in re.findall(r'"/static/([^"]+)"', page + SCRIPTS[STATIC / "js/main.js"])}

    assert len(wanted) > 20
    assert [path.name for path in wanted if not path.is_file()] == []


def test_every_word_of_the_page_is_there_in_both_languages():
    """Each key that a script uses has two texts with the same places, and no text is left over."""
    known = {key: (set(re.findall(r"\{\w+\}", zh)), set(re.findall(r"\{\w+\}", en))) for key, zh, en in WORDS}
    scripts = "".join(text for path, text in SCRIPTS.items() if path.name != "texts.js")

    used = {key for key in known if re.search(rf'"{key}"', scripts)} | DYNAMIC

    assert len(known) > 80
    assert {key for key, (zh, en) in known.items() if zh != en} == set()
    assert set(re.findall(r'\bt\("(\w+)"', scripts)) <= set(known)
    assert set(known) - used == set()


def test_every_icon_that_is_used_is_drawn():
    """A missing one would stop the page."""
    drawn = set(re.findall(r"^  (\w+): \[", SCRIPTS[STATIC / "js/icons.js"], re.M))
    scripts = "".join(SCRIPTS.values())

    used = set(re.findall(r'\b(?:icon|round|item)\("(\w+)"', scripts)) | set(re.findall(r'icon: "(\w+)"', scripts))

    assert used <= drawn
    assert drawn - used == set()


def test_the_reference_names_every_hook_for_tests():
    """What tests may rely on is written down, and what is written down is there."""
    reference = (STATIC.parents[1] / "docs" / "sandbox-page.md").read_text("utf-8")
    told = set(
        re.findall(r"`([a-z-]+)`", "".join(re.findall(r"^\| (`[^|]+) \|", reference.split("## For tests")[1], re.M)))
    )
    scripts = "".join(SCRIPTS.values())

    set_by_scripts = set(re.findall(r'testid"?: "([a-z-]+)"', scripts)) | {
        "day",
        "service",
        "pick-photo",
        "pick-document",
    }

    assert told - {"data-testid"} == set_by_scripts


def test_chinese_texts_have_chinese_punctuation():
    """A half-width comma between Chinese characters looks like a misprint."""
    half = re.compile(r"[\u4e00-\u9fff][,:;?!()]|[,:;?!()][\u4e00-\u9fff]")

    assert [zh for _, zh, _ in WORDS if half.search(zh)] == []


async def test_a_browser_asks_for_the_files_each_time(theatre: Theatre):
    """Otherwise it would mix the page's old files with new ones after an update."""
    async with aiohttp.ClientSession() as session, session.get(f"{theatre.town.url}/static/js/main.js") as answer:
        assert answer.headers["Cache-Control"] == "no-cache"
        assert answer.content_type in {"text/javascript", "application/javascript"}
