"""A member's own data: the card, the file (JSON and a workbook in a ZIP), requests for removal as admins see them."""

import io
import json
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from handlers.callback_data import pack
from handlers.present.exports import fitting_cell
from handlers.present.shown import Attachment, Button, Shown, shows
from handlers.texts import N_, Texts, bold
from quizzes.tables import Page, write_workbook
from study.personal_data import PersonalCard, PersonalFile, RemovalOutcome, RemovalRequest, Stored

PREFIX = "personal:"
"""How the stored name of somebody's file begins; the Telegram id follows."""

TABLE_WORDS: Final[Mapping[str, str]] = {
    "people": N_("Roster"),
    "users": N_("Telegram account"),
    "conversations": N_("Conversation with the bot"),
    "inbox": N_("Messages to the bot"),
    "outbox": N_("Messages of the bot"),
    "join_requests": N_("Requests for admission"),
    "roster_history": N_("Changes in the roster"),
    "checkins": N_("Check-ins"),
    "checkin_entries": N_("Check-ins, how they came about"),
    "leaves": N_("Leave"),
    "material_reads": N_("Materials read"),
    "material_answers": N_("Questions of materials"),
    "submissions": N_("Reflections and assignments"),
    "submission_events": N_("Reflections, what happened"),
    "broadcast_recipients": N_("Broadcasts received"),
    "contest_players": N_("Contests"),
    "practice_cards": N_("Practice, questions"),
    "practice_answers": N_("Practice, answers"),
    "exam_people": N_("Exams"),
    "exam_papers": N_("Exam papers"),
    "exam_answers": N_("Exam answers"),
    "ledger": N_("Points, entries"),
    "ledger_sums": N_("Points by month"),
    "ledger_totals": N_("Points, sums"),
    "dispute_entries": N_("Disputes"),
    "award_drafts": N_("Points by hand"),
    "removals": N_("Requests for removal"),
    "attendances": N_("Sessions"),
    "attendance_entries": N_("Sessions, how they came about"),
    "speeches": N_("Speeches in sessions"),
    "session_lecturers": N_("Lectures held"),
    "session_seats": N_("Sessions, sign-ups"),
    "session_leaves": N_("Leave from sessions"),
    "attendance_warnings": N_("Warnings about attendance"),
    "make_ups": N_("Make-up lessons"),
    "notes": N_("Study notes"),
    "wishes": N_("Wishes"),
    "wish_votes": N_("Votes for wishes"),
    "works": N_("Works"),
    "work_members": N_("Works, teams"),
    "work_events": N_("Works, what happened"),
    "work_reports": N_("Works, progress"),
    "evaluation_subjects": N_("Evaluations of oneself"),
    "evaluation_tickets": N_("Forms asked for"),
    "evaluation_sheets": N_("Open forms filled in"),
    "round_places": N_("Rounds, order of speakers"),
    "round_members": N_("Rounds"),
    "round_comments": N_("Rounds, remarks"),
    "round_duties": N_("Duties of observers"),
    "daily_answers": N_("Questions of the day"),
    "items": N_("Items taken on"),
    "item_steps": N_("Items, what happened"),
    "item_reports": N_("Items, reports"),
    "item_drafts": N_("Items, report being written"),
    "item_wishes": N_("Items, wishes"),
    "item_choices": N_("Items, choices of the office"),
    "ideas": N_("Ideas handed in"),
    "idea_votes": N_("Votes for ideas"),
    "idea_steps": N_("Ideas, what happened"),
    "visits": N_("Visits"),
    "reminders": N_("Reminders"),
}
"""What the sheets are called; a table without a line here has its own name."""

