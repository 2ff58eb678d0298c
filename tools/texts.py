"""What the catalogues lack, and drafts for Taiwan's from those of the mainland.

``make texts`` lists what is missing, left over or unread in each language and writes the drafts; ``make texts-read`` takes
the marks off the drafts, once somebody has read them. A draft is marked ``#, fuzzy``, which counts as missing until then.

An entry of zh-TW carries the zh-CN sentence that it was made from (``#.``). If that sentence changes, the entry is drafted
anew and marked; what was left out of zh-CN goes. OpenCC knows the words of Taiwan; what it does not know stands in
``zh_tw.toml`` beside this file.
"""

import json
import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import opencc
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from handlers.texts import LANGUAGES, LOCALES, SOURCE

ROOT = Path(__file__).parent.parent
KEYWORDS = {"t": None, "N_": None, "t.html": None, "html": None, "plural": (1, 2), "t.plural": (1, 2)}
TRANSLATED = tuple(language for language in LANGUAGES if language != SOURCE)
FROM, TO = "zh-CN", "zh-TW"
SCREEN = ROOT / "bot" / "web" / "static"
"""The big screen's page has words of its own: ``words.js``, and Taiwan's in ``words_tw.js``."""
_HEADER = """msgid ""
msgstr ""
"Language: zh_TW\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""
_QUOTES = str.maketrans("“”‘’", "「」『』")


@dataclass(frozen=True, slots=True)
class Entry:
    """One text of a catalogue: the forms of its key and of its translation; ``source``: the zh-CN text behind a zh-TW one."""

    file: str
    keys: tuple[str, ...]
    texts: tuple[str, ...]
    fuzzy: bool = False
    source: str = ""


@cache
def in_code() -> frozenset[str]:
    """Every text that the code shows, by its English form (plural ones by their singular)."""
    found: set[str] = set()
    for folder in ("handlers", "bot"):
        for _file, _line, message, _comments, _context in extract_from_dir(
            ROOT / folder, method_map=[("**.py", "python")], keywords=KEYWORDS
        ):
            found.add(message if isinstance(message, str) else message[0])
    return frozenset(found)


def entries(language: str) -> Iterator[Entry]:
    """Every entry of a language's catalogues, file by file."""
    for path in sorted(_folder(language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file):
                if message.id:
                    keys = (message.id,) if isinstance(message.id, str) else tuple(message.id)
                    texts = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
                    yield Entry(path.name, keys, texts, message.fuzzy, "\n".join(message.auto_comments))


def missing(language: str) -> list[str]:
    """What the code shows and the language has no text for, drafts among it."""
    return sorted(in_code() - {one.keys[0] for one in entries(language) if all(one.texts) and not one.fuzzy})


def left_over(language: str) -> list[str]:
    """What the language has a text for and the code does not show any more."""
    return sorted({one.keys[0] for one in entries(language)} - in_code())


def taiwan(text: str) -> str:
    """A zh-CN text as it would be said in Taiwan: a draft, for a reader to mend."""
    terms, pattern = _terms()
    pieces: list[str] = []
    at = 0
    for found in pattern.finditer(text):
        pieces += [_opencc().convert(text[at : found.start()]), terms[found[0]]]
        at = found.end()
    pieces.append(_opencc().convert(text[at:]))
    return "".join(pieces).translate(_QUOTES)


def draft() -> int:
    """Bring zh-TW abreast of zh-CN, new and changed texts as drafts; says how many there are."""
    known = {one.keys: one for one in entries(TO)}
    files: dict[str, list[Entry]] = {}
    for one in entries(FROM):
        source = _on_one_line(one.texts)
        old = known.get(one.keys)
        if old is None or old.source != source:
            old = Entry(one.file, one.keys, tuple(map(taiwan, one.texts)), True, source)
        files.setdefault(one.file, []).append(old)
    _folder(TO).mkdir(parents=True, exist_ok=True)
    for path in _folder(TO).glob("*.po"):
        if path.name not in files:
            path.unlink()
    for name, found in files.items():
        _write(_folder(TO) / name, found)
    return sum(one.fuzzy for found in files.values() for one in found)


def mark_read(names: Sequence[str] = ()) -> int:
    """Take the marks off the drafts (of some files, if any are named); says how many there were."""
    files: dict[str, list[Entry]] = {}
    count = 0
    for one in entries(TO):
        if one.fuzzy and (not names or one.file in names):
            count += 1
            one = Entry(one.file, one.keys, one.texts, False, one.source)
        files.setdefault(one.file, []).append(one)
    for name, found in files.items():
        _write(_folder(TO) / name, found)
    return count


def screen_words() -> dict[str, str]:
    """The zh-CN words of the big screen's page."""
    return _in_script("words.js", r'^  (\w+): \[\s*("(?:[^"\\]|\\.)*")')


def screen_words_taiwan() -> dict[str, str]:
    """Taiwan's words of the big screen's page; drafts are left out."""
    return _in_script("words_tw.js", r'^  (\w+): ("(?:[^"\\]|\\.)*"),$')


def draft_screen() -> int:
    """Write the page's words for Taiwan: those there are as they are, the others as drafts; says how many drafts."""
    read, drafts = screen_words_taiwan(), _in_script("words_tw.js", r'^  (\w+): ("(?:[^"\\]|\\.)*"), // draft$')
    lines = []
    for key, text in screen_words().items():
        if key in read:
            lines.append(f"  {key}: {_quoted(read[key])},")
        else:
            lines.append(f"  {key}: {_quoted(drafts.get(key, taiwan(text)))}, // draft")
    head = "// The words of the page in traditional characters, as they are said in Taiwan. Drafts: `make texts`."
    body = "\n".join((head, "", "export const TAIWAN = {", *lines, "};", ""))
    (SCREEN / "words_tw.js").write_text(body, encoding="utf-8")
    return sum(line.endswith("// draft") for line in lines)


def main(arguments: Sequence[str]) -> None:
    """``python -m tools.texts`` or ``python -m tools.texts read [FILE.po…]``."""
    if arguments[:1] == ["read"]:
        count = mark_read(arguments[1:])
        if not arguments[1:]:
            words = SCREEN / "words_tw.js"
            text = words.read_text(encoding="utf-8")
            count += text.count(" // draft\n")
            words.write_text(text.replace(" // draft\n", "\n"), encoding="utf-8")
        sys.stdout.write(f"{TO}: {count} drafts are marked as read\n")
        return
    drafts = draft() + draft_screen()
    for language in TRANSLATED:
        unread = {one.keys[0] for one in entries(language) if one.fuzzy}
        lacks, over = set(missing(language)) - unread, left_over(language)
        sys.stdout.write(f"{language}: {len(lacks)} missing, {len(over)} left over, {len(unread)} to be read\n")
        sys.stdout.writelines(f"  missing    {json.dumps(text, ensure_ascii=False)}\n" for text in sorted(lacks))
        sys.stdout.writelines(f"  left over  {json.dumps(text, ensure_ascii=False)}\n" for text in over)
    if drafts:
        sys.stdout.write(f"{drafts} drafts are marked in {_folder(TO).relative_to(ROOT)} and words_tw.js. ")
        sys.stdout.write("Read them, then: make texts-read\n")


def _folder(language: str) -> Path:
    return LOCALES / language.replace("-", "_") / "LC_MESSAGES"


@cache
def _opencc() -> opencc.OpenCC:
    return opencc.OpenCC("s2twp")


@cache
def _terms() -> tuple[dict[str, str], re.Pattern[str]]:
    """The words that OpenCC is not asked for, the longest first."""
    terms: dict[str, str] = tomllib.loads(Path(__file__).with_name("zh_tw.toml").read_text(encoding="utf-8"))["terms"]
    return terms, re.compile("|".join(map(re.escape, sorted(terms, key=len, reverse=True))))


def _on_one_line(texts: tuple[str, ...]) -> str:
    return " / ".join(texts).replace("\n", "\\n").strip()


def _write(path: Path, found: Sequence[Entry]) -> None:
    blocks = [_HEADER]
    for one in found:
        lines = [f"#. {one.source}"]
        if one.fuzzy:
            lines.append("#, fuzzy")
        lines.append(f"msgid {_quoted(one.keys[0])}")
        lines += [f"msgid_plural {_quoted(key)}" for key in one.keys[1:]]
        if len(one.keys) == 1:
            lines.append(f"msgstr {_quoted(one.texts[0])}")
        else:
            lines += [f"msgstr[{n}] {_quoted(text)}" for n, text in enumerate(one.texts)]
        blocks.append("\n".join(lines) + "\n")
    path.write_text("\n".join(blocks), encoding="utf-8")


def _quoted(text: str) -> str:
    """As PO files and JavaScript both write it."""
    return json.dumps(text, ensure_ascii=False)


def _in_script(name: str, pattern: str) -> dict[str, str]:
    path = SCREEN / name
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return {key: json.loads(value) for key, value in re.findall(pattern, text, re.MULTILINE)}


if __name__ == "__main__":
    main(sys.argv[1:])
