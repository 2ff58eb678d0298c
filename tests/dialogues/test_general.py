"""Help, language, calling off, unknown commands, restarts."""

from storage.people import Role
from tests.hall import Hall


async def test_help_lists_what_a_member_may_do(hall: Hall) -> None:
    """A member's help has no organisers' commands, nor what only organisers may write after one; an organiser's has."""
    anna = await hall.enrol("Anna")
    boss = await hall.enrol("Boss", role=Role.ORGANISER)

    await anna.says("/help")
    await boss.says("/help")

    members, organisers = await anna.reads(), await boss.reads()
    assert "/sessions [往期] · 学习活动安排" in members
    assert "/missing" not in members
    assert "/sessions [新建 … | 统计 时段 | 管理 | 往期]" in organisers
    assert "\n\n组织者命令\n\n每天\n/missing" in organisers


async def test_language_is_chosen_by_button_and_kept(hall: Hall) -> None:
    """The choice is stored: after a restart the bot still speaks it."""
    anna = await hall.person("Anna")
    await anna.says("/lang")

    toast = await anna.presses("English")
    await hall.stop_bot()
    await hall.start_bot()
    await anna.says("/cancel")

    assert toast == "I shall speak English here."
    assert await anna.reads() == "There is nothing to call off."


async def test_forged_button_is_refused(hall: Hall) -> None:
    """Data that no button of ours carries gets one clear sentence."""
    anna = await hall.person("Anna")
    await anna.says("/lang zh-CN")
    await anna.says("/lang")

    toast = await anna.presses(data="lang:klingon")

    assert toast == "这个按钮无效。"
