"""The question of a day: thirty things to know, one a workday, answered in the group, counted for each."""

from datetime import datetime, timedelta

from quizzes.bank.formats import read_bank
from storage import Tx
from storage.people import Role
from study.programme.daily import Daily
from study.programme.reading import SHIPPED, read_programme
from tests.hall import ADMIN_ID, SHANGHAI, Hall, HallMaker

UNIT = "示范区/第一支部"
QUIET = {"checkin": {"enabled": False}, "materials": {"enabled": False}}
FRIDAY = datetime(2026, 11, 27, 8, 0, tzinfo=SHANGHAI)


async def with_bank(hall: Hall) -> None:
    """The programme of Erqi and its bank, without its rounds."""
    assert hall.app is not None
    content = (SHIPPED / "erqi" / "must-know.csv").read_bytes()
    parsed = read_bank(content, "must-know.csv")
    await hall.app.house.banks.take_in("应知应会30问", parsed.items, now=hall.clock.now())
    erqi = read_programme(SHIPPED / "erqi")
    await hall.app.house.programmes.apply(
        erqi.model_copy(
            update={
                "rounds": erqi.rounds.model_copy(update={"rounds": ()}),
                "daily": Daily(cards=(erqi.daily.cards[0].model_copy(update={"private": True}),)),
            }
        ),
        now=hall.clock.now(),
    )


def test_e3_erqi_has_thirty_questions_and_no_mistake() -> None:
    """E3: the shipped programme can be read, and its bank has thirty good questions."""
    parsed = read_bank((SHIPPED / "erqi" / "must-know.csv").read_bytes(), "must-know.csv")

    assert (len(parsed.items), parsed.errors) == (30, ())
    assert read_programme(SHIPPED / "erqi").daily.cards[0].bank == "应知应会30问"


async def test_e3_a_question_a_workday_until_the_thirtieth_then_from_the_first(hall_with: HallMaker) -> None:
    """E3: asked at half past eight in the group, the first answer of each counts and goes to practice, the answer comes in the
    evening; no card on Saturday; the next on Monday; after the last question the first comes again."""
    hall = await hall_with(**QUIET, start=FRIDAY)
    anna, bert = await hall.enrol("Anna", UNIT), await hall.enrol("Bert", UNIT)
    observer = await hall.enrol("督导员", UNIT, role=Role.OBSERVER)
    group = await hall.unit_group("一支部", UNIT, anna, bert, observer)
    await with_bank(hall)
    assert hall.app is not None
    await hall.app.house.daily.plan(hall.clock.now(), hall.clock.now() + timedelta(days=1))

    await hall.until(datetime(2026, 11, 27, 8, 31))
    card = await anna.last(group)
    assert card.text.startswith("📘 应知应会30问 · 1/30\n\n请示与报告的主要区别是什么？")
    right = next(label for label in card.labels if "请示需要上级批复" in label)
    wrong = next(label for label in card.labels if "没有区别" in label)
    answers = [await anna.presses(right, group), await anna.presses(wrong, group), await bert.presses(wrong)]
    assert answers[0] is not None
    assert answers[0].startswith("✅ 答对了 正确答案：")
    assert answers[0].endswith("累计答对 1/1 题")
    assert answers[1] == "您已作答，以第一次作答为准。点“看答案”可再看解析。"
    assert answers[2] is not None
    assert answers[2].startswith("❌ ")
    assert "❌" in await bert.reads()
    assert [len(await one.messages()) for one in (anna, bert, observer)] == [1, 1, 0]
    assert "观察员" in (await observer.presses(right, group) or "")
    assert "累计答对 0/1 题" in (await bert.presses("看答案", group) or "")

    await hall.until(datetime(2026, 11, 27, 18, 1))
    closed = await anna.last(group)
    assert closed.labels == []
    assert "作答 2 人：答对 1 人，答错 1 人" in closed.text
    assert "✅" in closed.text
    await hall.until(datetime(2026, 11, 30, 8, 31))
    assert [m.text.split("\n")[0] for m in await anna.messages(group) if m.text] == [
        "📘 应知应会30问 · 1/30",
        "📘 应知应会30问 · 2/30",
    ]
    assert (await bert.presses("看答案", group) or "").startswith("正确答案：")
    assert await bert.presses("A", group) == "您已看过答案，本题不再计分。"

    def wind_on(tx: Tx) -> int:
        """The cards of the days between, as they would have been."""
        bank = tx.banks.named("应知应会30问")
        assert bank is not None
        for number, row in enumerate(tx.banks.items(bank.id)[2:], start=3):
            tx.daily.add(
                "must_know",
                datetime(2026, 1, number).date(),
                row.id,
                number=number,
                of_all=30,
                shuffled="[]",
                body="{}",
                now=hall.clock.now(),
            )
        return tx.practice.due_count(bert.id, datetime(2026, 12, 1).astimezone())

    assert await hall.write(wind_on) == 1
    await hall.until(datetime(2026, 12, 1, 8, 31))
    assert (await anna.reads(group)).startswith("📘 应知应会30问 · 1/30")


async def test_without_the_bank_the_admin_hears_of_it(hall_with: HallMaker) -> None:
    """A programme whose bank was not imported asks nothing, and says so to whom it concerns."""
    hall = await hall_with(**QUIET)
    admin = await hall.admin()
    await admin.says("/lang")
    assert hall.app is not None
    assert admin.id == ADMIN_ID
    await hall.app.house.programmes.apply(read_programme(SHIPPED / "erqi"), now=hall.clock.now())
    await hall.advance(hours=1)

    await hall.until(datetime(2026, 11, 23, 8, 31))

    assert await admin.reads() == "今天未推送“应知应会30问”：题库“应知应会30问”中没有题目，请先导入（见 /banks）。"
