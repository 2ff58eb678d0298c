"""Question banks as plain text, the way organisers really type them.

``1. 题干（ ）`` with its options in any layout, the answer in the brackets, behind ``答案：`` or ``【答案】``, or gathered at the
end of the section or the document; sections such as ``一、单项选择题（每题2分）``. Reading goes line by line: each line opens
a section, a question or a list of answers, or continues what is open. ``read_lines`` serves Word files too.
"""

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field

from quizzes.bank import answer_key, outline
from quizzes.bank.body import Question, draft_of
from quizzes.bank.collect import Collector
from quizzes.bank.drafts import LONGEST
from quizzes.bank.items import MAX_ITEMS, ParsedBank, Remark
from quizzes.bank.labels import ANSWER, ANSWER_AND_EXPLANATION, EXPLANATION, segments
from quizzes.bank.options import split_options
from quizzes.bank.outline import BARE, BOXED, Section
from quizzes.bank.words import as_read, blanks_in, narrow
from quizzes.engine.frozen import dataclass
from quizzes.engine.han import simplified
from quizzes.files import TooManyRows, decode

TEXT = "text"
_MOST_LINES = 20 * MAX_ITEMS
_LONGEST_LINE = 2 * LONGEST


def read(data: bytes) -> ParsedBank:
    """Read a bank from plain text; a question stands at the line where it begins.

    Raises:
        FileError: it cannot be read, or there is no question in it.
    """
    collector = Collector(TEXT)
    read_lines(enumerate(decode(data).split("\n"), 1), collector)
    return collector.bank()


def is_numbered(text: str) -> bool:
    """Whether some line begins with the number of a question."""
    return any(outline.start(line.strip(), expected=-1) for line in text.split("\n"))


def read_lines(lines: Iterable[tuple[int, str]], collector: Collector) -> None:
    """Find the questions in numbered lines and give them to the collector."""
    document = _Document(list(_filled(lines, collector)))
    document.read()
    _match_keys(document)
    for question in document.questions:
        collector.draft(draft_of(question))
        if len(question.parts.get("media", ())) > 1:
            collector.remark(question.line, "media", Remark.PICTURES_LEFT_OUT, {"number": question.number})
    for line, text in document.left_out:
        collector.remark(line, "text", Remark.TEXT_LEFT_OUT, {"found": text[:40]})
    for _, entry in document.keys:
        if not entry.used:
            collector.remark(entry.line, "answers", Remark.KEY_UNUSED, {"number": entry.number})


def _filled(lines: Iterable[tuple[int, str]], collector: Collector) -> Iterator["_Line"]:
    gap = True
    count = 0
    for number, text in lines:
        text = text.strip()
        if text:
            count += 1
            if count > _MOST_LINES:
                raise TooManyRows(limit=MAX_ITEMS)
            if len(text) > _LONGEST_LINE:
                collector.remark(number, "text", Remark.TEXT_LEFT_OUT, {"found": text[_LONGEST_LINE:][:40]})
            yield _Line(number, text[:_LONGEST_LINE], gap)
        gap = not text


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str
    after_gap: bool


