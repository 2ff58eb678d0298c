"""The library as members use it: looked through by words, series and tags; a handbook is what has its tag."""

from collections import Counter
from datetime import datetime
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from storage import Database, Tx
from study.access import access_of
from study.material_cards import must_have, say_privately
from study.material_library import fits
from study.sessions import show
from study.views import Rank, View

_PAGE = 8
_TAGS = 9


class LibraryLine(BaseModel):
    """A material of the list; ``read``: whether the reader has read it."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    id: int
    series: str
    title: str
    read: bool


class LibraryList(View):
    """A page of what was found (of everything if ``query`` is empty); ``tags`` are the commonest, to look for."""

    kind: ClassVar[str] = "library.list"
    query: str
    page: int
    pages: int
    total: int
    lines: tuple[LibraryLine, ...]
    tags: tuple[str, ...]


class Library:
    """The materials of one programme, for everybody on the roster."""

    def __init__(self, database: Database, admins: frozenset[int]) -> None:
        self._database, self._admins = database, admins

    async def look(
        self, user_id: int, chat_id: int, query: str, page: int = 0, *, on_message: int | None = None, now: datetime
    ) -> None:
        """Show a page of the materials in which every word of the query stands (title, topic, series, tags or text).

        Raises:
            NotOnRoster: they are nobody.
        """

        def work(tx: Tx) -> None:
            access = access_of(tx, user_id, self._admins)
            if not access.is_organiser:
                access.member()
            everything = tx.materials.all()
            found = [material for material in everything if fits(material, query)]
            pages = max(1, -(-len(found) // _PAGE))
            at = max(0, min(page, pages - 1))
            shown = found[at * _PAGE : (at + 1) * _PAGE]
            own = access.person
            read = {one.id for one in shown if own is not None and own.id in tx.materials.readers(one.id)}
            tags = Counter(tag for one in everything for tag in one.tags.split(";") if tag)
            view = LibraryList(
                query=query,
                page=at,
                pages=pages,
                total=len(found),
                lines=tuple(
                    LibraryLine(id=one.id, series=one.series, title=one.title, read=one.id in read) for one in shown
                ),
                tags=tuple(tag for tag, _ in tags.most_common(_TAGS)),
            )
            show(tx, chat_id, view, on_message, now)

        await self._database.write(work)

    async def send(self, user_id: int, material_id: int, *, now: datetime) -> None:
        """Send somebody a material in private, with its button ``read``.

        Raises:
            NotOnRoster, MaterialGone.
        """

        def work(tx: Tx) -> None:
            person = access_of(tx, user_id, self._admins).member()
            say_privately(tx, must_have(tx, material_id), [person], now=now, rank=Rank.REPLY)

        await self._database.write(work)
