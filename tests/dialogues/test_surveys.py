"""Surveys by units: anonymous in the tables too, ranked with a least number of answers, the lowest put things right."""

import sqlite3
from contextlib import closing
from datetime import date

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
    {
        "rules": [
            {"key": "filled", "title": "参加测评", "on": "form.filled", "where": {"purpose": "survey"}, "points": 2}
        ]
    }
)
PROGRAMME = Programme(name="test", forms=Forms(forms=(FORM,)), surveys=Surveys(surveys=(SURVEY,)), points=POINTS)
DAY = date(2026, 11, 23)
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


async def answered(hall: Hall, rater: Actor, service: int, fair: int | None, problem: str | None = None) -> None:
    """What the dialogue of ``fill`` leaves behind, without the dialogue."""
    given = {"service": str(service)} | ({} if fair is None else {"fair": str(fair)})
    given |= {} if problem is None else {"problem": problem}

    def work(tx: Tx) -> None:
        (ticket,) = tx.evaluations.tickets_of(1, _person(tx, rater))
        tx.evaluations.use_ticket(ticket.subject_id, ticket.person_id)
        for item, answer in given.items():
            counted, words = ("", answer) if item == "problem" else (answer, "")
            tx.evaluations.add_mark(1, ticket.subject_id, item, counted, words)

    await hall.write(work)


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


async def press(hall: Hall, who: Actor, label: str) -> str:
    """Press a button; a private chat takes one call a second, so time passes until it shows what came of it."""
    await who.presses(label)
    await hall.advance(1)
    return await who.reads()


async def report(hall: Hall, head: Actor, text: str) -> None:
    """Hand in what was put right."""
    await head.says("/tasks")
    await press(hall, head, next(label for label in (await head.last()).labels if "整改：大庆市" in label))
    await head.says(text)
    await hall.advance(1)
    await press(hall, head, "提交")


async def test_h4_survey_ranks_units_and_the_lowest_put_things_right(hall_with: HallMaker) -> None:
    """H4: cities are ranked, the lowest reports, is sent back, accepted, reopened; an organiser below sees the own city alone."""
    hall = await hall_with(**QUIET)
    boss, raters = await begun(hall)
    head = raters["大庆市"][2]
    for rater in raters["哈尔滨市"]:
        await answered(hall, rater, 5, 5)
    for rater, problem in zip(raters["大庆市"], (SECRET, None, "建议公开流程"), strict=True):
        await answered(hall, rater, 2, None, problem)
    await answered(hall, raters["伊春市"][0], 1, 1)

    running = await press(hall, boss, "刷新进度")
    ended = await press(hall, boss, "提前截止")
    result = await press(hall, boss, "查看结果")
    ranking = await press(hall, boss, "第 2 页")
    given = await boss.presses("下达整改任务")
    await hall.advance(1)
    left = " ".join((await boss.last()).labels)
    task = await head.reads()
    said = await press(hall, boss, "问题（2）")
    taken = await boss.presses("交办整改")
    await hall.advance(1)
    await boss.presses("‹ 返回结果")
    await hall.advance(1)
    await press(hall, boss, "表格")
    files = [m for m in await boss.messages() if m.text.startswith("“满意度测评”结果")]
    await head.says("/survey")
    await press(hall, head, "结果")
    below = await press(hall, head, "第 2 页")

    assert "已全部填完 7/9 人" in running
    assert "答卷满 3 份的单位 2/3 个" in running
    assert ended == "📊 “满意度测评”已截止，结果已经生成。"
    assert "各单位平均 62.5 分" in result
    assert "收集问题 2 个" in result
    assert "督导检查：大庆市" in result
    assert "不计入统计的单位：1 个" in result
    assert "1. 哈尔滨市 100.0 · 3 份" in ranking
    assert "2. 大庆市 25.0 · 3 份 ⚠️ 未交办" in ranking
    assert given == "已交办 1 项。"
    assert "下达整改任务" not in left
    assert "整改：大庆市 · 满意度测评" in task
    assert "2 个单位中列第 2 位" in task
    assert SECRET in said or "建议公开流程" in said
    assert taken == "已交办 1 项。"
    assert len(files) == 1
    assert "2. 大庆市" in below
    assert "哈尔滨市" not in below

    await report(hall, head, "增设窗口三个，排队时间降到十分钟以内。")
    await head.says("/reviews")
    await press(hall, head, "#1")
    own = await head.presses("通过")
    await boss.says("/reviews")
    await press(hall, boss, "#1")
    await press(hall, boss, "退回")
    await boss.says("请补充整改时限")
    await hall.advance(1)
    returned = await head.reads()
    await report(hall, head, "六月底前完成。")
    await boss.says("/reviews")
    await press(hall, boss, "#1")
    closed = await press(hall, boss, "通过")
    await press(hall, boss, "重新整改")
    await boss.says("群众仍有反映")
    await hall.advance(1)
    reopened = await head.reads()

    assert own is not None
    assert "不能" in own
    assert "请补充整改时限" in returned
    assert "已销号" in closed
    assert "群众仍有反映" in reopened