_STATES = {
    "asked": N_("{name} ({unit}) asks for the removal of what is stored about them."),
    "done": N_("Removed by {decider}: {name} ({unit}) is nameless now; figures stay."),
    "declined": N_("Declined by {decider}: the data of {name} ({unit}) stay."),
    "withdrawn": N_("{name} ({unit}) has withdrawn the request for removal."),
}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@shows(PersonalCard)
def card(view: PersonalCard, t: Texts) -> Shown:
    """What is stored, the file, the wish that it be removed."""
    if view.sure:
        text = t.html(
            "<b>Ask for the removal?</b>\nYour name, your Telegram account, your texts and files are removed for good, and "
            "you are off the roster. Figures stay without a name, so that the unit's records still add up. "
            "An admin has to agree."
        )
        buttons = (
            Button(t("Yes, ask for it"), pack("mine", "sure")),
            Button(t("No, keep everything"), pack("mine", "keep")),
        )
        return Shown(text, (buttons,))
    lines = [
        bold(t.html("What is stored about {name}", name=view.name)),
        t.html(
            "{rows} lines in {tables} tables. You can have all of it as a file.", rows=view.rows, tables=view.tables
        ),
    ]
    first = Button(t("Send me everything"), pack("mine", "file"))
    second = Button(t("Ask for its removal"), pack("mine", "ask"))
    if view.pending:
        lines.append(t.html("Your request for removal waits for an admin."))
        second = Button(t("Withdraw the request"), pack("mine", "back"))
    return Shown("\n".join(lines), ((first,), (second,)))


@shows(PersonalFile)
def file(view: PersonalFile, t: Texts) -> Shown:
    """The archive as a document."""
    name = t("my-data-{day}.zip", day=f"{view.at.astimezone(t.zone):%Y-%m-%d}")
    caption = t.html(
        "Everything that is stored about you, as of {at}: a workbook to read, and the same as JSON.",
        at=t.moment(view.at),
    )
    return Shown(caption, attachment=Attachment("document", stored=f"{PREFIX}{view.user_id}", name=name))


@shows(RemovalRequest)
def request(view: RemovalRequest, t: Texts) -> Shown:
    """For admins."""
    text = t.html(_STATES[view.state], name=view.name, unit=view.unit, decider=view.decider)
    if view.state != "asked":
        return Shown(text)
    explained = t.html("Names, Telegram id, texts and files go; figures stay. This cannot be undone.")
    buttons = (
        Button(t("Remove the data"), pack("removal", "yes", view.removal_id)),
        Button(t("Decline the request"), pack("removal", "no", view.removal_id)),
    )
    return Shown(f"{text}\n{explained}", (buttons,))


@shows(RemovalOutcome)
def outcome(view: RemovalOutcome, t: Texts) -> Shown:
    """For the member."""
    if view.state == "done":
        return Shown(t.html("What was stored about you by name has been removed. Thank you for having taken part."))
    return Shown(t.html("Your request for removal was declined. Please talk to an admin about the reason."))


def preparing(t: Texts) -> str:
    """What the press of the file's button answers."""
    return t("Your file is on its way.")


def wish_of(stored: str) -> int:
    """Whose file a stored name means."""
    return int(stored.removeprefix(PREFIX))


def archive(found: Stored, t: Texts) -> bytes:
    """Everything as a ZIP: a workbook with a sheet a table, and the same as JSON."""
    whole = {table: [dict(row) for row in rows] for table, rows in found.items()}
    pages = [
        Page(
            t(TABLE_WORDS[table]) if table in TABLE_WORDS else table,
            list(rows[0]),
            [[fitting_cell(_cell(name, value, t)) for name, value in row.items()] for row in rows],
        )
        for table, rows in whole.items()
    ]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("data.json", json.dumps(whole, ensure_ascii=False, indent=2, default=str))
        file.writestr("data.xlsx", write_workbook(pages))
    return packed.getvalue()


def _cell(name: str, value: Any, t: Texts) -> str | int | float | None:
    """A value for people: times on the programme's clock instead of a count of milliseconds."""
    if isinstance(value, int) and (name == "at" or name.endswith("_at")):
        return f"{(_EPOCH + timedelta(milliseconds=value)).astimezone(t.zone):%Y-%m-%d %H:%M:%S}"
    return value if value is None or isinstance(value, str | int | float) else str(value)
