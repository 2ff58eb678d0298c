"""Sessions on one line, recurring days around holidays, when people are told, spans of days, a syllabus as a table."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from quizzes.tables import write_xlsx
from storage.menu import Turns
from study.calendar import is_workday
from study.day_words import DayUnreadable
from study.deadlines import DeadlineUnreadable
from study.errors import StudyError, TooLong
from study.menu import next_up
from study.period_words import read_span as read_days
from study.programme.menu import Turn
from study.programme.words import Title
from study.session_line import SessionEndsFirst, SessionTimeMissing, SessionTitleMissing, read_session
from study.session_rules import eve_of, meeting_days, names_in, news_at
from study.syllabus import Known, SyllabusColumns, read_span, read_syllabus

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
NAMES = {
    "series": {"业务讲坛": "forum"},
    "topic": {"城市学": "urban", "省委“七大战略”深度解读": "seven"},
    "form": {"讲座": "lecture", "remote class": "remote"},
}


def on_workdays(day: date) -> bool:
    """The official Chinese calendar."""
    return is_workday(day, "CN")


@pytest.mark.parametrize(
    ("line", "title", "place", "lecturer", "named"),
    [
        ("11-27 15:00 礼堂 张教授 《新形势下的招商引资》", "新形势下的招商引资", "礼堂", "张教授", {}),
        ("周五 15:00-16:30 业务讲坛 讲座 张教授 《题》", "题", "", "张教授", {"series": "forum", "form": "lecture"}),
        ("11月27日 下午3点 礼堂 王五 城市学 怎样做", "怎样做", "礼堂", "王五", {"topic": "urban"}),
        ("11-27 15:00 党校 省委“七大战略”深度解读 张教授 《题》", "题", "党校", "张教授", {"topic": "seven"}),
        ("11-27 15:00 党校 张教授“信访”和《条例》", "条例", "党校", "张教授“信访”和", {}),
        ("11-27 15:00 只有题目", "只有题目", "", "", {}),
        ("11-27 15:00 地点：三楼会议室 主讲：李四 “信访条例”", "信访条例", "三楼会议室", "李四", {}),
        ('Fri 15:00 remote class Hall Prof.Zhang "New rules"', "New rules", "Hall", "Prof.Zhang", {"form": "remote"}),
    ],
)
def test_a_session_is_read_from_one_line(
    line: str, title: str, place: str, lecturer: str, named: dict[str, str]
) -> None:
    """The day and time, then place, lecturer and title in the order in which people write them, names wherever they stand."""
    read = read_session(line, NOW, ZONE, NAMES)

    assert read.starts_at == datetime(2026, 11, 27, 15, tzinfo=ZONE)
    assert (read.title, read.place, read.lecturer, dict(read.named)) == (title, place, lecturer, named)


def test_a_line_with_an_end_or_of_the_past() -> None:
    """15:00-16:30 ends at half past four; a session of last week can be entered afterwards."""
    assert read_session("11-27 15:00至16:30 《题》", NOW, ZONE, {}).ends_at == datetime(
        2026, 11, 27, 16, 30, tzinfo=ZONE
    )
    assert read_session("11-20 9:00 《题》", NOW, ZONE, {}).starts_at.date() == date(2026, 11, 20)
    assert read_session("11-20 9:00 礼堂", NOW, ZONE, {}, title="点的课").title == "点的课"


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("礼堂 《题》", DeadlineUnreadable),
        ("11-27 礼堂 《题》", SessionTimeMissing),
        ("11-27 15:00", SessionTitleMissing),
        ("11-27 15:00-14:00 《题》", SessionEndsFirst),
        (f"11-27 15:00 《{'长' * 101}》", TooLong),
    ],
)
def test_what_cannot_be_read_is_refused(line: str, error: type[StudyError]) -> None:
    """Each with a reason of its own."""
    with pytest.raises(error):
        read_session(line, NOW, ZONE, NAMES)


def test_meetings_skip_move_or_keep_days_off() -> None:
    """The Friday of 2 October 2026 lies in the national holiday; Saturday the 10th is a workday for it."""
    first, last = date(2026, 9, 25), date(2026, 10, 16)

    def days(holidays: str, **more: object) -> list[str]:
        found = meeting_days(("friday",), first, last, holidays=holidays, is_workday=on_workdays, **more)  # type: ignore[arg-type]
        return [f"{day:%m-%d}" for _, day in found]

    off = [
        day for day in ("09-25", "10-02", "10-09", "10-16") if not on_workdays(date(2026, int(day[:2]), int(day[3:])))
    ]
    assert "10-02" in off
    assert days("skip") == [day for day in ("09-25", "10-02", "10-09", "10-16") if day not in off]
    assert days("keep") == ["09-25", "10-02", "10-09", "10-16"]
    moved = days("move")
    assert len(moved) == 4
    assert all(on_workdays(date(2026, int(day[:2]), int(day[3:]))) for day in moved)
    assert days("keep", since=date(2026, 9, 28), every_weeks=2) == ["10-02", "10-16"]


def test_people_are_told_on_workdays() -> None:
    """Of a Monday's session on Friday; of what is planned on a Saturday on Monday, unless it begins before."""
    monday = datetime(2026, 11, 30, 9, tzinfo=ZONE)
    saturday = datetime(2026, 11, 28, 10, tzinfo=ZONE)

    assert eve_of(monday, time(17), ZONE, on_workdays) == datetime(2026, 11, 27, 17, tzinfo=ZONE)
    assert news_at(NOW, monday, ZONE, on_workdays) == datetime(2026, 11, 23, 9, 5, tzinfo=ZONE)
    assert news_at(saturday, datetime(2026, 12, 4, 15, tzinfo=ZONE), ZONE, on_workdays) == datetime(
        2026, 11, 30, 9, tzinfo=ZONE
    )
    assert news_at(saturday, datetime(2026, 11, 28, 11, tzinfo=ZONE), ZONE, on_workdays) == saturday


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("", "2026-01-01", "2026-12-31"),
        ("2025年", "2025-01-01", "2025-12-31"),
        ("2026年2月", "2026-02-01", "2026-02-28"),
        ("11月", "2026-11-01", "2026-11-30"),
        ("三季度", "2026-07-01", "2026-09-30"),
        ("2025年上半年", "2025-01-01", "2025-06-30"),
        ("上月", "2026-10-01", "2026-10-31"),
        ("2026-11", "2026-11-01", "2026-11-30"),
        ("11-01 至 11-15", "2026-11-01", "2026-11-15"),
    ],
)
def test_spans_of_days(words: str, first: str, last: str) -> None:
    """Years, halves, quarters, months, from one day to another."""
    assert read_days(words, date(2026, 11, 23)) == (date.fromisoformat(first), date.fromisoformat(last))


