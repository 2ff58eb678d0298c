"""Photos, files, albums, copies: sent, described, fetched, sent again."""

from typing import Any

import aiohttp
import pytest

from sandbox.people import Group, Person, Refused, Town
from sandbox.pictures import dimensions
from tests.sandbox.talking import Api, Refusal, png


async def test_a_photo_comes_in_sizes(api: Api, anna: Person, town: Town) -> None:
    """The largest last, 1280 at most; each can be fetched by the bot and by the people."""
    picture = png(2000, 1000)

    message = await api.upload(
        "sendPhoto", {"photo": ("p.png", picture)}, chat_id=str(anna.id), caption="<b>图</b>", parse_mode="HTML"
    )

    assert [(one["width"], one["height"]) for one in message["photo"]] == [
        (90, 45),
        (320, 160),
        (800, 400),
        (1280, 640),
    ]
    assert (message["caption"], message["caption_entities"][0]["type"]) == ("图", "bold")
    largest = message["photo"][-1]["file_id"]
    file = await api("getFile", file_id=largest)
    async with api.session.get(f"{api.url}/file/bot{api.token}/{file['file_path']}") as response:
        assert await response.read() == picture
    seen = await anna.last()
    assert seen.file is not None
    assert (seen.file.kind, seen.file.id, seen.text) == ("photo", largest, "图")
    assert await town.file(seen.file) == picture


async def test_a_file_is_sent_again_by_its_id(api: Api, anna: Person, bo: Person) -> None:
    """No second upload; the id is good only for the kind it was sent as."""
    sent = await api.upload("sendDocument", {"document": ("计划.txt", b"plan")}, chat_id=str(anna.id))
    document = sent["document"]

    again = await api("sendDocument", chat_id=bo.id, document=document["file_id"])

    assert (document["file_name"], document["mime_type"], document["file_size"]) == ("计划.txt", "text/plain", 4)
    assert again["document"] == document
    with pytest.raises(Refusal, match="can't use file of type Document as Photo"):
        await api("sendPhoto", chat_id=bo.id, photo=document["file_id"])
    with pytest.raises(Refusal, match="wrong file identifier/HTTP URL specified"):
        await api("sendDocument", chat_id=bo.id, document="BQACAgUAbadbadbad")
    with pytest.raises(Refusal, match="failed to get HTTP URL content"):
        await api("sendPhoto", chat_id=bo.id, photo="https://example.org/p.png")
    with pytest.raises(Refusal, match="there is no document in the request"):
        await api("sendDocument", chat_id=bo.id, document="attach://nothing")


async def test_a_person_sends_files_too(api: Api, anna: Person) -> None:
    """A handwritten page as a photo, a file, a voice message; the bot can pass them on by id."""
    await api.confirm_all()
    await anna.sends(png(100, 200), "page.png", kind="photo", caption="心得 /done")
    await anna.sends(b"%PDF-1.7", "plan.pdf")
    await anna.sends(b"OggS", "voice.ogg", kind="voice")

    photo, document, voice = (one["message"] for one in await api.updates())

    assert (photo["photo"][-1]["height"], photo["caption"]) == (200, "心得 /done")
    assert photo["caption_entities"][0]["type"] == "bot_command"
    assert document["document"]["mime_type"] == "application/pdf"
    assert voice["voice"]["duration"] == 0
    passed_on = await api("sendPhoto", chat_id=anna.id, photo=photo["photo"][0]["file_id"])
    assert passed_on["photo"] == photo["photo"]


