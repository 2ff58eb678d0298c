"""python-telegram-bot's own Bot against the sandbox: it sends everything we act on and parses everything we answer."""

import asyncio

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    LinkPreviewOptions,
    MenuButtonCommands,
    MessageEntity,
    MessageOriginUser,
    ReactionTypeEmoji,
    ReplyKeyboardMarkup,
    ReplyParameters,
    Update,
)
from telegram.constants import ChatAction, ChatMemberStatus, ParseMode
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter
from telegram.request import HTTPXRequest

from sandbox import Running, Sandbox
from sandbox.people import Group, Person, Town
from tests.sandbox.talking import png

GO = InlineKeyboardMarkup([[InlineKeyboardButton("抢答", callback_data="b:1")]])


async def taken(bot: Bot) -> list[Update]:
    """All that waits, confirmed."""
    updates = await bot.get_updates()
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1)
    return list(updates)


async def test_who_the_bot_is(bot: Bot) -> None:
    """getMe, as PTB wants it at its start."""
    assert (bot.id, bot.username, bot.first_name) == (110201543, "studyhall_bot", "Studyhall")
    assert bot.can_read_all_group_messages is True


async def test_messages_there_and_back(bot: Bot, anna: Person) -> None:
    """Text with entities, a keyboard, a reply, a preview switched off, an edit, a deletion."""
    question = await anna.says("怎么 /checkin ?")
    message = await bot.send_message(
        anna.id,
        "<b>😀 学</b> <a href='https://a.cn'>x</a>",
        parse_mode=ParseMode.HTML,
        reply_markup=GO,
        reply_parameters=ReplyParameters(question.id),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )

    assert message.parse_entities() == {message.entities[0]: "😀 学", message.entities[1]: "x"}
    assert message.text_html == '<b>😀 学</b> <a href="https://a.cn/">x</a>'
    assert message.reply_markup == GO
    assert message.reply_to_message is not None
    assert message.reply_to_message.parse_entities([MessageEntity.BOT_COMMAND]) == {
        message.reply_to_message.entities[0]: "/checkin"
    }
    assert message.link_preview_options == LinkPreviewOptions(is_disabled=True)
    edited = await message.edit_text("done")
    assert not isinstance(edited, bool)
    assert (edited.text, edited.reply_markup) == ("done", None)
    assert edited.edit_date is not None
    assert await message.delete() is True


async def test_files_there_and_back(bot: Bot, anna: Person) -> None:
    """Photo, document, voice, audio, video; an album; downloads; sending again by id."""
    photo = await bot.send_photo(anna.id, png(300, 200), caption="图", filename="p.png")
    assert [(size.width, size.height) for size in photo.photo] == [(90, 60), (300, 200)]
    assert bytes(await (await photo.photo[-1].get_file()).download_as_bytearray()) == png(300, 200)
    document = await bot.send_document(anna.id, b"plan", filename="计划.txt", caption="c", reply_markup=GO)
    assert document.document is not None
    assert (document.document.file_name, document.document.mime_type) == ("计划.txt", "text/plain")
    again = await bot.send_document(anna.id, document.document)
    assert again.document == document.document
    assert (await bot.send_voice(anna.id, b"OggS", duration=3)).voice.duration.total_seconds() == 3  # type: ignore[union-attr]
    assert (await bot.send_audio(anna.id, b"ID3", title="t")).audio.title == "t"  # type: ignore[union-attr]


async def test_albums_and_edited_media(bot: Bot, group: Group) -> None:
    """InputMedia in both places where it is taken."""
    album = await bot.send_media_group(
        group.id, [InputMediaPhoto(png(10, 10), caption="a"), InputMediaPhoto(png(20, 20))], caption=None
    )
    assert len({message.media_group_id for message in album}) == 1
    documents = await bot.send_media_group(group.id, [InputMediaDocument(b"1"), InputMediaDocument(b"2")])
    assert [message.document is not None for message in documents] == [True, True]
    edited = await bot.edit_message_media(
        InputMediaPhoto(png(30, 30), caption="<i>neu</i>", parse_mode=ParseMode.HTML), group.id, album[0].message_id
    )
    assert not isinstance(edited, bool)
    assert (edited.photo[-1].width, edited.caption_html) == (30, "<i>neu</i>")
    captioned = await bot.edit_message_caption(group.id, album[0].message_id, caption="b", reply_markup=GO)
    assert not isinstance(captioned, bool)
    assert captioned.caption == "b"


