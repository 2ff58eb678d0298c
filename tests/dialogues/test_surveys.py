"""Surveys by units: anonymous in the tables too, ranked with a least number of answers, the lowest put things right."""

import io
import json
import sqlite3
from datetime import timedelta

import openpyxl

from storage import Tx
from storage.people import Role
from study.programme import Programme
from study.programme.forms import Form, Forms
from study.programme.points import Points
from study.programme.surveys import Survey, Surveys
from tests.hall import Actor, Hall, HallMaker

QUIET = {"checkin": {"enabled": False}, "materials": {"enabled": False}}
FORM = Form.model_validate(
    {
        "key": "satisfaction",
        "title": "满意度测评表",
        "anonymous": True,
        "least": 3,
        "aspects": [
            {
                "key": "work",
                "title": "组织工作",
                "items": [
                    {"key": "service", "title": "服务", "min": 1, "max": 5},
                    {"key": "fair", "title": "公道", "min": 1, "max": 5, "optional": True},
                    {"key": "problem", "title": "问题", "kind": "text", "optional": True, "collects": "problem"},
                ],
            }
        ],
    }
)
SURVEY = Survey.model_validate(
    {
        "key": "satisfaction",
        "title": "满意度测评",
        "form": "satisfaction",
        "tiers": [{"key": "city", "title": "市（地）", "depth": 2, "lowest": 1, "action": "督导检查"}],
    }
)
POINTS = Points.model_validate(
    {"rules": [{"key": "filled", "title": "参加测评", "on": "form.filled", "where": {"purpose": "survey"}, "points": 2}]}
)
PROGRAMME = Programme(name="test", forms=Forms(forms=(FORM,)), surveys=Surveys(surveys=(SURVEY,)), points=POINTS)
SECRET = "窗口排队时间太长了"


async def fill(hall: Hall, rater: Actor, service: int, fair: int | None, problem: str | None = None) -> None:
    """Open the form that waits and fill it in; a private chat takes one call a second, so time passes between."""
    await rater.presses("填写")
    await hall.advance(1)
    await rater.presses(str(service))
    await hall.advance(1)
    await rater.presses("跳过" if fair is None else str(fair))
    await hall.advance(1)
    if problem is None:
        await rater.presses("跳过")
    else:
        await rater.says(problem)
    await hall.advance(1)
    await rater.presses("✅ 提交")
    await hall.advance(1)


async def begun(hall: Hall) -> tuple[Actor, dict[str, list[Actor]]]:
    """A survey under way: two cities with three raters each and one with two."""
    await hall_programme(hall)
    boss = await hall.enrol("省办", "黑龙江省", role=Role.ORGANISER)
    raters = {
        city: [await hall.enrol(f"{city}{n}", f"黑龙江省/{city}") for n in range(people)]
        for city, people in (("哈尔滨市", 3), ("大庆市", 2), ("伊春市", 2))
    }
    for city in ("哈尔滨市", "大庆市"):
        head = await hall.enrol(f"{city}组织者", f"黑龙江省/{city}", role=Role.ORGANISER)
        if city == "大庆市":
            raters[city].append(head)
    await boss.says("/survey")
    await boss.presses("发起")
    await boss.presses("开始测评")
    await hall.advance(5)
    return boss, raters


async def hall_programme(hall: Hall) -> None:
    """Put the programme in force."""
    assert hall.app is not None
    await hall.app.house.programmes.apply(PROGRAMME, now=hall.clock.now())


async def test_h4_survey_ranks_units_and_the_lowest_put_things_right(hall_with: HallMaker) -> None:
    """H4: the survey is held among the cities, ranked, and the lowest city reports, is sent back, accepted and reopened."""
    hall = await hall_with(**QUIET)
    boss, raters = await begun(hall)
    preview = next(m.text for m in await boss.messages() if "测评" in m.text)
    for rater in raters["哈尔滨市"]:
        await fill(hall, rater, 5, 5)
    for rater, problem in zip(raters["大庆市"], (SECRET, None, "建议公开流程"), strict=True):
        await fill(hall, rater, 2, None, problem)
    await fill(hall, raters["伊春市"][0], 1, 1)
    running = await boss.presses("刷新进度") or await boss.reads()
    early = await boss.presses("结果") if "结果" in (await boss.last()).labels else None
    await boss.presses("提前截止")
    result = await boss.reads()
    await boss.presses("第 2 页")
    ranking = await boss.reads()
    given = await boss.presses("下达整改任务")
    again = "下达整改任务" in " ".join((await boss.last()).labels)
    head = raters["大庆市"][2]
    task = await head.reads()
    problems = await boss.presses("问题（2）") or await boss.reads()
    taken = await boss.presses("交办整改")

    assert "测评" in preview and early is None
    assert "已全部填完 7/9 人" in running and "答卷满 3 份的单位 2/3 个" in running
    assert "各单位平均 62.5 分" in result and "收集问题 2 个" in result
    assert "督导检查：大庆市" in result and "不计入任何数字的单位：1 个" in result
    assert "1. 哈尔滨市 100.0 · 3 份" in ranking and "2. 大庆市 25.0 · 3 份 ⚠️ 未交办" in ranking
    assert "伊春市" not in ranking
    assert (given, again) == ("已交办 1 项。", False)
    assert "整改：大庆市 · 满意度测评" in task and "2 个单位中列第 2 位" in task
    assert SECRET in problems or "建议公开流程" in problems
    assert taken == "已交办 1 项。"

    await head.says("/tasks")
    await head.presses(next(label for label in (await head.last()).labels if "整改：大庆市" in label))
    await head.says("增设窗口三个，排队时间降到十分钟以内。")
    await head.presses("报送整改情况")
    refused = await hall_review(hall, head)
    await boss.says("/reviews")
    await boss.presses("#1")
    await boss.presses("退回")
    await boss.says("请补充整改时限")
    await head.says("/tasks")
    await head.presses(next(label for label in (await head.last()).labels if "整改：大庆市" in label))
    await head.says("六月底前完成。")
    await head.presses("报送整改情况")
    await boss.says("/reviews")
    await boss.presses("#1")
    accepted = await boss.presses("通过")
    closed = await boss.reads()
    await boss.presses("重新整改")
    await boss.says("群众仍有反映")
    reopened = [m.text for m in await head.messages()][-1]

    assert "#1" not in refused
    assert accepted is not None and "已销号" in closed
    assert "群众仍有反映" in reopened


