"""Asking for admission: choose a unit, give a name, wait for an organiser's word."""

import json
from datetime import datetime

from storage import Database, Rank, Tx
from storage.joining import JoinRequest, RequestState
from storage.people import Person, Role
from study.access import access_of
from study.errors import Expired, Forged, NotAllowed, StudyError, TooLong
from study.join_rules import NAME_LIMIT, next_code, tidy_name
from study.join_views import (
    Known,
    NameAsked,
    Requested,
    RequestRefused,
    RequestsNone,
    UnitOption,
    UnitPicker,
)
from study.overseers import called, overseers
from study.request_cards import candidates, card_of, card_ref, close_cards, show_card

TOPIC = "join.name"
PAGE = 8
_OPEN_SHOWN = 10


class RequestPending(StudyError):
    """They have asked for admission to ``unit`` already, and nobody has decided yet."""

    code = "join_pending"


class OnRosterAlready(StudyError):
    """They need not ask: they are ``name`` of ``unit``."""

    code = "join_known"


class NameMissing(StudyError):
    """A name was asked for, and something without words was sent."""

    code = "join_name_missing"


class RequestDecided(StudyError):
    """Somebody (``decider``) was quicker; ``wanted`` is how it ended."""

    code = "join_decided"


class JoinRequests:
    """Requests to join, from both sides."""

    def __init__(self, database: Database, admins: frozenset[int], programme: str) -> None:
        self._database = database
        self._admins = admins
        self._programme = programme

    async def browse(self, user_id: int, unit_id: int, page: int, *, on_message: int, now: datetime) -> None:
        """Let the pressed message show a page of the units below one (0: the top).

        Raises:
            RequestPending, OnRosterAlready: there is nothing to ask for.
            Expired: the unit is no more.
        """

        def work(tx: Tx) -> None:
            self._may_ask(tx, user_id)
            self._change(tx, user_id, on_message, _picker(tx, unit_id, page), now=now)

        await self._database.write(work)

    async def choose(self, user_id: int, name: str, unit_id: int, *, on_message: int, now: datetime) -> None:
        """A unit is chosen; ask for the name, with the one on Telegram as a suggestion.

        Raises:
            RequestPending, OnRosterAlready, Expired: as above.
        """

        def work(tx: Tx) -> None:
            self._may_ask(tx, user_id)
            unit = tx.people.unit(unit_id)
            if unit is None:
                raise Expired()
            tx.conversations.put(user_id, user_id, TOPIC, json.dumps({"unit_id": unit_id}), now=now)
            asked = NameAsked(unit_id=unit_id, unit=unit.path, suggestion=tidy_name(name)[:NAME_LIMIT])
            self._change(tx, user_id, on_message, asked, now=now)

        await self._database.write(work)

    async def ask(self, user_id: int, name: str, unit_id: int, *, now: datetime) -> None:
        """Ask for admission under a name; every organiser of the unit or above and every admin gets a card.

        Raises:
            RequestPending, OnRosterAlready, Expired: as above.
            NameMissing, TooLong: that is no name.
        """
        name = tidy_name(name)

        def work(tx: Tx) -> None:
            self._may_ask(tx, user_id)
            if tx.people.unit(unit_id) is None:
                raise Expired()
            if not name:
                raise NameMissing()
            if len(name) > NAME_LIMIT:
                raise TooLong(limit=NAME_LIMIT, length=len(name))
            tx.conversations.end(user_id, user_id)
            request = tx.joining.request(tx.joining.ask(user_id, name, unit_id, now=now))
            assert request is not None
            readers = [reader for reader in overseers(tx, unit_id, self._admins) if reader != user_id]
            for reader in readers:
                show_card(tx, request, reader, now=now)
            tx.outbox.say(user_id, Requested(name=name, unit=request.unit, readers=len(readers)), now=now)

        await self._database.write(work)

    async def waiting(self, user_id: int, *, now: datetime) -> None:
        """Show an organiser the requests that wait in the own units.

        Raises:
            NotAllowed: they run no unit.
        """

        def work(tx: Tx) -> None:
            access = access_of(tx, user_id, self._admins)
            if not access.is_organiser:
                raise NotAllowed()
            units = access.units(tx)
            requests = [request for request in tx.joining.open_requests() if request.unit_id in units]
            for request in requests[:_OPEN_SHOWN]:
                show_card(tx, request, user_id, now=now)
            if not requests:
                tx.outbox.say(user_id, RequestsNone(), now=now)

        await self._database.write(work)

    async def approve(
        self,
        user_id: int,
        name: str,
        request_id: int,
        *,
        anew: bool = False,
        person_id: int | None = None,
        now: datetime,
    ) -> bool:
        """Admit the asker: as the entry of the roster that has the name, or as somebody new.

        ``anew`` makes a new entry whatever the roster has; ``person_id`` names the entry. Without either, and with several
        entries that fit, the card asks which it is, and nothing is decided: the result is then false.

        Raises:
            Forged: there is no such request, or the entry does not fit it.
            NotAllowed: they do not run the unit, or the entry is an admin's and they are none.
            RequestDecided: somebody was quicker.
        """

        def work(tx: Tx) -> bool:
            request = self._decidable(tx, user_id, request_id)
            if tx.people.by_user(request.user_id) is not None:
                raise RequestDecided(wanted="settled", decider="")
            fitting = candidates(tx, request)
            if person_id is not None:
                fitting = tuple(person for person in fitting if person.id == person_id)
                if not fitting:
                    raise Expired()
            if len(fitting) > 1 and not anew:
                card = card_of(tx, request, choosing=True)
                tx.outbox.edit(card_ref(request_id, user_id), card, now=now, rank=Rank.REPLY)
                return False
            if not anew and fitting and fitting[0].role is Role.ADMIN:
                # Whoever is let in as an admin of the roster has every power at once.
                access_of(tx, user_id, self._admins).must_run(tx, None)
            person = self._admit(tx, request, None if anew or not fitting else fitting[0], by=user_id, now=now)
            tx.joining.decide(request_id, RequestState.APPROVED, called(tx, user_id, name), now=now)
            close_cards(tx, request_id, now=now, code=person.code)
            tx.outbox.say(request.user_id, self._welcome(person, request.unit), now=now)
            return True

        return await self._database.write(work)

    async def refuse(self, user_id: int, name: str, request_id: int, *, now: datetime) -> None:
        """Do not admit the asker, who hears of it and may ask again.

        Raises:
            Forged, NotAllowed, RequestDecided: as above.
        """

        def work(tx: Tx) -> None:
            request = self._decidable(tx, user_id, request_id)
            tx.joining.decide(request_id, RequestState.REFUSED, called(tx, user_id, name), now=now)
            close_cards(tx, request_id, now=now)
            tx.outbox.say(request.user_id, RequestRefused(unit=request.unit), now=now)

        await self._database.write(work)

    def _may_ask(self, tx: Tx, user_id: int) -> None:
        person = tx.people.by_user(user_id)
        if person is not None:
            raise OnRosterAlready(name=person.name, unit=person.unit)
        request = tx.joining.open_request(user_id)
        if request is not None:
            raise RequestPending(unit=request.unit)

    def _decidable(self, tx: Tx, user_id: int, request_id: int) -> JoinRequest:
        request = tx.joining.request(request_id)
        if request is None:
            raise Forged()
        access_of(tx, user_id, self._admins).must_run(tx, request.unit_id)
        if request.state is not RequestState.OPEN:
            raise RequestDecided(wanted=request.state.value, decider=request.decider or "")
        return request

    def _admit(self, tx: Tx, request: JoinRequest, person: Person | None, *, by: int, now: datetime) -> Person:
        if person is None:
            person_id = tx.people.add(
                code=next_code(one.code for one in tx.people.ever()),
                name=request.name,
                unit_id=request.unit_id,
                level="",
                title="",
                role=Role.MEMBER,
                now=now,
            )
        else:
            person_id = person.id
            tx.people.come_back(person_id)
        tx.people.join(person_id, request.user_id, now=now)
        tx.joining.note(person_id, "admitted", str(request.user_id), by=by, now=now)
        admitted = tx.people.person(person_id)
        assert admitted is not None
        return admitted

    def _welcome(self, person: Person, unit: str) -> Known:
        is_admin = person.role is Role.ADMIN or person.user_id in self._admins
        return Known(
            programme=self._programme,
            name=person.name,
            unit=unit,
            role=person.role,
            title=person.title,
            is_admin=is_admin,
            new=True,
        )

    def _change(self, tx: Tx, user_id: int, message_id: int, view: UnitPicker | NameAsked, *, now: datetime) -> None:
        ref = f"join.pick:{user_id}:{message_id}"
        tx.outbox.adopt(ref, user_id, message_id, now=now)
        tx.outbox.edit(ref, view, now=now, rank=Rank.REPLY)


def _picker(tx: Tx, unit_id: int, page: int) -> UnitPicker:
    units = tx.people.units()
    at = next((unit for unit in units if unit.id == unit_id), None)
    if unit_id and at is None:
        raise Expired()
    parents = {unit.parent_id for unit in units}
    below = [unit for unit in units if unit.parent_id == (unit_id or None)]
    pages = max(1, -(-len(below) // PAGE))
    page = min(max(page, 0), pages - 1)
    return UnitPicker(
        at=unit_id,
        path="" if at is None else at.path,
        above=(at.parent_id or 0) if at is not None else 0,
        options=tuple(
            UnitOption(id=unit.id, name=unit.name, has_below=unit.id in parents)
            for unit in below[page * PAGE : (page + 1) * PAGE]
        ),
        page=page,
        pages=pages,
    )
