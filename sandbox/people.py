"""The people of a sandbox, for tests and for players: each acts through the server, as the web page does.

async with Town(url) as town:
    anna = await town.person("Anna")
    group = await town.group("第一支部", [anna])
    await anna.says("/checkin", group)
    press = await anna.presses("签到", chat=group)
    assert await anna.toast(press) == "…"
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Self

import aiohttp

from sandbox.seen import Button, Call, File, Message, Press, Sent, read_call, read_message, read_sent

__all__ = ["Button", "Call", "File", "Group", "Message", "Person", "Press", "Refused", "Sent", "Town", "read_message"]

_EVERYTHING = 1_000_000


class Refused(Exception):
    """The sandbox would not let a person do this; the text says why."""


class Town:
    """One sandbox, seen from the people's side.

    Args:
        session: whose connections are used; without one the town has its own and closes it.
    """

    def __init__(self, url: str, session: aiohttp.ClientSession | None = None) -> None:
        self.url = url.rstrip("/")
        self._given = session
        self._own: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Let go of the connections, unless they were given."""
        if self._own is not None:
            await self._own.close()
            self._own = None

    async def ask(self, method: str, path: str, **request: Any) -> Any:
        """One request to ``/sandbox{path}``; what it answers, read from JSON.

        Raises:
            Refused: the sandbox says why.
        """
        async with self._session().request(method, f"{self.url}/sandbox{path}", **request) as response:
            answer = await response.json()
        if response.status != 200:
            raise Refused(answer["error"])
        return answer

    async def person(
        self,
        name: str,
        *,
        id: int | None = None,  # noqa: A002 - what Telegram calls it
        username: str | None = None,
        language_code: str = "zh-hans",
    ) -> Person:
        """Somebody new."""
        wanted = {"id": id, "first_name": name, "username": username, "language_code": language_code}
        user = await self.ask("POST", "/users", json={key: value for key, value in wanted.items() if value is not None})
        return Person(self, user["id"], name)

    async def people(self) -> list[Person]:
        """Everyone who is there."""
        return [Person(self, user["id"], user["first_name"]) for user in await self.ask("GET", "/users")]

    async def group(
        self,
        title: str,
        members: Sequence[Person],
        *,
        type: Literal["group", "supergroup"] = "supergroup",  # noqa: A002 - what Telegram calls it
        id: int | None = None,  # noqa: A002
        bot: bool = True,
    ) -> Group:
        """A new group with these members, the first its owner, and the bot."""
        wanted = {"type": type, "title": title, "members": [member.id for member in members], "bot": bot, "id": id}
        chat = await self.ask("POST", "/chats", json={key: value for key, value in wanted.items() if value is not None})
        return Group(self, chat["id"], title)

    async def calls(self, after: int = 0, method: str | None = None) -> list[Call]:
        """What the bot asked for since call number ``after``."""
        named = {"method": method} if method else {}
        found = await self.ask("GET", "/calls", params={"after": after, **named})
        return [read_call(one) for one in found]

    async def fault(self, kind: str, **how: Any) -> None:
        """Stage trouble: ``method``, ``chat_id``, ``times``, ``seconds``, ``retry_after``, ``code``, ``description``."""
        await self.ask("POST", "/faults", json={"kind": kind, **how})

    async def clear_faults(self) -> None:
        """No more trouble."""
        await self.ask("DELETE", "/faults")

    async def redeliver(self, *update_ids: int) -> None:
        """Hand out updates once more."""
        await self.ask("POST", "/redeliver", json={"update_ids": list(update_ids)})

    async def put_update(self, update: Mapping[str, Any]) -> int:
        """Put an update on the queue as it is; its id."""
        answer = await self.ask("POST", "/updates", json=dict(update))
        return int(answer["update_id"])

    async def quiet(self) -> bool:
        """Whether the bot has been told everything and asks for more."""
        return bool((await self.ask("GET", "/quiet"))["quiet"])

    async def file(self, file: File | str) -> bytes:
        """The bytes of a file.

        Raises:
            Refused: there is none.
        """
        file_id = file.id if isinstance(file, File) else file
        async with self._session().get(f"{self.url}/sandbox/files/{file_id}") as response:
            if response.status != 200:
                raise Refused((await response.json())["error"])
            return await response.read()

    def _session(self) -> aiohttp.ClientSession:
        if self._given is not None:
            return self._given
        if self._own is None:
            self._own = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), trust_env=False)
        return self._own


