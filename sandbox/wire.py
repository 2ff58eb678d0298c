"""Write the world as the Bot API does, and as the people's side shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.model import Chat, Message, Status, User
from sandbox.text.formatted import Formatted
from sandbox.text.render import as_html

if TYPE_CHECKING:
    from sandbox.world import World

ADMINISTRATOR_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)


def user(one: User) -> dict[str, Any]:
    """A person."""
    shown: dict[str, Any] = {"id": one.id, "is_bot": one.is_bot, "first_name": one.first_name}
    for name in ("last_name", "username", "language_code"):
        if value := getattr(one, name):
            shown[name] = value
    return shown


def chat(world: World, one: Chat) -> dict[str, Any]:
    """A chat, as every message names it."""
    shown: dict[str, Any] = {"id": one.id, "type": one.type}
    if one.type == "private":
        person = user(world.users[one.id])
        shown.update({name: person[name] for name in ("first_name", "last_name", "username") if name in person})
        return shown
    shown["title"] = one.title
    if one.username:
        shown["username"] = one.username
    return shown


def message(world: World, one: Message, *, nested: bool = False) -> dict[str, Any]:
    """A message; ``nested`` inside another one, where its own reply is left out."""
    place = world.chats[one.chat_id]
    shown: dict[str, Any] = {
        "message_id": one.id,
        "from": user(world.users[one.sender]),
        "chat": chat(world, place),
        "date": one.date,
    }
    if one.edit_date is not None:
        shown["edit_date"] = one.edit_date
    if one.reply_to is not None and not nested:
        replied = place.messages.get(one.reply_to)
        if replied is not None and not replied.deleted:
            shown["reply_to_message"] = message(world, replied, nested=True)
    if one.media:
        shown[one.media.kind] = one.media.shown
        shown.update(one.media.options)
    if one.text:
        name, entities = ("caption", "caption_entities") if one.media else ("text", "entities")
        shown[name] = one.text.text
        if one.text.entities:
            shown[entities] = _entities(world, one.text)
    shown.update(one.service)
    shown.update(one.more)
    if one.markup:
        shown["reply_markup"] = one.markup
    return shown


def _entities(world: World, text: Formatted) -> list[dict[str, Any]]:
    written = []
    for entity in text.entities:
        raw = entity.wire()
        if entity.type == "text_mention":
            person = world.users.get(entity.more["user"]["id"])
            if person is None:
                continue  # Telegram drops a mention of somebody it does not know
            raw["user"] = user(person)
        written.append(raw)
    return written


def shown(world: World, one: Message) -> dict[str, Any]:
    """A message as the people's side shows it: the Bot API's, and what only a reader knows."""
    return {
        **message(world, one),
        "chat_id": one.chat_id,
        "html": as_html(one.text) if one.text else "",
        "edits": one.edits,
        "deleted": one.deleted,
        "keyboard": one.keyboard,
        "reactions": [{"user_id": who, "reaction": list(what)} for who, what in one.reactions.items() if what],
    }


def member(world: World, user_id: int, status: Status) -> dict[str, Any]:
    """Somebody's part in a chat."""
    shown: dict[str, Any] = {"status": status, "user": user(world.users[user_id])}
    if status == "creator":
        shown["is_anonymous"] = False
    elif status == "administrator":
        shown.update({"can_be_edited": False, "is_anonymous": False, "can_promote_members": False})
        shown.update(dict.fromkeys(ADMINISTRATOR_RIGHTS, True))
    elif status == "kicked":
        shown["until_date"] = 0
    return shown


def member_updated(world: World, place: Chat, by: int, who: int, old: Status, new: Status) -> dict[str, Any]:
    """A change of somebody's part in a chat."""
    return {
        "chat": chat(world, place),
        "from": user(world.users[by]),
        "date": world.date,
        "old_chat_member": member(world, who, old),
        "new_chat_member": member(world, who, new),
    }
