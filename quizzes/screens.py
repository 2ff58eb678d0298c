"""Links to big screens: who gets them, what they open, and joining by the code that a screen shows.

A link belongs to a group (or to a tournament), not to a contest, so that the projector stays on while a contest is called off and another is
opened. Its token has 192 random bits. The code for joining has a key of its own: whoever photographs the screen can
join, and can do nothing with the screen.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime

from quizzes.announce import lobby_ref
from quizzes.engine.phases import Aborted, Contest, Finished, Lobby
from quizzes.engine.rules import Seating
from quizzes.errors import HallUnknown, NotHost, ScreensOff
from quizzes.live import load
from quizzes.presets import Preset, titles_of
from quizzes.screen_views import HallCard, HallTeam, ScreenCard, ScreenChoice, ScreenGroup, ScreenSent
from storage import Database, Tx
from storage.contests import ContestRow
from storage.screens import ScreenRow, Subject

JOIN = "join_"
"""What the deep link on the screen begins with; the screen's key for joining follows."""
_TOKEN_BYTES = 24
_KEY_BYTES = 12
_TEAMS_SHOWN = 60
_SUPERGROUP = "-100"


class Screens:
    """Everything about the links. ``base`` is where the bot's pages are found; empty as long as they are not served."""

    def __init__(self, database: Database, presets: Mapping[str, Preset]) -> None:
        self._database = database
        self._presets = presets
        self.base = ""

    async def choose(self, user_id: int, chats: tuple[int, ...], *, now: datetime) -> int | None:
        """Which group somebody means who asks in private: the only one it can be, or they are asked (``None``).

        ``chats`` are the groups that they run; groups in which they host a contest are added.

        Raises:
            ScreensOff: no pages are served.
            NotHost: there is no group whose screen they may have.
        """
        self._must_be_served()

        def work(tx: Tx) -> int | None:
            hosted = [row.chat_id for row in tx.contests.live() if row.host_id == user_id]
            known = dict.fromkeys((*hosted, *chats))
            groups = [group for chat_id in known if (group := tx.places.group(chat_id)) is not None]
            if not groups:
                raise NotHost()
            if len(hosted) == 1 or len(groups) == 1:
                return hosted[0] if hosted else groups[0].chat_id
            shown = tuple(ScreenGroup(chat_id=group.chat_id, title=group.title) for group in groups)
            tx.outbox.say(user_id, ScreenChoice(groups=shown), now=now)
            return None

        return await self._database.write(work)

    async def give(self, chat_id: int, user_id: int, *, may: bool, told: int | None, now: datetime) -> None:
        """Send somebody the link of a group's screen in private; it is made if there is none.

        ``may``: they run the group; else they have to host its contest. ``told`` is the group in which they asked.

        Raises:
            ScreensOff, NotHost: see :meth:`choose`.
        """
        self._must_be_served()

        def work(tx: Tx) -> None:
            self._must_run(tx, chat_id, user_id, may)
            row = tx.screens.of("group", chat_id)
            new = row is None
            row = row or self._make(tx, "group", chat_id, user_id, now)
            tx.outbox.say(user_id, self._card(tx, row, new=new), now=now)
            if told is not None:
                tx.outbox.say(told, ScreenSent(), now=now)

        await self._database.write(work)

    async def give_of_tournament(self, tournament_id: int, user_id: int, *, told: int | None, now: datetime) -> None:
        """Send the link of a tournament's screen to whoever runs the tournament, in private.

        Raises:
            ScreensOff: no pages are served.
        """
        self._must_be_served()

        def work(tx: Tx) -> None:
            row = tx.screens.of("tournament", tournament_id)
            new = row is None
            row = row or self._make(tx, "tournament", tournament_id, user_id, now)
            tx.outbox.say(user_id, self._card(tx, row, new=new), now=now)
            if told is not None:
                tx.outbox.say(told, ScreenSent(), now=now)

        await self._database.write(work)

    async def replace_of_tournament(
        self, tournament_id: int, user_id: int, *, message_id: int, now: datetime, anew: bool
    ) -> None:
        """The link of a tournament's screen opens nothing any more; ``anew``: another one does.

        Raises:
            ScreensOff: a new one is asked for, and no pages are served.
        """
        if anew:
            self._must_be_served()
        await self._database.write(
            lambda tx: self._change(tx, "tournament", tournament_id, user_id, message_id, now, anew=anew)
        )

    async def path(self, chat_id: int, user_id: int, *, now: datetime, subject: Subject = "group") -> str:
        """The path of a group's (or tournament's) screen below ``base``; it is made if there is none."""

        def work(tx: Tx) -> str:
            row = tx.screens.of(subject, chat_id) or self._make(tx, subject, chat_id, user_id, now)
            return f"/screen/{row.token}"

        return await self._database.write(work)

    async def renew(self, chat_id: int, user_id: int, *, may: bool, message_id: int, now: datetime) -> None:
        """Give another link; the old one, and the old code for joining, open nothing any more.

        Raises:
            ScreensOff, NotHost: see :meth:`choose`.
        """
        self._must_be_served()
        await self._replace(chat_id, user_id, may=may, message_id=message_id, now=now, anew=True)

    async def revoke(self, chat_id: int, user_id: int, *, may: bool, message_id: int, now: datetime) -> None:
        """The link opens nothing any more.

        Raises:
            NotHost: they may not do that.
        """
        await self._replace(chat_id, user_id, may=may, message_id=message_id, now=now, anew=False)

    async def opened_by(self, token: str) -> ScreenRow | None:
        """The screen that a token opens. How long this takes says nothing about any token that there is."""
        row = await self._database.read(lambda tx: tx.screens.by_digest(digest_of(token)))
        if row is None or not hmac.compare_digest(row.token.encode(), token.encode("utf-8", "surrogatepass")):
            return None
        return row

    async def offer(self, payload: str, user_id: int, *, now: datetime) -> None:
        """Offer the teams to somebody who scanned the code on a screen.

        Raises:
            HallUnknown: the code is of no screen in use.
        """

        def work(tx: Tx) -> None:
            card = self._hall(tx, payload.removeprefix(JOIN), user_id)
            tx.outbox.say(user_id, card, now=now)

        await self._database.write(work)

    async def show_seat(self, key: str, user_id: int, message_id: int, *, now: datetime) -> None:
        """Let the card with the teams show where somebody sits now.

        Raises:
            HallUnknown: see :meth:`offer`.
        """

        def work(tx: Tx) -> None:
            ref = f"pressed:{user_id}:{message_id}"
            tx.outbox.adopt(ref, user_id, message_id, now=now)
            tx.outbox.edit(ref, self._hall(tx, key, user_id), now=now)

        await self._database.write(work)

    async def chat_of(self, key: str) -> int:
        """The group behind a code for joining.

        Raises:
            HallUnknown: see :meth:`offer`.
        """
        row = await self._database.read(lambda tx: tx.screens.by_join_key(key))
        if row is None or row.subject != "group":
            raise HallUnknown()
        return row.subject_id

    async def _replace(
        self, chat_id: int, user_id: int, *, may: bool, message_id: int, now: datetime, anew: bool
    ) -> None:
        def work(tx: Tx) -> None:
            self._must_run(tx, chat_id, user_id, may)
            self._change(tx, "group", chat_id, user_id, message_id, now, anew=anew)

        await self._database.write(work)

    def _change(
        self, tx: Tx, subject: Subject, subject_id: int, user_id: int, message_id: int, now: datetime, *, anew: bool
    ) -> None:
        """The link is dead; the card of it shows another one, or that it is switched off."""
        tx.screens.revoke(subject, subject_id, now=now)
        if anew:
            card = self._card(tx, self._make(tx, subject, subject_id, user_id, now), new=True)
        else:
            card = ScreenCard(chat_id=subject_id, group=_name(tx, subject, subject_id), url="", subject=subject)
        ref = f"pressed:{user_id}:{message_id}"
        tx.outbox.adopt(ref, user_id, message_id, now=now)
        tx.outbox.edit(ref, card, now=now)

    def _must_be_served(self) -> None:
        if not self.base:
            raise ScreensOff()

    def _must_run(self, tx: Tx, chat_id: int, user_id: int, may: bool) -> None:
        newest = tx.contests.newest_in(chat_id)
        if not may and (newest is None or newest.host_id != user_id):
            raise NotHost()

    def _make(self, tx: Tx, subject: Subject, subject_id: int, user_id: int, now: datetime) -> ScreenRow:
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        tx.screens.add(
            subject,
            subject_id,
            token=token,
            digest=digest_of(token),
            join_key=secrets.token_urlsafe(_KEY_BYTES),
            by=user_id,
            now=now,
        )
        row = tx.screens.of(subject, subject_id)
        assert row is not None
        return row

    def _card(self, tx: Tx, row: ScreenRow, *, new: bool) -> ScreenCard:
        return ScreenCard(
            chat_id=row.subject_id,
            group=_name(tx, row.subject, row.subject_id),
            url=f"{self.base}/screen/{row.token}",
            new=new,
            subject=row.subject,
        )

    def _hall(self, tx: Tx, key: str, user_id: int) -> HallCard:
        screen = tx.screens.by_join_key(key)
        if screen is None or screen.subject != "group":
            raise HallUnknown()
        group = tx.places.group(screen.subject_id)
        row = tx.contests.live_in(screen.subject_id)
        common = {"key": key, "group": "" if group is None else group.title}
        if row is None:
            return HallCard(
                **common, contest_id=0, title={}, state="none", individuals=False, seat="", teams=(), link=""
            )
        contest = load(tx, row).contest
        seat = contest.team_of(user_id)
        teams = () if contest.rules.seating is Seating.INDIVIDUALS else tuple(contest.seats.teams.values())
        return HallCard(
            **common,
            contest_id=row.id,
            title=titles_of(self._presets, row.preset),
            state="open" if _takes_people(contest) else "begun",
            individuals=contest.rules.seating is Seating.INDIVIDUALS,
            seat="" if seat is None else seat.name,
            teams=tuple(
                HallTeam(
                    id=team.id, name=team.name, size=len(team.members), mine=seat is not None and team.id == seat.id
                )
                for team in teams[:_TEAMS_SHOWN]
            ),
            link=_message_link(tx, row),
        )


def _name(tx: Tx, subject: Subject, subject_id: int) -> str:
    """What people call a group or a tournament."""
    found = tx.places.group(subject_id) if subject == "group" else tx.tournaments.get(subject_id)
    return "" if found is None else found.title


def _takes_people(contest: Contest) -> bool:
    if isinstance(contest.phase, Finished | Aborted):
        return False
    return isinstance(contest.phase, Lobby) or contest.rules.late_join


def _message_link(tx: Tx, row: ContestRow) -> str:
    """A link to the contest's message for members of the group; only supergroups have such links."""
    message = tx.outbox.message(lobby_ref(row.id))
    chat = str(row.chat_id)
    if message is None or not chat.startswith(_SUPERGROUP):
        return ""
    return f"https://t.me/c/{chat.removeprefix(_SUPERGROUP)}/{message.message_id}"


def digest_of(token: str) -> str:
    """What a token is looked up by."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
