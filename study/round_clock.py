"""What rounds do by themselves: made ahead, announced, reminded of, opened, ended, summed up."""

from datetime import datetime

from storage import Database, Rank, Tx
from storage.rounds import RoundRow, RoundState
from study.due import Due
from study.overseers import overseers
from study.round_book import RoundSettings, arrange, head_of, round_of, tell_everybody
from study.round_calendar import follow_programme
from study.round_meeting import RoundMeeting
from study.round_summary import close
from study.round_views import RoundChanged


class RoundClock:
    """Deals with what falls due. ``me`` is the bot's user name, for links."""

    def __init__(self, database: Database, settings: RoundSettings, meeting: RoundMeeting) -> None:
        self._database, self._settings, self._meeting = database, settings, meeting

    async def plan(self, now: datetime) -> None:
        """Make the rounds of the weeks to come."""
        await self._database.write(lambda tx: follow_programme(tx, now, self._settings))

    async def announce(self, due: Due, *, me: str) -> None:
        """Tell everybody who is asked; the groups are made, the speaking order is drawn."""

        def work(tx: Tx) -> None:
            row = _meant(tx, due)
            if row is None or row.state is not RoundState.PLANNED:
                return
            arrange(tx, row, first=True)
            tx.rounds.set_state(row.id, RoundState.ANNOUNCED)
            tell_everybody(tx, round_of(tx, row.id), me=me, now=due.now, settings=self._settings)

        await self._database.write(work)

    async def remind(self, due: Due, *, me: str) -> None:
        """Send the reminder, in the words that an organiser wrote for this round, if any."""

        def work(tx: Tx) -> None:
            row = _meant(tx, due)
            if row is not None and row.state is RoundState.ANNOUNCED and not due.late:
                tell_everybody(tx, row, me=me, now=due.now, reminds=True, settings=self._settings)

        await self._database.write(work)

    async def open(self, due: Due, *, me: str) -> None:
        """Let the groups meet; if the bot was down for half a day, those who run the unit are told that it was missed."""

        def work(tx: Tx) -> None:
            row = _meant(tx, due)
            if row is None or row.state not in (RoundState.PLANNED, RoundState.ANNOUNCED):
                return
            if due.late:
                self._missed(tx, row, due.now)
            else:
                self._meeting.open(tx, row, me=me, now=due.now)

        await self._database.write(work)

    async def end(self, due: Due, *, me: str) -> None:
        """End a meeting that nobody has ended."""

        def work(tx: Tx) -> None:
            row = tx.rounds.get(int(due.key))
            if row is not None and row.state is RoundState.OPEN:
                self._meeting.end_all(tx, row, by=None, me=me, now=due.now)

        await self._database.write(work)

    async def sum_up(self, due: Due) -> None:
        """The time for the forms is over: the summary goes out."""

        def work(tx: Tx) -> None:
            row = tx.rounds.get(int(due.key))
            if row is not None:
                close(tx, row, now=due.now, settings=self._settings)

        await self._database.write(work)

    def _missed(self, tx: Tx, row: RoundRow, now: datetime) -> None:
        reachable = tx.places.reachable()
        for user_id in overseers(tx, row.unit_id, self._settings.admins):
            if user_id in reachable:
                tx.outbox.say(user_id, RoundChanged(head=head_of(row), what="missed"), now=now, rank=Rank.PUSH)


def _meant(tx: Tx, due: Due) -> RoundRow | None:
    """The round of an alarm, unless it was moved since."""
    round_id, turn = (int(part) for part in due.key.split(":"))
    row = tx.rounds.get(round_id)
    return row if row is not None and row.turn == turn else None