async def test_what_people_do_is_parsed(bot: Bot, anna: Person, bo: Person, group: Group, town: Town) -> None:
    """Messages, edits, presses, files, comings and goings: every update that we make is one of PTB's."""
    await group.set_bot("administrator")
    await bot.get_updates(allowed_updates=Update.ALL_TYPES)
    await taken(bot)
    sent = await anna.says("/rank@studyhall_bot", group)
    await anna.edits(sent, "/rank")
    await anna.sends(png(9, 9), "p.png", kind="photo", caption="心得", chat=group)
    await bot.send_message(group.id, "?", reply_markup=GO)
    await bo.presses("抢答", chat=group)
    await group.remove(bo)
    await bo.blocks()
    await group.set_bot("kicked")

    updates = await taken(bot)

    assert [next(name for name in Update.ALL_TYPES if getattr(update, name) is not None) for update in updates] == [
        "message",
        "edited_message",
        "message",
        "callback_query",
        "message",
        "chat_member",
        "my_chat_member",
        "message",
        "my_chat_member",
    ]
    command, edited, photo, press, left, change, blocked, gone, kicked = updates
    assert command.message is not None
    assert command.message.parse_entities() == {command.message.entities[0]: "/rank@studyhall_bot"}
    assert edited.effective_user is not None
    assert edited.effective_user.id == anna.id
    assert photo.message is not None
    assert (photo.message.caption, len(photo.message.photo)) == ("心得", 1)
    assert press.callback_query is not None
    assert (press.callback_query.data, press.callback_query.from_user.id) == ("b:1", bo.id)
    assert press.callback_query.message is not None
    assert press.callback_query.message.is_accessible
    assert left.message is not None
    assert left.message.left_chat_member == left.effective_user
    assert change.chat_member is not None
    assert change.chat_member.difference()["status"] == (ChatMemberStatus.MEMBER, ChatMemberStatus.LEFT)
    assert blocked.my_chat_member is not None
    assert blocked.my_chat_member.new_chat_member.status == ChatMemberStatus.BANNED
    assert gone.message is not None
    assert kicked.my_chat_member is not None
    assert kicked.my_chat_member.old_chat_member.status == ChatMemberStatus.ADMINISTRATOR


async def test_presses_are_answered(bot: Bot, anna: Person) -> None:
    """The toast arrives."""
    await bot.send_message(anna.id, "?", reply_markup=GO)
    await taken(bot)
    press = await anna.presses("抢答")
    (update,) = await taken(bot)
    assert update.callback_query is not None

    await update.callback_query.answer("到!", show_alert=True)

    assert await anna.toast(press) == "到!"


async def test_copies_forwards_pins_reactions(bot: Bot, anna: Person, group: Group) -> None:
    """The rest of what one does with messages."""
    await group.set_bot("administrator")
    original = await anna.sends(b"x", "x.txt", caption="c")
    copied = await bot.copy_message(group.id, anna.id, original.id, caption="d", reply_markup=GO)
    forwarded = await bot.forward_message(group.id, anna.id, original.id)
    assert isinstance(forwarded.forward_origin, MessageOriginUser)
    assert forwarded.forward_origin.sender_user.id == anna.id
    assert await bot.pin_chat_message(group.id, copied.message_id)
    assert (await bot.get_chat(group.id)).pinned_message.message_id == copied.message_id  # type: ignore[union-attr]
    assert await bot.unpin_chat_message(group.id, copied.message_id)
    assert await bot.set_message_reaction(group.id, copied.message_id, ReactionTypeEmoji("👍"))
    assert await bot.send_chat_action(group.id, ChatAction.TYPING)
    assert await bot.delete_messages(group.id, [copied.message_id, forwarded.message_id])
    reply_keyboard = ReplyKeyboardMarkup([["签到"]])
    assert (await bot.send_message(anna.id, "x", reply_markup=reply_keyboard)).reply_markup is None


