"""The sandbox's numbers and methods against the Bot API's description and python-telegram-bot's constants."""

import inspect
from pathlib import Path

import pytest
from telegram import Bot, constants

from sandbox import Sandbox, api, limits, methods
from sandbox.asked import METHODS
from sandbox.methods.answers import bare_emoji
from sandbox.params import Mismatch, check, read
from sandbox.spec import PATH, load
from sandbox.updates import DEFAULT_KINDS, UpdateQueue
from tests.sandbox.talking import HandClock

ACTED_ON = [
    "getMe",
    "getUpdates",
    "setWebhook",
    "deleteWebhook",
    "getWebhookInfo",
    "logOut",
    "close",
    "sendMessage",
    "sendPhoto",
    "sendDocument",
    "sendAudio",
    "sendVoice",
    "sendVideo",
    "sendMediaGroup",
    "copyMessage",
    "forwardMessage",
    "editMessageText",
    "editMessageCaption",
    "editMessageReplyMarkup",
    "editMessageMedia",
    "deleteMessage",
    "deleteMessages",
    "answerCallbackQuery",
    "sendChatAction",
    "getChat",
    "getChatMember",
    "getChatAdministrators",
    "getChatMemberCount",
    "leaveChat",
    "pinChatMessage",
    "unpinChatMessage",
    "setMyCommands",
    "getMyCommands",
    "deleteMyCommands",
    "setMyName",
    "getMyName",
    "setMyDescription",
    "getMyDescription",
    "setMyShortDescription",
    "getMyShortDescription",
    "setChatMenuButton",
    "getChatMenuButton",
    "getFile",
    "getUserProfilePhotos",
    "setMessageReaction",
]


def test_the_methods_it_acts_on() -> None:
    """All that the bot may need, each of them in the description; importing the rooms registers them."""
    assert inspect.ismodule(methods)
    assert set(METHODS) == set(ACTED_ON)
    assert set(METHODS) <= set(load().methods)


def test_the_whole_bot_api_is_known() -> None:
    """Every method and type of Bot API 10.1, from its source; the file says where it comes from."""
    spec = load()

    assert spec.version == "Bot API 10.1"
    assert (len(spec.methods), len(spec.objects) + len(spec.unions)) == (180, 359)
    assert "telegram-bot-api-spec (MIT)" in PATH.read_text()
    assert "telegram-bot-api-spec" in Path(PATH).with_name("NOTICE").read_text()


def test_every_type_that_a_field_names_is_described() -> None:
    """Nothing in the trimmed copy points to something that was trimmed away."""
    spec = load()
    simple = {"String", "Integer", "Float", "Boolean", "True", "InputFile"}

    named = {
        kind.replace("Array of ", "")
        for fields in (*spec.methods.values(), *spec.objects.values())
        for field in fields.values()
        for kind in field.types
    }

    assert named - simple - set(spec.objects) - set(spec.unions) == set()


def test_every_parameter_ptb_knows_is_in_the_description() -> None:
    """What PTB's Bot can pass to a method that we act on, the description has too: nothing is refused by mistake."""
    spec = load()
    of_ptb_alone = {
        *("self", "args", "kwargs", "read_timeout", "write_timeout", "connect_timeout", "pool_timeout", "api_kwargs"),
        *("reply_to_message_id", "allow_sending_without_reply", "disable_web_page_preview", "filename"),
        *("caption", "parse_mode", "caption_entities"),
        *("location", "contact", "venue"),
    }
    for name in METHODS:
        method = getattr(Bot, "".join(f"_{c.lower()}" if c.isupper() else c for c in name))
        known = set(spec.methods[name])

        assert set(inspect.signature(method).parameters) - known - of_ptb_alone <= {"for_bot"}, name


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (limits.TEXT_LENGTH, constants.MessageLimit.MAX_TEXT_LENGTH),
        (limits.CAPTION_LENGTH, constants.MessageLimit.CAPTION_LENGTH),
        (limits.ENTITIES, constants.MessageLimit.MESSAGE_ENTITIES),
        (limits.TOAST_LENGTH, constants.CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH),
        (limits.CALLBACK_DATA_BYTES, constants.InlineKeyboardButtonLimit.MAX_CALLBACK_DATA),
        (limits.BUTTONS, constants.InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER),
        (limits.BUTTONS_A_ROW, constants.InlineKeyboardMarkupLimit.BUTTONS_PER_ROW),
        (limits.UPDATES_A_POLL, constants.PollingLimit.MAX_LIMIT),
        (limits.MESSAGES_A_SECOND, constants.FloodLimit.MESSAGES_PER_SECOND),
        (limits.PRIVATE_MESSAGES_A_SECOND, constants.FloodLimit.MESSAGES_PER_SECOND_PER_CHAT),
        (limits.GROUP_MESSAGES_A_MINUTE, constants.FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP),
        (limits.ALBUM.start, constants.MediaGroupLimit.MIN_MEDIA_LENGTH),
        (limits.ALBUM.stop - 1, constants.MediaGroupLimit.MAX_MEDIA_LENGTH),
        (limits.BULK.start, constants.BulkRequestLimit.MIN_LIMIT),
        (limits.BULK.stop - 1, constants.BulkRequestLimit.MAX_LIMIT),
        (limits.COMMANDS, constants.BotCommandLimit.MAX_COMMAND_NUMBER),
        (limits.COMMAND_LENGTH.start, constants.BotCommandLimit.MIN_COMMAND),
        (limits.COMMAND_LENGTH.stop - 1, constants.BotCommandLimit.MAX_COMMAND),
        (limits.COMMAND_DESCRIPTION_LENGTH.start, constants.BotCommandLimit.MIN_DESCRIPTION),
        (limits.COMMAND_DESCRIPTION_LENGTH.stop - 1, constants.BotCommandLimit.MAX_DESCRIPTION),
        (limits.BOT_NAME_LENGTH, constants.BotNameLimit.MAX_NAME_LENGTH),
        (limits.BOT_DESCRIPTION_LENGTH, constants.BotDescriptionLimit.MAX_DESCRIPTION_LENGTH),
        (limits.BOT_SHORT_DESCRIPTION_LENGTH, constants.BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH),
        (limits.WEBHOOK_CONNECTIONS.start, constants.WebhookLimit.MIN_CONNECTIONS_LIMIT),
        (limits.WEBHOOK_CONNECTIONS.stop - 1, constants.WebhookLimit.MAX_CONNECTIONS_LIMIT),
        (limits.WEBHOOK_SECRET_LENGTH.start, constants.WebhookLimit.MIN_SECRET_TOKEN_LENGTH),
        (limits.WEBHOOK_SECRET_LENGTH.stop - 1, constants.WebhookLimit.MAX_SECRET_TOKEN_LENGTH),
    ],
)
def test_the_numbers_are_telegrams(ours: int, theirs: int) -> None:
    """Each limit that python-telegram-bot collected is ours too."""
    assert ours == theirs