@dataclass(slots=True)
class _Document:
    """The state of reading: the questions so far, the one that is open, and what its next line continues."""

    lines: Sequence[_Line]
    questions: list[Question] = field(default_factory=list)
    keys: list[tuple[Section | None, answer_key.KeyEntry]] = field(default_factory=list)
    left_out: list[tuple[int, str]] = field(default_factory=list)
    section: Section = field(default_factory=Section)
    open: Question | None = None
    target: str = ""  # "" for the body, or the field whose label came last
    in_key: bool = False
    key_section: Section | None = None
    asked: dict[object, Section] = field(default_factory=dict)  # sections with questions, by title and by kinds
    key_numbers: list[int] = field(default_factory=list)  # a row 题号 that waits for its row 答案
    sublist: int = 0  # the last number of a list within the open question

    def read(self) -> None:
        lines = list(enumerate(self.lines))
        numbered = any(outline.start(line.text, expected=-1) or self._is_chinese_start(i) for i, line in lines)
        for index, line in lines:
            if self._continues_key(index) or self._opens_key(index) or self._opens_section(index):
                continue
            if self._opens_numbered(index) if numbered else self._opens_unnumbered(index):
                continue
            self._continue(line.number, line.text)
        if not numbered and self.open is not None and not self.open.is_complete:
            self.left_out.append((self.open.line, self.open.rows[0]))  # a text that asks nothing
            self.questions.pop()

    def _next(self, index: int) -> str:
        return self.lines[index + 1].text if index + 1 < len(self.lines) else ""

    def _looks_like_question(self, index: int) -> bool:
        """Whether the line, numbered as it is, asks something: it has a blank, or options or an answer follow it."""
        text, following = self.lines[index].text, self._next(index)
        if blanks_in(text) or text.endswith(("?", "？")) or self._options_follow(index):
            return True
        return bool(following) and next(segments(following))[0] in (ANSWER, ANSWER_AND_EXPLANATION)

    def _options_follow(self, index: int) -> bool:
        """Whether the next lines are options A and B, and not a text that happens to begin with A."""
        return outline.is_first_option(self._next(index)) and (
            len(split_options(["", self._next(index)]).options) > 1
            or len(split_options(["", self._next(index), self._next(index + 1)]).options) > 1
        )

    def _is_chinese_start(self, index: int) -> bool:
        """Whether ``一、`` is the number of a question here and not of a section: options follow."""
        return outline.is_chinese_numbered(self.lines[index].text) and outline.is_first_option(self._next(index))

    # answers gathered at the end

    def _opens_key(self, index: int) -> bool:
        line = self.lines[index]
        if rest := answer_key.after_title(line.text):
            self._take_key(line.number, rest)
            return True
        if not answer_key.is_title(line.text) or index + 1 >= len(self.lines):
            return False
        following = self._next(index)
        is_entry = answer_key.entries(0, following) is not None and not self._looks_like_question(index + 1)
        if is_entry or simplified(following).startswith("题号") or _key_after_kind(following):
            self.in_key, self.open, self.key_section = True, None, None
        elif heading := outline.heading(following, self.section):
            # 参考答案 and then 一、单选题: a key by sections, if these sections have been.
            self.in_key = self._known(heading) is not None or answer_key.is_key(self._next(index + 1))
        return self.in_key

    def _known(self, heading: Section) -> Section | None:
        """The section with questions that a heading within the key repeats."""
        return self.asked.get(heading.title) or (self.asked.get(heading.kinds) if heading.kinds else None)

    def _continues_key(self, index: int) -> bool:
        line = self.lines[index]
        if self._is_grid(line):
            return True
        if not self.in_key:
            return False
        text = line.text
        if rest := _key_after_kind(text):
            heading = outline.heading(text[: len(text) - len(rest)], self.section)
            self.key_section = self._known(heading) if heading else None
            text = rest
        elif heading := outline.heading(text, self.section):
            self.key_section = self._known(heading)
            self.in_key = answer_key.is_key(self._next(index)) or (
                self.key_section is not None
                and index + 1 < len(self.lines)
                and not self._looks_like_question(index + 1)
            )
            return self.in_key
        entries = answer_key.entries(line.number, text)
        if entries is not None and not self._looks_like_question(index):
            self._add_keys(self.key_section, entries)
            return True
        if outline.start(text, expected=-1) or not self.keys:
            self.in_key = False
            return False
        last = self.keys[-1][1]
        for label, part in segments(text):
            if label in (ANSWER, ANSWER_AND_EXPLANATION) and not last.answer:
                last.answer = part
            else:
                last.explanation = f"{last.explanation}\n{part}".strip()
        return True

    def _add_keys(self, section: Section | None, entries: Iterable[answer_key.KeyEntry]) -> None:
        self.keys.extend((section, entry) for entry in entries)
        if len(self.keys) > 2 * MAX_ITEMS:
            raise TooManyRows(limit=MAX_ITEMS)

    def _is_grid(self, line: _Line) -> bool:
        """Rows ``题号 1 2 3`` and ``答案 A B C``, as tables of answers have them."""
        words = narrow(line.text).split()
        if simplified(words[0]).rstrip(":") == "题号" and all(word.isdecimal() for word in words[1:]):
            self.key_numbers = [int(word) for word in words[1:]]
            return True
        if self.key_numbers and words[0].rstrip(":") == "答案" and len(words) == len(self.key_numbers) + 1:
            pairs = zip(self.key_numbers, words[1:], strict=True)
            self.keys.extend((self.key_section, answer_key.KeyEntry(line.number, *pair)) for pair in pairs)
            self.in_key, self.open, self.key_numbers = True, None, []
            return True
        return False

    # sections and questions

    def _opens_section(self, index: int) -> bool:
        line = self.lines[index]
        heading = outline.heading(line.text, self.section)
        if heading is None:
            return False
        if self._is_chinese_start(index):
            return False
        following = self._next(index)
        if not heading.kinds and not (outline.start(following, expected=1) or outline.heading(following, self.section)):
            return False
        self.section, self.open, self.target = heading, None, ""
        return True

    def _opens_numbered(self, index: int) -> bool:
        line = self.lines[index]
        last = self.open
        expected = last.number + 1 if last else 1
        start = outline.start(line.text, expected=expected)
        if start is None and self._is_chinese_start(index):
            start = outline.chinese_start(line.text)
        if start is None or (last is not None and self._is_list_within(last, start, index)):
            return False
        self._open(line.number, start.rest, start.number, start.style, start.mark)
        return True

    def _is_list_within(self, last: Question, start: outline.Start, index: int) -> bool:
        """Whether the number counts something within the open question rather than questions."""
        follows = start.number == last.number + 1 and (start.style == last.style or last.is_complete)
        if follows and not (self.sublist and start.number == self.sublist + 1):
            return False
        if start.style == BOXED and last.style != BOXED:
            # (1) (2) within a text or an explanation; but the first of a new run of questions begins with 1.
            return not (last.is_complete and start.number == 1 and self._looks_like_question(index))
        if start.style == BARE and last.style == BOXED:
            return not last.is_complete
        if start.number == self.sublist + 1 and (start.number == 1 or self.sublist):
            inside = not last.is_complete or (self.target == EXPLANATION and not self._looks_like_question(index))
            if inside:
                self.sublist = start.number
            return inside
        return False

    def _opens_unnumbered(self, index: int) -> bool:
        line = self.lines[index]
        label, _ = next(segments(line.text))
        if label or outline.is_first_option(line.text):
            return False
        last = self.open
        if last is not None and not last.is_complete:
            if not line.after_gap:
                return False
            # A text, a gap, another text: the first was a title.
            self.left_out.append((last.line, last.rows[0]))
            if len(self.left_out) > MAX_ITEMS:
                raise TooManyRows(limit=MAX_ITEMS)
            self.questions.pop()
        elif last is not None and not (
            line.after_gap or (last.is_answered and outline.is_first_option(self._next(index)))
        ):
            return False
        self._open(line.number, line.text, len(self.questions) + 1, BARE, "")
        return True

    def _open(self, line: int, text: str, number: int, style: str, mark: str) -> None:
        self.open = Question(line, number, style, self.section, [], mark)
        self.questions.append(self.open)
        if len(self.questions) > MAX_ITEMS:
            raise TooManyRows(limit=MAX_ITEMS)
        self.asked[self.section.title] = self.asked[self.section.kinds] = self.section
        self.target, self.sublist = "", 0
        self._continue(line, text)

    def _continue(self, line: int, text: str) -> None:
        parts = list(segments(text))
        key = next((part for label, part in parts if label == ANSWER and answer_key.is_key(part)), None)
        if key is not None:
            self._take_key(line, key)
        elif self.open is not None:  # or it is a title or instructions
            for label, part in parts:
                self._add(self.open, label, part)

    def _take_key(self, line: int, text: str) -> None:
        """A section's own answers: ``答案：1-5 ABCDA`` below its last question."""
        section = self.section if self.section.title else None
        self._add_keys(section, answer_key.entries(line, text) or ())
        self.in_key, self.open, self.key_section = True, None, section

    def _add(self, question: Question, label: str, part: str) -> None:
        if label == ANSWER_AND_EXPLANATION:
            answer, reason = answer_key.parted_answer(part)
            question.parts.setdefault(ANSWER, []).append(answer)
            question.parts.setdefault(EXPLANATION, []).append(reason)
            self.target = EXPLANATION
        elif label in (ANSWER, EXPLANATION, "source"):
            self.target = ANSWER if label == ANSWER else EXPLANATION
            question.parts.setdefault(self.target, []).append(part)
        elif label:
            question.parts.setdefault(label, []).append(part)
        elif not self.target or (self.target == ANSWER and outline.is_first_option(part)):
            self.target = ""
            question.rows.append(part)
        else:
            question.parts[self.target].append(part)


_KEY_AFTER_KIND = re.compile(r"\D{2,24}?(?:题|choice|false)\s*[:.、]?\s*(?=[0-9])", re.IGNORECASE)


def _key_after_kind(text: str) -> str:
    """The answers behind a heading in the same line: ``一、单选题：1-5 ABCDA``."""
    found = _KEY_AFTER_KIND.match(as_read(text))
    rest = text[found.end() :] if found else ""
    return rest if rest and answer_key.is_key(rest) else ""


def _match_keys(document: _Document) -> None:
    """Give each question its entry in the key: by section and number, or by number in the order of the document."""
    waiting: defaultdict[tuple[Section | None, int], deque[answer_key.KeyEntry]] = defaultdict(deque)
    for section, entry in document.keys:
        waiting[section, entry.number].append(entry)
    for question in document.questions:
        entries = waiting[question.section, question.number] or waiting[None, question.number]
        if entries:
            question.key = entries.popleft()
            question.key.used = True
