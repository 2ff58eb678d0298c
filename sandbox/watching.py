"""The people's side that looks on and that stages: live events, answers to presses, calls, faults, files, quiet."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import orjson
from aiohttp import web

from sandbox import mediamaking, membership
from sandbox.asking import Absent, Wishes, json
from sandbox.errors import NotPossible
from sandbox.faults import Fault
from sandbox.files import StoredFile

if TYPE_CHECKING:
    from sandbox.server import Sandbox

_SIGN_OF_LIFE = 15.0
"""Seconds between the comments that keep a silent event stream open."""
_LONGEST_WAIT = 60.0


def routes(sandbox: Sandbox) -> list[web.AbstractRouteDef]:
    """The routes that watch and stage."""
    side = Watching(sandbox)
    return [
        web.get("/sandbox/events", side.events),
        web.get("/sandbox/callbacks/{id}", side.callback),
        web.get("/sandbox/files/{file_id}", side.file),
        web.get("/sandbox/calls", side.calls),
        web.post("/sandbox/faults", side.stage),
        web.delete("/sandbox/faults", side.clear),
        web.post("/sandbox/redeliver", side.redeliver),
        web.post("/sandbox/updates", side.put_update),
        web.get("/sandbox/quiet", side.quiet),
        web.get("/sandbox/scene", side.scene),
    ]


class Watching:
    """What one can see from outside, and the trouble one can make."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    async def events(self, request: web.Request) -> web.StreamResponse:
        """What happens to a person, as it happens; a reconnect goes on after ``Last-Event-ID``."""
        wishes = Wishes.of_address(request)
        user_id = wishes.number("as")
        membership.known_user(self._sandbox.world, user_id)
        journal = self._sandbox.world.journal
        seen = _last_seen(request, wishes, journal.seq)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"})
        watcher = journal.watch()
        try:
            await response.prepare(request)
            await response.write(b"retry: 1000\n\n")
            while not journal.closed:
                watcher.clear()
                fresh = journal.after(seen, user_id)
                seen = journal.seq
                for one in fresh:
                    data = orjson.dumps(one.data)
                    await response.write(b"id: %d\nevent: %s\ndata: %s\n\n" % (one.seq, one.kind.encode(), data))
                await self._wait(watcher, response)
        except ConnectionResetError:
            pass  # the reader went away, which ends the stream and nothing else
        finally:
            journal.leave(watcher)
        return response

    @staticmethod
    async def _wait(watcher: asyncio.Event, response: web.StreamResponse) -> None:
        try:
            async with asyncio.timeout(_SIGN_OF_LIFE):
                await watcher.wait()
        except TimeoutError:
            await response.write(b": still here\n\n")

    async def callback(self, request: web.Request) -> web.Response:
        """What the bot answered to a press; ``wait`` seconds for it if it has not."""
        query = self._sandbox.world.queries.find(request.match_info["id"])
        if query is None:
            raise Absent(f"there is no callback query {request.match_info['id']}")
        wait = Wishes.of_address(request).maybe_seconds("wait")
        if wait:
            answered = asyncio.ensure_future(query.answered.wait())
            stopping = asyncio.ensure_future(self._sandbox.stopping.wait())
            try:
                await asyncio.wait(
                    (answered, stopping), timeout=min(wait, _LONGEST_WAIT), return_when=asyncio.FIRST_COMPLETED
                )
            finally:
                answered.cancel()
                stopping.cancel()
        return json(query.shown())

    async def file(self, request: web.Request) -> web.Response:
        """The bytes of a file."""
        stored = self._sandbox.world.files.find(request.match_info["file_id"])
        if stored is None:
            raise Absent(f"there is no file {request.match_info['file_id']}")
        return web.Response(body=stored.upload.content, headers=_file_headers(stored))

    async def calls(self, request: web.Request) -> web.Response:
        """What the bot asked for."""
        wishes = Wishes.of_address(request)
        found = self._sandbox.calls.after(wishes.maybe_number("after") or 0, wishes.text("method", "") or None)
        return json([call.shown() for call in found])

    async def stage(self, request: web.Request) -> web.Response:
        """Stage trouble."""
        wishes = await Wishes.of(request)
        self._sandbox.stage(fault_of(wishes, self._sandbox.clock.now()))
        return json({"ok": True})

    async def clear(self, _: web.Request) -> web.Response:
        """No more trouble."""
        self._sandbox.faults.clear()
        self._sandbox.world.updates.duplicate_next = 0
        return json({"ok": True})

    async def redeliver(self, request: web.Request) -> web.Response:
        """Hand out updates once more."""
        update_ids = (await Wishes.of(request)).numbers("update_ids")
        try:
            self._sandbox.world.updates.redeliver(update_ids)
        except KeyError as unknown:
            raise NotPossible(f"there was no update {unknown}") from None
        return json({"ok": True})

    async def put_update(self, request: web.Request) -> web.Response:
        """Put an update on the queue as it is given."""
        update = (await Wishes.of(request)).fields
        return json({"update_id": self._sandbox.world.updates.put_raw(update)})

    async def quiet(self, _: web.Request) -> web.Response:
        """Whether the bot has been told everything."""
        return json({"quiet": self._sandbox.quiet})

    async def scene(self, _: web.Request) -> web.Response:
        """What the demo shows."""
        return json(self._sandbox.scene)


def _file_headers(stored: StoredFile) -> dict[str, str]:
    """Pictures and sounds are shown; all else is only ever downloaded.

    Shown as a page, somebody's HTML (or a picture that calls itself HTML) could act as the visitor.
    """
    kind = mediamaking.mime_type(stored.kind, stored.upload)
    shown = stored.kind != "document" and kind.startswith(("image/", "audio/", "video/")) and "svg" not in kind
    name = f"attachment; filename*=UTF-8''{quote(stored.upload.name)}"
    return {
        "Content-Type": kind if shown else "application/octet-stream",
        "Content-Disposition": "inline" if shown else name,
        "X-Content-Type-Options": "nosniff",
    }


def fault_of(wishes: Wishes, now: float) -> Fault:
    """A fault as it is asked for.

    Raises:
        NotPossible: a field is missing or unknown.
    """
    known = {"kind", "method", "chat_id", "times", "seconds", "retry_after", "code", "description"}
    for name in wishes.fields:
        if name not in known:
            raise NotPossible(f'a fault has no "{name}"')
    kind = wishes.text("kind")
    times, seconds = wishes.maybe_number("times"), wishes.maybe_seconds("seconds")
    lasting = seconds is not None and kind != "delay"
    chat_id: Any = wishes.fields.get("chat_id")
    return Fault(
        kind=kind,
        method=wishes.text("method", "") or None,
        chat_id=None if chat_id is None else str(chat_id),
        times=times if times is not None else None if lasting else 1,
        until=now + seconds if lasting and seconds is not None else None,
        seconds=seconds or 0.0,
        retry_after=wishes.maybe_number("retry_after") or 1,
        code=wishes.maybe_number("code") or 500,
        description=wishes.text("description", "") or None,
    )


def _last_seen(request: web.Request, wishes: Wishes, newest: int) -> int:
    named = request.headers.get("Last-Event-ID") or wishes.text("after", "")
    # A number that was never given comes from a sandbox that ran before this one: what is here begins now.
    return min(int(named), newest) if named.isdecimal() else newest
