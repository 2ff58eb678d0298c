"""What the big screen shows of a tournament: the bracket and the bouts that are being played, as plain data. Pure.

A bout shows its teams, its scores, how far it is and who has the word: nothing of a question, so nothing of an answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quizzes import screen
from quizzes.screen_sections import phase_of, segment_kind
from quizzes.screen_time import segment_now
from quizzes.tournament.bracket import BoutBox, Bracket, RoundColumn, Slot, bracket
from quizzes.tournament.state import Bout, BoutState, Tournament

State = dict[str, Any]

_ENTRANTS_SHOWN = 128
_TEAMS_SHOWN = 12
SECTION = "bout "
"""How the section of a bout that is being played is called; its number follows, so that an update carries one bout."""


def project(tournament: Tournament, boards: Mapping[int, screen.Board], groups: Mapping[int, str]) -> State:
    """The whole state, section by section; ``boards`` and ``groups`` are by the number of the bout."""
    found = bracket(tournament)
    state: State = {
        "phase": {"name": "tournament"},
        "bracket": bracket_shown(found),
        "running": sorted(boards),
    }
    for number, board in boards.items():
        state[f"{SECTION}{number}"] = bout_shown(board, groups.get(number, ""))
    return state


def bout_words(tournament: Tournament, bout: Bout) -> State:
    """Which bout of which tournament this is, for the screen of the group in which it is played."""
    return {
        "tournament": tournament.title,
        "bout": bout.number,
        "stage": dict(tournament.stage_of(bout).titles),
        "alone": len(tournament.rounds[bout.round].bouts) == 1,
    }


def open_bouts(tournament: Tournament) -> dict[int, int]:
    """The contests that are being played, by the number of their bout."""
    return {
        bout.number: int(bout.contest)
        for bout in tournament.bouts.values()
        if bout.state is BoutState.OPEN and bout.contest is not None
    }


def bracket_shown(found: Bracket) -> State:
    """The rounds with their bouts, who entered, what is still to come, the places in the end."""
    return {
        "title": found.title,
        "entrants": [{"name": name, "unit": unit} for name, unit in found.entrants[:_ENTRANTS_SHOWN]],
        "entered": len(found.entrants),
        "rounds": [_round(column) for column in found.rounds],
        "to_come": [dict(titles) for titles in found.to_come],
        "podium": [{"place": one.place, "name": one.name, "unit": one.unit} for one in found.podium],
        "called_off": found.called_off,
    }


def _round(column: RoundColumn) -> State:
    return {
        "title": dict(column.titles),
        "turn": column.turn if column.turns else None,
        "over": column.over,
        "final": column.final,
        "bouts": [_box(box) for box in column.bouts],
    }


def _box(box: BoutBox) -> State:
    return {
        "bout": box.number,
        "state": box.state.value,
        "source": None if box.source is None else box.source.value,
        "flagged": box.flagged,
        "slots": [_slot(slot) for slot in box.slots],
    }


def _slot(slot: Slot) -> State:
    return {
        "name": slot.name,
        "score": slot.score,
        "way": None if slot.way is None else slot.way.value,
        "by_lot": slot.by_lot,
        "withdrawn": slot.withdrawn,
    }


def bout_shown(board: screen.Board, group: str) -> State:
    """A bout that is being played, best team first."""
    contest = board.contest
    names = {team.id: team.name for team in contest.seats.teams.values()}
    phase = phase_of(contest)
    return {
        "group": group,
        "number": contest.course.slot + 1,
        "of": contest.planned,
        "decimals": contest.rules.decimals,
        "phase": phase["name"],
        "segment": None if contest.course.slot < 0 else segment_kind(segment_now(contest)),
        "up": phase.get("team"),
        "teams": [
            {"id": line["id"], "name": names.get(line["id"], ""), "score": line["score"], "rank": line["rank"]}
            for line in board.scores[:_TEAMS_SHOWN]
        ],
    }
