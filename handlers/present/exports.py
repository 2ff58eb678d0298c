"""Records as tables: rows for scripts with the names of the public contract, for people in the words of their language."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Self

from handlers.callback_data import pack
from handlers.present.roles import ROLE_NAMES
from handlers.present.shown import Attachment, Button, Shown, shows
from handlers.texts import N_, Texts, bold
from quizzes.statistics import QuestionStatistics
from quizzes.tables import Page, TableFile
from study.exports import ExportFile, ExportMenu, Format, Records

Record = Mapping[str, object]

PREFIX = "export:"
"""How the stored name of a table begins; the rest says what, in which format and for whom."""

LONGEST_CELL = 32_000
"""Characters; a cell of a workbook holds 32,767 (Excel specifications and limits)."""

_HANDED_IN = (
    "task",
    "kind",
    "unit",
    "name",
    "state",
    "handed_in_at",
    "late",
    "length",
    "text",
    "files",
    "reviewer",
    "reviewed_at",
    "reason",
    "published",
)
_STANDINGS = ("kind", "rank", "name", "team", "score", "right", "wrong", "accuracy", "mean_ms")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "roster": ("name", "unit", "level", "role", "title", "code", "joined", "joined_at"),
    "attendance": ("date", "event", "unit", "name", "status", "at"),
    "contest": _STANDINGS,
    "reflections": _HANDED_IN,
    "assignments": _HANDED_IN,
    "questions": (
        "bank",
        "id",
        "kind",
        "question",
        "asked",
        "answered",
        "right",
        "wrong",
        "right_share",
        "mean_ms",
        "nobody",
        "voided",
        "last_asked_at",
    ),
    "exams": (
        "exam",
        "unit",
        "name",
        "state",
        "started_at",
        "handed_in_at",
        "score",
        "total",
        "percent",
        "passed",
        "right",
        "wrong",
        "blank",
        "wrong_numbers",
        "blank_numbers",
    ),
    "items": (
        "number",
        "pool",
        "work",
        "item",
        "measure",
        "leader",
        "unit",
        "name",
        "item_state",
        "since",
        "milestone",
        "milestones_reached",
        "due",
        "overdue",
        "late",
        "deadline",
        "reason",
    ),
    "ideas": (
        "number",
        "campaign",
        "unit",
        "name",
        "text",
        "category",
        "votes",
        "idea_state",
        "reason",
        "item_id",
        "submitted_at",
    ),
    "tournament": (
        "round",
        "stage",
        "bout",
        "rank",
        "team",
        "unit",
        "score",
        "through",
        "by_lot",
        "source",
        "contest",
    ),
    "works": (
        "work_kind",
        "period",
        "number",
        "work_title",
        "unit",
        "leader",
        "members",
        "stage",
        "phase",
        "version",
        "rating",
        "score",
        "begun_at",
        "accepted_on",
        "shortlisted",
        "published",
        "progress",
        "text",
    ),
    "points": ("name", "unit", "rule", "points", "at", "evidence", "number", "day", "reason", "reverses"),
    "season": ("subject", "rank", "name", "points", "firsts", "events"),
}
"""The columns of each table, so that an empty one shows them too."""

_CONTESTS = ("contest", "opened_at", "preset", "bank", "contest_state", *_STANDINGS)

_NAMES = {
    Records.ATTENDANCE: N_("Check-ins"),
    Records.CONTEST: N_("Contests"),
    Records.REFLECTIONS: N_("Reflections"),
    Records.ASSIGNMENTS: N_("Assignments"),
    Records.EXAMS: N_("Exams"),
    Records.ROSTER: N_("Roster"),
    Records.QUESTIONS: N_("Question statistics"),
    Records.WORKS: N_("Works and plans"),
    Records.POINTS: N_("Points"),
    Records.ITEMS: N_("Items taken on"),
    Records.IDEAS: N_("Ideas"),
}
_HEADERS = {
    "name": N_("Name"),
    "unit": N_("Unit"),
    "level": N_("Level"),
    "role": N_("Role"),
    "title": N_("Post"),
    "code": N_("Code"),
    "joined": N_("Has joined"),
    "joined_at": N_("Joined at"),
    "date": N_("Date"),
    "event": N_("Event"),
    "status": N_("Status"),
    "at": N_("At"),
    "contest": N_("Contest number"),
    "opened_at": N_("Opened at"),
    "preset": N_("Preset"),
    "bank": N_("Question bank"),
    "contest_state": N_("State of the contest"),
    "kind": N_("Kind"),
    "rank": N_("Rank"),
    "team": N_("Team"),
    "score": N_("Score"),
    "right": N_("Right answers"),
    "wrong": N_("Wrong answers"),
    "work_kind": N_("Kind"),
    "work_title": N_("Title"),
    "period": N_("Period"),
    "number": N_("No."),
    "leader": N_("Leader"),
    "members": N_("Members"),
    "stage": N_("Stage"),
    "phase": N_("State"),
    "version": N_("Version"),
    "rating": N_("Rating"),
    "begun_at": N_("Begun at"),
    "accepted_on": N_("Approved on"),
    "shortlisted": N_("On the shortlist"),
    "progress": N_("Progress (%)"),
    "task": N_("Title"),
    "state": N_("State"),
    "handed_in_at": N_("Handed in at"),
    "late": N_("Late"),
    "length": N_("Characters"),
    "text": N_("Text"),
    "files": N_("Files"),
    "reviewer": N_("Reviewer"),
    "reviewed_at": N_("Reviewed at"),
    "reason": N_("Reason"),
    "published": N_("Published"),
    "id": N_("Number of the question"),
    "question": N_("Question text"),
    "asked": N_("Contests it was asked in"),
    "answered": N_("Answers"),
    "accuracy": N_("Accuracy"),
    "right_share": N_("Share of right answers"),
    "mean_ms": N_("Mean time of an answer (s)"),
    "nobody": N_("Nobody buzzed in"),
    "voided": N_("Void in"),
    "last_asked_at": N_("Last asked"),
    "exam": N_("Exam"),
    "started_at": N_("Begun at"),
    "total": N_("Points in all"),
    "percent": N_("Percent"),
    "passed": N_("Passed"),
    "blank": N_("Not answered"),
    "wrong_numbers": N_("Numbers answered wrongly"),
    "blank_numbers": N_("Numbers not answered"),
    "rule": N_("Rule"),
    "points": N_("Points"),
    "evidence": N_("Evidence"),
    "day": N_("Counts for the day"),
    "reverses": N_("Takes back entry"),
    "pool": N_("Pool"),
    "work": N_("Work"),
    "item": N_("Item title"),
    "measure": N_("Measure"),
    "item_state": N_("State of the item"),
    "since": N_("Taken on since"),
    "milestone": N_("Milestone"),
    "milestones_reached": N_("Milestones reached"),
    "due": N_("Milestone due"),
    "overdue": N_("Overdue"),
    "deadline": N_("Deadline"),
    "campaign": N_("Campaign"),
    "category": N_("Category"),
    "votes": N_("Votes"),
    "idea_state": N_("State of the idea"),
    "item_id": N_("Number of the item"),
    "submitted_at": N_("Submitted at"),
}
_VALUES: Mapping[str, Mapping[object, str]] = {
    "role": {role.value: name for role, name in ROLE_NAMES.items()},
    "event": {"checkin": N_("Check in")},
    "status": {
        "on_time": N_("on time"),
        "late": N_("late"),
        "leave": N_("on leave"),
        "absent": N_("absent"),
        "excused": N_("excused"),
        "present": N_("present"),
        "make_up": N_("made up"),
    },
    "kind": {
        "team": N_("team"),
        "player": N_("player"),
        "reflection": N_("Reflection"),
        "assignment": N_("Assignment"),
        "single": N_("one answer"),
        "several": N_("several answers"),
        "true_false": N_("true or false"),
        "fill_in": N_("fill in"),
        "oral": N_("oral"),
    },
    "state": {
        "draft": N_("not handed in"),
        "handed_in": N_("handed in"),
        "returned": N_("returned"),
        "accepted": N_("accepted"),
        "missing": N_("not taken"),
        "under_way": N_("under way"),
        "time_over": N_("handed in at the end of time"),
    },
    "phase": {
        "writing": N_("to be filled in"),
        "review": N_("under review"),
        "accepted": N_("passed all stages"),
        "rejected": N_("not approved in the end"),
        "withdrawn": N_("given up"),
    },
    "item_state": {
        "open": N_("open to be taken on"),
        "asked": N_("waiting for approval"),
        "held": N_("in progress"),
        "closed": N_("done"),
        "given_up": N_("closed early"),
    },
    "idea_state": {
        "submitted": N_("handed in"),
        "shortlisted": N_("on the shortlist"),
        "adopted": N_("adopted"),
        "not_adopted": N_("not adopted"),
    },
    "contest_state": {
        "lobby": N_("not begun"),
        "running": N_("under way"),
        "paused": N_("paused"),
        "finished": N_("finished"),
        "aborted": N_("called off"),
    },
}
_YES_NO = {True: N_("yes"), False: N_("no")}


def stored(what: Records, form: Format, user_id: int) -> str:
    """The name under which a table is fetched when its message is sent."""
    return f"{PREFIX}{what.value}:{form.value}:{user_id}"


def wish_of(name: str) -> tuple[Records, Format, int]:
    """What such a name asks for."""
    what, form, user_id = name.removeprefix(PREFIX).split(":")
    return Records(what), Format(form), int(user_id)


def contest_rows(found: Record) -> list[Record]:
    """A contest as a table: the full ranking of teams, then of players."""
    rows: list[Record] = []
    for kind in ("teams", "players"):
        lines = found[kind]
        assert isinstance(lines, list)
        rows += [
            {
                "kind": kind.removesuffix("s"),
                "rank": line["rank"],
                "name": line["name"],
                "team": line.get("team", line["name"]),
                "score": line["score"],
                "right": line["right"],
                "wrong": line["wrong"],
                "accuracy": line["accuracy"],
                "mean_ms": line["mean_ms"],
            }
            for line in lines
        ]
    return rows


def question_row(one: QuestionStatistics, t: Texts) -> Record:
    """What a question has been worth so far."""
    return {
        "bank": one.bank,
        "id": one.id,
        "kind": one.kind,
        "question": one.text,
        "asked": one.asked,
        "answered": one.answered,
        "right": one.right,
        "wrong": one.wrong,
        "right_share": None if one.right_share is None else round(one.right_share, 4),
        "mean_ms": one.mean_ms,
        "nobody": one.nobody,
        "voided": one.voided,
        "last_asked_at": one.last_asked_at.astimezone(t.zone).isoformat(timespec="seconds"),
    }


def exam_rows(found: Sequence[Record]) -> list[Record]:
    """Results of exams as a table: the questions by their numbers in the exam, the same for everybody."""
    rows: list[Record] = []
    for line in found:
        questions = line["questions"]
        assert isinstance(questions, list)
        marks = {one["number"]: one["right"] for one in questions}
        rows.append(
            {
                **{name: value for name, value in line.items() if name != "questions"},
                "wrong_numbers": " ".join(str(number) for number, right in marks.items() if right is False),
                "blank_numbers": " ".join(str(number) for number, right in marks.items() if right is None),
            }
        )
    return rows


def contest_lines(found: Record) -> list[Record]:
    """The ranking of one contest among several: each line says of which."""
    which = {"contest": found["id"], "contest_state": found["state"]}
    which |= {name: found[name] for name in ("opened_at", "preset", "bank")}
    return [{**which, **line} for line in contest_rows(found)]


class RecordFile:
    """Records on their way into a table: what was added is written, and not kept. To be used in a ``with``."""

    def __init__(
        self, form: str, file: TableFile, columns: Sequence[str], said: Callable[[str, object], object]
    ) -> None:
        self._file, self._columns, self._said = file, columns, said
        self._fitting = fitting_cell if form == Format.XLSX else lambda cell: cell

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.__exit__(*error)

    def add(self, records: Iterable[Record]) -> None:
        """Write some records; a text that no cell of a workbook holds is cut there."""
        said, fitting = self._said, self._fitting
        self._file.add([fitting(_cell(said(name, one[name]))) for name in self._columns] for one in records)

    def content(self) -> bytes:
        """The whole file; nothing can be added any more."""
        return self._file.content()


def plain_file(what: str, form: str) -> RecordFile:
    """A table for scripts: the columns and the values are those of the JSON export."""
    return RecordFile(form, TableFile(form, COLUMNS[what], sheet=what), COLUMNS[what], lambda _, value: value)


def people_file(
    what: Records, form: Format, t: Texts, *, sheet: str | None = None, before: Iterable[Page] = ()
) -> RecordFile:
    """A table for people, in a workbook behind the sheets ``before`` it."""
    columns = _CONTESTS if what is Records.CONTEST else COLUMNS[what.value]
    headers = [t(_HEADERS[name]) for name in columns]
    file = TableFile(form.value, headers, sheet=sheet or t(_NAMES[what]), before=before)
    return RecordFile(form.value, file, columns, lambda name, value: _said(name, value, t))


def fitting_cell(cell: str | int | float | None) -> str | int | float | None:
    """A value that a cell of a workbook holds; a longer text is cut."""
    return f"{cell[:LONGEST_CELL]}…" if isinstance(cell, str) and len(cell) > LONGEST_CELL else cell


def _said(name: str, value: object, t: Texts) -> object:
    if isinstance(value, bool):
        return t(_YES_NO[value])
    if name.endswith("_at") or name == "at":
        return None if value is None else f"{datetime.fromisoformat(str(value)).astimezone(t.zone):%Y-%m-%d %H:%M}"
    if name.endswith("_ms"):
        return None if value is None else round(int(str(value)) / 1000, 3)
    known = _VALUES.get(name)
    # What has no words of its own may be a list, which no table of words can be asked for.
    return t(known[value]) if known is not None and value in known else value


def _cell(value: object) -> str | int | float | None:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, list | tuple):
        return " / ".join(str(part) for part in value)
    return str(value)


@shows(ExportMenu)
def menu(view: ExportMenu, t: Texts) -> Shown:
    """A row of buttons for each kind of records."""
    rows = tuple(
        tuple(Button(f"{t(name)} {form.name}", pack("exp", what.value, form.value)) for form in Format)
        for what, name in _NAMES.items()
        if view.points or what is not Records.POINTS
    )
    rows += ((Button(t("Register of sessions (to print)"), pack("reg", "unit", 0, "-")),),)
    lines = (
        bold(t.html("Records as tables")),
        t.html("Which records? You get those of your unit and of the ones below it."),
    )
    return Shown("\n".join(lines), rows)


@shows(ExportFile)
def file(view: ExportFile, t: Texts) -> Shown:
    """The table as a document."""
    name = f"{t(_NAMES[view.what])}-{view.at.astimezone(t.zone):%Y-%m-%d}.{view.form.value}"
    caption = t.html("{what}, as of {at}", what=t(_NAMES[view.what]), at=t.moment(view.at))
    return Shown(
        caption, attachment=Attachment("document", stored=stored(view.what, view.form, view.user_id), name=name)
    )


def preparing(t: Texts) -> str:
    """What a press answers."""
    return t("The file is on its way.")
