"""What may happen to a submission: draft → handed in → (returned → handed in again)* → accepted.

``decide`` refuses a command or says what it makes happen, ``evolve`` lets it happen; replaying the events gives the
submission. Nothing here knows a clock, a database or Telegram.

- A draft is beside what was handed in: until it is handed in, reviewers see the last version.
- Until the deadline what was handed in can be handed in anew; afterwards only if it was returned.
- A first hand-in after the deadline is late; after the close it is refused. A return invites again, close or not.
- Where the template says so, what was accepted can be returned after all (a rectification is reopened).
- A ruling names the version that was read, so that nobody accepts what they have not seen.
"""

from dataclasses import replace
from datetime import datetime

from study.errors import StudyError, TooLong
from study.submission import (
    Accept,
    Accepted,
    Answer,
    Answered,
    Attached,
    Begin,
    Begun,
    Command,
    Commend,
    Commended,
    Consent,
    Emptied,
    Event,
    HandedIn,
    HandIn,
    Receive,
    Received,
    Return,
    Returned,
    Rewrite,
    Submission,
    Terms,
    Text,
    Write,
    Written,
)
from study.task_refusals import (
    AlreadyAccepted,
    AlreadyReviewed,
    ConsentGiven,
    DeadlineOver,
    NewerVersion,
    PieceNotTaken,
    ReasonNeeded,
    SubmissionEmpty,
    SubmissionShort,
    TaskClosed,
    TooManyFiles,
)
from study.task_templates import Piece, State, Template

LONGEST = 20_000
"""The most characters of one submission; several messages of 4096 add up to it."""
MOST_FILES = 20
LONGEST_REASON = 1000


def may_write(work: Submission, terms: Terms, now: datetime) -> bool:
    """Whether the person may (still) write and hand in."""
    try:
        _must_be_open(work, terms, now)
    except StudyError:
        return False
    return True


def decide(work: Submission, command: Command, terms: Terms, *, now: datetime) -> tuple[Event, ...]:
    """Refuse a command or say what it makes happen; nothing is changed here.

    Raises:
        StudyError: one of this module's, if the command does not fit.
    """
    match command:
        case Receive():
            return () if work.received else (Received(),)
        case Begin() | Write() | Rewrite() | HandIn():
            _must_be_open(work, terms, now)
            return _write(work, command, terms, now)
        case Accept() | Return() | Commend():
            return _review(work, command, terms)
        case Answer(consent):
            if work.consent is not Consent.ASKED or consent in (Consent.NONE, Consent.ASKED):
                raise ConsentGiven()
            return (Answered(consent),)


def evolve(work: Submission, event: Event) -> Submission:
    """Let an event happen."""
    match event:
        case Received():
            return replace(work, received=True)
        case Begun(draft) | Written(draft):
            return replace(work, draft=draft)
        case Emptied():
            return replace(work, draft=Text())
        case HandedIn(version, content, at, late):
            return replace(
                work,
                state=State.HANDED_IN,
                draft=Text(),
                handed=content,
                version=version,
                handed_in_at=at,
                late=late,
                received=True,
                reason="",
            )
        case Accepted():
            return replace(work, state=State.ACCEPTED, draft=Text())
        case Returned(_, reason):
            return replace(work, state=State.RETURNED, reason=reason)
        case Commended(_, asked):
            return replace(work, commended=True, consent=Consent.ASKED if asked else work.consent)
        case Answered(consent):
            return replace(work, consent=consent)


def _must_be_open(work: Submission, terms: Terms, now: datetime) -> None:
    match work.state:
        case State.ACCEPTED:
            raise AlreadyAccepted()
        case State.HANDED_IN if now > terms.due_at:
            raise DeadlineOver()
        case State.DRAFT if terms.closes_at is not None and now > terms.closes_at:
            raise TaskClosed()


def _write(
    work: Submission, command: Begin | Write | Rewrite | HandIn, terms: Terms, now: datetime
) -> tuple[Event, ...]:
    match command:
        case Begin():
            return (Begun(work.handed),) if work.draft.is_empty and work.version else ()
        case Write(text, files):
            return (Written(_appended(work.draft, text, files, terms.template)),)
        case Rewrite():
            return () if work.draft.is_empty else (Emptied(),)
        case HandIn():
            _must_suffice(work.draft, terms)
            late = now > terms.due_at if work.version == 0 else work.late
            return (HandedIn(work.version + 1, work.draft, now, late),)


def _appended(draft: Text, text: str, files: tuple[Attached, ...], template: Template) -> Text:
    pieces = [Piece.TEXT] if text.strip() and not files else []
    for piece in (*pieces, *(file.piece for file in files)):
        if piece not in template.takes:
            raise PieceNotTaken(wanted=piece.value)
    joined = "\n".join(part for part in (draft.text, text.strip()) if part)
    if len(joined) > LONGEST:
        raise TooLong(limit=LONGEST, length=len(joined))
    together = (*draft.files, *files)
    if len(together) > MOST_FILES:
        raise TooManyFiles(limit=MOST_FILES)
    return Text(joined, together)


def _must_suffice(draft: Text, terms: Terms) -> None:
    if draft.is_empty:
        raise SubmissionEmpty()
    exempt = any(file.piece in terms.template.exempt for file in draft.files)
    if not exempt and draft.length < terms.least:
        raise SubmissionShort(least=terms.least, length=draft.length)


def _review(work: Submission, command: Accept | Return | Commend, terms: Terms) -> tuple[Event, ...]:
    if command.version != work.version:
        raise NewerVersion()
    waits = work.state is State.HANDED_IN
    match command:
        case Commend(version) if work.state is State.ACCEPTED and not work.commended:
            return (Commended(version, terms.template.published),)
        case Return(version, reason) if work.state is State.ACCEPTED and terms.template.reopened:
            return _return(version, reason)
        case _ if not waits:
            raise AlreadyReviewed()
        case Accept(version):
            return (Accepted(version),)
        case Commend(version):
            return (Accepted(version), Commended(version, terms.template.published))
        case Return(version, reason):
            return _return(version, reason)


def _return(version: int, reason: str) -> tuple[Event, ...]:
    if not reason.strip():
        raise ReasonNeeded()
    if len(reason.strip()) > LONGEST_REASON:
        raise TooLong(limit=LONGEST_REASON, length=len(reason.strip()))
    return (Returned(version, reason.strip()),)
