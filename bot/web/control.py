"""A local socket beside the database, so that ``studyhall import`` reaches the bot that holds it.

Whoever may write the database may connect: the socket has the rights of its owner alone.
"""

import os
from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import ClientSession, UnixConnector, web
from pydantic import ValidationError

from bot.commands.applying import ProgrammeApplied
from bot.commands.importing import KINDS, Imported
from study.programme import Programme

_LARGEST = 64 * 1024 * 1024
_PATH_LIMIT = 100
"""A socket's path may have about 107 bytes (unix(7)); a longer one is put into the temporary folder."""

Import = Callable[[str, bytes, str, str | None, bool], Awaitable[Imported]]
Apply = Callable[[Programme], Awaitable[ProgrammeApplied]]


def socket_of(database: Path) -> Path:
    """Where the socket of a database is."""
    path = database.absolute().with_name(f"{database.name}.sock")
    if len(os.fsencode(path)) > _PATH_LIMIT:
        import hashlib
        import tempfile

        name = hashlib.sha256(os.fsencode(path)).hexdigest()[:24]
        return Path(tempfile.gettempdir()) / f"studyhall-{os.getuid()}-{name}.sock"
    return path


class Control:
    """Serves the socket while the bot is running."""

    def __init__(self, database: Path, take_in: Import, apply: Apply) -> None:
        self._path = socket_of(database)
        app = web.Application(client_max_size=_LARGEST)
        app.router.add_post("/import/{kind}", self._import)
        app.router.add_post("/programme", self._programme)
        self._take_in = take_in
        self._apply = apply
        self._listens = False
        self._runner = web.AppRunner(app, access_log=None)

    async def start(self) -> None:
        """Listen."""
        self._path.unlink(missing_ok=True)
        await self._runner.setup()
        before = os.umask(0o177)  # nobody else may connect, not even for a moment
        try:
            await web.UnixSite(self._runner, str(self._path)).start()
        finally:
            os.umask(before)
        self._listens = True

    async def stop(self) -> None:
        """Listen no more; the socket of another process, which holds the database, is left alone."""
        await self._runner.cleanup()
        if self._listens:
            self._listens = False
            self._path.unlink(missing_ok=True)

    async def _import(self, request: web.Request) -> web.Response:
        kind, asked = request.match_info["kind"], request.query
        if kind not in KINDS:
            raise web.HTTPNotFound()
        done = await self._take_in(
            kind, await request.read(), asked.get("filename", ""), asked.get("name"), asked.get("confirmed") == "1"
        )
        return web.Response(text=done.model_dump_json(), content_type="application/json")

    async def _programme(self, request: web.Request) -> web.Response:
        try:
            programme = Programme.model_validate_json(await request.read())
        except ValidationError as error:
            # The command is of another version than the bot that runs.
            raise web.HTTPBadRequest() from error
        done = await self._apply(programme)
        return web.Response(text=done.model_dump_json(), content_type="application/json")


async def ask_to_apply(database: Path, programme: Programme) -> ProgrammeApplied:
    """Let the running bot put a programme in force.

    Raises:
        aiohttp.ClientError, OSError: it does not answer, or is of another version.
    """
    async with (
        ClientSession(connector=UnixConnector(str(socket_of(database)))) as session,
        session.post("http://studyhall/programme", data=programme.model_dump_json().encode()) as answer,
    ):
        answer.raise_for_status()
        return ProgrammeApplied.model_validate_json(await answer.read())


async def ask_to_import(
    database: Path, kind: str, content: bytes, filename: str, *, name: str | None, confirmed: bool
) -> Imported:
    """Let the running bot import a file.

    Raises:
        aiohttp.ClientError, OSError: it does not answer.
    """
    query = {"filename": filename, "confirmed": "1" if confirmed else "0"}
    if name is not None:
        query["name"] = name
    async with (
        ClientSession(connector=UnixConnector(str(socket_of(database)))) as session,
        session.post(f"http://studyhall/import/{kind}", params=query, data=content) as answer,
    ):
        answer.raise_for_status()
        return Imported.model_validate_json(await answer.read())
