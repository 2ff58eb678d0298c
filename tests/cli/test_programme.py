"""``studyhall programme``: what an office does with a programme before and while the bot runs."""

from openpyxl import load_workbook

from tests.cli.desk import Desk


async def test_list_show_copy_change_check_and_apply(desk: Desk) -> None:
    """From the shipped one to one's own: every mistake is named, applying twice changes nothing, changes are told."""
    listed = await desk.here("programme", "list")
    shown = await desk.here("programme", "show", "starter")
    copied = await desk.here("programme", "copy", "starter", "ours")
    again = await desk.here("programme", "copy", "starter", "ours")
    good = await desk.here("programme", "check", "ours")
    points = desk.folder / "ours" / "points.toml"
    right = points.read_text(encoding="utf-8")
    points.write_text(
        right.replace("points = 1\n", 'points = "one"\n', 1)
        .replace('key = "exam"', 'key = "Exam"')
        .replace("week = 5", "weak = 5")
        .replace('key = "streak"', 'key = "on_time"'),
        encoding="utf-8",
    )
    bad = await desk.here("programme", "check", "ours")
    refused = await desk.here("programme", "apply", "ours")
    points.write_text(right, encoding="utf-8")
    first = await desk.here("programme", "apply", "ours")
    points.write_text(right.replace("points = 3", "points = 4", 1).replace('"exam_full"', '"full"'), encoding="utf-8")
    changed = await desk.here("programme", "apply", "ours")
    same = await desk.here("programme", "apply", "ours")
    nobody = await desk.here("programme", "show", "nothing")

    assert "  starter  学习计划（入门模板）" in listed.out
    assert listed.out[-1] == "学习计划：尚未启用（用 studyhall programme apply 启用）。"
    assert "• 按时签到：+1，依据：按时签到" in shown.out
    assert "• 竞赛答对题目：每次 +1、每天最多 10 分，依据：竞赛答对题目" in shown.out
    assert (copied.status, again.status) == (0, 1)
    assert good.out[0].startswith("《学习计划（入门模板）》没有错误。包含：基本信息")
    assert bad.status == refused.status == 1
    assert bad.err == refused.err
    assert any(line.startswith("points.toml: rules[0].points：值的类型不对") for line in bad.err)
    assert "points.toml: rules[5].key：键名须以小写字母开头，只含小写字母、数字和 _（最多 32 个）：Exam" in bad.err
    assert "points.toml: rules[2].caps.weak：没有这个键，请检查拼写或删除。" in bad.err
    assert first.out == ["《学习计划（入门模板）》已启用，这是首次启用学习计划。"]
    assert changed.out == [
        "《学习计划（入门模板）》已启用。此前的积分保持不变。",
        "积分：",
        "  • 删除：“考试满分”（rules: exam_full）",
        "  • 修改：“心得审核通过”（rules: reflection）",
        "  • 新增：“考试满分”（rules: full）",
    ]
    assert same.out == ["《学习计划（入门模板）》已在使用，内容完全相同，没有改动。"]
    assert nobody.status == 1
    assert nobody.err[0].startswith("没有名为“nothing”的学习计划。")


async def test_apply_reaches_the_running_bot_and_points_are_exported(desk: Desk) -> None:
    """While the bot runs: the same words, the command menu follows at once; check names it; totals come as a workbook."""
    desk.write("roster.csv", "姓名,单位,编号\n安娜,示范区/第一支部,A1\n伯特,示范区/第二支部,A2\n")
    await desk.here("import", "roster", "roster.csv")
    async with desk.running("run") as bot:
        await bot.until("ready")

        before = await desk.town.calls(method="setMyCommands")
        applied = await desk.studyhall("programme", "apply", "starter")
        menus = [call.params["commands"] for call in await desk.town.calls(method="setMyCommands")]
        checked = await desk.studyhall("check")
    entries = await desk.here("export", "points", "--format", "json")
    totals = await desk.here("export", "points", "--year", "2026", "--sheet", "totals", "--format", "xlsx")
    wrong = await desk.here("export", "points", "--sheet", "presses")

    assert any("card" in str(menu) for menu in menus[len(before) :])
    assert not any("card" in str(menu) for menu in menus[: len(before)])
    assert applied.out == ["《学习计划（入门模板）》已启用，这是首次启用学习计划。"]
    assert "✓ 学习计划：正在使用《学习计划（入门模板）》（starter）。" in checked.out
    assert (entries.status, totals.status, wrong.status) == (0, 0, 1)
    assert (desk.folder / "points.json").read_bytes() == b"[]"
    rows = list(load_workbook(desk.folder / "points.xlsx").active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert rows[0] == ("单位", "姓名", "编号", "年度合计", "备注")
    assert rows[1][:4] == ("示范区/第一支部", "安娜", "A1", 0)
    assert wrong.err == ["没有名为 presses 的表。可选：entries, totals"]