async def test_what_is_no_picture_is_no_photo(api: Api, anna: Person) -> None:
    """Not bytes that are something else, not a picture of odd shape, not nothing."""
    for content, refusal in [
        (b"GIF or not", "IMAGE_PROCESS_FAILED"),
        (png(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
        (png(9000, 1001), "PHOTO_INVALID_DIMENSIONS"),
        (b"", "file must be non-empty"),
        (png(1, 1) + bytes(10 * 1024 * 1024), "is too big for a photo; the maximum size is 10485760 bytes"),
    ]:
        with pytest.raises(Refusal, match=refusal):
            await api.upload("sendPhoto", {"photo": ("p.png", content)}, chat_id=str(anna.id))
    with pytest.raises(Refused, match="IMAGE_PROCESS_FAILED"):
        await anna.sends(b"no picture", "p.png", kind="photo")
    with pytest.raises(Refused, match="the kind of a file is one of"):
        await anna.sends(b"x", "x", kind="sticker")


async def test_captions_have_their_own_limit(api: Api, anna: Person) -> None:
    """1024 characters after parsing."""
    await api.upload("sendDocument", {"document": ("x", b"x")}, chat_id=str(anna.id), caption="学" * 1024)

    with pytest.raises(Refusal, match="message caption is too long"):
        await api.upload("sendDocument", {"document": ("x", b"x")}, chat_id=str(anna.id), caption="学" * 1025)


async def test_a_file_too_large_to_fetch(api: Api, anna: Person) -> None:
    """A bot sends up to 50 MB and fetches up to 20."""
    large = bytes(20 * 1024 * 1024 + 1)

    message = await api.upload("sendDocument", {"document": ("x.bin", large)}, chat_id=str(anna.id))

    with pytest.raises(Refusal, match="file is too big"):
        await api("getFile", file_id=message["document"]["file_id"])
    with pytest.raises(Refusal, match="Request Entity Too Large") as refused:
        await api.upload("sendDocument", {"document": ("x.bin", bytes(51 * 1024 * 1024))}, chat_id=str(anna.id))
    assert refused.value.code == 413


async def test_an_album(api: Api, group: Group, anna: Person) -> None:
    """Several messages with one album id; 2 to 10, and not everything goes together."""

    def media(*kinds: str) -> list[dict[str, str]]:
        return [{"type": kind, "media": f"attach://{kind}", "caption": kind} for kind in kinds]

    files = {
        "photo": ("p.png", png(10, 10)),
        "video": ("v.mp4", b"v"),
        "document": ("d", b"d"),
        "audio": ("a.mp3", b"a"),
    }

    messages = await api.upload("sendMediaGroup", files, chat_id=str(group.id), media=media("photo", "video"))

    assert [one["caption"] for one in messages] == ["photo", "video"]
    assert len({one["media_group_id"] for one in messages}) == 1
    assert len(await anna.messages(group)) == 1 + 2
    for kinds, refusal in [
        (["photo"], "an album has 2 to 10 items, not 1"),
        (["photo"] * 11, "an album has 2 to 10 items, not 11"),
        (["photo", "document"], "can't use the media of the specified type in the album"),
        (["voice", "photo"], 'unknown type "voice"'),
    ]:
        with pytest.raises(Refusal, match=refusal):
            await api.upload("sendMediaGroup", files, chat_id=str(group.id), media=media(*kinds))


async def test_a_photo_in_the_place_of_another(api: Api, anna: Person) -> None:
    """editMessageMedia changes picture and caption; editMessageCaption the caption alone."""
    sent = await api.upload("sendPhoto", {"photo": ("p.png", png(10, 10))}, chat_id=str(anna.id), caption="old")
    where = {"chat_id": anna.id, "message_id": sent["message_id"]}

    await api("editMessageCaption", **where, caption="new")
    edited = await api.upload(
        "editMessageMedia", {"q": ("q.png", png(20, 20))}, **where, media={"type": "photo", "media": "attach://q"}
    )

    assert edited["photo"][-1]["width"] == 20
    assert "caption" not in edited
    with pytest.raises(Refusal, match="there is no text in the message to edit"):
        await api("editMessageText", **where, text="x")


async def test_a_copy_has_no_origin(api: Api, anna: Person, group: Group) -> None:
    """The same content as a message of one's own, the caption one's own if wanted."""
    photo = await anna.sends(png(10, 10), "p.png", kind="photo", caption="mine")
    text = await anna.says("心得 <3")

    copied = await api("copyMessage", chat_id=group.id, from_chat_id=anna.id, message_id=photo.id, caption="作品")
    await api("copyMessage", chat_id=group.id, from_chat_id=anna.id, message_id=text.id)

    *_, first, second = await anna.messages(group)
    assert first.id == copied["message_id"]
    assert (first.text, first.file is not None, second.text) == ("作品", True, "心得 <3")
    assert "forward_origin" not in second.raw
    with pytest.raises(Refusal, match="message to copy not found"):
        await api("copyMessage", chat_id=group.id, from_chat_id=anna.id, message_id=999)


async def test_a_forward_names_its_origin(api: Api, anna: Person, group: Group) -> None:
    """Also when it is forwarded again; what is protected can't be."""
    text = await anna.says("心得")

    once = await api("forwardMessage", chat_id=group.id, from_chat_id=anna.id, message_id=text.id)
    twice = await api("forwardMessage", chat_id=anna.id, from_chat_id=group.id, message_id=once["message_id"])

    assert once["forward_origin"]["sender_user"]["id"] == anna.id
    assert twice["forward_origin"] == once["forward_origin"]
    kept = await api("sendMessage", chat_id=anna.id, text="x", protect_content=True)
    for method, refusal in [("forwardMessage", "can't be forwarded"), ("copyMessage", "can't be copied")]:
        with pytest.raises(Refusal, match=refusal):
            await api(method, chat_id=group.id, from_chat_id=anna.id, message_id=kept["message_id"])
    with pytest.raises(Refusal, match="message to forward not found"):
        await api("forwardMessage", chat_id=group.id, from_chat_id=anna.id, message_id=999)


async def test_a_wrong_token_fetches_no_file(api: Api, anna: Person) -> None:
    """The path alone opens nothing, and a path that leads nowhere is no file."""
    sent = await api.upload("sendDocument", {"document": ("x", b"x")}, chat_id=str(anna.id))
    file = await api("getFile", file_id=sent["document"]["file_id"])

    for path, status in [
        (f"bot1:{'A' * 35}/{file['file_path']}", 401),
        (f"bot{api.token}/documents/none", 404),
        (f"bot{api.token}/{file['file_path']}", 200),
    ]:
        async with api.session.get(f"{api.url}/file/{path}") as response:
            assert response.status == status
    with pytest.raises(Refusal, match="invalid file_id"):
        await api("getFile", file_id="x")


async def test_documents_are_only_ever_downloaded(api: Api, anna: Person) -> None:
    """Somebody's HTML never opens as a page of the sandbox."""
    await anna.sends(b"<script>", "页面.html")
    seen = await anna.last()
    assert seen.file is not None

    async with api.session.get(f"{api.url}/sandbox/files/{seen.file.id}") as response:
        headers: Any = response.headers

    assert headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E9%A1%B5")
    assert headers["X-Content-Type-Options"] == "nosniff"


async def test_only_pictures_and_sounds_are_shown(api: Api, anna: Person) -> None:
    """What calls itself HTML is downloaded, whatever it was sent as."""
    forged = aiohttp.FormData(quote_fields=False)
    forged.add_field("from", str(anna.id))
    forged.add_field("kind", "photo")
    forged.add_field("file", png(9, 9), filename="p.html", content_type="text/html")
    await anna.town.ask("POST", f"/chats/{anna.id}/messages", data=forged)
    await anna.sends(png(9, 9), "p.png", kind="photo")

    shown = []
    for message in (await anna.messages())[1:]:
        assert message.file is not None
        async with api.session.get(f"{api.url}/sandbox/files/{message.file.id}") as response:
            shown.append((response.content_type, response.headers["Content-Disposition"].split(";")[0]))

    assert shown == [("application/octet-stream", "attachment"), ("image/png", "inline")]


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (png(33, 7), (33, 7)),
        (b"GIF89a\x05\x00\x06\x00", (5, 6)),
        (b"\xff\xd8\xff\xe0\x00\x04ab\xff\xff\xc0\x00\x0b\x08\x00\x09\x00\x0a\x01", (10, 9)),
        (b"\xff\xd8\xff\xd9", None),
        (b"\xff\xd8abcdefghij", None),
        (b"RIFF....WEBPVP8X" + bytes(8) + b"\x0f\0\0\x1f\0\0", (16, 32)),
        (b"RIFF....WEBPVP8L" + b"....\x2f" + (99 | 49 << 14).to_bytes(4, "little"), (100, 50)),
        (b"RIFF....WEBPVP8 " + bytes(10) + b"\x40\x01\xf0\x00", (320, 240)),
        (b"RIFF....WEBPVP8?", None),
        (b"BM" + bytes(16) + b"\x03\0\0\0\xfe\xff\xff\xff", (3, 2)),
        (b"", None),
    ],
)
def test_the_size_of_a_picture(content: bytes, size: tuple[int, int] | None) -> None:
    """Read from the header of each format that Telegram takes."""
    assert dimensions(content) == size
