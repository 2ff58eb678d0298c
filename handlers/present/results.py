"""The results of a contest as a workbook or a table, for people in their words, for scripts by the contract's names."""

from collections.abc import Mapping, Sequence

from handlers.present.exports import Record, fitting_cell
from handlers.texts import N_, Texts
from quizzes.account import asked_questions
from quizzes.records import History
from quizzes.results import Results, results
from quizzes.tables import Page, write_csv, write_workbook

SHEETS = ("ranking", "questions", "presses")
"""The tables of one contest."""

_RANKING = ("kind", "rank", "name", "team", "score", "right", "wrong", "accuracy", "mean_ms")
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "ranking": _RANKING,
    "questions": (
        "index", "segment", "segment_kind", "team", "stake", "kind", "question", "answer", "state", "asked", "asked_at", "presses", "buzzed_by", "buzz_ms",
        "answered", "right", "right_share", "won_by", "ruling",
    ),
    "presses": ("index", "player", "team", "kind", "chosen", "after_ms", "received_at", "update_id"),
}  # fmt: skip
_NAMES = {
    "teams": N_("Team results"),
    "players": N_("Players"),
    "questions": N_("Questions"),
    "presses": N_("Presses"),
}
_OWN_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "teams": ("rank", "name", "score", "right", "wrong", "accuracy", "mean_ms", "members"),
    "players": ("rank", "name", "team", "score", "right", "wrong", "accuracy", "mean_ms"),
    "questions": _COLUMNS["questions"],
    "presses": _COLUMNS["presses"],
}
_HEADERS = {
    "rank": N_("Rank"),
    "name": N_("Name"),
    "team": N_("Team"),
    "members": N_("Members"),
    "score": N_("Score"),
    "right": N_("Right answers"),
    "wrong": N_("Wrong answers"),
    "accuracy": N_("Accuracy"),
    "mean_ms": N_("Mean time of an answer (s)"),
    "index": N_("Number"),
    "segment": N_("Segment"),
    "segment_kind": N_("Kind of segment"),
    "stake": N_("Stake"),
    "kind": N_("Kind"),
    "question": N_("Question text"),
    "answer": N_("Right answer"),
    "state": N_("State"),
    "asked": N_("Times asked"),
    "asked_at": N_("Asked at"),
    "presses": N_("Presses counted"),
    "buzzed_by": N_("First to buzz"),
    "buzz_ms": N_("Buzzed after (s)"),
    "answered": N_("Answers"),
    "right_share": N_("Share of right answers"),
    "won_by": N_("Won by"),
    "ruling": N_("Ruling"),
    "player": N_("Player"),
    "chosen": N_("Chosen"),
    "after_ms": N_("After (s)"),
    "received_at": N_("Received at"),
    "update_id": N_("Number of Telegram"),
}
_WORDS: Mapping[str, Mapping[object, str]] = {
    "state": {"ruled": N_("ruled"), "nobody": N_("nobody buzzed"), "void": N_("void"), "open": N_("not closed")},
    "segment_kind": {
        "required": N_("required questions"),
        "buzzer": N_("buzzer questions"),
        "risk": N_("risk questions"),
        "everyone": N_("questions for everyone"),
        "tie_break": N_("sudden death"),
    },
    "ruling": {"right": N_("right"), "wrong": N_("wrong")},
    "kind": {
        "single": N_("one answer"),
        "several": N_("several answers"),
        "true_false": N_("true or false"),
        "fill_in": N_("fill in"),
        "oral": N_("oral"),
        "first": N_("first"),
        "in_time": N_("in time"),
        "later": N_("somebody else was first"),
        "too_late": N_("too late"),
        "false_start": N_("false start"),
        "not_your_turn": N_("not their turn"),
        "second": N_("pressed already"),
        "answer": N_("answer"),
    },
}


def results_of(history: History, t: Texts) -> Results:
    """The four tables of a contest."""
    return results(history.contest, asked_questions(history.contest, history.events), t.zone)


def ranking_rows(found: Results) -> list[Record]:
    """The full ranking of teams, then of players, as one table."""
    return [
        {"kind": kind, "team": row["name"], **row}
        for kind, rows in (("team", found.teams), ("player", found.players))
        for row in rows
    ]


def plain_results(found: Results, form: str, sheet: str) -> tuple[bytes, int]:
    """For scripts: one table as CSV, or a workbook of all of them; and how many rows the table has."""
    tables: dict[str, Sequence[Record]] = {
        "ranking": ranking_rows(found),
        "questions": found.questions,
        "presses": found.presses,
    }
    if form == "csv":
        return write_csv(_COLUMNS[sheet], _cells(tables[sheet], _COLUMNS[sheet])), len(tables[sheet])
    pages = [Page(name, _COLUMNS[name], _cells(rows, _COLUMNS[name])) for name, rows in tables.items()]
    return write_workbook(pages), len(tables[sheet])


def workbook(history: History, t: Texts) -> bytes:
    """For people: teams, players, questions, presses, a sheet each."""
    found = results_of(history, t)
    tables: dict[str, Sequence[Record]] = {
        "teams": found.teams,
        "players": found.players,
        "questions": found.questions,
        "presses": found.presses,
    }
    return write_workbook(
        [
            Page(
                t(_NAMES[name]),
                [t(_HEADERS[column]) for column in _OWN_COLUMNS[name]],
                [[_said(column, row[column], t) for column in _OWN_COLUMNS[name]] for row in rows],
            )
            for name, rows in tables.items()
        ]
    )


def _cells(rows: Sequence[Record], columns: Sequence[str]) -> list[list[str | int | float | None]]:
    return [[_cell(row[column]) for column in columns] for row in rows]


def _cell(value: object) -> str | int | float | None:
    if value is None or isinstance(value, str | int | float):
        return fitting_cell(value)
    assert isinstance(value, list)
    return " / ".join(str(part) for part in value)


def _said(column: str, value: object, t: Texts) -> str | int | float | None:
    if column.endswith("_ms"):
        return None if value is None else round(int(str(value)) / 1000, 3)
    if column.endswith("_at"):
        return str(value).partition("+")[0].replace("T", " ")
    if column == "members":
        assert isinstance(value, list)
        return t(", ").join(value)
    known = _WORDS.get(column, {})
    return t(known[value]) if value in known else _cell(value)
