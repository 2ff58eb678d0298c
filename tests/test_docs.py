"""The docs name nothing that does not exist, and no file names a place that only one machine knows."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main

from bot.cli import What, app

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
_CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def code_of(page: Path) -> str:
    """What a page shows as code: the words that a reader types."""
    return "\n".join(_CODE.findall(page.read_text(encoding="utf-8")))


def ours() -> Iterator[tuple[str, str]]:
    """Every text file of the project, as git knows them (new ones too), by its path."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    for name in listed.stdout.decode().split("\0"):
        path = ROOT / name
        if name and path.is_file():
            content = path.read_bytes()
            if b"\0" not in content:
                yield name, content.decode("utf-8", "replace")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_make_target_exists(page: Path) -> None:
    """Whoever types `make X` from a page gets X."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))

    assert set(re.findall(r"(?<![\w-])make ([a-z-]+)", code_of(page))) <= targets


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_studyhall_command_exists(page: Path) -> None:
    """Whoever types `studyhall X` from a page gets X; so with what an import, an export or an audit takes."""
    group = typer.main.get_command(app)
    known = {name: set(getattr(command, "commands", ())) for name, command in group.commands.items()}  # type: ignore[attr-defined]
    known["export"] = set(What)
    code = code_of(page)
    named = {first for first, _ in re.findall(r"(?<![\w/-])studyhall ([a-z]+)(?: ([a-z]+))?", code)}
    named |= set(re.findall(r"(?:bin/studyhall|-m bot) ([a-z]+)", code))
    inner = set(re.findall(r"studyhall (import|export|audit) ([a-z]+)", code))

    assert named <= known.keys()
    assert [pair for pair in sorted(inner) if pair[1] not in known[pair[0]]] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_option_exists(page: Path) -> None:
    """A line that calls the program uses only options that its command has."""
    group = typer.main.get_command(app)
    wrong = []
    for line in re.findall(r"studyhall ([a-z][^\n`#]*)", code_of(page)):
        words = line.split()
        command = group.commands.get(words[0])  # type: ignore[attr-defined]
        inner = getattr(command, "commands", {})
        command = inner.get(words[1] if len(words) > 1 else "", command)
        has = {option for one in getattr(command, "params", ()) for option in one.opts}
        wrong += [(line, word) for word in words if re.fullmatch(r"--?[a-z-]+", word) and word not in has]

    assert wrong == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    """Pages, pictures and headings that are linked are there."""
    dead = []
    for link in _LINK.findall(page.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, heading = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        if not target.exists() or (heading and heading not in headings(target)):
            dead.append(link)

    assert dead == []


def headings(page: Path) -> set[str]:
    """The anchors that a page's headings become."""
    lines = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line.lower()).strip().replace(" ", "-") for line in lines}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_is_named_exists(page: Path) -> None:
    """A path of ours in a page, such as `handlers/registry.py`, is there."""
    paths = re.findall(
        r"`((?:bot|handlers|study|quizzes|storage|sandbox|tests|docs|benchmarks)/[\w/.*-]+)`",
        page.read_text(encoding="utf-8"),
    )

    assert [path for path in paths if not any(ROOT.glob(path.rstrip("/")))] == []


def test_both_readmes_show_the_same_commands() -> None:
    """Neither language has less than the other."""
    english, chinese = (code_of(ROOT / name) for name in ("README.md", "README.zh-CN.md"))

    assert re.findall(r"^ *(make \w+|cp .*|\.venv/.*?)(?: +#.*)?$", english, re.MULTILINE) == re.findall(
        r"^ *(make \w+|cp .*|\.venv/.*?)(?: +#.*)?$", chinese, re.MULTILINE
    )
    assert set(re.findall(r"`/(\w+)", english)) == set(re.findall(r"`/(\w+)", chinese))


def test_no_file_names_a_registry_or_a_machine() -> None:
    """Packages come from wherever pip is told to look, and nothing depends on where somebody's checkout lies."""
    hosts = re.compile(r"p[y]pi\.|python[h]osted|registry\.[n]pm|proxy\.[g]olang")
    places = re.compile(r"(?<![\w.])/(?:" + "|".join(("work", "root", "home", "Users")) + r")/\w")
    wrong = [
        f"{name}: {found[0]}" for name, text in ours() for found in (hosts.search(text), places.search(text)) if found
    ]

    assert wrong == []


def test_the_map_names_every_page() -> None:
    """A page that the map does not name is read by nobody."""
    named = set(_LINK.findall((ROOT / "docs" / "index.md").read_text(encoding="utf-8")))

    assert sorted({page.name for page in (ROOT / "docs").glob("*.md")} - named - {"index.md"}) == []
