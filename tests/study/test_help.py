"""The help of somebody who may do everything, with everything switched on."""

import html
import re
from zoneinfo import ZoneInfo

import pytest

from handlers.present.general import Help, help_
from handlers.registry import COMMANDS, help_lines, is_there
from handlers.room import Where, Who
from handlers.texts import Texts
from study.programme.reading import folder_of, read_programme
from study.programme.whole import Programme

TELEGRAM_TAKES = 4096


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en"])
@pytest.mark.parametrize("private", [True, False])
def test_the_longest_help_fits_into_a_message_under_headings(language: str, private: bool) -> None:
    """An admin's help with every part on: grouped, everyday things first, and short enough for one message."""
    here = [c for c in COMMANDS if c.where is Where.ANYWHERE or (c.where is Where.PRIVATE) == private]
    groups = [c for c in COMMANDS if private and c.where is Where.GROUP]
    view = Help(
        programme="学习计划" * 8,
        everyone=help_lines(c for c in here if c.who is Who.EVERYONE),
        organisers=help_lines(c for c in here if c.who is not Who.EVERYONE),
        elsewhere=help_lines(groups),
    )

    # Telegram counts what is left once the formatting is read; what is over would be cut off when it is shown.
    text = html.unescape(re.sub(r"<[^>]+>", "", help_(view, Texts(language, ZoneInfo("Asia/Shanghai"))).text))

    assert len(text) <= TELEGRAM_TAKES
    if private:
        assert view.everyone[0].name == "checkin"
        assert text.index("/checkin") < text.index("/card") < text.index("/help")


def test_help_lists_what_is_switched_on() -> None:
    """Without a programme there is nothing of its parts; the starter has points, and no works or rounds."""
    none = {c.name for c in COMMANDS if is_there(c, Programme())}
    starter = {c.name for c in COMMANDS if is_there(c, read_programme(folder_of("starter")))}

    assert not none & {"card", "rank", "works", "round", "menu", "notes", "speech"}
    assert {"checkin", "tasks", "help", "contest", "rollcall", "sessions"} <= none
    assert starter - none >= {"card", "rank", "dispute"}
    assert not starter & {"works", "round", "notes"}