async def test_chats_and_members(bot: Bot, anna: Person, group: Group) -> None:
    """What PTB asks about chats."""
    assert [member.user.id for member in await bot.get_chat_administrators(group.id)] == [anna.id]
    assert await bot.get_chat_member_count(group.id) == 3
    assert (await bot.get_chat_member(group.id, anna.id)).status == ChatMemberStatus.OWNER
    assert (await bot.get_chat(group.id)).title == "第一支部"
    assert (await bot.get_user_profile_photos(anna.id)).total_count == 0
    assert await bot.leave_chat(group.id)


async def test_the_bots_own_texts(bot: Bot, anna: Person) -> None:
    """Commands, names, descriptions, the menu button."""
    commands = (BotCommand("checkin", "签到"),)
    assert await bot.set_my_commands(commands, scope=BotCommandScopeChat(anna.id), language_code="zh")
    assert await bot.get_my_commands(scope=BotCommandScopeChat(anna.id), language_code="zh") == commands
    assert await bot.delete_my_commands(scope=BotCommandScopeChat(anna.id), language_code="zh")
    assert await bot.set_my_name("学习")
    assert (await bot.get_my_name()).name == "学习"
    assert await bot.set_my_description("d")
    assert (await bot.get_my_description()).description == "d"
    assert await bot.set_my_short_description("s")
    assert (await bot.get_my_short_description()).short_description == "s"
    assert await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert await bot.get_chat_menu_button() == MenuButtonCommands()


async def test_webhooks(bot: Bot) -> None:
    """Set, seen, deleted."""
    assert await bot.set_webhook(
        "https://bot.example/hook", secret_token="x", max_connections=7, allowed_updates=["message"]
    )
    info = await bot.get_webhook_info()
    assert (info.url, info.max_connections, info.allowed_updates) == ("https://bot.example/hook", 7, ("message",))
    with pytest.raises(Conflict):
        await bot.get_updates()
    assert await bot.delete_webhook(drop_pending_updates=True)
    assert (await bot.get_webhook_info()).url == ""


async def test_refusals_become_ptbs_errors(bot: Bot, anna: Person, town: Town) -> None:
    """Each refusal is the exception that PTB has for it, with what the bot needs to act on it."""
    group = await town.group("小组", [anna], type="group")
    new = await group.upgrade()
    carl = await town.person("Carl")
    await town.fault("retry", retry_after=9, chat_id=anna.id)

    with pytest.raises(RetryAfter) as flood:
        await bot.send_message(anna.id, "x")
    with pytest.raises(ChatMigrated) as migrated:
        await bot.send_message(group.id, "x")
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(carl.id, "x")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(5, "x")
    await town.fault("lost")
    with pytest.raises(NetworkError):
        await bot.send_message(anna.id, "x")
    await town.fault("html")
    with pytest.raises(NetworkError):
        await bot.send_message(anna.id, "x")

    assert migrated.value.new_chat_id == new.id
    wait = flood.value.retry_after
    assert (wait if isinstance(wait, int) else wait.total_seconds()) == 9


async def test_a_second_poller_is_ptbs_conflict(bot: Bot, sandbox: Sandbox) -> None:
    """The poll that waited ends in a Conflict."""
    first = asyncio.create_task(bot.get_updates(timeout=20))
    await sandbox.settled()
    second = asyncio.create_task(bot.get_updates(timeout=0))

    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await first
    await second


async def test_a_wrong_token_is_ptbs_invalid_token(running: Running) -> None:
    """What PTB says at its start."""
    bot = Bot(
        "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsax",
        base_url=f"{running.url}/bot",
        request=HTTPXRequest(httpx_kwargs={"trust_env": False}),
    )

    with pytest.raises(InvalidToken):
        await bot.initialize()
    await bot.shutdown()
