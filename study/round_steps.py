"""The steps of a meeting: whose turn it is, what became of whose turn it was, and the step back."""

from datetime import datetime, timedelta
from typing import Literal

from pydantic import BaseModel

from storage import Tx
from storage.rounds import GroupRow, MemberRow, RoundRow, Speaking
from study.calendar import day_of
from study.ledger import Happening, credit
from study.round_book import RoundSettings, plan_of, waiting
from study.round_errors import RoundMovedOn

Step = Literal["next", "skip", "later", "absent", "undo", "end"]
LATE_AFTER = timedelta(minutes=10)
"""Whoever says that they are there later than this after the beginning is late."""


class Undo(BaseModel):
    """What it takes to take a step back."""

    person: int
    place: int
    was_here: bool
    speech: int | None


def go_on(
    tx: Tx, group: GroupRow, row: RoundRow, what: Step, by: int, now: datetime, settings: RoundSettings
) -> GroupRow:
    speaker = None if group.speaker_id is None else tx.rounds.member(row.id, group.speaker_id)
    undo = ""
    if speaker is not None:
        speech = deal_with(tx, group, row, speaker, what, by, now, settings)
        undo = Undo(
            person=speaker.person_id, place=speaker.place, was_here=speaker.here_at is not None, speech=speech
        ).model_dump_json()
    members = [one for one in tx.rounds.members(row.id) if one.group_id == group.id]
    following = waiting(members)
    changed = group.model_copy(
        update={
            "speaker_id": None if following is None else following.person_id,
            "called_at": None if following is None else now,
            "step": group.step + 1,
            "undo": undo,
        }
    )
    if following is not None:
        bell = now + timedelta(seconds=plan_of(row).speaking_seconds)
        tx.alarms.set("round.bell", f"{group.id}:{changed.step}", bell, useful_until=bell + timedelta(minutes=5))
    return changed


def deal_with(
    tx: Tx,
    group: GroupRow,
    row: RoundRow,
    speaker: MemberRow,
    what: Step,
    by: int,
    now: datetime,
    settings: RoundSettings,
) -> int | None:
    """Note what became of the one whose turn it was; returns the speech's id, if it was one."""
    day = day_of(row.starts_at, settings.zone)
    if what == "later":
        tx.rounds.set_status(speaker, Speaking.WAITING, place=last_place(tx, group) + 1)
    elif what == "skip":
        tx.rounds.set_status(speaker, Speaking.SKIPPED)
    elif what == "absent":
        tx.rounds.set_status(speaker, Speaking.ABSENT)
        not_here(tx, group, row, speaker, by, now, settings)
    else:
        tx.rounds.set_status(speaker, Speaking.SPOKE)
        if tx.rounds.here(row.id, speaker.person_id, now=now):
            attend(tx, group, row, speaker, settings, cause="mark", author_id=by, author=group.host, now=now)
        what_happened = Happening("round.spoke", {"round": row.plan})
        credit(tx, speaker.person_id, f"round:{row.id}:spoke", what_happened, day=day, now=now)
        if group.session_id is not None:
            return tx.sessions.speak(
                group.session_id, speaker.person_id, speaker.unit_id, "", by=by, confirmed_by=by, now=now
            )
    return None


def undo(tx: Tx, group: GroupRow, row: RoundRow, by: int, now: datetime, settings: RoundSettings) -> GroupRow:
    """Take the last step back: it is the turn of the same person again, and nothing of the step counts."""
    if not group.undo:
        raise RoundMovedOn()
    step = Undo.model_validate_json(group.undo)
    member = tx.rounds.member(row.id, step.person)
    if member is None:
        raise RoundMovedOn()
    day = day_of(row.starts_at, settings.zone)
    tx.rounds.set_status(member, Speaking.WAITING, place=step.place)
    if step.speech is not None:
        tx.sessions.withdraw_speech(step.speech, now=now)
    credit(tx, member.person_id, f"round:{row.id}:spoke", None, day=day, now=now, author_id=by)
    if step.was_here and member.here_at is None:
        tx.rounds.here(row.id, member.person_id, now=now)
        attend(tx, group, row, member, settings, cause="mark", author_id=by, author=group.host, now=now)
    elif not step.was_here and member.here_at is not None and member.status is Speaking.SPOKE:
        not_here(tx, group, row, member, by, now, settings)
    bell = now + timedelta(seconds=plan_of(row).speaking_seconds)
    tx.alarms.set("round.bell", f"{group.id}:{group.step + 1}", bell, useful_until=bell + timedelta(minutes=5))
    return group.model_copy(
        update={"speaker_id": member.person_id, "called_at": now, "step": group.step + 1, "undo": ""}
    )


def not_here(
    tx: Tx, group: GroupRow, row: RoundRow, member: MemberRow, by: int, now: datetime, settings: RoundSettings
) -> None:
    """Write somebody who is not there into the register."""
    tx.rounds.not_here(row.id, member.person_id)
    if group.session_id is not None:
        tx.rounds.attend(
            group.session_id, member, "absent", at=None, cause="mark", author_id=by, author=group.host, now=now
        )
    day = day_of(row.starts_at, settings.zone)
    credit(tx, member.person_id, f"round:{row.id}:attended", None, day=day, now=now, author_id=by)


def attend(
    tx: Tx,
    group: GroupRow,
    row: RoundRow,
    member: MemberRow,
    settings: RoundSettings,
    *,
    cause: str,
    author_id: int,
    author: str,
    now: datetime,
) -> None:
    """Write somebody who is there into the register."""
    opened = max(row.starts_at, group.opened_at or row.starts_at)
    late = cause == "self" and now > opened + LATE_AFTER
    if group.session_id is not None:
        status = "late" if late else "present"
        tx.rounds.attend(
            group.session_id, member, status, at=now, cause=cause, author_id=author_id, author=author, now=now
        )
    what = Happening("round.attended", {"round": row.plan, "late": "yes" if late else "no"})
    day = day_of(row.starts_at, settings.zone)
    credit(tx, member.person_id, f"round:{row.id}:attended", what, day=day, now=now)


def last_place(tx: Tx, group: GroupRow) -> int:
    return max((one.place for one in tx.rounds.members(group.round_id) if one.group_id == group.id), default=0)