async def test_h4_no_row_links_a_person_and_an_answer(hall_with: HallMaker) -> None:
    """An SQL walk over every table after the answers: what was answered stands in rows without a person, a time, an order."""
    hall = await hall_with(**QUIET)
    _, raters = await begun(hall)
    people = raters["大庆市"]
    for rater, problem in zip(people, (SECRET, "第二条", "第三条"), strict=True):
        await fill(hall, rater, 2, 4, problem)
    await people[0].says("/forms")
    nothing = await people[0].reads()
    points = await hall.read(lambda tx: tx.ledger.sum_of(_person(tx, people[0]), DAY, DAY))

    rows: dict[str, list[tuple[object, ...]]] = {}
    with closing(sqlite3.connect(f"file:{hall.database_path}?mode=ro", uri=True)) as database:
        for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            rows[table] = database.execute(f'SELECT * FROM "{table}"').fetchall()  # noqa: S608 - names from the schema
        columns = {
            table: {row[1] for row in database.execute(f"PRAGMA table_info({table})")}
            for table in ("evaluation_marks", "evaluation_tickets")
        }
    marks = rows["evaluation_marks"]
    everything = {table: [" ".join(map(str, row)) for row in found] for table, found in rows.items()}
    names = {str(rater.id) for rater in people} | {rater.name for rater in people}

    assert nothing.startswith("目前没有待填的表")
    assert points == 2
    # What was written stands in one row of one table, beside no person and no time; keys are random, and so is their order.
    assert [table for table, lines in everything.items() if any(SECRET in line for line in lines)] == [
        "evaluation_marks"
    ]
    assert sum(SECRET in line for line in everything["evaluation_marks"]) == 1
    assert not any(name in line for name in names for line in everything["evaluation_marks"])
    assert columns["evaluation_marks"] == {"id", "evaluation_id", "subject_id", "item", "answer", "words"}
    assert columns["evaluation_marks"] & columns["evaluation_tickets"] == {"evaluation_id", "subject_id"}
    assert len({row[0] for row in marks}) == len(marks) == 9
    # Three people answered about this subject, so that naming it names none of them.
    assert len({row[2] for row in marks}) == 1
    # The presses and the drafts that were shown are gone from the way in and the way out.
    assert not any("fill:" in line or "data" in line for line in everything["inbox"])
    assert not any('"value"' in line or '"answers"' in line for line in everything["outbox"])
    assert not any("fill" in line for line in everything["conversations"])


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
    assert "已提交" in card.text
    assert "匿名填写" in card.text
    assert await hall.read(lambda tx: sum(one.times for one in tx.evaluations.mark_counts(1))) == 2


def _person(tx: Tx, actor: Actor) -> int:
    person = tx.people.by_user(actor.id)
    assert person is not None
    return person.id
