"""``studyhall run``."""

import asyncio
import sqlite3
from pathlib import Path

import structlog
from telegram.error import InvalidToken, TelegramError

from bot import log
from bot.clock import SystemClock
from bot.commands.ending import stop_signal, unless
from bot.commands.outcome import Failed, read_config, storage_sentence, trouble_sentence, words_of
from bot.config import Config, wants_json_log
from bot.loading import certificates_when_used, httpx_when_used, loading
from bot.notify import ServiceManager
from storage import StorageError


def run(path: Path) -> None:
    """Run the bot until a signal ends it.

    Raises:
        Failed: it cannot start, or the token was withdrawn.
        SystemExit: the same where the log is JSON: the reason is its last line then.
    """
    try:
        _start(path)
    except Exception as error:
        if not wants_json_log(path):
            raise
        log.set_up("info", "json")
        logger = structlog.get_logger("bot")
        if isinstance(error, Failed):
            logger.critical("the bot cannot run", reason=error.sentence)
        else:
            logger.critical("the bot cannot run", reason=repr(error), exc_info=error)
        raise SystemExit(1) from None


def _start(path: Path) -> None:
    config, t = read_config(path)
    if not config.telegram.token.get_secret_value():
        raise Failed(t("{path}: telegram.token is missing; @BotFather gives you one.", path=path))
    if config.telegram.mode == "webhook" and not config.telegram.webhook.public_url:
        raise Failed(
            t("{path}: telegram.webhook.public_url is missing; Telegram has to know where to call.", path=path)
        )
    log.set_up(config.log.level, config.log.format)
    asyncio.run(_run(config))


async def _run(config: Config) -> None:
    # Only now, so that a mistyped key is told before all of the bot is loaded.
    with loading(), httpx_when_used(), certificates_when_used():
        from bot.app import App
        from bot.scheduler import ApschedulerAlarms

    t = words_of(config)
    stop = stop_signal()
    app = App(config, SystemClock(), ApschedulerAlarms)
    manager = ServiceManager.from_environment()
    try:
        if await unless(stop, app.start()):
            assert app.failed is not None
            manager.ready()
            with manager.watched(app.health.is_live):
                if await unless(stop, asyncio.shield(app.failed)):
                    app.failed.result()
    except StorageError as error:
        raise Failed(storage_sentence(error, t)) from error
    except InvalidToken as error:
        raise Failed(t("Telegram refuses the token. Copy it again from @BotFather into telegram.token.")) from error
    except TelegramError as error:
        raise Failed(
            t("{url} cannot be reached: {reason}", url=config.telegram.api_url, reason=error.message)
        ) from error
    except (OSError, sqlite3.Error) as error:
        known = trouble_sentence(error, config.storage.path, t) if isinstance(error, sqlite3.Error) else None
        if known is not None:
            raise Failed(known) from error
        raise Failed(t("Cannot listen or write: {reason}", reason=str(error))) from error
    finally:
        manager.stopping()
        await app.stop()
