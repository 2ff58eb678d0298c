"""What can be sent again, and what is refused."""

from datetime import UTC, datetime
from typing import Any

import pytest
import telegram
from hypothesis import given
from hypothesis import strategies as st

from handlers.content import content_of
from handlers.present.content import attachment_of
from handlers.present.shown import Attachment
from study.content import Content, ContentAlbum, ContentKind, ContentMissing, excerpt, fitting, length
from study.errors import TooLong


def message(**parts: Any) -> telegram.Message:
    """A message as Telegram writes it."""
    chat = {"id": 1, "type": "private", "first_name": "A"}
    read = telegram.Message.de_json(
        {"message_id": 5, "date": int(datetime(2026, 1, 1, tzinfo=UTC).timestamp()), "chat": chat, **parts}, None
    )
    assert read is not None
    return read


FILE = {"file_id": "F", "file_unique_id": "U"}


def test_a_text_is_kept() -> None:
    """Spaces around it go."""
    assert content_of(message(text=" 通知 ")) == Content(text="通知")


def test_the_largest_size_of_a_photo_is_kept() -> None:
    """Telegram lists the sizes with the largest last."""
    photo = [{**FILE, "width": 1, "height": 1}, {"file_id": "BIG", "file_unique_id": "V", "width": 9, "height": 9}]

    content = content_of(message(photo=photo, caption="看图"))

    assert content == Content(text="看图", file_id="BIG", file_kind="photo")
    assert attachment_of(content) == Attachment(kind="photo", file_id="BIG")


def test_a_document_keeps_its_name() -> None:
    """With no caption the text is empty."""
    content = content_of(message(document={**FILE, "file_name": "方案.docx"}))

    assert content == Content(file_id="F", file_kind="document", file_name="方案.docx")


@pytest.mark.parametrize(
    "parts",
    [
        {"sticker": {**FILE, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}},
        {"dice": {"emoji": "🎲", "value": 1}},
        {
            "animation": {**FILE, "width": 1, "height": 1, "duration": 1},
            "document": {**FILE, "file_name": "a.gif"},
            "caption": "动图",
        },
    ],
)
def test_what_cannot_be_sent_again_is_refused(parts: dict[str, Any]) -> None:
    """A sticker, a die, an animation (even though it looks like a document and has a text)."""
    with pytest.raises(ContentKind):
        content_of(message(**parts))


def test_nothing_left_of_a_text_is_refused() -> None:
    """Spaces alone are nothing."""
    with pytest.raises(ContentMissing):
        content_of(message(text="  "))


def test_an_album_is_refused_unless_its_parts_are_wanted() -> None:
    """Each part of an album comes as a message of its own."""
    part = message(photo=[{**FILE, "width": 1, "height": 1}], media_group_id="7")

    with pytest.raises(ContentAlbum):
        content_of(part)
    assert content_of(part, album=True).file_kind == "photo"


def test_a_text_over_the_limit_names_both_lengths() -> None:
    """An emoji counts 2, as with Telegram."""
    with pytest.raises(TooLong) as refused:
        fitting("好" * 4095 + "🎉")

    assert refused.value.params == {"limit": 4096, "length": 4097}
    assert fitting("好" * 4094 + "🎉")


@given(st.text(max_size=50), st.integers(1, 40))
def test_an_excerpt_is_one_short_line(text: str, most: int) -> None:
    """Whatever the text, it fits and has no line breaks."""
    line = excerpt(text, most)

    assert len(line) <= most
    assert "\n" not in line
    assert length(line) <= 2 * most


def test_without_a_file_there_is_no_attachment() -> None:
    """A text goes alone."""
    assert attachment_of(Content(text="通知")) is None
