"""Lists that are longer than a screen."""

from collections.abc import Callable

from handlers.present.shown import Button, cut
from handlers.texts import Texts

_LABEL = 48


def pager(page: int, pages: int, data: Callable[[int], str], t: Texts) -> list[tuple[Button, ...]]:
    """A row of buttons to turn pages (counted from 0), if there are several; ``data`` is for the page it is given."""
    row = []
    if page > 0:
        row.append(Button(t("‹ Page {page}", page=page), data(page - 1)))
    if page < pages - 1:
        row.append(Button(t("Page {page} ›", page=page + 2), data(page + 1)))
    return [tuple(row)] if row else []


def short(name: str) -> str:
    """A name that fits on a button."""
    return cut(name, _LABEL)
