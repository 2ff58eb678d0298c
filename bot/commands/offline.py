"""The services on a database without a bot: for imports and exports from the command line."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.clock import SystemClock
from bot.commands.outcome import Failed, storage_sentence
from bot.config import Config
from bot.lock import DatabaseLock
from bot.services import open_house
from handlers.house import House
from handlers.texts import Texts
from storage import Database, StorageError, schema
from storage.errors import OldSchema


async def _no_telegram(_file_id: str) -> bytes:
    raise RuntimeError("there is no Telegram to fetch files from")


@asynccontextmanager
async def house_to_read(config: Config, t: Texts) -> AsyncIterator[House]:
    """The services on the database as it is, also while the bot is running; nothing can be written.

    Whatever is read is of one moment.

    Raises:
        Failed: there is no database, or it cannot be read by this version.
    """
    path = config.storage.path
    try:
        revision = schema.revision_of(path)
        if revision is None:
            raise Failed(t("There is no database at {path} yet.", path=path))
        if revision != schema.newest():
            schema.refuse_newer(path, revision)
            raise OldSchema(path=str(path))
    except StorageError as error:
        raise Failed(storage_sentence(error, t)) from error
    database = Database(path)
    await database.open(write=False)
    try:
        async with database.snapshot():
            yield open_house(config, SystemClock(), database, _no_telegram)
    finally:
        await database.close()


@asynccontextmanager
async def house_to_write(config: Config) -> AsyncIterator[House]:
    """The services on the database, made or migrated if need be; nobody else may be writing.

    Raises:
        StorageError: it cannot be used; ``InUse`` while the bot is running.
    """
    path = config.storage.path
    lock = DatabaseLock(path)
    lock.acquire()
    try:
        schema.upgrade(path)
        database = Database(path)
        await database.open()
        try:
            yield open_house(config, SystemClock(), database, _no_telegram)
        finally:
            await database.close()
    finally:
        lock.release()
