"""The cards of a request to join: one for each who may decide, all of them brought up to date together."""

from datetime import datetime

from storage import Tx
from storage.joining import JoinRequest
from storage.people import Person
from study.join_rules import same_name
from study.join_views import Candidate, RequestCard


def candidates(tx: Tx, request: JoinRequest) -> tuple[Person, ...]:
    """Who on the roster may be the asker: the same name in the same unit, without an account, or gone."""
    return tuple(
        person
        for person in tx.people.ever()
        if person.unit_id == request.unit_id
        and same_name(person.name, request.name)
        and (person.user_id is None or person.left_at is not None)
    )


def card_of(tx: Tx, request: JoinRequest, *, choosing: bool = False, code: str = "") -> RequestCard:
    """A request as it stands."""
    user = tx.places.user(request.user_id)
    found = candidates(tx, request) if request.state == "open" else ()
    return RequestCard(
        request_id=request.id,
        name=request.name,
        unit=request.unit,
        account="" if user is None else user.name,
        username=None if user is None else user.username,
        candidates=tuple(Candidate(id=person.id, name=person.name, code=person.code) for person in found[:20]),
        choosing=choosing,
        state=request.state.value,
        decider=request.decider or "",
        code=code,
    )


def show_card(tx: Tx, request: JoinRequest, reader: int, *, now: datetime) -> None:
    """Put a request before somebody who may decide."""
    tx.joining.show_card(request.id, reader)
    tx.outbox.say(reader, card_of(tx, request), now=now, ref=card_ref(request.id, reader))


def close_cards(tx: Tx, request_id: int, *, now: datetime, code: str = "") -> None:
    """Let every card say how a request ended."""
    request = tx.joining.request(request_id)
    assert request is not None
    card = card_of(tx, request, code=code)
    for reader in tx.joining.cards(request_id):
        tx.outbox.edit(card_ref(request_id, reader), card, now=now)


def card_ref(request_id: int, reader: int) -> str:
    """The name of a card's message."""
    return f"join:{request_id}:{reader}"
