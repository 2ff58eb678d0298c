"""The points card as a picture."""

import struct
from datetime import date

from handlers.present.pictures import studio
from handlers.present.point_picture import drawing_of
from handlers.texts import texts
from study.evidence import Evidence
from study.point_views import CapFacts, EntryFacts, PointCard, RuleFacts
from tests.hall import SHANGHAI

TODAY = date(2026, 11, 23)


def entry(number: int, **more: object) -> EntryFacts:
    """An entry of the day."""
    facts = {
        "number": number,
        "rule": "on_time",
        "title": {"zh-CN": "按时签到"},
        "points": 1,
        "worth": 1,
        "day": TODAY,
        "evidence": Evidence(table="checkin", name="", day=TODAY),
    }
    return EntryFacts.model_validate(facts | more)


CARD = PointCard(
    person_id=1,
    name="欧阳娜娜",
    unit="第一支部",
    own=True,
    kept=True,
    today=TODAY,
    year=126,
    month=18,
    all_time=240,
    rules=(
        RuleFacts(rule="on_time", title={"zh-CN": "按时签到"}, points=101),
        RuleFacts(
            rule="right",
            title={"zh-CN": "竞赛答对题目"},
            points=25,
            caps=(CapFacts(period="day", gained=10, most=10), CapFacts(period="year", gained=25, most=60)),
        ),
    ),
    caps=(),
    entries=(
        entry(14, rule="by_hand", title={}, points=-3, worth=-3, reverses=12, reason="核实属实，误记"),
        entry(13),
        entry(12, rule="by_hand", title={}, points=3, worth=3, reason="协助布置会场", reversed_by=14),
    ),
    count=3,
    page=0,
    pages=1,
)


async def test_card_is_drawn_with_the_words_of_the_text() -> None:
    """Sums, rules with their tightest cap, entries with number and reason; as wide as a phone, as high as it needs."""
    drawing = drawing_of(CARD, "示范学习", texts("zh-CN", SHANGHAI))

    picture = await studio.png(drawing)

    width, height = struct.unpack(">II", picture[16:24])
    assert drawing.sums == (("2026 年度", "126"), ("本月", "18"), ("累计", "240"))
    assert [(row.what, row.note, row.points, row.full) for row in drawing.rules] == [
        ("按时签到", "", "+101", None),
        ("竞赛答对题目", "今天 10/10（已满）", "+25", 1.0),
    ]
    assert drawing.entries[0].note == "#14 · 11月23日 星期一 · 撤销 #12"
    assert drawing.entries[2].note == "#12 · 11月23日 星期一 · 协助布置会场 · 已由 #14 撤销"
    assert (width, height) == (1080, 210 + 150 + 2 * 64 + 5 * 84 + 84)
