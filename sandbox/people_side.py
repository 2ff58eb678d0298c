"""The people's side over HTTP: be somebody, write, press, look. ``docs/sandbox.md`` has the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from aiohttp import web

from sandbox import acts, membership, wire
from sandbox.asking import Wishes, address_number, chat_at, chat_of, json
from sandbox.errors import ApiError, NotPossible
from sandbox.mediamaking import KINDS, made
from sandbox.model import Chat, Message, Status, User

if TYPE_CHECKING:
    from sandbox.server import Sandbox

_SHOWN_AT_ONCE = 200


def routes(sandbox: Sandbox) -> list[web.AbstractRouteDef]:
    """The routes on which people act."""
    side = PeopleSide(sandbox)
    return [
        web.post("/sandbox/users", side.enter),
        web.get("/sandbox/users", side.users),
        web.post("/sandbox/users/{user_id}/delete", side.delete_account),
        web.post("/sandbox/chats", side.begin),
        web.get("/sandbox/chats", side.chats),
        web.post("/sandbox/chats/{chat_id}/members", side.set_member),
        web.get("/sandbox/chats/{chat_id}/members", side.members),
        web.post("/sandbox/chats/{chat_id}/bot", side.set_bot),
        web.post("/sandbox/chats/{chat_id}/upgrade", side.upgrade),
        web.post("/sandbox/chats/{chat_id}/read", side.read),
        web.post("/sandbox/chats/{chat_id}/messages", side.write),
        web.get("/sandbox/chats/{chat_id}/messages", side.messages),
        web.post("/sandbox/chats/{chat_id}/messages/{message_id}/edit", side.edit),
        web.post("/sandbox/chats/{chat_id}/messages/{message_id}/delete", side.delete),
        web.post("/sandbox/press", side.press),
        web.post("/sandbox/block", side.block),
        web.get("/sandbox/commands", side.commands),
    ]


class PeopleSide:
    """What people do, and what they see of it."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._world = sandbox.world

    async def enter(self, request: web.Request) -> web.Response:
        """A person enters."""
        wishes = await Wishes.of(request)
        user_id = wishes.maybe_number("id")
        if user_id is not None and user_id <= 0:
            raise NotPossible("the id of a person is positive")
        name = wishes.text("first_name")
        if not name.strip():
            raise NotPossible("a person needs a first name")
        user = User(
            user_id or self._world.free_user_id(),
            name,
            wishes.text("last_name", ""),
            wishes.text("username", ""),
            wishes.text("language_code", ""),
        )
        return json(wire.user(self._world.add_user(user)))

    async def users(self, _: web.Request) -> web.Response:
        """Everyone, the bot not counted."""
        return json([wire.user(one) for one in self._world.users.values() if not one.is_bot])

    async def delete_account(self, request: web.Request) -> web.Response:
        """A person is gone."""
        membership.deactivate(self._world, address_number(request, "user_id"))
        return json({"ok": True})

    async def begin(self, request: web.Request) -> web.Response:
        """A group begins."""
        wishes = await Wishes.of(request)
        kind = wishes.text("type", "supergroup")
        if kind not in {"group", "supergroup"}:
            raise NotPossible('the type of a chat is "group" or "supergroup"')
        title = wishes.text("title")
        if not title.strip():
            raise NotPossible("a group needs a title")
        chat = membership.begin_chat(
            self._world,
            "group" if kind == "group" else "supergroup",
            title,
            wishes.numbers("members"),
            chat_id=wishes.maybe_number("id"),
            username=wishes.text("username", ""),
            bot="member" if wishes.flag("bot", True) else None,
        )
        return json(wire.chat(self._world, chat))

    async def chats(self, request: web.Request) -> web.Response:
        """The chats that a person is in, the liveliest first."""
        user_id = Wishes.of_address(request).number("as")
        membership.known_user(self._world, user_id)
        mine = [chat for chat in self._world.chats.values() if chat.holds(user_id)]
        # A chat in which nothing was said comes last, in the order of its beginning.
        mine.sort(key=lambda chat: (last.date, last.id) if (last := chat.last()) else (-1, 0), reverse=True)
        return json([self._summary(chat, user_id) for chat in mine])

    def _summary(self, chat: Chat, user_id: int) -> dict[str, object]:
        last = chat.last()
        seen = chat.read.get(user_id, 0)
        unread = 0
        for message in reversed(chat.messages.values()):
            if message.id <= seen:
                break
            unread += message.sender != user_id and not message.deleted
        return {
            **wire.chat(self._world, chat),
            "last_message": wire.shown(self._world, last) if last else None,
            "unread": unread,
            "members": len(chat.present),
            "blocked": chat.blocked,
            "pinned": list(chat.pinned),
            "migrated_to": chat.migrated_to,
        }

    async def members(self, request: web.Request) -> web.Response:
        """Everyone in a chat, the bot included."""
        chat = chat_of(self._sandbox, request)
        return json([wire.member(self._world, who, chat.members[who]) for who in chat.members if chat.holds(who)])

    async def set_member(self, request: web.Request) -> web.Response:
        """Somebody joins, leaves, gets another part."""
        wishes = await Wishes.of(request)
        chat = chat_of(self._sandbox, request)
        status = _status(wishes)
        membership.set_member(self._world, chat, wishes.number("user_id"), status, by=wishes.maybe_number("by"))
        return json({"ok": True})

    async def set_bot(self, request: web.Request) -> web.Response:
        """The bot is added, promoted, thrown out."""
        wishes = await Wishes.of(request)
        chat = chat_of(self._sandbox, request)
        membership.set_bot(self._world, chat, _status(wishes), by=wishes.maybe_number("by"))
        return json({"ok": True})

    async def upgrade(self, request: web.Request) -> web.Response:
        """A group becomes a supergroup."""
        return json(wire.chat(self._world, membership.upgrade(self._world, chat_of(self._sandbox, request))))

    async def read(self, request: web.Request) -> web.Response:
        """A person has seen a chat to its end."""
        wishes = await Wishes.of(request)
        chat = chat_of(self._sandbox, request)
        chat.read[wishes.number("as")] = next(reversed(chat.messages), 0)
        return json({"ok": True})

    async def write(self, request: web.Request) -> web.Response:
        """A person says or sends something."""
        wishes = await Wishes.of(request)
        chat = chat_of(self._sandbox, request)
        sender, reply_to = wishes.number("from"), wishes.maybe_number("reply_to")
        if wishes.upload is None:
            sent = acts.writes(self._world, chat, sender, wishes.text("text"), reply_to=reply_to)
        else:
            kind = wishes.text("kind", "document")
            if kind not in KINDS:
                raise NotPossible(f'the kind of a file is one of {", ".join(KINDS)}, not "{kind}"')
            acts.may_write(self._world, chat, sender, reply_to)
            try:
                media = made(self._world.files, kind, wishes.upload)
            except ApiError as refusal:
                raise NotPossible(refusal.description) from None
            caption = wishes.text("caption", "")
            sent = acts.sends_file(self._world, chat, sender, media, caption=caption, reply_to=reply_to)
        message, update_id = sent
        return json({**wire.shown(self._world, message), "update_id": update_id})

    async def messages(self, request: web.Request) -> web.Response:
        """What a person sees of a chat: the newest messages, or those after one."""
        wishes = Wishes.of_address(request)
        chat = chat_of(self._sandbox, request)
        user_id = wishes.number("as")
        if not chat.holds(user_id):
            raise NotPossible(f"user {user_id} is not in chat {chat.id}")
        after, limit = wishes.maybe_number("after"), max(wishes.maybe_number("limit") or _SHOWN_AT_ONCE, 1)
        shown = _page(chat, after, limit)
        if shown:
            chat.read[user_id] = max(chat.read.get(user_id, 0), shown[-1].id)
        return json([wire.shown(self._world, one) for one in shown])

    async def edit(self, request: web.Request) -> web.Response:
        """A person changes what they wrote."""
        wishes = await Wishes.of(request)
        chat = chat_of(self._sandbox, request)
        sender, text = wishes.number("from"), wishes.text("text")
        message, update_id = acts.edits(self._world, chat, sender, address_number(request, "message_id"), text)
        return json({**wire.shown(self._world, message), "update_id": update_id})

    async def delete(self, request: web.Request) -> web.Response:
        """A person takes back what they wrote."""
        wishes = await Wishes.of(request)
        acts.deletes(
            self._world, chat_of(self._sandbox, request), wishes.number("from"), address_number(request, "message_id")
        )
        return json({"ok": True})

    async def press(self, request: web.Request) -> web.Response:
        """A person presses a button: found by label, by place, or with data of their own making."""
        wishes = await Wishes.of(request)
        user_id = wishes.number("from")
        chat = chat_at(self._sandbox, wishes.number("chat_id"))
        message_id = wishes.maybe_number("message_id")
        if wishes.fields.get("data") is not None:
            data = wishes.text("data")
            message_id = wishes.number("message_id")
        elif wishes.fields.get("text") is not None:
            message, found = acts.button(chat, wishes.text("text"), message_id)
            message_id, data = message.id, acts.data_of(found)
        else:
            message_id = wishes.number("message_id")
            pressed = chat.message(message_id)
            if pressed is None:
                raise NotPossible(f"there is no message {message_id}")
            data = acts.data_of(acts.at_place(pressed, wishes.number("row"), wishes.number("col")))
        query, update_id = acts.presses(self._world, chat, user_id, message_id, data)
        return json({"callback_query_id": query.id, "update_id": update_id, "message_id": message_id})

    async def block(self, request: web.Request) -> web.Response:
        """A person stops the bot, or lets it talk again."""
        wishes = await Wishes.of(request)
        membership.set_blocked(self._world, wishes.number("user_id"), wishes.flag("blocked", True))
        return json({"ok": True})

    async def commands(self, request: web.Request) -> web.Response:
        """The commands that a person sees in a chat."""
        wishes = Wishes.of_address(request)
        user_id = wishes.number("as")
        membership.known_user(self._world, user_id)
        chat = chat_at(self._sandbox, wishes.maybe_number("chat_id") or user_id)
        found = self._sandbox.profile.commands_for(
            user_id=user_id,
            chat_id=chat.id,
            language=self._world.users[user_id].language_code,
            administrator=chat.members.get(user_id) in {"creator", "administrator"},
        )
        return json(found)


def _page(chat: Chat, after: int | None, limit: int) -> list[Message]:
    """The newest messages of a chat, or the first ones after one; in the order in which they were said."""
    newest: list[Message] = []
    for message in reversed(chat.messages.values()):
        if (after is None and len(newest) >= limit) or (after is not None and message.id <= after):
            break
        newest.append(message)
    return newest[::-1][:limit]


def _status(wishes: Wishes) -> Status:
    given = wishes.text("status")
    for status in get_args(Status):
        if status == given:
            found: Status = status
            return found
    raise NotPossible(f'the status is one of {", ".join(get_args(Status))}, not "{given}"')
