"""Minutes of a contest that has everything: the text to the letter, the Word file opened again."""

import io
from dataclasses import replace
from pathlib import Path

import docx

from handlers.present.minutes import minutes
from handlers.present.minutes_docx import Facts, clean, minutes_docx
from handlers.texts import texts
from quizzes.engine import events as e
from tests.afterwards.grand import ZONE, history, played

GOLDEN = Path(__file__).with_name("minutes.zh-CN.txt")
FACTS = Facts("示范学习", "决赛", "竞赛群", "主持人", ("评委甲", "评委乙"))


def test_minutes_are_those_that_were_reviewed() -> None:
    """Line by line as in the file, whose sums were added up by hand: 160, 115, 100."""
    lines = minutes(history(played()), texts("zh-CN", ZONE))

    assert lines == GOLDEN.read_text(encoding="utf-8").splitlines()


def test_word_file_tells_the_same_question_by_question() -> None:
    """Every line of the text about a question stands in a table of the Word file, in its order."""
    found = history(played())
    document = docx.Document(io.BytesIO(minutes_docx(found, FACTS, texts("zh-CN", ZONE))))
    lines = [row.cells[1].text for table in document.tables[2:-1] for row in table.rows]
    headings = [p.text for p in document.paragraphs if p.text.startswith("第 ")]
    text = GOLDEN.read_text(encoding="utf-8")

    assert len(headings) == 8
    assert headings[2] == "第 3 题：题目3"
    assert all(f"  {line}\n" in text for line in lines)
    assert any("改判为正确" in line for line in lines)
    assert any("手动调整：Blue +5 分。着装整齐" in p.text for p in document.paragraphs)
    assert [cell.text for cell in document.tables[-1].rows[1].cells] == ["1", "Red", "160", "4", "1"]
    assert document.tables[0].rows[4].cells[1].text == "评委甲、评委乙"


def test_control_characters_do_not_break_the_word_file() -> None:
    """A name may hold what XML cannot: it is left out, the rest stays, also what looks like markup."""
    found = history(played())
    joined = next(event for event in found.events if isinstance(event, e.Joined))
    hostile = "坏\x00\x0b名\ud800<w:p>&amp;"
    events = tuple(replace(event, name=hostile) if event is joined else event for event in found.events)
    seats = found.contest.seats
    players = {**seats.players, joined.player: replace(seats.players[joined.player], name=hostile)}
    contest = replace(found.contest, seats=replace(seats, players=players))

    content = minutes_docx(replace(found, events=events, contest=contest), FACTS, texts("en", ZONE))
    document = docx.Document(io.BytesIO(content))

    assert clean(hostile) == "坏名<w:p>&amp;"
    assert document.tables[1].rows[1].cells[1].text == "坏名<w:p>&amp;"


def test_a_question_with_hundreds_of_presses_stays_readable() -> None:
    """The Word file lists two dozen presses of a question and says how many more there are."""
    found = history(played())
    place, press = next((n, ev) for n, ev in enumerate(found.events) if isinstance(ev, e.PressNoted))
    events = (*found.events[:place], *(replace(press, update_id=n) for n in range(300)), *found.events[place:])

    document = docx.Document(io.BytesIO(minutes_docx(replace(found, events=events), FACTS, texts("zh-CN", ZONE))))
    fourth = [row.cells[1].text for row in document.tables[5].rows]

    assert len(fourth) < 40
    assert fourth[-1] == "另有 279 条按键与作答记录，详见文本版纪要。"
