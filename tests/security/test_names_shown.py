"""Names and titles as attackers choose them, in everything that the bot shows."""

from zoneinfo import ZoneInfo

import handlers.registry  # noqa: F401 - it knows every presenter
from handlers.present.shown import Shown, presented, render
from handlers.texts import texts
from sandbox.text.html import parse
from tests.security.making import Unmakeable, made

ZONE = ZoneInfo("Asia/Shanghai")
PLAIN = "某人"
EVIL = "</b></i></blockquote><a href='https://evil.example'>x</a> & <tg-spoiler> {0.__class__} {n} %s {"
_CONFIGURED = {"contest.rules", "programme.card"}
"""Rules and numbers that have to fit each other; what is named in them comes from whoever sets the programme up."""


def shown(name: str, language: str) -> dict[str, Shown]:
    """Every view that can be filled with a name, as it goes out."""
    found = {}
    for kind, view in presented().items():
        try:
            found[kind] = render(kind, made(view, name).model_dump_json(), texts(language, ZONE))
        except (Unmakeable, LookupError, ValueError):
            continue
    return found


def test_no_name_is_ever_markup_or_a_pattern() -> None:
    """Whatever a view shows of a name, it comes out as it went in: no link, no format, nothing filled in, no error."""
    harmless = shown(PLAIN, "zh-CN")
    evil = shown(EVIL, "zh-CN")

    # A button's data has no room for so long a text; where that matters the field is no name but a word of ours.
    lost = {kind for kind in harmless.keys() - evil.keys() if not _is_a_key(kind)}
    assert not lost
    assert presented().keys() - harmless.keys() == _CONFIGURED
    del evil["general.help"]  # all of its words stand in the code
    for kind, message in evil.items():
        plain, entities = parse(message.text)
        assert not [one for one in entities if one.type in ("text_link", "spoiler")], (kind, message.text)
        assert "evil" not in plain or "<a href='https://evil" in plain, (kind, message.text)
        assert "class '" not in plain, (kind, message.text)


def _is_a_key(kind: str) -> bool:
    try:
        render(kind, made(presented()[kind], EVIL).model_dump_json(), texts("zh-CN", ZONE))
    except ValueError as error:
        return any(words in str(error) for words in ("callback data", "separator", "base 10"))
    return False
