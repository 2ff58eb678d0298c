"""The bot's commands, names, descriptions and menu button."""

from __future__ import annotations

import re
from typing import Any

from sandbox.asked import Asked, acts_on
from sandbox.errors import bad_request
from sandbox.limits import (
    BOT_DESCRIPTION_LENGTH,
    BOT_NAME_LENGTH,
    BOT_SHORT_DESCRIPTION_LENGTH,
    COMMAND_DESCRIPTION_LENGTH,
    COMMAND_LENGTH,
    COMMANDS,
)
from sandbox.profile import Scope, scope_of
from sandbox.targets import found_chat

_COMMAND = re.compile(r"[a-z0-9_]+")
_LANGUAGE = re.compile(r"([a-z]{2})?")
_LENGTHS = {
    "name": BOT_NAME_LENGTH,
    "description": BOT_DESCRIPTION_LENGTH,
    "short_description": BOT_SHORT_DESCRIPTION_LENGTH,
}


@acts_on("setMyCommands")
def set_my_commands(asked: Asked) -> bool:
    """Fill the command menu for a scope and a language."""
    commands: list[dict[str, Any]] = asked.params["commands"]
    if len(commands) > COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    key = (_scope(asked), _language(asked))
    asked.profile.commands[key] = [_command(one) for one in commands]
    return True


@acts_on("getMyCommands")
def get_my_commands(asked: Asked) -> list[dict[str, Any]]:
    """The command menu of exactly this scope and language."""
    return asked.profile.commands.get((_scope(asked), _language(asked)), [])


@acts_on("deleteMyCommands")
def delete_my_commands(asked: Asked) -> bool:
    """Leave the menu of a scope and a language to the wider ones."""
    asked.profile.commands.pop((_scope(asked), _language(asked)), None)
    return True


@acts_on("setMyName", "setMyDescription", "setMyShortDescription")
def set_text(asked: Asked) -> bool:
    """Say something of the bot in a language; nothing takes it back."""
    kind = _kind(asked)
    text = asked.get(kind) or ""
    if len(text) > _LENGTHS[kind]:
        raise bad_request(f"bot {kind.replace('_', ' ')} is too long")
    language = _language(asked)
    if text:
        asked.profile.texts[kind][language] = text
    elif kind != "name" or language:
        asked.profile.texts[kind].pop(language, None)
    return True


@acts_on("getMyName", "getMyDescription", "getMyShortDescription")
def get_text(asked: Asked) -> dict[str, str]:
    """What the bot says of itself in a language."""
    kind = _kind(asked)
    return {kind: asked.profile.text(kind, _language(asked))}


@acts_on("setChatMenuButton")
def set_chat_menu_button(asked: Asked) -> bool:
    """Choose what the button beside the text field opens, for one person or for all."""
    asked.profile.menu_buttons[_person(asked)] = asked.get("menu_button") or {"type": "default"}
    return True


@acts_on("getChatMenuButton")
def get_chat_menu_button(asked: Asked) -> dict[str, Any]:
    """What the button beside the text field opens."""
    buttons = asked.profile.menu_buttons
    return dict(buttons.get(_person(asked)) or buttons.get(0) or {"type": "commands"})


def _kind(asked: Asked) -> str:
    named = asked.method[len("setMy") :]
    return "short_description" if named == "ShortDescription" else named.lower()


def _person(asked: Asked) -> int:
    chat_id: int = asked.get("chat_id") or 0
    if chat_id and (chat_id < 0 or chat_id not in asked.world.chats):
        raise bad_request("chat not found")
    return chat_id


def _scope(asked: Asked) -> Scope:
    raw = asked.get("scope")
    if raw is not None and "chat_id" in raw:
        chat = found_chat(asked.world, raw["chat_id"])
        if chat is None:
            raise bad_request("chat not found")
        raw = {**raw, "chat_id": chat.id}
    return scope_of(raw)


def _language(asked: Asked) -> str:
    language: str = asked.get("language_code") or ""
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language_code specified")
    return language


def _command(raw: dict[str, Any]) -> dict[str, Any]:
    name = raw["command"].removeprefix("/")
    if len(name) not in COMMAND_LENGTH or not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    description = raw["description"].strip()
    if len(description) not in COMMAND_DESCRIPTION_LENGTH:
        raise bad_request(
            f"command description length must not exceed {COMMAND_DESCRIPTION_LENGTH.stop - 1}"
            if description
            else "command description must be non-empty"
        )
    return {"command": name, "description": description}
