"""The drafts of zh-TW: made once, read by somebody, kept as they were mended, and made anew when zh-CN changes."""

import shutil
from pathlib import Path

import pytest

from handlers.texts import LOCALES
from tools import texts as tool


@pytest.fixture
def mainland(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One file of zh-CN in a folder of its own, where the tool works."""
    monkeypatch.setattr(tool, "LOCALES", tmp_path)
    folder = tmp_path / "zh_CN" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    return Path(shutil.copy(LOCALES / "zh_CN" / "LC_MESSAGES" / "leaves.po", folder))


def put(path: Path, old: str, new: str) -> None:
    """Change something in a file by hand."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("mainland_text", "taiwan_text"),
    [
        ("请把“题库”文件发到群里", "請把「題庫」檔案發到群組裡"),
        ("组织者后台里的默认信息只剩几条", "承辦人後台裡的預設資訊只剩幾條"),
        ("{n} 条记录已保存，评委请复核", "{n} 筆紀錄已儲存，評審請複核"),
        ("对象：一出即可", "對象：一出即可"),
    ],
)
def test_words_of_taiwan(mainland_text: str, taiwan_text: str) -> None:
    """OpenCC's words, the project's own, and Taiwan's quotation marks; fields stay."""
    assert tool.taiwan(mainland_text) == taiwan_text


def test_drafts_are_read_and_kept(mainland: Path) -> None:
    """Drafts count as missing until they are read; what was mended stays; what changed in zh-CN is drafted anew."""
    count = len(list(tool.entries("zh-CN")))
    taiwan = mainland.parents[2] / "zh_TW" / "LC_MESSAGES" / "leaves.po"

    drafts = tool.draft()
    unread = {one.keys[0] for one in tool.entries("zh-TW")} & set(tool.missing("zh-TW"))
    read = tool.mark_read()
    put(taiwan, 'msgstr "您沒有請假紀錄。"', 'msgstr "您還沒請過假。"')
    again = tool.draft()
    put(mainland, "请假已经开始", "假期已经开始")
    put(mainland, 'msgid "You cannot decide on your own leave."\nmsgstr "不能审批自己的请假。"\n\n', "")
    changed = tool.draft()
    found = {one.keys[0]: one for one in tool.entries("zh-TW")}

    assert (drafts, len(unread), read) == (count, count, count)
    assert (again, changed, len(found)) == (0, 1, count - 1)
    assert [one.texts for one in found.values() if one.fuzzy] == [("假期已經開始，不能再撤銷，請聯絡承辦人。",)]
    assert "您還沒請過假。" in {one.texts[0] for one in found.values()}
