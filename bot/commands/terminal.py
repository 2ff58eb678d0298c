"""What is printed: texts, and no orders to a terminal. By itself, for a bot that runs prints nothing and needs no Rich."""

from typing import Any

from rich.console import Console

_CONTROLS = dict.fromkeys((*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0)), "\ufffd")


def harmless(text: str) -> str:
    """A text without what a terminal would take for an order: names are what people called themselves."""
    return text.translate(_CONTROLS)


class Terminal(Console):
    """A console that shows texts and obeys none."""

    def print(self, *objects: Any, **how: Any) -> None:
        """As its parent; control characters in texts become a mark, Rich's own objects pass as they are."""
        super().print(*(harmless(one) if isinstance(one, str) else one for one in objects), **how)


out = Terminal(highlight=False, soft_wrap=True)
err = Terminal(stderr=True, highlight=False, soft_wrap=True)
