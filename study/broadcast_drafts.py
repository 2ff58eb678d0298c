"""Composing a broadcast: what is sent, to whom, and the look at it before it goes.

A draft shows itself in the sender's private chat: a sample, exactly as recipients will see it, and below it one card that
changes as choices are made. A new preview takes the place of the old one, so that the newest message is always the one
that asks.
"""

import json
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from storage import Database, Tx
from storage.broadcasts import BroadcastRow, BroadcastState
from study.audience import Audience, Reach
from study.audience_choices import Choice, toggled
from study.broadcast_cards import (
    Author,
    about,
    audience_card,
    author_of,
    card_ref,
    checked,
    digest_of,
    draft_of,
    preview_card,
    reach_without,
    sample_ref,
    task_choice_card,
)
from study.broadcast_rules import fitted, heading
from study.broadcast_views import AskForContent, AudienceCard, BroadcastMessage, CancelledCard, TaskChoiceCard
from study.content import Content
from study.errors import Expired
from study.views import Rank

TOPIC = "broadcast"
CARD_LISTENER = "broadcast_card"


class BroadcastDrafts:
    """Broadcasts before they are sent. ``programme`` is in whose name an admin writes who is not on the roster."""

    def __init__(self, database: Database, admins: frozenset[int], programme: str, zone: ZoneInfo) -> None:
        self._database = database
        self._admins = admins
        self._programme = programme
        self._zone = zone

    async def ask(self, user_id: int, name: str, *, now: datetime) -> None:
        """Ask in private what is to be sent; the next message there is the content.

        Raises:
            NotAllowed: they run no unit.
        """

        def work(tx: Tx) -> None:
            self._author(tx, user_id, name)
            tx.conversations.put(user_id, user_id, TOPIC, json.dumps({"draft": None}), now=now)
            tx.outbox.say(user_id, AskForContent(again=False), now=now)

        await self._database.write(work)

    async def preview_text(
        self, user_id: int, name: str, content: Content, *, now: datetime, asked_in: tuple[int, int] | None = None
    ) -> None:
        """Show the preview of a text at once: for everybody whom the sender runs, in private.

        ``asked_in`` is the group and the message where the command was given: there it is said whether the preview
        could be shown in private.

        Raises:
            NotAllowed: they run no unit.
            TooLong: the text does not fit under the heading.
        """

        def look(tx: Tx) -> tuple[Author, Reach]:
            author = self._author(tx, user_id, name)
            return author, reach_without(tx, Audience(), author)

        author, found = await self._database.read(look)
        fitted(content, author.name, author.unit)

        def work(tx: Tx) -> None:
            row = self._new(tx, user_id, self._author(tx, user_id, name), content, now)
            self._show_preview(tx, row, found, now, asked_in=asked_in)

        await self._database.write(work)

    async def take(self, user_id: int, name: str, content: Content, draft: int | None, *, now: datetime) -> None:
        """What was asked for: a new draft asks for its audience, a changed one shows its preview again.

        Raises:
            NotAllowed: they run no unit.
            TooLong: the text does not fit under the heading.
            Expired: the draft was sent or called off meanwhile.
        """

        def look(tx: Tx) -> tuple[Author, Reach]:
            author = self._author(tx, user_id, name)
            row = None if draft is None else tx.broadcasts.get(draft)
            audience = Audience() if row is None else Audience.model_validate_json(row.audience)
            return author, reach_without(tx, audience, author)

        author, found = await self._database.read(look)
        fitted(content, author.name, author.unit)

        def work(tx: Tx) -> None:
            tx.conversations.end(user_id, user_id)
            author = self._author(tx, user_id, name)
            if draft is None:
                row = self._new(tx, user_id, author, content, now)
                view = audience_card(tx, row, author, found, 0, now=now, zone=self._zone)
                tx.outbox.say(user_id, view, now=now, ref=card_ref(row.id, row.version))
                return
            old = tx.broadcasts.get(draft)
            if old is None or old.sender_id != user_id or old.state is not BroadcastState.DRAFT:
                raise Expired()
            self._renew(tx, old.model_copy(update={"content": content.model_dump_json()}), found, now)

        await self._database.write(work)

    async def change_content(self, user_id: int, broadcast_id: int, version: int, *, now: datetime) -> None:
        """Ask for another content.

        Raises:
            StudyError: see :func:`draft_of`.
        """

        def work(tx: Tx) -> None:
            draft_of(tx, user_id, broadcast_id, version)
            tx.conversations.put(user_id, user_id, TOPIC, json.dumps({"draft": broadcast_id}), now=now)
            tx.outbox.say(user_id, AskForContent(again=True), now=now)

        await self._database.write(work)

    async def choose(
        self,
        user_id: int,
        broadcast_id: int,
        version: int,
        choice: Choice,
        value: int | str,
        page: int,
        *,
        now: datetime,
    ) -> None:
        """Change one thing about the audience, on the same card.

        ``value``: a unit's id, a level's ``tag``, a role, a task's id (0: none); of no meaning otherwise.

        Raises:
            StudyError: see :func:`draft_of`; ``Nowhere`` if nothing would be left; ``Forged`` for what cannot be chosen.
        """

        def changed(tx: Tx, author: Author, row: BroadcastRow) -> BroadcastRow:
            if choice in (Choice.PAGE, Choice.TASKS):
                return row
            if choice is Choice.ACK:
                return row.model_copy(update={"wants_ack": not row.wants_ack, "previewed": None})
            before = Audience.model_validate_json(row.audience)
            after = toggled(before, choice, checked(tx, author, before, choice, value, now=now))
            return row.model_copy(update={"audience": after.model_dump_json(), "previewed": None})

        await self._show_card(user_id, broadcast_id, version, changed, page, now, tasks=choice is Choice.TASKS)

    async def edit(self, user_id: int, broadcast_id: int, version: int, *, now: datetime) -> None:
        """From the preview back to the choices.

        Raises:
            StudyError: see :func:`draft_of`.
        """

        def changed(_tx: Tx, _author: Author, row: BroadcastRow) -> BroadcastRow:
            return row.model_copy(update={"previewed": None})

        await self._show_card(user_id, broadcast_id, version, changed, 0, now)

    async def preview(self, user_id: int, broadcast_id: int, version: int, *, now: datetime) -> None:
        """Show it as it would go, at the end of the chat, in place of the card.

        Raises:
            StudyError: see :func:`draft_of`.
        """

        def look(tx: Tx) -> tuple[BroadcastRow, Reach]:
            row = draft_of(tx, user_id, broadcast_id, version)
            author = self._author(tx, user_id, row.sender)
            return row, reach_without(tx, Audience.model_validate_json(row.audience), author)

        seen, found = await self._database.read(look)

        def work(tx: Tx) -> None:
            row = draft_of(tx, user_id, broadcast_id, version)
            if row != seen:
                raise Expired()
            self._renew(tx, row, found, now)

        await self._database.write(work)

    async def cancel(self, user_id: int, broadcast_id: int, version: int, *, now: datetime) -> None:
        """Call it off; nothing is sent.

        Raises:
            StudyError: see :func:`draft_of`.
        """

        def work(tx: Tx) -> None:
            row = draft_of(tx, user_id, broadcast_id, version)
            tx.broadcasts.change(row.id, BroadcastState.DRAFT, BroadcastState.CANCELLED)
            tx.outbox.delete(sample_ref(row.id, row.version), now=now)
            view = CancelledCard(about=about(Content.model_validate_json(row.content)))
            tx.outbox.edit(card_ref(row.id, row.version), view, now=now, rank=Rank.REPLY)
            under_way = tx.conversations.get(user_id, user_id)
            if under_way is not None and under_way.topic == TOPIC:
                tx.conversations.end(user_id, user_id)

        await self._database.write(work)

    async def _show_card(
        self,
        user_id: int,
        broadcast_id: int,
        version: int,
        change: Callable[[Tx, Author, BroadcastRow], BroadcastRow],
        page: int,
        now: datetime,
        *,
        tasks: bool = False,
    ) -> None:
        """Look first, outside of the writer: thousands of people are counted. Then write what is still as it was seen."""

        def look(tx: Tx) -> tuple[BroadcastRow, BroadcastRow, AudienceCard | TaskChoiceCard]:
            row = draft_of(tx, user_id, broadcast_id, version)
            author = self._author(tx, user_id, row.sender)
            after = change(tx, author, row)
            if tasks:
                return row, after, task_choice_card(tx, after, author, page, now=now, zone=self._zone)
            found = reach_without(tx, Audience.model_validate_json(after.audience), author)
            return row, after, audience_card(tx, after, author, found, page, now=now, zone=self._zone)

        before, after, card = await self._database.read(look)

        def work(tx: Tx) -> None:
            if draft_of(tx, user_id, broadcast_id, version) != before:
                raise Expired()
            tx.broadcasts.save_draft(after)
            tx.outbox.edit(card_ref(broadcast_id, version), card, now=now, rank=Rank.REPLY)

        await self._database.write(work)

    def _author(self, tx: Tx, user_id: int, name: str) -> Author:
        return author_of(tx, user_id, name, self._admins, self._programme)

    def _new(self, tx: Tx, user_id: int, author: Author, content: Content, now: datetime) -> BroadcastRow:
        broadcast_id = tx.broadcasts.add(
            sender_id=user_id,
            sender=author.name,
            unit=author.unit,
            content=content.model_dump_json(),
            audience=Audience().model_dump_json(),
            wants_ack=False,
            now=now,
        )
        row = tx.broadcasts.get(broadcast_id)
        assert row is not None
        return row

    def _renew(self, tx: Tx, row: BroadcastRow, found: Reach, now: datetime) -> None:
        self._show_preview(tx, row.model_copy(update={"version": row.version + 1}), found, now)
        # Removing the old ones costs calls as well, so the new ones go first.
        for ref in (sample_ref(row.id, row.version), card_ref(row.id, row.version)):
            tx.outbox.delete(ref, now=now)

    def _show_preview(
        self, tx: Tx, row: BroadcastRow, found: Reach, now: datetime, *, asked_in: tuple[int, int] | None = None
    ) -> None:
        content, audience = Content.model_validate_json(row.content), Audience.model_validate_json(row.audience)
        tx.broadcasts.save_draft(row.model_copy(update={"previewed": digest_of(found, audience)}))
        sample = BroadcastMessage(
            heading=heading(row.sender, row.unit), content=content, ack_of=row.id if row.wants_ack else None
        )
        chat_id = row.sender_id
        tx.outbox.say(chat_id, sample, now=now, ref=sample_ref(row.id, row.version))
        card = preview_card(tx, row, found, now=now, zone=self._zone, asked_in=asked_in)
        listener = None if asked_in is None else CARD_LISTENER
        tx.outbox.say(chat_id, card, now=now, ref=card_ref(row.id, row.version), listener=listener)
