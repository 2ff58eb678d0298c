"""What the light server knows: updates that wait for the bot, calls that came, and answers made as cheaply as can be."""

import asyncio
import re
import time
from collections import deque
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

import orjson

from benchmarks.light.limits import Gate, Limits
from benchmarks.light.wire import Connection

BOT = {
    "id": 900, "is_bot": True, "first_name": "Studyhall", "username": "studyhall_bot", "can_join_groups": True,
    "can_read_all_group_messages": True, "supports_inline_queries": False,
}  # fmt: skip
_TRUE = b'{"ok":true,"result":true}'
_ME = orjson.dumps({"ok": True, "result": BOT})
_CONFLICT = orjson.dumps({"ok": False, "error_code": 409, "description": "Conflict: terminated by other getUpdates"})
_WEBHOOK = orjson.dumps({"ok": True, "result": {"url": "", "has_custom_certificate": False, "pending_update_count": 0}})
_PART = re.compile(rb'name="?(chat_id|message_id)"?\r\n(?:[^\r\n]+\r\n)*\r\n(-?\d+)')
_FREE = ("sendChatAction",)


def parameters(content_type: str, body: bytes) -> dict[str, Any]:
    """The parameters of a call, from JSON or a form; of a form with files only the chat and the message."""
    if content_type.startswith("application/json"):
        return dict(orjson.loads(body)) if body else {}
    if content_type.startswith("application/x-www-form-urlencoded"):
        return dict(parse_qsl(body.decode(), keep_blank_values=True))
    return {name.decode(): value.decode() for name, value in _PART.findall(body)}


