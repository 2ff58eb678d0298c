"""Keyboards under messages: what Telegram takes and what it refuses."""

from __future__ import annotations

from typing import Any

from sandbox.errors import bad_request
from sandbox.limits import BUTTONS, BUTTONS_A_ROW, CALLBACK_DATA_BYTES
from sandbox.text.links import checked_url, mentioned_user

_LOOKS = frozenset({"text", "icon_custom_emoji_id", "style"})
_STYLES = frozenset({"danger", "success", "primary"})


def read(raw: dict[str, Any] | None) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """The inline keyboard of a message, and any other reply markup; each ``None`` if there is none.

    Raises:
        ApiError: 400, too many buttons or one that is not allowed.
    """
    if raw is None:
        return None, None
    if "inline_keyboard" not in raw:
        return None, raw
    rows = [row for row in raw["inline_keyboard"] if row]
    if not rows:
        return None, None
    if sum(map(len, rows)) > BUTTONS:
        raise bad_request("reply markup is too long")
    for row in rows:
        if len(row) > BUTTONS_A_ROW:
            raise bad_request(f"inline keyboard row has {len(row)} buttons, at most {BUTTONS_A_ROW} are shown")
        for button in row:
            _check(button)
    return {"inline_keyboard": rows}, None


def _check(button: dict[str, Any]) -> None:
    if not button["text"].strip():
        raise bad_request("can't parse inline keyboard button: button text must be non-empty")
    actions = button.keys() - _LOOKS
    if not actions or button.get("callback_data") == "":
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        named = ", ".join(sorted(actions))
        raise bad_request(f"can't parse inline keyboard button: only one of {named} may be given")
    if "style" in button and button["style"] not in _STYLES:
        raise bad_request("can't parse inline keyboard button: invalid button style specified")
    if "callback_data" in button and len(button["callback_data"].encode()) > CALLBACK_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button:
        _check_url(button["url"])


def _check_url(url: str) -> None:
    if mentioned_user(url) is None and checked_url(url) is None:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
