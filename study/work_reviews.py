"""What reviewers do: see what waits for them, read it page by page, let it pass, rate, score, return, reject."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from storage import Database, Tx
from storage.works import WorkRow
from study.access import Access, access_of
from study.calendar import day_of
from study.programme.works import WorkKind
from study.task_templates import Piece
from study.task_views import FileView, SubmittedFile
from study.views import View
from study.work_book import carry_out, kind_of, state_of, terms_of, work_of
from study.work_errors import NoReview, OpinionGiven, RatingWrong, ReturnNowhere, ReviewNewer, ScoreWrong
from study.work_facts import head_of, is_blind, review_part, waits_for
from study.work_field_rules import Fault, read_form
from study.work_news import WorkSettings, tell
from study.work_reviewers import Bench
from study.work_sheets import handed_in, seen, sheet, show
from study.work_states import Approve, Command, Phase, Reject, Return
from study.work_views import Asked, Done, WaitingList

WORDS_TOPIC = "work.words"
"""The topic of the conversation in which a reviewer says why, or how many points."""

_PAGE = 8


class WorkReviews:
    """A reviewer's side of the works, always in private."""

    def __init__(self, database: Database, settings: WorkSettings) -> None:
        self._database, self._settings = database, settings

    async def waiting(self, user_id: int, *, now: datetime, page: int = 0, on_message: int | None = None) -> None:
        """Show what waits for somebody's review.

        Raises:
            NotOnRoster: they are nobody.
        """

        def work(tx: Tx) -> None:
            access_of(tx, user_id, self._settings.admins).must_belong()
            bench = Bench(tx, self._settings.admins)
            show(tx, user_id, self._list(bench, user_id, page, now), on_message, now)

        await self._database.write(work)

    async def approve(
        self,
        user_id: int,
        name: str,
        work_id: int,
        stage: int,
        version: int,
        rating: int | None,
        *,
        now: datetime,
        on_message: int,
    ) -> Literal["passed", "counted", "accepted"]:
        """Let the version pass that was read, with the rating at a place of the stage's list if it asks for one.

        The message then shows what waits next. Returns whether it went on, was accepted, or needs more opinions.

        Raises:
            WorkUnknown, OwnWorkReviewed, NoReview, ReviewNewer, OpinionGiven, RatingWrong: it cannot be.
        """

        def work(tx: Tx) -> Literal["passed", "counted", "accepted"]:
            bench = Bench(tx, self._settings.admins)
            row, access, _ = seen(bench, user_id, work_id)
            bands = kind_of(row).stages[row.stage].ratings if stage == row.stage else ()
            if rating is not None and stage == row.stage and not 0 <= rating < len(bands):
                raise RatingWrong()
            key = bands[rating].key if rating is not None and bands else ""
            self._decide(bench, row, Approve(user_id, stage, version, key), access, name, now)
            show(tx, user_id, self._next(bench, user_id, row, now), on_message, now)
            after = work_of(tx, row.id)
            if after.phase == Phase.ACCEPTED:
                return "accepted"
            return "counted" if (after.stage, after.phase) == (row.stage, Phase.REVIEW) else "passed"

        return await self._database.write(work)

    async def ask_words(
        self,
        user_id: int,
        work_id: int,
        what: Literal["return", "reject", "score"],
        stage: int,
        version: int,
        to: int,
        *,
        now: datetime,
    ) -> None:
        """The next thing that the reviewer says is the reason (for a return to a stage, for a rejection) or the score.

        Raises:
            WorkUnknown, NoReview, ReviewNewer, OpinionGiven, ReturnNowhere: it cannot be.
        """

        def work(tx: Tx) -> None:
            bench = Bench(tx, self._settings.admins)
            row, _, _ = seen(bench, user_id, work_id)
            found, terms = state_of(tx, row), terms_of(bench, row, day_of(now, self._zone))
            part = review_part(row, found, terms, user_id)
            if part is None or part.stage != stage or (part.settled and what != "return"):
                raise NoReview()
            if part.version != version:
                raise ReviewNewer()
            if part.given and what == "score":
                raise OpinionGiven()
            kind = kind_of(row)
            backs = dict(part.back)
            if what == "return" and to not in backs:
                raise ReturnNowhere()
            body = {"work": row.id, "what": what, "stage": stage, "version": version, "to": to}
            tx.conversations.put(user_id, user_id, WORDS_TOPIC, json.dumps(body), now=now)
            fields = terms.plan.stages[to].fields if what == "return" else ()
            view = Asked(
                head=head_of(tx, row, now, blind=is_blind(bench, row, user_id)),
                what=what,
                to=backs.get(to) if what == "return" and len(backs) > 1 else None,
                fields=tuple(kind.field(key).title for key in fields),
            )
            tx.outbox.say(user_id, view, now=now)

        await self._database.write(work)

    async def words(self, user_id: int, name: str, body: str, text: str, *, now: datetime) -> None:
        """What the reviewer said is the reason or the score; lines that begin with a field's title are about that field.

        Raises:
            ReasonWanted, ScoreWrong, TooLong: it cannot be read.
            WorkUnknown, NoReview, ReviewNewer, OpinionGiven: somebody was faster.
        """
        asked = json.loads(body)

        def work(tx: Tx) -> None:
            bench = Bench(tx, self._settings.admins)
            row, access, _ = seen(bench, user_id, int(asked["work"]))
            command = _command(kind_of(row), asked, user_id, text)
            self._decide(bench, row, command, access, name, now)
            tx.conversations.end(user_id, user_id)
            view = Done(
                head=head_of(tx, work_of(tx, row.id), now, blind=is_blind(bench, row, user_id)),
                what=asked["what"],
                waiting=len(self._waiting(bench, user_id)),
            )
            tx.outbox.say(user_id, view, now=now)

        await self._database.write(work)

    async def files(self, user_id: int, work_id: int, *, now: datetime) -> int:
        """Send the photos and files of a work; returns how many.

        Raises:
            WorkUnknown: it is none of their business.
        """

        def work(tx: Tx) -> int:
            bench = Bench(tx, self._settings.admins)
            row, _, own = seen(bench, user_id, work_id)
            found, kind = state_of(tx, row), kind_of(row)
            values = found.values if own else handed_in(found)
            files = [file for field in kind.fields if field.key in values for file in values[field.key].files]
            for number, file in enumerate(files, start=1):
                piece = "photo" if file.piece is Piece.PHOTO else "file"
                view = SubmittedFile(
                    name=row.title,
                    file=FileView(piece=piece, file_id=file.file_id, name=file.name),
                    number=number,
                    count=len(files),
                )
                tx.outbox.say(user_id, view, now=now)
            return len(files)

        return await self._database.write(work)

    @property
    def _zone(self) -> ZoneInfo:
        return self._settings.zone

    def _decide(self, bench: Bench, row: WorkRow, command: Command, access: Access, name: str, now: datetime) -> None:
        by = access.person.name if access.person is not None else name
        _, events = carry_out(bench, row, command, author=access.user_id, name=by, now=now, zone=self._zone)
        tell(bench, row, events, actor=access.user_id, by=by, now=now, zone=self._zone)

    def _waiting(self, bench: Bench, user_id: int) -> Sequence[WorkRow]:
        """What waits for somebody and has no opinion of theirs, the longest waiting first."""
        return [row for row in bench.tx.works.in_phase(Phase.REVIEW) if waits_for(bench, row, user_id)]

    def _list(self, bench: Bench, user_id: int, page: int, now: datetime) -> WaitingList:
        rows = self._waiting(bench, user_id)
        pages = max(1, -(-len(rows) // _PAGE))
        at = max(0, min(page, pages - 1))
        shown = rows[at * _PAGE : (at + 1) * _PAGE]
        return WaitingList(
            works=tuple(head_of(bench.tx, row, now, blind=is_blind(bench, row, user_id)) for row in shown),
            page=at,
            pages=pages,
            total=len(rows),
        )

    def _next(self, bench: Bench, user_id: int, before: WorkRow, now: datetime) -> View:
        rows = [row for row in self._waiting(bench, user_id) if row.kind == before.kind and row.id != before.id]
        if not rows:
            return self._list(bench, user_id, 0, now)
        access = access_of(bench.tx, user_id, self._settings.admins)
        return sheet(bench, rows[0], access, own=False, now=now, zone=self._zone)


def _command(kind: WorkKind, asked: dict[str, object], user_id: int, text: str) -> Command:
    stage, version, to = (int(str(asked[key])) for key in ("stage", "version", "to"))
    match asked["what"]:
        case "score":
            digits = text.strip().removesuffix("分").strip()
            if not (digits.isascii() and digits.isdigit() and len(digits) <= 3):
                raise ScoreWrong()
            return Approve(user_id, stage, version, score=int(digits))
        case "reject":
            return Reject(user_id, stage, version, text)
        case _:
            fields = kind.plan().stages[to].fields
            titles = {title: key for key in fields for title in kind.field(key).title.root.values()}
            said, before = read_form(text, titles)
            faults = tuple(Fault(key, "reviewer", words[:300]) for key, words in said.items() if words)
            return Return(user_id, stage, version, to, before, faults)
