"""Whoever writes traditional characters is understood like whoever writes simplified ones."""

import ast
from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from handlers.present import season_words, tournament_words
from handlers.present.contest_acts import read_act
from quizzes.bank.formats import read_bank
from quizzes.bank.items import Kind
from quizzes.bank.words import difficulty, kinds_of, truth
from quizzes.draw_words import read_wishes
from quizzes.engine.han import PAIRS, heard, simplified
from quizzes.engine.typed import same_answer
from quizzes.tables import find_columns
from storage.checkins import Status
from storage.order import as_people_count
from study.day_words import read_day, read_period
from study.deadlines import read_deadline
from study.mark_words import read_mark
from study.material_rules import WORDS
from study.roster import HEADERS, role_named
from tests.scripts import table

ROOT = Path(__file__).parent.parent
TAIPEI = ZoneInfo("Asia/Taipei")
MONDAY = date(2026, 11, 23)
SAY_ONLY = {
    "handlers/checkins.py",
    "handlers/texts.py",
    "handlers/present/general.py",
    "handlers/present/minutes_docx.py",
    "handlers/present/roster.py",
    "study/material_rules.py",
    "quizzes/bank/drafts.py",
    "quizzes/bank/plain_out.py",
    "quizzes/bank/spreadsheet.py",
    "quizzes/bank/word.py",
}
"""Modules with simplified words that compare nothing with them themselves: they write them, or hand them to ``quizzes.tables``,
which folds the headings, or to the desk, which folds what was said."""
BANK = """一、單選題（每題2分）
1. 我們的首都在哪裡（ ）
A. 臺北 B. 台中
答案：A 詳解：見課本。 難易度：易
二、是非題
2. 地球繞著太陽轉（ ）
答案：對
三、填充題
3. 水的化學式是＿＿＿＿。
答案：H2O
四、複選題
4. 下列何者為水果？
A. 蘋果 B. 香蕉 C. 石頭
【答案】AB【解析】石頭不是。
"""


def test_pairs_are_those_of_the_table() -> None:
    """Each pair stands in OpenCC's table, once."""
    first = {traditional: simple[0] for traditional, simple in table("TSCharacters.txt")}

    assert {one: first.get(one) for one, _ in PAIRS} == dict(PAIRS)
    assert len(dict(PAIRS)) == len(PAIRS) > 2500


def test_folding_keeps_positions() -> None:
    """Parsers cut the text where they matched its folded form."""
    text = "請假 11月24號 回診，聽說 OK"

    assert simplified(text) == "请假 11月24号 回诊，听说 OK"
    assert len(simplified(text)) == len(text)
    assert heard("  暫停 ") == heard("暂停") == "暂停"


@pytest.mark.parametrize(
    ("said", "day", "rest"),
    [
        ("後天 回診", date(2026, 11, 25), "回診"),
        ("大後天", date(2026, 11, 26), ""),
        ("11月24號 看牙醫", date(2026, 11, 24), "看牙醫"),
    ],
)
def test_days(said: str, day: date, rest: str) -> None:
    """Days, and the reason behind them as it was written."""
    assert read_day(said, MONDAY) == (day, rest)


def test_periods() -> None:
    """From one day to another."""
    period = read_period("11月24日到11月26號 出國開會", MONDAY)

    assert (period.first.day, period.last.day, period.rest) == (24, 26, "出國開會")


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("週五 17:00", datetime(2026, 11, 27, 17, tzinfo=TAIPEI)),
        ("下週三下午3點半", datetime(2026, 12, 2, 15, 30, tzinfo=TAIPEI)),
        ("禮拜天", datetime(2026, 11, 29, 18, tzinfo=TAIPEI)),
        ("這週四", datetime(2026, 11, 26, 18, tzinfo=TAIPEI)),
        ("3天後", datetime(2026, 11, 26, 18, tzinfo=TAIPEI)),
    ],
)
def test_deadlines(said: str, at: datetime) -> None:
    """Deadlines, and the words behind them as they were written."""
    deadline = read_deadline(f"{said} 讀後感", datetime(2026, 11, 23, 9, tzinfo=TAIPEI), TAIPEI)

    assert (deadline.at, deadline.rest) == (at, "讀後感")


def test_corrections_of_the_register() -> None:
    """The status divides name and reason, which stay as they were written."""
    mark = read_mark("張國榮 11月20號 遲到 塞車", MONDAY)

    assert (mark.name, mark.day, mark.status, mark.reason) == ("張國榮", date(2026, 11, 20), Status.LATE, "塞車")
    assert read_mark("張國榮 請假 補辦", MONDAY).status is Status.LEAVE