class Town:
    """Updates in, calls out; every time is monotonic seconds, the same clock in every process of this machine."""

    def __init__(self) -> None:
        self.delay = self.poll_delay = 0.0
        self.gate: Gate | None = None
        self.follow: frozenset[str] = frozenset()
        self.tell: Callable[[dict[str, Any]], None] = lambda _: None
        self._ready: deque[tuple[int, bytes]] = deque()
        self._poll: tuple[Connection, int, asyncio.TimerHandle] | None = None
        self._next_message = 1_000
        self.forget()

    def forget(self) -> None:
        """Forget what was noted; updates that wait stay."""
        self.polls: list[tuple[float, float, float, list[int]]] = []
        self.due: dict[int, float] = {}
        self.calls: list[tuple[float, str, int, str, bytes]] = []
        self.counts: dict[str, int] = {}
        self._awaited: list[tuple[str, int, Callable[[], None]]] = []

    def limit(self, limits: Limits | None) -> None:
        """Enforce these from now on."""
        self.gate = None if limits is None else Gate(limits)

    def feed(self, updates: list[dict[str, Any]], at: list[float] | None) -> None:
        """Let updates wait for the bot in the order given, at once or each from its moment on (``at``, ascending)."""
        encoded = [(int(update["update_id"]), orjson.dumps(update)) for update in updates]
        if at is None:
            self._arrive(encoded, [time.monotonic()] * len(encoded))
            return
        loop = asyncio.get_running_loop()
        for one, moment in zip(encoded, at, strict=True):
            loop.call_at(moment, self._arrive, [one], [moment])

    def until(self, method: str, count: int, then: Callable[[], None]) -> None:
        """Call ``then`` once so many calls of a method have come since :meth:`forget`."""
        if self.counts.get(method, 0) >= count:
            then()
        else:
            self._awaited.append((method, count, then))

    @property
    def waiting(self) -> int:
        """How many updates are not confirmed."""
        return len(self._ready)

    def serve(self, connection: Connection, path: str, content_type: str, body: bytes, at: float) -> None:
        """Answer one call of the Bot API."""
        method = path.partition("?")[0].rpartition("/")[2]
        if method == "getUpdates":
            self._poll_begins(connection, parameters(content_type, body), at)
            self._note(method)
            return
        status, answer = 200, _TRUE
        if method == "getMe":
            answer = _ME
        elif method.startswith(("send", "edit", "copy", "forward", "getChat")) or method in self.follow:
            status, answer = self._message(method, parameters(content_type, body), at)
        elif method == "getWebhookInfo":
            answer = _WEBHOOK
        elif method == "getMyCommands":
            answer = b'{"ok":true,"result":[]}'
        self.calls.append((at, method, status, content_type, body))
        connection.answer(status, answer, self.delay)
        if status == 200:
            self._note(method)

    def _note(self, method: str) -> None:
        count = self.counts[method] = self.counts.get(method, 0) + 1
        if self._awaited:
            reached = [one for one in self._awaited if one[0] == method and count >= one[1]]
            for one in reached:
                self._awaited.remove(one)
                one[2]()

    def _message(self, method: str, given: dict[str, Any], at: float) -> tuple[int, bytes]:
        chat_id = int(given.get("chat_id", 0))
        if method.startswith("getChat"):
            result: Any = _creator(int(given.get("user_id", 1)))
            if method == "getChatAdministrators":
                result = [result]
            elif method == "getChat":
                result = {**_chat(chat_id), "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": {}}
            return 200, orjson.dumps({"ok": True, "result": result})
        counts = method.startswith(("send", "edit", "copy", "forward")) and method not in _FREE
        retry = self.gate.refused(chat_id, at) if self.gate is not None and counts else 0
        if retry:
            text = f"Too Many Requests: retry after {retry}"
            refusal = {"ok": False, "error_code": 429, "description": text, "parameters": {"retry_after": retry}}
            return 429, orjson.dumps(refusal)
        if not counts:
            self.tell({"method": method, "at": at, "parameters": given, "message_id": None})
            return 200, _TRUE
        number = int(given.get("message_id", 0))
        if not method.startswith("edit"):
            self._next_message += 1
            number = self._next_message
        message = {"message_id": number, "from": BOT, "date": int(time.time()), "chat": _chat(chat_id)}
        if "text" in given:
            message["text"] = given["text"]
        if method in self.follow:
            self.tell({"method": method, "at": at, "parameters": given, "message_id": number})
        return 200, orjson.dumps({"ok": True, "result": message})

    def _arrive(self, updates: list[tuple[int, bytes]], moments: list[float]) -> None:
        for (number, encoded), moment in zip(updates, moments, strict=True):
            self.due[number] = moment
            self._ready.append((number, encoded))
        if self._poll is not None:
            connection, limit, timer = self._poll
            self._poll = None
            timer.cancel()
            self._hand(connection, limit, time.monotonic())

    def _poll_begins(self, connection: Connection, given: dict[str, Any], at: float) -> None:
        offset, limit = int(given.get("offset") or 0), int(given.get("limit") or 100)
        if self._poll is not None:
            before, _, timer = self._poll
            timer.cancel()
            self._poll = None
            before.answer(409, _CONFLICT, self.poll_delay)
        if offset > 0:
            # Everything below is confirmed, in whatever order it was handed out.
            while self._ready and self._ready[0][0] < offset:
                self._ready.popleft()
            if any(number < offset for number, _ in list(self._ready)[:limit]):
                self._ready = deque(one for one in self._ready if one[0] >= offset)
        if self._ready or not int(given.get("timeout") or 0):
            self._hand(connection, limit, at)
            return
        timer = asyncio.get_running_loop().call_later(int(given["timeout"]), self._poll_ends)
        self._poll = (connection, limit, timer)
        connection.gone = lambda: self._hang_up(connection)

    def _hang_up(self, connection: Connection) -> None:
        if self._poll is not None and self._poll[0] is connection:
            self._poll[2].cancel()
            self._poll = None

    def _poll_ends(self) -> None:
        if self._poll is not None:
            connection, limit, _ = self._poll
            self._poll = None
            self._hand(connection, limit, time.monotonic())

    def _hand(self, connection: Connection, limit: int, asked: float) -> None:
        batch = [self._ready[index] for index in range(min(limit, len(self._ready)))]
        numbers = [number for number, _ in batch]
        made = time.monotonic()

        def written(at: float) -> None:
            self.polls.append((asked, made, at, numbers))

        body = b'{"ok":true,"result":[' + b",".join(encoded for _, encoded in batch) + b"]}"
        connection.answer(200, body, self.poll_delay, written)


def _chat(chat_id: int) -> dict[str, Any]:
    if chat_id > 0:
        return {"id": chat_id, "type": "private", "first_name": f"成员{chat_id}"}
    return {"id": chat_id, "type": "supergroup", "title": f"竞赛群{-chat_id}"}


def _creator(user_id: int) -> dict[str, Any]:
    user = {"id": user_id, "is_bot": False, "first_name": f"成员{user_id}"}
    return {"status": "creator", "user": user, "is_anonymous": False}
