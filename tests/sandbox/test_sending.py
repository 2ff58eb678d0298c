"""Messages of the bot: what arrives, and what is refused in Telegram's own words."""

from typing import Any

import pytest

from sandbox.people import Group, Person, Refused, Town
from tests.sandbox.talking import Api, HandClock, Refusal, keyboard


async def test_a_text_arrives(api: Api, anna: Person, clock: HandClock) -> None:
    """The answer is the message as the person sees it."""
    message = await api("sendMessage", chat_id=anna.id, text="欢迎")

    seen = await anna.last()
    assert (seen.id, seen.text, seen.sender) == (message["message_id"], "欢迎", message["from"]["id"])
    assert message["date"] == int(clock.now())
    assert message["chat"] == {
        "id": anna.id,
        "type": "private",
        "first_name": "Anna",
        "username": "anna_study",
    }


async def test_all_three_ways_of_passing_parameters_mean_the_same(api: Api, anna: Person) -> None:
    """JSON, an urlencoded form (all text) and the address."""
    await api("sendMessage", chat_id=anna.id, text="json", disable_notification=True)
    await api.form("sendMessage", chat_id=str(anna.id), text="form", disable_notification="true")
    await api.raw("sendMessage", params={"chat_id": anna.id, "text": "address"})

    assert [one.text for one in await anna.messages()][1:] == ["json", "form", "address"]


async def test_get_and_multipart_will_do_as_well(api: Api, anna: Person) -> None:
    """Any way that an HTTP client may choose."""
    params: dict[str, str | int] = {"chat_id": anna.id, "text": "got"}
    async with api.session.get(f"{api.url}/bot{api.token}/sendMessage", params=params) as response:
        assert response.status == 200
    await api.upload("sendMessage", {}, chat_id=anna.id, text="parts")

    assert [one.text for one in await anna.messages()][1:] == ["got", "parts"]


async def test_method_names_have_no_case(api: Api, anna: Person) -> None:
    """As with Telegram, sendmessage is sendMessage."""
    api.held_to_the_spec = False
    message = await api("sendmessage", chat_id=anna.id, text="hi")

    assert message["text"] == "hi"


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({"text": "x"}, "chat_id is empty"),
        ({"chat_id": 1}, "message text is empty"),
        ({"chat_id": 1, "text": ""}, "message text is empty"),
        ({"chat_id": 1, "text": "x"}, "chat not found"),
        ({"chat_id": -1002000099999, "text": "x"}, "chat not found"),
        ({"chat_id": "@nobody", "text": "x"}, "chat not found"),
        ({"chat_id": 1, "text": "x", "colour": "red"}, 'unknown parameter "colour" of sendMessage'),
        ({"chat_id": 1, "text": "x", "message_thread_id": 3}, 'does not act on parameter "message_thread_id"'),
        ({"chat_id": 1, "text": "x", "protect_content": "maybe"}, "can't parse protect_content"),
        ({"chat_id": 1, "text": "x", "reply_parameters": "{"}, "can't parse reply_parameters: it is not JSON"),
        ({"chat_id": 1, "text": "x", "reply_parameters": {}}, 'field "message_id" of ReplyParameters is missing'),
        ({"chat_id": 1, "text": "x", "entities": [{"type": "bold"}]}, 'field "offset" of MessageEntity is missing'),
    ],
)
async def test_wrong_parameters_are_refused(api: Api, params: dict[str, Any], refusal: str) -> None:
    """What does not fit the description of the method never takes effect."""
    with pytest.raises(Refusal) as refused:
        await api("sendMessage", **params)

    assert refused.value.code == 400
    assert refused.value.text.startswith("Bad Request: ")
    assert refusal in refused.value.text


async def test_who_never_wrote_cannot_be_written_to(api: Api, town: Town) -> None:
    """A bot can't begin a conversation."""
    carl = await town.person("Carl")

    with pytest.raises(Refusal, match=r"^Forbidden: bot can't initiate conversation with a user$") as refused:
        await api("sendMessage", chat_id=carl.id, text="hello?")

    assert refused.value.code == 403
    assert await carl.messages() == []


async def test_who_blocked_the_bot_gets_nothing_until_unblocked(api: Api, anna: Person) -> None:
    """403 while blocked; my_chat_member tells both turns."""
    await api.confirm_all()
    await anna.blocks()

    with pytest.raises(Refusal, match=r"^Forbidden: bot was blocked by the user$") as refused:
        await api("sendMessage", chat_id=anna.id, text="hello?")
    await anna.unblocks()
    await api("sendMessage", chat_id=anna.id, text="welcome back")

    assert refused.value.code == 403
    told = [one["my_chat_member"]["new_chat_member"]["status"] for one in await api.updates()]
    assert told == ["kicked", "member"]
    assert (await anna.last()).text == "welcome back"