def test_no_span() -> None:
    """What is no span is refused."""
    with pytest.raises(DayUnreadable):
        read_days("随便", date(2026, 11, 23))


KNOWN = Known(
    series={"业务讲坛": "forum", "业务": "forum"},
    topics={"招商引资": "investment"},
    forms={"讲座": "lecture"},
    cohorts={"年轻干部": "young"},
    units={"招商局": "开发区/招商局", "开发区/招商局": "开发区/招商局"},
    timed={"forum"},
)


@pytest.mark.parametrize(
    "headers",
    [
        ("日期", "时间", "题目", "主讲人", "形式", "系列", "专题", "地点", "对象", "资料"),
        ("日期", "時間", "題目", "主講人", "形式", "系列", "專題", "地點", "對象", "資料"),
        ("Date", "Time", "Title", "Lecturer", "Form", "Series", "Topic", "Place", "Audience", "Material"),
    ],
)
def test_a_syllabus_is_read_in_three_languages_from_a_workbook(headers: tuple[str, ...]) -> None:
    """Days as a workbook keeps them, times with an end, names that the programme knows."""
    row = (
        date(2026, 11, 27),
        "15:00-16:30",
        "《招商实务》",
        "王五",
        "讲座",
        "业务讲坛",
        "招商引资",
        "礼堂",
        "招商局、年轻干部",
        "手册",
    )
    reading = read_syllabus(write_xlsx(headers, [row]), "计划.xlsx", KNOWN, date(2026, 11, 23))

    (lesson,) = reading.lessons
    assert reading.mistakes == ()
    assert (lesson.day, lesson.starts, lesson.ends, lesson.title) == (
        date(2026, 11, 27),
        time(15),
        time(16, 30),
        "招商实务",
    )
    assert (lesson.series, lesson.topic, lesson.form) == ("forum", "investment", "lecture")
    assert (lesson.units, lesson.cohorts) == (("开发区/招商局",), ("young",))


def test_every_bad_line_of_a_syllabus_says_why() -> None:
    """The good lines stay; each of the others has its number and its reason."""
    text = """日期,时间,题目,系列,专题,形式,对象
11月27日,,好的,,,,
,,没有日期,,,,
2月30日,,没有这一天,,,,
12-04,25:00,没有这个钟点,,,,
12-05,,,,,,
12-06,,题,没有的,没有的,没有的,没有的
11-27,,好的,,,,
"""
    reading = read_syllabus(text.encode(), "计划.csv", KNOWN, date(2026, 11, 23))

    assert [lesson.line for lesson in reading.lessons] == [2]
    assert [(one.line, one.code) for one in reading.mistakes] == [
        (3, "no_date"),
        (4, "bad_date"),
        (5, "bad_time"),
        (6, "no_title"),
        (7, "unknown_series"),
        (7, "unknown_audience"),
        (7, "unknown_topic"),
        (7, "unknown_form"),
        (8, "duplicate"),
    ]
    with pytest.raises(SyllabusColumns):
        read_syllabus("姓名,单位\n甲,乙\n".encode(), "名册.csv", KNOWN, date(2026, 11, 23))


def test_a_time_without_a_usual_one_is_missing() -> None:
    """Where no meeting of the series has an hour, a line has to say it."""
    known = Known({}, {}, {}, {}, {}, timed=frozenset())
    reading = read_syllabus("日期,题目\n11-27,甲\n".encode(), "计划.csv", known, date(2026, 11, 23))

    assert [one.code for one in reading.mistakes] == ["no_time"]
    assert read_span("下午2点半至4点") == (time(14, 30), time(16))
    assert read_span("16:00-15:00") is None


def test_lists_of_names() -> None:
    """Whatever stands between them."""
    assert names_in("张三、李四, 王五；张三") == ("张三", "李四", "王五")


def test_the_rota_goes_round() -> None:
    """Whoever had the fewest turns is next, of these the first of the list."""
    rota = tuple(Turn(key=key, title=Title({"en": key})) for key in ("a", "b", "c"))

    def turns(**counts: int) -> dict[str, Turns]:
        return {key: Turns(entry=key, turns=count, last_at=NOW) for key, count in counts.items()}

    assert [
        next_up(rota, turns(**counts)).key for counts in ({}, {"a": 1}, {"a": 1, "c": 1}, {"a": 1, "b": 1, "c": 1})
    ] == [
        "a",
        "b",
        "b",
        "a",
    ]