async def hall_review(hall: Hall, person: Actor) -> str:
    """What somebody finds under /reviews."""
    await person.says("/reviews")
    return await person.reads()


async def test_h4_files_and_pictures_of_the_results(hall_with: HallMaker) -> None:
    """The workbook has the ranking, the indicators and what was written; an organiser below sees the own unit alone."""
    hall = await hall_with(**QUIET)
    boss, raters = await begun(hall)
    for city in ("哈尔滨市", "大庆市"):
        for rater in raters[city]:
            await fill(hall, rater, 4, 3, f"{city}的问题")
    await hall.advance(timedelta(days=15).total_seconds())
    ended = await boss.last()
    head = raters["大庆市"][2]

    await boss.presses("查看结果")
    await boss.presses("表格")
    sent = await boss.last()
    await head.says("/survey")
    await head.presses("结果")
    await head.presses("第 2 页")
    seen = await head.reads()

    assert "结果已经生成" in ended.text
    assert sent.text.startswith("“满意度测评”结果")
    assert "大庆市" in seen and "哈尔滨市" not in seen and "（2 个单位）" in seen


async def test_h4_no_row_links_a_person_and_an_answer(hall_with: HallMaker) -> None:
    """An SQL walk over every table after the answers: what was answered stands in rows without a person, a time, an order."""
    hall = await hall_with(**QUIET)
    _, raters = await begun(hall)
    people = raters["大庆市"]
    for rater, problem in zip(people, (SECRET, "第二条", "第三条"), strict=True):
        await fill(hall, rater, 2, 4, problem)
    await people[0].says("/forms")
    nothing = await people[0].reads()
    points = await hall.read(lambda tx: tx.ledger.sum_of(_person(tx, people[0]), _DAY, _DAY))

    with sqlite3.connect(f"file:{hall.database_path}?mode=ro", uri=True) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {
            table: [row for row in database.execute(f"SELECT * FROM {table}") if SECRET in map(str, row)]
            for table in tables
        }
        anywhere = {table for table in tables for row in database.execute(f"SELECT * FROM {table}") if SECRET in str(row)}
        marks = list(database.execute("SELECT * FROM evaluation_marks"))
        columns = {row[1] for row in database.execute("PRAGMA table_info(evaluation_marks)")}
        tickets = {row[1] for row in database.execute("PRAGMA table_info(evaluation_tickets)")}
        updates = "".join(body for (body,) in database.execute("SELECT body FROM inbox"))
        shown = "".join(body for (body,) in database.execute("SELECT body FROM outbox WHERE kind LIKE 'form.%'"))

    assert nothing.startswith("目前没有待填的表") and points == 2
    assert anywhere == {"evaluation_marks"} and len(found["evaluation_marks"]) == 1
    assert columns == {"id", "evaluation_id", "subject_id", "item", "answer", "remark"}
    assert columns & tickets == {"evaluation_id", "subject_id"}
    # Nine answers, each under an id of its own; three people answered about one subject, so the subject tells nobody.
    assert len({row[0] for row in marks}) == len(marks) == 9
    assert [row[0] for row in marks] == sorted(row[0] for row in marks)
    assert "fill:set" not in updates and set(json.loads(f"[{updates.replace('}{', '},{')}]")[0]) == set()
    assert '"value"' not in shown and '"answers"' not in shown


async def test_h4_an_anonymous_draft_does_not_outlive_the_process(hall_with: HallMaker) -> None:
    """After a restart an anonymous form is begun anew; a repeated press after sending sends nothing twice."""
    hall = await hall_with(**QUIET)
    _, raters = await begun(hall)
    anna = raters["伊春市"][0]
    await anna.presses("填写")
    await hall.advance(1)
    await anna.presses("4")
    await hall.advance(1)
    await hall.stop_bot()
    await hall.start_bot()

    await anna.presses("3")
    await hall.advance(1)
    lost = await anna.reads()
    for answer in ("重新填写", "5", "5", "跳过"):
        await anna.presses(answer)
        await hall.advance(1)
    await anna.press("✅ 提交")
    await hall.advance(1)
    card = await anna.last()

    assert "匿名表在提交前不留任何底稿" in lost
    assert "已提交" in card.text and "匿名填写" in card.text
    assert await hall.read(lambda tx: len(tx.evaluations.marks(1))) == 2


def _person(tx: Tx, actor: Actor) -> int:
    person = tx.people.by_user(actor.id)
    assert person is not None
    return person.id