async def test_who_deleted_their_account_is_out_of_reach(api: Api, anna: Person, bo: Person, group: Group) -> None:
    """403 in the words for that, gone from groups, and nothing can be done as them."""
    await bo.deletes_account()

    with pytest.raises(Refusal, match=r"^Forbidden: user is deactivated$") as refused:
        await api("sendMessage", chat_id=bo.id, text="hello?")
    with pytest.raises(Refused, match="deleted their account"):
        await bo.says("boo")

    assert refused.value.code == 403
    assert (await api("getChatMember", chat_id=group.id, user_id=bo.id))["status"] == "left"


async def test_a_bot_that_was_thrown_out_hears_nothing_and_says_nothing(api: Api, group: Group, anna: Person) -> None:
    """403 in the words of the kind of chat."""
    await group.set_bot("kicked")
    await api.confirm_all()

    with pytest.raises(Refusal, match=r"^Forbidden: bot was kicked from the supergroup chat$") as refused:
        await api("sendMessage", chat_id=group.id, text="hello?")
    sent = await anna.says("is it gone?", group)

    assert refused.value.code == 403
    assert sent.update_id is None
    assert await api.updates() == []


async def test_a_group_kicks_in_its_own_words(api: Api, town: Town, anna: Person) -> None:
    """A basic group calls itself a group chat."""
    group = await town.group("小组", [anna], type="group")
    await group.set_bot("kicked")

    with pytest.raises(Refusal, match=r"^Forbidden: bot was kicked from the group chat$"):
        await api("sendMessage", chat_id=group.id, text="hello?")


async def test_an_upgraded_group_names_its_new_id(api: Api, town: Town, anna: Person) -> None:
    """Both service messages come, the old id is refused with the new one in the parameters."""
    group = await town.group("小组", [anna], type="group")
    await api.confirm_all()

    new = await group.upgrade()

    with pytest.raises(Refusal, match="group chat was upgraded to a supergroup chat") as refused:
        await api("sendMessage", chat_id=group.id, text="hello?")
    assert refused.value.code == 400
    assert refused.value.parameters == {"migrate_to_chat_id": new.id}
    old_message, new_message = (one["message"] for one in await api.updates())
    assert old_message["migrate_to_chat_id"] == new.id
    assert (new_message["migrate_from_chat_id"], new_message["chat"]["type"]) == (group.id, "supergroup")
    assert (await api("sendMessage", chat_id=new.id, text="here"))["chat"]["id"] == new.id


async def test_text_is_counted_in_characters_after_parsing(api: Api, anna: Person) -> None:
    """4096 code points pass, be they two UTF-16 units each; one more does not. Tags do not count."""
    await api("sendMessage", chat_id=anna.id, text="😀" * 4096)
    await api("sendMessage", chat_id=anna.id, text=f"<b>{'学' * 4096}</b>", parse_mode="HTML")

    with pytest.raises(Refusal, match=r"^Bad Request: message is too long$"):
        await api("sendMessage", chat_id=anna.id, text="学" * 4097)


async def test_white_space_around_a_text_goes(api: Api, anna: Person) -> None:
    """A text of nothing else is empty."""
    message = await api("sendMessage", chat_id=anna.id, text=" \n<i> x</i>\n", parse_mode="HTML")

    assert message["text"] == "x"
    assert message["entities"] == [{"type": "italic", "offset": 0, "length": 1}]
    with pytest.raises(Refusal, match="message text is empty"):
        await api("sendMessage", chat_id=anna.id, text=" \n\t ")


async def test_replies_show_what_they_answer(api: Api, anna: Person) -> None:
    """A reply carries the message it answers; one to nothing is refused, or sent plain on request."""
    sent = await anna.says("how?")

    reply = await api("sendMessage", chat_id=anna.id, text="so", reply_parameters={"message_id": sent.id})
    with pytest.raises(Refusal, match="message to be replied not found"):
        await api("sendMessage", chat_id=anna.id, text="so", reply_parameters={"message_id": 999})
    plain = await api(
        "sendMessage",
        chat_id=anna.id,
        text="so",
        reply_parameters={"message_id": 999, "allow_sending_without_reply": True},
    )

    assert reply["reply_to_message"]["text"] == "how?"
    assert "reply_to_message" not in plain


