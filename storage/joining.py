"""How people came to the roster: requests, wrong codes, rosters that wait for a word, what was changed by whom."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from storage.rows import Instant, Row


class RequestState(StrEnum):
    """``SETTLED``: the asker came onto the roster in another way."""

    OPEN = "open"
    APPROVED = "approved"
    REFUSED = "refused"
    SETTLED = "settled"


class JoinRequest(Row):
    """Somebody asks to be admitted to a unit; ``unit`` is its path, ``decider`` the name of who decided."""

    id: int
    user_id: int
    name: str
    unit_id: int
    unit: str
    state: RequestState
    asked_at: Instant
    decided_at: Instant | None
    decider: str | None


class RosterDraft(Row):
    """A roster that was read in a chat; ``state`` is ``waiting``, ``taken`` or ``dropped``."""

    id: int
    user_id: int
    body: str
    state: str


class Change(Row):
    """One entry of a person's history; ``by_user`` is ``None`` for the command line."""

    person_id: int
    what: str
    detail: str
    by_user: int | None
    at: Instant


class Misses(Row):
    """Wrong codes, and how many users tried them."""

    misses: int
    accounts: int


class JoinRoom:
    """Requests to join and what leads to the roster."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def ask(self, user_id: int, name: str, unit_id: int, *, now: datetime) -> int:
        """Store a request; a user may have one open at a time."""
        request_id: int = self._sql.request_add(
            self._connection, user_id=user_id, name=name, unit_id=unit_id, asked_at=now
        )
        return request_id

    def request(self, request_id: int) -> JoinRequest | None:
        """A request by its id."""
        return JoinRequest.maybe(self._sql.request_get(self._connection, id=request_id))

    def open_request(self, user_id: int) -> JoinRequest | None:
        """The request of a user that nobody has decided."""
        return JoinRequest.maybe(self._sql.request_open_of(self._connection, user_id=user_id))

    def open_requests(self) -> Sequence[JoinRequest]:
        """Every request that nobody has decided, the oldest first."""
        return JoinRequest.all(self._sql.requests_open(self._connection))

    def decide(self, request_id: int, state: RequestState, decider: str, *, now: datetime) -> bool:
        """Decide an open request; says whether it was open."""
        return bool(
            self._sql.request_decide(
                self._connection, id=request_id, state=state.value, decider=decider, decided_at=now
            )
        )

    def show_card(self, request_id: int, user_id: int) -> None:
        """Note that somebody was shown a request."""
        self._sql.request_card_put(self._connection, request_id=request_id, user_id=user_id)

    def cards(self, request_id: int) -> Sequence[int]:
        """Who was shown a request."""
        return tuple(row["user_id"] for row in self._sql.request_cards(self._connection, request_id=request_id))

    def misses(self, user_id: int, *, since: datetime) -> int:
        """How many wrong codes a user has tried after ``since``."""
        count: int = self._sql.misses_count(self._connection, user_id=user_id, since=since)
        return count

    def misses_of_all(self, *, since: datetime) -> Misses:
        """How many wrong codes have been tried after ``since``, by everybody."""
        return Misses.model_validate(self._sql.misses_of_all(self._connection, since=since))

    def miss(self, user_id: int, *, now: datetime, forget: datetime) -> None:
        """Note a wrong code, and forget everybody's of ``forget`` and before."""
        self._sql.misses_forget(self._connection, before=forget)
        self._sql.miss_add(self._connection, user_id=user_id, missed_at=now)

    def wish(self, chat_id: int, path: str, *, now: datetime) -> int:
        """Remember the path of a unit that may be made for a group; a button has no room for it."""
        wish_id: int = self._sql.wish_add(self._connection, chat_id=chat_id, path=path, wished_at=now)
        return wish_id

    def wished(self, wish_id: int, chat_id: int) -> str | None:
        """The path that was wished for in this group."""
        path: str | None = self._sql.wish_get(self._connection, id=wish_id, chat_id=chat_id)
        return path

    def greet(self, chat_id: int) -> bool:
        """Note that a group is greeted; says whether it is the first time."""
        return bool(self._sql.greet(self._connection, chat_id=chat_id))

    def move_chat(self, old: int, new: int) -> None:
        """A group became a supergroup."""
        self._sql.wishes_move(self._connection, old=old, new=new)
        self.greet(new)

    def draft(self, user_id: int, body: str, *, now: datetime) -> int:
        """Keep a roster that was read until its sender decides."""
        draft_id: int = self._sql.draft_add(self._connection, user_id=user_id, body=body, made_at=now)
        return draft_id

    def drafted(self, draft_id: int) -> RosterDraft | None:
        """A roster that was read."""
        return RosterDraft.maybe(self._sql.draft_get(self._connection, id=draft_id))

    def settle_draft(self, draft_id: int, *, taken: bool) -> bool:
        """A roster was taken in or dropped; says whether it was waiting."""
        state = "taken" if taken else "dropped"
        return bool(self._sql.draft_settle(self._connection, id=draft_id, state=state))

    def note(self, person_id: int, what: str, detail: str, *, by: int | None, now: datetime) -> None:
        """Keep in the history of a person what was changed, and by whom."""
        self._sql.history_add(self._connection, person_id=person_id, what=what, detail=detail, by_user=by, at=now)

    def history(self, person_id: int) -> Sequence[Change]:
        """What was changed about a person, in order."""
        return Change.all(self._sql.history_of(self._connection, person_id=person_id))