def test_tables_and_roles() -> None:
    """The headings of rosters, banks and materials, and the words of roles."""
    roster = ["姓名", "單位", "職稱", "員工編號", "層級"]
    materials = ["系列", "主題", "標題", "內容", "連結", "圖片", "標籤", "題幹", "答案", "解析"]

    assert set(find_columns(roster, HEADERS)) == {"name", "unit", "title", "code", "level"}
    assert len(find_columns(materials, WORDS)) == len(materials)
    assert [role_named(word) for word in ("成員", "承辦人", "評審", "觀察員", "管理員")] == [
        role_named(word) for word in ("成员", "组织者", "评委", "观察员", "管理员")
    ]


def test_banks_as_text_and_as_table() -> None:
    """A bank in plain text and one in a table, with the words that schools in Taiwan use."""
    text = read_bank(BANK.encode(), "題庫.txt")
    rows = read_bank("題型,題幹,A,B,答案,配分,分類\n單選,一加一,2,3,A,5,數學\n".encode(), "題庫.csv")

    assert [(item.kind, item.answers or item.accepted) for item in text.items] == [
        (Kind.SINGLE, (0,)),
        (Kind.TRUE_FALSE, (0,)),
        (Kind.FILL_IN, ("H2O",)),
        (Kind.SEVERAL, (0, 1)),
    ]
    assert (text.items[0].options, text.items[0].explanation, text.items[0].points) == (("臺北", "台中"), "見課本。", 2)
    assert text.items[0].difficulty == 1
    assert (rows.items[0].category, rows.items[0].points, rows.items[0].kind) == ("數學", 5, Kind.SINGLE)


def test_words_of_banks_and_draws() -> None:
    """Kinds, truths, difficulties, and which questions are drawn; names keep their script."""
    others, wanted = read_wishes(["搶答", "分類:公文寫作", "標籤:必考", "難度:簡單", "題型:複選"])

    assert [kinds_of(word) for word in ("複選題", "填充題", "是非題", "申論題")] == [
        (Kind.SEVERAL,), (Kind.FILL_IN,), (Kind.TRUE_FALSE,), (Kind.ORAL,),
    ]  # fmt: skip
    assert [truth(word) for word in ("對", "○", "錯", "錯誤", "不對")] == [True, True, False, False, False]
    assert difficulty("困難") == 5
    assert (others, wanted.categories, wanted.tags, wanted.kinds) == (["搶答"], ("公文寫作",), ("必考",), ("several",))


def test_typed_answers() -> None:
    """A question of either script takes the answer in the other."""
    assert same_answer("臺灣", "台湾")
    assert same_answer("发展", "發展")
    assert not same_answer("臺北", "臺中")


def test_what_hosts_write() -> None:
    """The words after ``/contest``, ``/season`` and ``/tournament``."""
    acts = [read_act([word, "5", "理由"]) for word in ("延長", "加分", "減分", "改判", "換題", "跳過", "重評")]

    assert [act and act.kind for act in acts] == ["extend", "add", "deduct", "overrule", "replace", "skip", "rescore"]
    assert [season_words.read_action(word)[0] for word in ("登錄", "錄入", "沖正", "新增", "明細", "不計", "計入")] == [
        "enter", "enter", "reverse", "new", "ledger", "omit", "count",
    ]  # fmt: skip
    assert [tournament_words.read_wish(word).action for word in ("參賽", "抽籤", "開賽", "對陣圖", "成績", "重賽")] == [
        "enter", "draw", "open", "bracket", "result", "replay",
    ]  # fmt: skip
    assert tournament_words.read_bout_of(["第3場"]) == (None, 3)


def test_numbers_in_names() -> None:
    """第兩隊 stands before 第三隊."""
    assert as_people_count("第兩隊") < as_people_count("第三隊")


@pytest.mark.parametrize("folder", ["handlers", "study", "quizzes"])
def test_whoever_compares_chinese_words_folds(folder: str) -> None:
    """A module with simplified words in it folds what it compares with them, or is known to compare nothing."""
    simple = {one for _, one in PAIRS}
    wrong = [
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / folder).rglob("*.py"))
        if _speaks(path, simple) and not any(word in path.read_text(encoding="utf-8") for word in _FOLDING)
    ]

    assert [name for name in wrong if name not in SAY_ONLY] == []


_FOLDING = ("heard(", "simplified(", "as_read(")


def _speaks(path: Path, characters: Collection[str]) -> bool:
    """Whether a module has strings with such characters, docstrings apart."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return any(
        isinstance(node, ast.Constant) and isinstance(node.value, str) and not set(characters).isdisjoint(node.value)
        for node in ast.walk(tree)
        if id(node) not in told
    )
