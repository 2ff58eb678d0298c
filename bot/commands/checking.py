"""``studyhall check``: what is right and what is wrong, before the bot runs."""

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.commands.outcome import Failed, presets_or_fail, read_config, storage_sentence
from bot.commands.programmes import force_line, in_force
from bot.commands.terminal import out
from bot.config import Config
from bot.delivery.request import AiohttpRequest, proxy_from_environment
from handlers.texts import Texts
from storage import StorageError, schema


def check(path: Path) -> None:
    """Print a line for each thing that was looked at.

    Raises:
        Failed: something is wrong.
    """
    config, t = read_config(path)
    out.print("✓", t("Configuration: {path}", path=path), markup=False)
    problems = [
        sentence
        for look in (_presets, _database, _programme, _telegram, _webhook)
        if (sentence := _report(look, config, t))
    ]
    if problems:
        raise Failed("\n".join(f"✗ {problem}" for problem in problems))


def _report(look: Callable[[Config, Texts], tuple[bool, str]], config: Config, t: Texts) -> str | None:
    fine, sentence = look(config, t)
    if not fine:
        return sentence
    if sentence:
        out.print(f"✓ {sentence}", markup=False)
    return None


def _presets(config: Config, t: Texts) -> tuple[bool, str]:
    try:
        presets = presets_or_fail(config, t)
    except Failed as failure:
        return False, failure.sentence.replace("\n", "\n✗ ")
    if config.contest.own_presets is None:
        return True, ""
    return True, t("Presets: {names}", names=t(", ").join(presets))


def _database(config: Config, t: Texts) -> tuple[bool, str]:
    path = config.storage.path
    try:
        revision = schema.revision_of(path)
    except StorageError as error:
        return False, storage_sentence(error, t)
    except (OSError, sqlite3.Error) as error:
        return False, t("The database {path} cannot be opened: {reason}", path=path, reason=str(error))
    if revision is None:
        parent = path.absolute().parent
        if not parent.is_dir():
            return False, t("The folder of the database does not exist: {path}", path=parent)
        return True, t("Database: {path} is new and will be made at the first start.", path=path)
    if revision > schema.newest():
        return False, t(
            "{path} was written by a newer version of Studyhall (schema {found}; this one knows {known}). Update Studyhall.",
            path=path,
            found=revision,
            known=schema.newest(),
        )
    if revision < schema.newest():
        return True, t(
            "Database: {path} is at schema {found}; the next start takes a backup and brings it to {known}.",
            path=path,
            found=revision,
            known=schema.newest(),
        )
    return True, t("Database: {path}", path=path)


def _programme(config: Config, t: Texts) -> tuple[bool, str]:
    return True, force_line(in_force(config, t), t)


def _telegram(config: Config, t: Texts) -> tuple[bool, str]:
    token = config.telegram.token.get_secret_value()
    if not token:
        return False, t("telegram.token is missing; @BotFather gives you one.")
    try:
        name = asyncio.run(_who_am_i(token, config.telegram.api_url.rstrip("/")))
    except InvalidToken:
        return False, t("Telegram refuses the token. Copy it again from @BotFather into telegram.token.")
    except (TelegramError, ValueError) as error:
        return False, t("{url} cannot be reached: {reason}", url=config.telegram.api_url, reason=str(error))
    return True, t("Telegram: {url} knows the bot as @{name}.", url=config.telegram.api_url, name=name)


async def _who_am_i(token: str, api_url: str) -> str:
    request = AiohttpRequest(proxy=proxy_from_environment(api_url))
    bot = Bot(token, base_url=f"{api_url}/bot", request=request, get_updates_request=AiohttpRequest())
    async with bot:
        return bot.username


def _webhook(config: Config, t: Texts) -> tuple[bool, str]:
    if config.telegram.mode != "webhook":
        return True, ""
    url = config.telegram.webhook.public_url
    if not url:
        return False, t("telegram.webhook.public_url is missing; Telegram has to know where to call.")
    return True, t("Webhook: Telegram will call {url}", url=f"{url.rstrip('/')}/telegram")
