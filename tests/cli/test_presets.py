"""``studyhall presets``: rule sheets are listed, read in words, copied, and what is wrong in them is named."""

from tests.cli.desk import Desk


async def test_listed_shown_and_copied(desk: Desk) -> None:
    """The shipped ones come with the bot; a copy in the own folder takes their place."""
    own = desk.config("own.toml", contest={"presets": "presets"})

    refused = await desk.here("presets", "copy", "final")
    copied = await desk.here("presets", "copy", "final", "-c", own)
    again = await desk.here("presets", "copy", "final", "-c", own)
    renamed = await desk.here("presets", "copy", "buzzer", "--as", "科级", "-c", own)
    listed = await desk.here("presets", "list", "-c", own)
    shown = await desk.here("presets", "show", "final", "-c", own)
    unknown = await desk.here("presets", "show", "nothing", "-c", own)

    assert refused.status == 1
    assert "请先在 config.toml 中指定自己的文件夹" in refused.err[0]
    assert copied.status == renamed.status == 0
    assert again.status == 1
    assert "已存在，未作改动" in again.err[0]
    names = [line.split()[0] for line in listed.out]
    assert set(names[:2]) == {"final", "科级"}, "one's own come first"
    assert {"final", "buzzer", "科级", "solo"} <= set(names)
    assert next(line for line in listed.out if line.startswith("buzzer ")).endswith("（自带）") or "自带" in "".join(
        listed.out
    )
    assert next(line for line in listed.out if line.startswith("final ")).endswith("presets/final.toml)")
    assert "• 每题之前间隔 4 秒。" in shown.out
    assert unknown.status == 1
    assert "没有名为“nothing”的竞赛形式" in unknown.err[0]


async def test_check_names_every_mistake_by_file_and_key(desk: Desk) -> None:
    """A broken sheet keeps the bot from starting, with a line for each mistake."""
    own = desk.config("own.toml", contest={"presets": "presets"})
    await desk.here("presets", "copy", "final", "-c", own)
    sheet = desk.write(
        "presets/mine.toml", 'base = "many"\ncolour = 1\n[title]\nzh-CN = "甲"\n[[segments]]\nkind = "quiz"\n'
    )

    checked = await desk.here("check", "-c", own)
    run = await desk.studyhall("run", "-c", own)
    sheet.unlink()
    good = await desk.here("check", "-c", own)

    wrong = [
        "mine.toml: segments[0].kind 不是可选的值：quiz",
        "mine.toml: base 的值类型不对：many",
        "mine.toml: colour 没有这个键",
        "mine.toml: title.en 缺少",
    ]
    assert checked.status == run.status == 1
    assert sorted(line.removeprefix("✗ ") for line in checked.err) == sorted(wrong)
    assert sorted(run.err) == sorted(wrong)
    assert any("竞赛形式：" in line and "final" in line for line in good.out)
