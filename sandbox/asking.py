"""Read what a person's client asks for, and say plainly what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from aiohttp import BodyPartReader, web

from sandbox.errors import NotPossible
from sandbox.files import Upload
from sandbox.model import Chat

if TYPE_CHECKING:
    from sandbox.server import Sandbox


class Absent(NotPossible):
    """What is asked for does not exist."""


class Wishes:
    """The fields of one request, from JSON, a form or the address.

    Raises:
        NotPossible: from every reading method, if the field is missing or of another type.
    """

    def __init__(self, fields: dict[str, Any], upload: Upload | None = None) -> None:
        self.fields = fields
        self.upload = upload

    @classmethod
    async def of(cls, request: web.Request) -> Wishes:
        """Read a request's body."""
        if request.content_type == "multipart/form-data":
            return await _parts(request)
        body = await request.read()
        if not body:
            return cls({})
        try:
            fields = orjson.loads(body)
        except orjson.JSONDecodeError:
            raise NotPossible("the body is not JSON") from None
        if not isinstance(fields, dict):
            raise NotPossible("the body has to be a JSON object")
        return cls(fields)

    @classmethod
    def of_address(cls, request: web.Request) -> Wishes:
        """Read a request's query."""
        return cls(dict(request.query))

    def text(self, name: str, default: str | None = None) -> str:
        """A text."""
        value = self.fields.get(name)
        if value is None:
            if default is None:
                raise NotPossible(f'"{name}" is missing')
            return default
        if not isinstance(value, str):
            raise NotPossible(f'"{name}" has to be a text')
        return value

    def number(self, name: str) -> int:
        """A whole number."""
        value = self.maybe_number(name)
        if value is None:
            raise NotPossible(f'"{name}" is missing')
        return value

    def maybe_number(self, name: str) -> int | None:
        """A whole number, or nothing."""
        value = self.fields.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, str):
            try:
                return int(value)
            except ValueError:
                value = None
        if not isinstance(value, int) or isinstance(value, bool):
            raise NotPossible(f'"{name}" has to be a whole number')
        return value

    def maybe_seconds(self, name: str) -> float | None:
        """A length of time in seconds, or nothing."""
        value = self.fields.get(name)
        if value is None or value == "":
            return None
        try:
            seconds = float(value)
        except (TypeError, ValueError):
            seconds = -1.0
        if isinstance(value, bool) or not 0 <= seconds < float("inf"):
            raise NotPossible(f'"{name}" has to be a number of seconds')
        return seconds

    def numbers(self, name: str) -> list[int]:
        """A list of whole numbers; empty if it is not given."""
        value = self.fields.get(name) or []
        if not isinstance(value, list) or not all(isinstance(one, int) and not isinstance(one, bool) for one in value):
            raise NotPossible(f'"{name}" has to be a list of whole numbers')
        return value

    def flag(self, name: str, default: bool) -> bool:
        """Yes or no."""
        value = self.fields.get(name, default)
        if not isinstance(value, bool):
            raise NotPossible(f'"{name}" has to be true or false')
        return value


def chat_of(sandbox: Sandbox, request: web.Request) -> Chat:
    """The chat that the address names.

    Raises:
        Absent: there is none.
    """
    return chat_at(sandbox, address_number(request, "chat_id"))


def chat_at(sandbox: Sandbox, chat_id: int) -> Chat:
    """The chat with this id.

    Raises:
        Absent: there is none.
    """
    chat = sandbox.world.chats.get(chat_id)
    if chat is None:
        raise Absent(f"there is no chat {chat_id}")
    return chat


def address_number(request: web.Request, name: str) -> int:
    """A number in the address.

    Raises:
        Absent: it is none, so there is no such thing.
    """
    try:
        return int(request.match_info[name])
    except ValueError:
        raise Absent(f"there is no {request.match_info[name]}") from None


def json(data: Any, status: int = 200) -> web.Response:
    """An answer in JSON."""
    return web.Response(status=status, body=orjson.dumps(data), content_type="application/json")


@web.middleware
async def plainly(request: web.Request, handler: Any) -> web.StreamResponse:
    """Turn what is not possible into an answer that says so: ``{"error": "one sentence"}``."""
    try:
        answer: web.StreamResponse = await handler(request)
    except Absent as problem:
        return json({"error": str(problem)}, 404)
    except NotPossible as problem:
        return json({"error": str(problem)}, 400)
    return answer


async def _parts(request: web.Request) -> Wishes:
    try:
        return await _read_parts(request)
    except ValueError:
        raise NotPossible("the form is not readable") from None


async def _read_parts(request: web.Request) -> Wishes:
    fields: dict[str, Any] = {}
    upload = None
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            raise NotPossible("the form is not readable")
        content = bytes(await part.read())
        if part.filename is None:
            fields[part.name] = content.decode(errors="replace")
        elif part.name == "file":
            upload = Upload(part.filename, content, part.headers.get("Content-Type", ""))
        else:
            raise NotPossible(f'a file comes in the field "file", not "{part.name}"')
    return Wishes(fields, upload)
