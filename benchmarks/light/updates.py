"""Updates as Telegram writes them; :meth:`benchmarks.light.Light.feed` gives those without an ``update_id`` the next one."""

import time
from typing import Any


def user(number: int) -> dict[str, Any]:
    """Somebody."""
    return {
        "id": number, "is_bot": False, "first_name": f"成员{number}", "username": f"member{number}", "language_code": "zh-hans",
    }  # fmt: skip


def chat(number: int) -> dict[str, Any]:
    """A private chat if the number is above 0, else a group."""
    if number > 0:
        return {"id": number, "first_name": f"成员{number}", "username": f"member{number}", "type": "private"}
    return {"id": number, "title": f"竞赛群{-number}", "type": "supergroup"}


def press(
    by: int, in_chat: int, on: int, data: str, *, text: str = "第1题 下列说法中，哪一项是正确的？"
) -> dict[str, Any]:
    """``by`` presses the button ``data`` of the bot's message ``on``."""
    message = {
        "message_id": on,
        "from": {"id": 900, "is_bot": True, "first_name": "Studyhall", "username": "studyhall_bot"},
        "chat": chat(in_chat),
        "date": int(time.time()),
        "text": text,
        "reply_markup": {"inline_keyboard": [[{"text": "按钮", "callback_data": data}]]},
    }
    return {
        "callback_query": {"from": user(by), "message": message, "chat_instance": "-3520000000000000000", "data": data}
    }


def said(by: int, in_chat: int, text: str, *, message_id: int = 1) -> dict[str, Any]:
    """``by`` writes ``text``, a command if it begins with a slash."""
    message: dict[str, Any] = {
        "message_id": message_id, "from": user(by), "chat": chat(in_chat), "date": int(time.time()), "text": text,
    }  # fmt: skip
    if text.startswith("/"):
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split(" ", 1)[0])}]
    return {"message": message}
