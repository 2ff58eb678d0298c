"""Edits, deletions, answers to presses."""

import asyncio

import pytest

from sandbox.people import Group, Person, Refused, Town
from tests.sandbox.talking import Api, HandClock, Refusal, keyboard


async def test_an_edit_changes_the_message_in_its_place(api: Api, anna: Person, clock: HandClock) -> None:
    """Same id, new text, an edit date; the keyboard goes unless it is given again."""
    sent = await api("sendMessage", chat_id=anna.id, text="3", reply_markup=keyboard({"Go": "g"}))
    clock.advance(1)

    edited = await api(
        "editMessageText", chat_id=anna.id, message_id=sent["message_id"], text="<b>2</b>", parse_mode="HTML"
    )

    assert edited["edit_date"] == sent["date"] + 1
    assert "reply_markup" not in edited
    seen = await anna.last()
    assert (seen.id, seen.html, seen.edits, seen.buttons) == (sent["message_id"], "<b>2</b>", 1, ())


async def test_an_edit_that_changes_nothing_is_refused(api: Api, anna: Person) -> None:
    """Same text, same entities, same keyboard: 400; the difference of one of them is enough."""
    sent = await api(
        "sendMessage", chat_id=anna.id, text="<b>x</b>", parse_mode="HTML", reply_markup=keyboard({"Go": "g"})
    )
    where = {"chat_id": anna.id, "message_id": sent["message_id"]}

    with pytest.raises(Refusal) as refused:
        await api("editMessageText", **where, text=" <b>x</b>\n", parse_mode="HTML", reply_markup=keyboard({"Go": "g"}))
    with pytest.raises(Refusal, match="message is not modified"):
        await api("editMessageReplyMarkup", **where, reply_markup=keyboard({"Go": "g"}))

    assert refused.value.text == (
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
        " as a current content and reply markup of the message"
    )
    await api("editMessageText", **where, text="x", reply_markup=keyboard({"Go": "g"}))
    await api("editMessageReplyMarkup", **where, reply_markup=keyboard({"Go": "h"}))
    await api("editMessageReplyMarkup", **where)
    assert (await anna.last()).edits == 3


async def test_only_what_is_there_and_ones_own_can_be_edited(api: Api, anna: Person) -> None:
    """Not what was deleted, not what others wrote, not a caption where there is none."""
    theirs = await anna.says("mine")
    gone = await api("sendMessage", chat_id=anna.id, text="x")
    await api("deleteMessage", chat_id=anna.id, message_id=gone["message_id"])
    own = await api("sendMessage", chat_id=anna.id, text="x")

    for message_id, refusal in [
        (999, "message to edit not found"),
        (gone["message_id"], "message to edit not found"),
        (theirs.id, "message can't be edited"),
    ]:
        with pytest.raises(Refusal, match=refusal):
            await api("editMessageText", chat_id=anna.id, message_id=message_id, text="y")
    with pytest.raises(Refusal, match="there is no caption in the message to edit"):
        await api("editMessageCaption", chat_id=anna.id, message_id=own["message_id"], caption="y")
    with pytest.raises(Refusal, match="message identifier is not specified"):
        await api("editMessageText", chat_id=anna.id, text="y")


async def test_deleting(api: Api, anna: Person, group: Group, clock: HandClock) -> None:
    """Own messages for two days; others' in private, or as administrator."""
    own = await api("sendMessage", chat_id=group.id, text="x")
    theirs = await anna.says("hm", group)
    private = await anna.says("hm")

    await api("deleteMessage", chat_id=anna.id, message_id=private.id)
    with pytest.raises(Refusal, match=r"message can't be deleted$"):
        await api("deleteMessage", chat_id=group.id, message_id=theirs.id)
    with pytest.raises(Refusal, match="message to delete not found"):
        await api("deleteMessage", chat_id=group.id, message_id=999)
    clock.advance(48 * 3600 + 1)
    with pytest.raises(Refusal, match="message can't be deleted for everyone"):
        await api("deleteMessage", chat_id=group.id, message_id=own["message_id"])
    await group.set_bot("administrator")
    await api("deleteMessages", chat_id=group.id, message_ids=[own["message_id"], theirs.id, 998, theirs.id])

    assert private.id not in [one.id for one in await anna.messages()]
    assert [one.text for one in await anna.messages(group) if one.text] == []


async def test_too_many_or_no_messages_to_delete(api: Api, anna: Person) -> None:
    """1 to 100 at once."""
    for message_ids in ([], list(range(1, 102))):
        with pytest.raises(Refusal, match="message identifiers"):
            await api("deleteMessages", chat_id=anna.id, message_ids=message_ids)


