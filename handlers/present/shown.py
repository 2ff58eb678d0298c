"""What a view becomes on its way to Telegram: HTML text, buttons, at most one file."""

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Literal, TypeVar

from handlers.texts import Texts
from quizzes.engine.frozen import dataclass
from study.views import View

_TAG = re.compile(r"<[^<>]*>")
TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
"""Characters after the HTML is parsed; telegram.constants.MessageLimit has the same numbers."""


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button: ``data`` comes back when it is pressed (see ``handlers.callback_data``), ``url`` opens."""

    label: str
    data: str | None = None
    url: str | None = None


BUTTON_TEXT = 28
"""Characters that a phone shows of a button which has the row to itself."""


def cut(text: str, most: int = BUTTON_TEXT) -> str:
    """A text of at most ``most`` characters, with a sign that there is more."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def in_rows(buttons: Sequence[Button], width: int) -> tuple[tuple[Button, ...], ...]:
    """Buttons in rows of ``width``, the last one as long as it comes out."""
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))


@dataclass(frozen=True, slots=True)
class Attachment:
    """A photo or a file that goes with the text: one that Telegram has, by its id, or bytes of ours.

    ``stored`` names bytes that lie in the database; they are fetched when the message is sent.
    """

    kind: Literal["photo", "document", "audio", "voice", "video"]
    file_id: str | None = None
    content: bytes | None = None
    stored: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as it goes out. ``text`` is Telegram's HTML; ``silent`` rings nobody's phone.

    ``apart``: the file goes ahead in a message of its own, as it does whenever the text is too long for a caption. A text
    that may grow over that limit when it is edited says so from the beginning. ``caption``: it stays a caption however it
    is edited; what is over the limit is cut.
    """

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    attachment: Attachment | None = None
    silent: bool = False
    protected: bool = False
    apart: bool = False
    caption: bool = False


V = TypeVar("V", bound=View)
_presenters: dict[str, tuple[type[View], Callable[[Any, Texts], Shown]]] = {}


def shows(view: type[V]) -> Callable[[Callable[[V, Texts], Shown]], Callable[[V, Texts], Shown]]:
    """Register the function that shows a kind of view."""

    def register(presenter: Callable[[V, Texts], Shown]) -> Callable[[V, Texts], Shown]:
        if view.kind in _presenters:
            raise ValueError(f"two presenters for {view.kind}")
        _presenters[view.kind] = (view, presenter)
        return presenter

    return register


def render(kind: str, body: str, t: Texts) -> Shown:
    """Show a stored view in a language.

    Raises:
        KeyError: no presenter is registered for ``kind``.
        pydantic.ValidationError: ``body`` is not such a view.
    """
    view, presenter = _presenters[kind]
    return _fitting(presenter(view.model_validate_json(body), t))


def _fitting(shown: Shown) -> Shown:
    """The last safety net: a text over the limit loses its formatting and its end rather than not arriving at all."""
    plain = html.unescape(_TAG.sub("", shown.text))
    limit = CAPTION_LIMIT if shown.caption else TEXT_LIMIT
    if len(plain) <= limit:
        return shown
    return replace(shown, text=html.escape(f"{plain[: limit - 1]}…", quote=False))


def presented() -> dict[str, type[View]]:
    """Every kind of view that can be shown (for the tests)."""
    return {kind: view for kind, (view, _) in _presenters.items()}
