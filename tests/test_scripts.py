"""Whoever writes traditional characters is understood like whoever writes simplified ones."""

import ast
from collections.abc import Collection
from datetime import date, datetime, time
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
from study.claim_fields import read_rows, read_words
from study.day_words import DayUnreadable, read_day, read_period
from study.deadlines import read_deadline
from study.mark_words import read_mark
from study.material_rules import WORDS
from study.period_words import read_span
from study.roster import HEADERS, role_named
from study.round_rules import read_clock
from study.session_line import read_session
from study.syllabus import Known, read_syllabus
from study.work_field_rules import read_date, read_form, read_number
from tests.scripts import table

ROOT = Path(__file__).parent.parent
TAIPEI = ZoneInfo("Asia/Taipei")
MONDAY = date(2026, 11, 23)
SAY_ONLY = {
    "handlers/checkins.py",
    "handlers/items.py",
    "handlers/makeups.py",
    "handlers/notes.py",
    "handlers/texts.py",
    "handlers/present/general.py",
    "handlers/present/makeups.py",
    "handlers/present/minutes_docx.py",
    "handlers/present/official_paper.py",
    "handlers/present/rollcall.py",
    "handlers/present/rollcall_names.py",
    "handlers/present/roster.py",
    "handlers/present/syllabus.py",
    "study/programme/forms.py",
    "study/programme/series.py",
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


def test_periods_of_figures() -> None:
    """Months, quarters and halves, before the figures of sessions and reports."""
    assert read_span("這個月", MONDAY) == read_span("这个月", MONDAY) == (date(2026, 11, 1), date(2026, 11, 30))
    assert read_span("上半年", MONDAY) == (date(2026, 1, 1), date(2026, 6, 30))
    assert read_span("第三季度", MONDAY) == (date(2026, 7, 1), date(2026, 9, 30))
    assert read_span("11月24日至11月26號", MONDAY) == (date(2026, 11, 24), date(2026, 11, 26))
    with pytest.raises(DayUnreadable):
        read_span("前個月半", MONDAY)


def test_a_session_on_one_line() -> None:
    """Labels, the form and the lecturer's title are heard; what is kept of the line is as it was written."""
    names = {"series": {"以案说纪": "law"}, "topic": {}, "form": {"讲座": "lecture"}}
    now = datetime(2026, 11, 23, 9, tzinfo=TAIPEI)

    line = read_session(
        "11月27號 下午3點半 講座 以案說紀 地點：禮堂 資料：廉政條規 張國華局長 《黨紀條例》", now, TAIPEI, names
    )

    assert (line.starts_at, line.title) == (datetime(2026, 11, 27, 15, 30, tzinfo=TAIPEI), "黨紀條例")
    assert (line.place, line.lecturer, line.material) == ("禮堂", "張國華局長", "廉政條規")
    assert line.named == {"form": "lecture", "series": "law"}


def test_a_syllabus() -> None:
    """The headings, times and names of a yearly plan."""
    table_of_plan = "日期,時間,題目,主講人,形式,專題,地點,參加對象,資料\n2026-11-27（週五）,下午3點半,黨紀條例,張國華,講座,廉潔,禮堂,全體,條規\n"
    known = Known({}, {"廉洁": "clean"}, {"讲座": "lecture"}, {}, {}, ())

    read = read_syllabus(table_of_plan.encode(), "計畫.csv", known, MONDAY)

    assert read.mistakes == ()
    (lesson,) = read.lessons
    assert (lesson.title, lesson.lecturer, lesson.place, lesson.material) == ("黨紀條例", "張國華", "禮堂", "條規")
    assert (lesson.starts, lesson.form, lesson.topic, lesson.units) == (time(15, 30), "lecture", "clean", ())


def test_clocks_and_fields() -> None:
    """Times of rounds, numbers and days of works, the titles of their fields."""
    assert read_clock("下午三點半") == read_clock("下午3点半") == (15, 30)
    assert (read_clock("十點"), read_clock("晚上八點"), read_clock("二十點")) == ((10, 0), (20, 0), None)
    assert read_number("3萬") == 30_000
    assert read_date("2026年12月31號") == date(2026, 12, 31)
    assert read_form("目標：減少排隊", {"目标": "goal"}) == ({"goal": "減少排隊"}, "")


def test_items() -> None:
    """The labels of an item on a line, and the headings of a table of them."""
    said = read_words("老舊小區改造 | 大項：十大工程；責任單位：張國華, 完成時限：12月31號")

    assert said == {"title": "老舊小區改造", "work": "十大工程", "owner": "張國華", "deadline": "12月31號"}
    assert read_rows("項目名稱,措施\n改造,補貼\n".encode(), "事項.csv") == [(2, {"title": "改造", "measure": "補貼"})]


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