def test_files_as_large_as_ptb_says_pass() -> None:
    """PTB rounds to millions of bytes; Telegram, as its own refusals say, counts in 1024s."""
    assert constants.FileSizeLimit.FILESIZE_DOWNLOAD <= limits.DOWNLOAD_BYTES
    assert constants.FileSizeLimit.FILESIZE_UPLOAD <= limits.UPLOAD_BYTES
    assert constants.FileSizeLimit.PHOTOSIZE_UPLOAD <= limits.PHOTO_BYTES


def test_actions_and_reactions_are_those_of_ptb() -> None:
    """Neither one too few nor one too many."""
    assert {str(one.value) for one in constants.ChatAction} == methods.answers.ACTIONS
    assert {bare_emoji(one.value) for one in constants.ReactionEmoji} == methods.answers.REACTIONS


def test_the_kinds_of_updates_are_those_of_the_description() -> None:
    """The default leaves out only what the Bot API says has to be asked for."""
    kinds = set(load().objects["Update"]) - {"update_id"}

    assert kinds >= DEFAULT_KINDS
    assert kinds - DEFAULT_KINDS >= {"chat_member", "message_reaction", "message_reaction_count"}
    assert UpdateQueue(HandClock()).kinds == DEFAULT_KINDS


def test_what_is_not_acted_on_is_real() -> None:
    """A parameter that is refused because the sandbox would have to pretend exists in the Bot API."""
    every = {name for fields in load().methods.values() for name in fields}

    assert every >= api.NOT_ACTED_ON


@pytest.mark.parametrize(
    ("types", "value", "understood"),
    [
        (("Integer",), "-1001", -1001),
        (("Integer", "String"), "@name", "@name"),
        (("Boolean",), "true", True),
        (("Boolean",), "0", False),
        (("Float",), "0.5", 0.5),
        (("Array of Integer",), "[1, 2]", [1, 2]),
        (("String",), 5, "5"),
        (("ReactionType",), {"type": "emoji", "emoji": "👍"}, {"type": "emoji", "emoji": "👍"}),
        (("MessageEntity",), '{"type": "bold", "offset": 0, "length": 1}', {"type": "bold", "offset": 0, "length": 1}),
    ],
)
def test_values_are_read_by_type(types: tuple[str, ...], value: object, understood: object) -> None:
    """Forms carry text; numbers, flags and objects are read from it."""
    assert check(load(), types, value) == understood


@pytest.mark.parametrize(
    ("types", "value", "problem"),
    [
        (("Integer",), "1.5", "expected an integer"),
        (("Integer",), True, "expected an integer"),
        (("Integer",), "9" * 20, "expected an integer"),
        (("Float",), "much", "expected a number"),
        (("Float",), [], "expected a number"),
        (("Boolean",), "perhaps", "expected true or false"),
        (("Array of Integer",), "5", "expected an array"),
        (("Array of Integer",), [1, "x"], "expected an integer"),
        (("BotCommand",), [], "expected an object"),
        (("BotCommand",), {"command": "x"}, 'field "description" of BotCommand is missing'),
        (("BotCommand",), {"command": 5, "description": "x"}, "expected a string"),
        (("ReactionType",), {"type": "shrug"}, 'unknown type "shrug"'),
    ],
)
def test_values_of_another_type_are_told(types: tuple[str, ...], value: object, problem: str) -> None:
    """What was expected, not what went wrong inside."""
    with pytest.raises(Mismatch, match=problem):
        check(load(), types, value)


def test_empty_values_are_not_given() -> None:
    """An empty text is as good as none, but for an empty webhook address."""
    assert read(load(), "getUpdates", {"offset": "", "limit": None}) == {}
    assert read(load(), "setWebhook", {"url": ""}) == {"url": ""}


@pytest.mark.parametrize("token", ["", "abc", "123:short", f"123:{'A' * 34}!", f"x:{'A' * 35}"])
def test_a_token_has_a_form(token: str) -> None:
    """A typo in a token shows where the sandbox is made."""
    with pytest.raises(ValueError, match="a token is a number"):
        Sandbox(tokens=(token,))
