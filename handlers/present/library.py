"""The library as members see it."""

from handlers.callback_data import pack
from handlers.present.materials import query_of
from handlers.present.pages import pager, short
from handlers.present.shown import Button, Shown, in_rows, shows
from handlers.texts import Texts
from study.library import LibraryList

Row = tuple[Button, ...]


@shows(LibraryList)
def library(view: LibraryList, t: Texts) -> Shown:
    """A button a material, then the tags to look for."""
    if view.query:
        head = t.html("<b>Study materials</b> with “{query}”: {total}", query=view.query, total=view.total)
    else:
        head = t.html("<b>Study materials</b>: {total}", total=view.total)
    parts = [head]
    if view.total:
        parts.append(t.html("Press one and it is sent to you. To search: /library and a word."))
    elif view.query:
        parts.append(t.html("Nothing was found. Try another word, or one of the tags."))
    rows: list[Row] = [
        (Button(short(f"{'✓ ' if one.read else ''}{one.title}"), pack("lib", "open", one.id)),) for one in view.lines
    ]
    rows += pager(view.page, view.pages, lambda page: pack("lib", "list", page, view.query), t)
    rows += in_rows([Button(short(f"# {tag}"), pack("lib", "list", 0, query_of(tag))) for tag in view.tags], 3)
    if view.query:
        rows.append((Button(t("All materials"), pack("lib", "list", 0, "")),))
    return Shown("\n".join(parts), tuple(rows))
