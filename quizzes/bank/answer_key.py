"""Answers gathered at the end of a document: ``1-5 ABCDA``, ``6.AB 7.√ 8.北京``, ``9.【答案】C【解析】…``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizzes.bank import words
from quizzes.bank.labels import ANSWER, EXPLANATION, segments
from quizzes.bank.words import as_read, narrow
from quizzes.engine.han import simplified


@dataclass(slots=True)
class KeyEntry:
    """The answer to the question of a number, and why."""

    line: int
    number: int
    answer: str
    explanation: str = ""
    used: bool = False


_MOST_IN_RANGE = 500
_TITLE = re.compile(
    r"[【\[(#\s]*(?:.{0,30}?(?:参考|标准|正确|试题|题库)?答案(?:及解析|与解析|和解析|解析|部分|汇总|如下)?|answers?|answer key)"
    r"\s*[】\])]*\s*:?\s*",
    re.IGNORECASE,
)
_RANGE = re.compile(r"([0-9]{1,5})\s*(?:-|~|—+|–|至|到)\s*([0-9]{1,5})\s*题?\s*[.、:)]?\s*")
_NUMBER = re.compile(r"(?:^|(?<=[\s,;，；、.)]))[(第]?\s*([0-9]{1,5})\s*(?:题\s*[.、:)]?|[.、:)])\s*(?![0-9])")
_TIGHT = re.compile(r"([0-9]{1,5})\s*[.、:)]?\s*([A-Ha-h]{1,8}|[√×✓✗对错TF])(?=$|[\s,;，；、.。0-9])")


def is_title(line: str) -> bool:
    """Whether the line only announces answers: ``参考答案``, ``附：试题答案及解析``."""
    return len(line) <= 40 and _TITLE.fullmatch(as_read(line)) is not None


def after_title(line: str) -> str:
    """The answers that follow an announcement without a colon: ``标准答案 1-5 ABCDA``; nothing if none do."""
    found = _TITLE.match(as_read(line[:200]))
    rest = line[found.end() :] if found else ""
    return rest if rest and is_key(rest) else ""


def is_key(text: str) -> bool:
    """Whether the text gives answers to numbered questions, and not the answer to one."""
    shadow = as_read(text).strip()
    if (found := _RANGE.match(shadow)) and int(found[1]) < int(found[2]):
        rest = shadow[found.end() :]
        return bool(re.match(r"[A-Ha-h√×✓✗对错TF]", rest))
    entries = list(_TIGHT.finditer(shadow))
    return len(entries) > 1 and not _TIGHT.sub("", shadow).strip(" ,;，；、.。\t")


def entries(line: int, text: str) -> Iterator[KeyEntry] | None:
    """The answers that a line of the key gives; ``None`` if it gives none (and may continue the one before)."""
    shadow = as_read(text)
    ranges = [found for found in _RANGE.finditer(shadow) if 0 < int(found[2]) - int(found[1]) < _MOST_IN_RANGE]
    if ranges and not shadow[: ranges[0].start()].strip(" ,;，；、.。"):
        return _ranged(line, narrow(text), ranges)
    if is_key(text):
        return (KeyEntry(line, int(found[1]), found[2]) for found in _TIGHT.finditer(shadow))
    numbers = _ascending(list(_NUMBER.finditer(shadow)))
    if numbers and not shadow[: numbers[0].start()].strip():
        return _numbered(line, text, numbers)
    if single := _TIGHT.fullmatch(shadow.strip()):
        return iter([KeyEntry(line, int(single[1]), single[2])])
    return None


def _ranged(line: int, text: str, ranges: list[re.Match[str]]) -> Iterator[KeyEntry]:
    ends = [*(found.start() for found in ranges[1:]), len(text)]
    for found, end in zip(ranges, ends, strict=True):
        first, last = int(found[1]), int(found[2])
        answers = _parted(text[found.end() : end], last - first + 1)
        for offset in range(last - first + 1):
            # Too few or too many answers: none of them can be trusted, and each question says so.
            yield KeyEntry(line, first + offset, answers[offset] if answers else text[found.start() : end].strip())


def _parted(text: str, count: int) -> list[str]:
    """The answers of a range, which are words or, if these are groups of five and ten, single signs."""
    parts = [part for part in re.split(r"[\s,，、;；.。]+", text) if part]
    if len(parts) == count:
        return parts
    signs = list("".join(parts))
    return signs if len(signs) == count else []


def _ascending(numbers: list[re.Match[str]]) -> list[re.Match[str]]:
    """Those numbers that count on from the first; others belong to the answers' texts."""
    chosen: list[re.Match[str]] = []
    for found in numbers:
        if not chosen or int(found[1]) == int(chosen[-1][1]) + 1:
            chosen.append(found)
    return chosen


def _numbered(line: int, text: str, numbers: list[re.Match[str]]) -> Iterator[KeyEntry]:
    ends = [*(found.start() for found in numbers[1:]), len(text)]
    for found, end in zip(numbers, ends, strict=True):
        entry = KeyEntry(line, int(found[1]), "")
        for field, part in segments(text[found.end() : end].strip(" ,;，；")):
            if field in ("", ANSWER) and not entry.answer:
                entry.answer, entry.explanation = parted_answer(part)
            elif part:
                entry.explanation = f"{entry.explanation}\n{part}".strip()
        yield entry


_ANSWER_FIRST = re.compile(
    r"([A-Ha-h]{1,8}|√|×|✓|✗|对|错|正确|错误)\s*(?:[.。,，;；:：]\s*|\s+|(?=[(（]))(\S.*)", re.DOTALL
)


def parted_answer(text: str) -> tuple[str, str]:
    """Part ``B。因为……`` or ``B（见第五条）`` into the answer and its reason; any other text is all answer."""
    if words.letters(text) is not None or words.truth(text) is not None:
        return text, ""
    bare = text.strip()
    found = _ANSWER_FIRST.fullmatch(simplified(bare))
    if not found or words.letters(as_read(found[2])[:2]):
        return text, ""
    return found[1], re.sub(r"^[(（](.*)[)）]$", r"\1", bare[found.start(2) :].strip(), flags=re.DOTALL)


__all__ = ["EXPLANATION", "KeyEntry", "entries", "is_key", "is_title", "parted_answer"]