@dataclass(frozen=True, slots=True)
class Group:
    """A group chat."""

    town: Town = field(repr=False, compare=False)
    id: int
    title: str

    async def add(self, person: Person, *, status: str = "member") -> None:
        """Somebody joins, or gets another part (``administrator``)."""
        await self.town.ask("POST", f"/chats/{self.id}/members", json={"user_id": person.id, "status": status})

    async def remove(self, person: Person) -> None:
        """Somebody leaves."""
        await self.add(person, status="left")

    async def set_bot(self, status: str) -> None:
        """The bot becomes ``member`` or ``administrator``, or is ``kicked``."""
        await self.town.ask("POST", f"/chats/{self.id}/bot", json={"status": status})

    async def upgrade(self) -> Group:
        """The group becomes a supergroup."""
        chat = await self.town.ask("POST", f"/chats/{self.id}/upgrade")
        return Group(self.town, chat["id"], self.title)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who talks to the bot."""

    town: Town = field(repr=False, compare=False)
    id: int
    name: str

    async def says(self, text: str, chat: Group | None = None, *, reply_to: int | None = None) -> Sent:
        """Write in a chat; without one in the private chat with the bot."""
        wanted: dict[str, Any] = {"from": self.id, "text": text}
        if reply_to is not None:
            wanted["reply_to"] = reply_to
        return read_sent(await self.town.ask("POST", f"/chats/{self._in(chat)}/messages", json=wanted))

    async def sends(
        self,
        file: bytes,
        name: str,
        *,
        kind: str = "document",
        caption: str | None = None,
        chat: Group | None = None,
    ) -> Sent:
        """Send a photo, file, voice message …"""
        # Unquoted, as browsers write it: a Chinese name arrives as it is.
        form = aiohttp.FormData(quote_fields=False)
        form.add_field("from", str(self.id))
        form.add_field("kind", kind)
        if caption:
            form.add_field("caption", caption)
        form.add_field("file", io.BytesIO(file), filename=name)
        return read_sent(await self.town.ask("POST", f"/chats/{self._in(chat)}/messages", data=form))

    async def edits(self, sent: Sent, text: str) -> Sent:
        """Change what was written."""
        path = f"/chats/{sent.chat_id}/messages/{sent.id}/edit"
        return read_sent(await self.town.ask("POST", path, json={"from": self.id, "text": text}))

    async def presses(
        self,
        button: str | None = None,
        *,
        chat: Group | None = None,
        message: Message | int | None = None,
        data: str | None = None,
    ) -> Press:
        """Press the button with this label (or the first whose label begins so).

        Args:
            message: under which message; by default the newest in the chat that has such a button.
            data: send this instead of what a button holds, as a forger would.

        Raises:
            Refused: there is no such button.
        """
        wanted: dict[str, Any] = {"from": self.id, "chat_id": self._in(chat)}
        if message is None and data is not None:
            message = await self._newest_with_buttons(chat)
        if message is not None:
            wanted["message_id"] = message.id if isinstance(message, Message) else message
            if isinstance(message, Message):
                wanted["chat_id"] = message.chat_id
        wanted.update({"data": data} if data is not None else {"text": button})
        answer = await self.town.ask("POST", "/press", json=wanted)
        return Press(answer["callback_query_id"], wanted["chat_id"], answer["message_id"], answer["update_id"])

    async def toast(self, press: Press, wait: float = 5) -> str | None:
        """What the bot answered to a press; ``None`` if it answered nothing, or not within ``wait`` seconds."""
        answer = await self.answer(press, wait)
        text: str | None = answer["text"]
        return text

    async def answer(self, press: Press, wait: float = 5) -> Mapping[str, Any]:
        """The whole answer to a press: ``answered``, ``text``, ``show_alert``, ``url``, ``at``."""
        found: Mapping[str, Any] = await self.town.ask("GET", f"/callbacks/{press.id}", params={"wait": str(wait)})
        return found

    async def messages(self, chat: Group | None = None, *, after: int | None = None) -> list[Message]:
        """What this person sees in a chat, the oldest first, as it is now; deleted ones are not seen."""
        limits = {"after": after} if after is not None else {}
        return await self._seen(chat, limit=_EVERYTHING, **limits)

    async def last(self, chat: Group | None = None) -> Message:
        """The newest message in a chat.

        Raises:
            LookupError: nothing was said there.
        """
        # Nearly always the newest is there; only where it was deleted it takes a second look.
        seen = await self._seen(chat, limit=1) or await self.messages(chat)
        if not seen:
            raise LookupError(f"{self.name} sees nothing in this chat")
        return seen[-1]

    async def chats(self) -> list[Mapping[str, Any]]:
        """The chats this person is in, the liveliest first."""
        found: list[Mapping[str, Any]] = await self.town.ask("GET", "/chats", params={"as": self.id})
        return found

    async def blocks(self) -> None:
        """Stop the bot."""
        await self.town.ask("POST", "/block", json={"user_id": self.id, "blocked": True})

    async def unblocks(self) -> None:
        """Let the bot talk again."""
        await self.town.ask("POST", "/block", json={"user_id": self.id, "blocked": False})

    async def deletes_account(self) -> None:
        """Be gone from everywhere."""
        await self.town.ask("POST", f"/users/{self.id}/delete")

    async def _seen(self, chat: Group | None, **limits: int) -> list[Message]:
        params = {"as": self.id, **limits}
        found = await self.town.ask("GET", f"/chats/{self._in(chat)}/messages", params=params)
        return [read_message(one) for one in found if not one["deleted"]]

    async def _newest_with_buttons(self, chat: Group | None) -> Message:
        for message in reversed(await self.messages(chat)):
            if message.buttons:
                return message
        raise Refused(f"{self.name} sees no button in this chat")

    def _in(self, chat: Group | None) -> int:
        return self.id if chat is None else chat.id
