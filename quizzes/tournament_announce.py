"""From a tournament's events to messages: what its groups and its host hear."""

from __future__ import annotations

from datetime import datetime

from quizzes import tournament_scenes as scenes
from quizzes.tournament import events as e
from quizzes.tournament.state import Tournament
from storage import Tx
from storage.tournaments import TournamentRow


def announce(
    tx: Tx,
    row: TournamentRow,
    before: Tournament,
    after: Tournament,
    events: tuple[e.Event, ...],
    count: int,
    now: datetime,
) -> None:
    """Each bout's group hears of its result; everybody of the draw and of who goes on, once."""
    for event in events:
        told = scenes.bout_news(row.id, before, after, event)
        if told is None:
            continue
        chat_id = _chat_of(tx, before, after, told.bout) or row.chat_id
        unplayed = isinstance(event, e.BoutDecided) and event.result.source.value in ("bye", "walk_over")
        if not unplayed:
            tx.outbox.say(chat_id, told, now=now)
        bout = after.bouts.get(told.bout)
        warning = None if bout is None else scenes.alert(row.id, after, bout)
        if warning is not None:
            tx.outbox.say(row.host_id, warning, now=now)
    for event in events:
        view = scenes.news(row.id, before, after, event, at=count)
        if view is None or (view.what in ("ended", "changed") and view.bracket.podium):
            continue
        chats = dict.fromkeys([row.chat_id, *_chats(tx, row.id, after, view.round)])
        for chat_id in chats:
            tx.outbox.say(chat_id, view, now=now)
        if row.host_id not in chats:
            tx.outbox.say(row.host_id, view.model_copy(update={"at": 0}), now=now)


def _chat_of(tx: Tx, before: Tournament, after: Tournament, bout: int) -> int | None:
    """The group in which a bout is (or was) played."""
    for tournament in (after, before):
        known = tournament.bouts.get(bout)
        if known is not None and known.contest is not None:
            row = tx.contests.get(int(known.contest))
            return None if row is None else row.chat_id
    return None


def _chats(tx: Tx, tournament_id: int, tournament: Tournament, round_: int) -> list[int]:
    """The groups in which the bouts of a round were played."""
    if round_ >= len(tournament.rounds):
        return []
    bouts = set(tournament.rounds[round_].bouts)
    rows = [tx.contests.get(link.contest_id) for link in tx.tournaments.contests(tournament_id) if link.bout in bouts]
    return [row.chat_id for row in rows if row is not None]
