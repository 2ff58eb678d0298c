"""Minutes of a contest that has everything: the text to the letter, the Word file opened again."""

import io
from dataclasses import replace
from pathlib import Path

import docx

from handlers.present.minutes import minutes
from handlers.present.minutes_docx import Facts, minutes_docx
from handlers.present.official_paper import clean
from handlers.texts import texts
from quizzes.engine import events as e
from tests.afterwards.benches import judged_bout, speeches
from tests.afterwards.grand import ZONE, history, played
from tests.engine.play import Play

GOLDEN = Path(__file__).with_name("minutes.zh-CN.txt")
JUDGED, SPEECHES = GOLDEN.with_name("judged.zh-CN.txt"), GOLDEN.with_name("speeches.zh-CN.txt")
FACTS = Facts("示范学习", "决赛", "竞赛群", "主持人")


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

    assert len(headings) == 9
    assert headings[2] == "第 3 题：题目3"
    assert headings[7] == "第 8 题：Blue放弃，未出题"
    assert any(line == "Anna代表Red选分，用时 3000 毫秒：30 分（更新号 107）。" for line in lines)
    assert all(f"  {line}\n" in text for line in lines)
    assert any("改判为正确" in line for line in lines)
    assert any("手动调整：Blue +5 分。着装整齐" in p.text for p in document.paragraphs)
    assert [cell.text for cell in document.tables[-1].rows[1].cells] == ["1", "Red", "160", "4", "1"]
    assert document.tables[0].rows[4].cells[1].text == "未设评委，由程序按标准答案裁决"


def paper(play: Play, **row: object) -> tuple[list[list[list[str]]], list[str]]:
    """The tables and the paragraphs of a contest's Word file."""
    found = history(play)
    found = replace(found, row=found.row.model_copy(update=row))
    document = docx.Document(io.BytesIO(minutes_docx(found, FACTS, texts("zh-CN", ZONE))))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    return tables, [paragraph.text for paragraph in document.paragraphs]


def test_minutes_before_judges_are_those_that_were_reviewed() -> None:
    """Panel, recusal, ballots, protests, a chief's word, more time, a substitute, a drill; added up: 115, 110, 90."""
    lines = minutes(history(judged_bout()), texts("zh-CN", ZONE))

    assert lines == JUDGED.read_text(encoding="utf-8").splitlines()


def test_minutes_of_speeches_are_those_that_were_reviewed() -> None:
    """Every judge's score, what was dropped, the means worked out by hand: 90.50, 87.83, 80.27 less 0.50."""
    found = history(speeches())
    row = found.row.model_copy(update={"bank": "", "preset": "speech"})
    lines = minutes(replace(found, row=row), texts("zh-CN", ZONE))

    assert lines == SPEECHES.read_text(encoding="utf-8").splitlines()


def test_judges_and_protests_stand_where_an_office_looks_for_them() -> None:
    """The panel in the head, ballots and protests under their question, the rest apart, signatures of those who judged."""
    (facts, teams, first, second, third, standings), paragraphs = paper(judged_bout())
    others = paragraphs[paragraphs.index("四、其他事项") : paragraphs.index("五、最终成绩")]

    assert facts[4] == ["评委", "王五（主评委）、李六、赵七（回避）、钱八（中途退出）"]
    assert teams[1] == ["红队", "博文", "博文（替补上场）、安娜（被换下）"]
    assert [line for _, line in first][-4:] == [
        "王五 对第 1 号申诉投票：改判",
        "李六 对第 1 号申诉投票：改判",
        "第 1 号申诉裁定：改判（评委裁定）。",
        "王五 将第 1 题改判为正确。要点已经答出（本题改计：红队 +10 分）",
    ]
    assert "主持人 延时 10 秒。会场嘈杂" in [line for _, line in second]
    assert third[-1][1] == "第 2 号申诉裁定：无裁定，维持原判（超时无人裁定）。"
    assert not any("投票" in line or "号申诉：红队 安娜" in line for line in others)
    for words in ("延迟测试（不计分）：安娜 400 ms", "红队：博文上场，安娜下场", "手动调整：蓝队 +5 分。着装整齐"):
        assert any(words in line for line in others)
    assert others[-2:] == [
        "第 1 号申诉：红队，第 1 题（理由：要点已经答出）；结果：改判（评委裁定）。",
        "第 2 号申诉：绿队，第 3 题（理由：话筒没有声音）；结果：无裁定，维持原判（超时无人裁定）。",
    ]
    assert standings[1:] == [
        ["1", "蓝队", "115", "1", "0"],
        ["2", "红队", "110", "1", "0"],
        ["3", "绿队", "90", "0", "1"],
    ]
    assert [line.partition("（签字")[0] for line in paragraphs[-4:-1]] == ["主评委 王五", "评委 李六", "记录员"]


def test_each_speaker_has_a_table_of_scores() -> None:
    """Under the speaker's name: the scores and the mean; no bank, no right answers, two decimals."""
    (facts, anna, _, _, standings), paragraphs = paper(speeches(), bank="", preset="speech")

    assert paragraphs[0] == "示范学习演讲比赛纪要"
    assert [name for name, _ in facts] == ["竞赛名称", "日期", "举办群组", "主持人", "评委"]
    assert [line for line in paragraphs if line.startswith("第 ")] == [
        "第 1 位：安娜",
        "第 2 位：陈晨",
        "第 3 位：丁一",
    ]
    assert anna[3][1] == "王五 评分：90.00"
    assert anna[-1][1] == "安娜 最后得分 90.50 分：有效评分 90.00、90.50、91.00 的平均分；去掉 60.00、100.00。"
    assert standings == [
        ["名次", "选手", "得分"],
        ["1", "安娜", "90.50"],
        ["2", "陈晨", "87.83"],
        ["3", "丁一", "79.77"],
    ]
    assert sum("（签字）" in line for line in paragraphs) == 6


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