@pytest.mark.parametrize(
    ("markup", "refusal"),
    [
        (keyboard({"x": "d" * 65}), "BUTTON_DATA_INVALID"),
        (keyboard({"x": "数" * 22}), "BUTTON_DATA_INVALID"),
        (keyboard({"x": ""}), "Text buttons are unallowed in the inline keyboard"),
        ({"inline_keyboard": [[{"text": "x"}]]}, "Text buttons are unallowed in the inline keyboard"),
        (keyboard({" ": "d"}), "button text must be non-empty"),
        ({"inline_keyboard": [[{"text": "x", "url": "not a link"}]]}, "'not a link' is invalid"),
        ({"inline_keyboard": [[{"text": "x", "url": "http://a.cn", "callback_data": "d"}]]}, "only one of"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "d", "style": "pink"}]]}, "invalid button style"),
        ({"inline_keyboard": [[{"text": "x", "data": "d"}]]}, 'unknown field "data" of InlineKeyboardButton'),
        ({"inline_keyboard": [{"text": "x"}]}, "expected an array"),
        (keyboard(*({str(n): "d"} for n in range(101))), "reply markup is too long"),
        (keyboard({str(n): "d" for n in range(9)}), "row has 9 buttons"),
        ({"keyboards": []}, "can't parse reply_markup"),
    ],
)
async def test_wrong_keyboards_are_refused(api: Api, anna: Person, markup: dict[str, Any], refusal: str) -> None:
    """A keyboard that Telegram would not take takes the message with it."""
    with pytest.raises(Refusal) as refused:
        await api("sendMessage", chat_id=anna.id, text="x", reply_markup=markup)

    assert refusal in refused.value.text
    assert (await anna.last()).text == "/start"


async def test_keyboards_at_the_limits_pass(api: Api, anna: Person) -> None:
    """A hundred buttons, eight a row, 64 bytes of data."""
    rows = [{f"{row}.{column}": "d" * 64 for column in range(8)} for row in range(12)]

    message = await api(
        "sendMessage", chat_id=anna.id, text="x", reply_markup=keyboard(*rows, {f"12.{n}": "d" for n in range(4)})
    )

    assert sum(len(row) for row in message["reply_markup"]["inline_keyboard"]) == 100


async def test_other_keyboards_reach_the_person_only(api: Api, anna: Person) -> None:
    """A reply keyboard is no part of the message that the bot gets back."""
    wanted = {"keyboard": [[{"text": "签到"}]], "resize_keyboard": True}

    message = await api("sendMessage", chat_id=anna.id, text="x", reply_markup=wanted)

    assert "reply_markup" not in message
    assert (await anna.last()).raw["keyboard"] == wanted


async def test_supergroups_number_their_own_messages(api: Api, town: Town, anna: Person, group: Group) -> None:
    """Message ids are unique in a chat, not over all of them."""
    other = await town.group("第二支部", [anna])

    first = await api("sendMessage", chat_id=group.id, text="x")
    second = await api("sendMessage", chat_id=other.id, text="x")

    assert first["message_id"] == second["message_id"]


async def test_methods_it_does_not_act_on_say_so(api: Api, anna: Person) -> None:
    """A method of the Bot API that is not played is told apart from one that does not exist."""
    with pytest.raises(Refusal, match=r"^Not Found: the sandbox does not act on sendPoll$") as known:
        await api("sendPoll", chat_id=anna.id, question="?", options=[])
    with pytest.raises(Refusal, match=r"^Not Found$") as unknown:
        await api("sendMassage", chat_id=anna.id, text="x")

    assert (known.value.code, unknown.value.code) == (501, 404)


async def test_a_wrong_token_opens_nothing(api: Api) -> None:
    """401, whatever the method."""
    with pytest.raises(Refusal, match=r"^Unauthorized$") as refused:
        await api.raw("getMe", token="110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsax")

    assert refused.value.code == 401


async def test_a_body_that_is_no_json_is_refused(api: Api) -> None:
    """The body has to be what it says it is."""
    with pytest.raises(Refusal, match="can't parse JSON"):
        await api.raw("getMe", data=b"{", headers={"Content-Type": "application/json"})
    with pytest.raises(Refusal, match="must be an object"):
        await api.raw("getMe", data=b"[]", headers={"Content-Type": "application/json"})


async def test_texts_are_utf8(api: Api) -> None:
    """In a form and in parts, and parts have to be parts."""
    boundary = "multipart/form-data; boundary=x"
    for content_type, body, refusal in [
        ("application/x-www-form-urlencoded", b"chat_id=1&text=%ff", "strings must be encoded in UTF-8"),
        (boundary, b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n\xff\r\n--x--\r\n', "encoded in UTF-8"),
        (boundary, b"no parts at all", "can't parse multipart request body"),
    ]:
        with pytest.raises(Refusal, match=refusal):
            await api.raw("sendMessage", data=body, headers={"Content-Type": content_type})


async def test_after_log_out_nothing_goes_for_ten_minutes(api: Api, clock: HandClock) -> None:
    """logOut moves the bot to another server."""
    await api("logOut")

    with pytest.raises(Refusal, match="Logged out"):
        await api("getMe")
    clock.advance(600)
    assert (await api("getMe"))["is_bot"] is True
