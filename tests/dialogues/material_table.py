"""A small library for the dialogues with materials."""

from collections.abc import Sequence
from pathlib import Path

import bot
from quizzes.tables import write_csv
from tests.hall import Hall

COLUMNS = ("系列", "主题", "标题", "正文", "链接", "图片", "标签", "题目", "A", "B", "C", "答案", "解析")
THREE = (
    ("每日一学", "写作", "第一篇", "先说结论，再说理由。", "", "", "公文;写作", "先说什么？", "理由", "结论", "", "B", "结论在前。"),
    ("每日一学", "法律", "第二篇", "居住权自登记时设立。", "https://example.org/two", "", "法律", "哪些是颜色？", "红", "绿", "长", "AB", ""),
    ("专题", "安全", "第三篇", "安全出口不上锁。", "", "", "安全", "", "", "", "", "", ""),
)  # fmt: skip
PICTURE = (Path(bot.__file__).parent / "demo_data" / "desk.png").read_bytes()


async def library(hall: Hall, rows: Sequence[Sequence[str]] = THREE, **files: bytes) -> None:
    """Take materials in as the command line does; ``files`` are the pictures beside the table."""
    assert hall.app is not None
    materials = hall.app.house.materials
    plan = materials.plan(write_csv(COLUMNS, rows), "materials.csv", files.get)
    assert not plan.mistakes
    await materials.take_in(plan, now=hall.clock.now())