async def test_a_press_gets_its_answer(api: Api, anna: Person) -> None:
    """The toast reaches the presser, and only once."""
    await api("sendMessage", chat_id=anna.id, text="x", reply_markup=keyboard({"A. 一": "a", "B. 二": "b"}))
    press = await anna.presses("B.")
    waiting = asyncio.create_task(anna.answer(press))

    await api("answerCallbackQuery", callback_query_id=press.id, text="对了", show_alert=True)

    answer = await waiting
    assert (answer["answered"], answer["text"], answer["show_alert"]) == (True, "对了", True)
    with pytest.raises(Refusal, match="query is too old and response timeout expired or query ID is invalid"):
        await api("answerCallbackQuery", callback_query_id=press.id)


async def test_an_answer_without_text_shows_nothing(api: Api, anna: Person) -> None:
    """The press is answered, with no toast."""
    await api("sendMessage", chat_id=anna.id, text="x", reply_markup=keyboard({"A": "a"}))
    press = await anna.presses("A")

    await api("answerCallbackQuery", callback_query_id=press.id)

    assert await anna.toast(press) is None
    assert (await anna.answer(press))["answered"] is True


async def test_an_answer_comes_in_time_or_not_at_all(api: Api, anna: Person, clock: HandClock) -> None:
    """150 seconds are in time, one more is not; a query that never was is like one too old."""
    await api("sendMessage", chat_id=anna.id, text="x", reply_markup=keyboard({"A": "a"}))
    first, second = await anna.presses("A"), await anna.presses("A")

    clock.advance(150)
    await api("answerCallbackQuery", callback_query_id=first.id, text="ok")
    clock.advance(1)

    for query_id in (second.id, "4611686018000000000"):
        with pytest.raises(Refusal, match="query is too old and response timeout expired or query ID is invalid"):
            await api("answerCallbackQuery", callback_query_id=query_id, text="late")
    assert (await anna.answer(second, wait=0))["answered"] is False


async def test_a_toast_has_two_hundred_characters(api: Api, anna: Person) -> None:
    """One more is refused and leaves the press unanswered."""
    await api("sendMessage", chat_id=anna.id, text="x", reply_markup=keyboard({"A": "a"}))
    press = await anna.presses("A")

    with pytest.raises(Refusal, match="MESSAGE_TOO_LONG"):
        await api("answerCallbackQuery", callback_query_id=press.id, text="题" * 201)
    await api("answerCallbackQuery", callback_query_id=press.id, text="题" * 200)

    assert await anna.toast(press) == "题" * 200


async def test_what_can_be_pressed(api: Api, anna: Person, bo: Person, town: Town, group: Group) -> None:
    """A button that is there, by somebody who is there; data may be anything of 1 to 64 bytes."""
    own = await api("sendMessage", chat_id=group.id, text="x", reply_markup=keyboard({"Go": "g"}))
    await api(
        "sendMessage",
        chat_id=group.id,
        text="y",
        reply_markup={"inline_keyboard": [[{"text": "Rules", "url": "https://example.org"}]]},
    )
    stranger = await town.person("Carl")
    words = await anna.says("no buttons", group)

    for press, refusal in [
        (anna.presses("Stop", chat=group), 'there is no button "Stop"; the newest buttons are: Rules'),
        (anna.presses("Rules", chat=group), "sends nothing to the bot: it is a url button"),
        (stranger.presses("Go", chat=group), "is not in chat"),
        (anna.presses("Go", chat=group, message=999), "there is no message 999"),
        (anna.presses(chat=group, message=words.id, data="g"), "is not the bot's"),
        (anna.presses(chat=group, message=own["message_id"], data="d" * 65), "1 to 64 bytes"),
    ]:
        with pytest.raises(Refused, match=refusal):
            await press
    await api.confirm_all()
    await bo.presses("Go", chat=group)
    await bo.presses(chat=group, message=own["message_id"], data="forged:1")

    assert [one["callback_query"]["data"] for one in await api.updates()] == ["g", "forged:1"]


async def test_reactions(api: Api, anna: Person) -> None:
    """One of Telegram's emoji, or none to take it back."""
    sent = await anna.says("心得")
    where = {"chat_id": anna.id, "message_id": sent.id}

    await api("setMessageReaction", **where, reaction=[{"type": "emoji", "emoji": "👍"}])
    reacted = (await anna.last()).raw["reactions"]
    with pytest.raises(Refusal, match="REACTION_INVALID"):
        await api("setMessageReaction", **where, reaction=[{"type": "emoji", "emoji": "📚"}])
    with pytest.raises(Refusal, match="message to react not found"):
        await api("setMessageReaction", chat_id=anna.id, message_id=999)
    await api("setMessageReaction", **where)

    assert [one["reaction"] for one in reacted] == [[{"type": "emoji", "emoji": "👍"}]]
    assert (await anna.last()).raw["reactions"] == []


async def test_chat_actions_are_checked(api: Api, anna: Person) -> None:
    """An action that does not exist is refused."""
    assert await api("sendChatAction", chat_id=anna.id, action="typing") is True
    with pytest.raises(Refusal, match="wrong parameter action in request"):
        await api("sendChatAction", chat_id=anna.id, action="thinking")
