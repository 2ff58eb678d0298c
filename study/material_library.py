"""The library as organisers keep it: looked through, put in order, thinned out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from storage import Database, Rank, Tx
from storage.materials import MaterialRow
from study.access import Access, access_of
from study.errors import NotAllowed
from study.material_cards import MaterialSettings, body_of, must_have
from study.material_errors import NoGroupOfTheirs
from study.material_schedule import MaterialSchedule, groups_run
from study.material_views import MaterialLine, MaterialList, MaterialPreview, MaterialSheet
from study.views import View

_PAGE = 8


class MaterialLibrary:
    """Any organiser may keep the library: it is the whole programme's."""

    def __init__(self, database: Database, settings: MaterialSettings, schedule: MaterialSchedule) -> None:
        self._database, self._admins, self._schedule = database, settings.admins, schedule

    async def look(self, user_id: int, query: str, page: int, *, on_message: int | None = None, now: datetime) -> None:
        """Show a page (from 0) of the list, or of what is found in titles, topics, series, tags and texts.

        Raises:
            NotAllowed: they are no organiser.
        """

        def work(tx: Tx) -> None:
            self._organiser(tx, user_id)
            _show(tx, user_id, _list(tx, query, page), on_message, now)

        await self._database.write(work)

    async def open(
        self,
        user_id: int,
        material_id: int,
        *,
        sure: Literal["", "push", "remove"] = "",
        on_message: int | None = None,
        now: datetime,
    ) -> None:
        """Show one material; ``sure`` asks back before it is pushed or removed.

        Raises:
            NotAllowed, MaterialGone, NoGroupOfTheirs.
        """

        def work(tx: Tx) -> None:
            access = self._organiser(tx, user_id)
            groups = groups_run(tx, access) if sure == "push" else ()
            if sure == "push" and not groups:
                raise NoGroupOfTheirs()
            sheet = _sheet(tx, must_have(tx, material_id), sure, tuple(group.title for group in groups))
            _show(tx, user_id, sheet, on_message, now)

        await self._database.write(work)

    async def preview(self, user_id: int, material_id: int, *, now: datetime) -> None:
        """Send a material as it will be sent, with its picture or file.

        Raises:
            NotAllowed, MaterialGone.
        """

        def work(tx: Tx) -> None:
            self._organiser(tx, user_id)
            tx.outbox.say(user_id, MaterialPreview(body=body_of(must_have(tx, material_id))), now=now)

        await self._database.write(work)

    async def push(self, user_id: int, material_id: int, *, on_message: int, now: datetime) -> int:
        """Send a material to every group that an organiser runs, besides the schedule; returns to how many.

        Raises:
            NotAllowed, MaterialGone, NoGroupOfTheirs.
        """

        def work(tx: Tx) -> int:
            groups = groups_run(tx, self._organiser(tx, user_id))
            material = must_have(tx, material_id)
            if not groups:
                raise NoGroupOfTheirs()
            count = self._schedule.push_now(tx, material, groups, now=now)
            _show(tx, user_id, _sheet(tx, material, "", ()), on_message, now)
            return count

        return await self._database.write(work)

    async def remove(self, user_id: int, material_id: int, *, on_message: int, now: datetime) -> None:
        """Take a material off the list; what was read of it stays.

        Raises:
            NotAllowed, MaterialGone.
        """

        def work(tx: Tx) -> None:
            self._organiser(tx, user_id)
            must_have(tx, material_id)
            tx.materials.retire(material_id, now=now)
            _show(tx, user_id, _list(tx, "", 0), on_message, now)

        await self._database.write(work)

    async def move(
        self, user_id: int, material_id: int, step: Literal["up", "down"], *, on_message: int, now: datetime
    ) -> None:
        """Let a material change places with its neighbour; at the end of the list nothing happens.

        Raises:
            NotAllowed, MaterialGone.
        """

        def work(tx: Tx) -> None:
            self._organiser(tx, user_id)
            material = must_have(tx, material_id)
            listed = tx.materials.all()
            index = next(i for i, one in enumerate(listed) if one.id == material_id)
            other = index + (-1 if step == "up" else 1)
            if 0 <= other < len(listed):
                tx.materials.place(material.id, listed[other].position)
                tx.materials.place(listed[other].id, material.position)
            _show(tx, user_id, _sheet(tx, must_have(tx, material_id), "", ()), on_message, now)

        await self._database.write(work)

    def _organiser(self, tx: Tx, user_id: int) -> Access:
        access = access_of(tx, user_id, self._admins)
        if not access.is_organiser:
            raise NotAllowed()
        return access


def show_sheet(tx: Tx, user_id: int, material_id: int, *, now: datetime) -> None:
    """Show a material that has just been added."""
    tx.outbox.say(user_id, _sheet(tx, must_have(tx, material_id), "", ()), now=now)


def _show(tx: Tx, user_id: int, view: View, on_message: int | None, now: datetime) -> None:
    if on_message is None:
        tx.outbox.say(user_id, view, now=now)
        return
    ref = f"pressed:{user_id}:{on_message}"
    tx.outbox.adopt(ref, user_id, on_message, now=now)
    tx.outbox.edit(ref, view, now=now, rank=Rank.REPLY)


def _list(tx: Tx, query: str, page: int) -> MaterialList:
    posted = tx.materials.posted()
    found = [
        MaterialLine(
            material_id=material.id,
            series=material.series,
            title=material.title,
            posted=posted.get(material.id, 0),
            number=number,
        )
        for number, material in enumerate(tx.materials.all(), 1)
        if fits(material, query)
    ]
    pages = max(1, -(-len(found) // _PAGE))
    page = max(0, min(page, pages - 1))
    lines = tuple(found[page * _PAGE : (page + 1) * _PAGE])
    return MaterialList(query=query, page=page, pages=pages, total=len(found), lines=lines)


def fits(material: MaterialRow, query: str) -> bool:
    """Whether every word of a query stands somewhere in the material."""
    places = (material.title, material.topic, material.series, material.tags, material.text)
    return all(any(word in place.casefold() for place in places) for word in query.casefold().split())


def _sheet(tx: Tx, material: MaterialRow, sure: Literal["", "push", "remove"], groups: Sequence[str]) -> MaterialSheet:
    listed = tx.materials.all()
    return MaterialSheet(
        body=body_of(material),
        tags=material.tags,
        number=next(i for i, one in enumerate(listed, 1) if one.id == material.id),
        total=len(listed),
        posted=len(tx.materials.posts_of(material.id)),
        sure=sure,
        groups=tuple(groups),
    )
