"""What was said of a session, or of who was there, is corrected afterwards: points and quotas follow at once."""

from datetime import date, datetime, timedelta

from storage import Tx
from storage.attendance import Presence, Source
from storage.people import Role
from storage.sessions import SessionState
from study.attendance_book import enter, session_of
from study.programme import Programme
from study.programme.points import PointRule, Points
from study.programme.quotas import Quota, Quotas, Slot
from study.programme.series import Series, SeriesPart
from study.programme.words import Title
from study.session_book import SessionSettings
from study.session_changes import change
from tests.hall import SHANGHAI, Hall, HallMaker

UNIT = "开发区/办公室"
HELD = datetime(2026, 11, 20, 15, 0, tzinfo=SHANGHAI)
QUIET = {"checkin": {"enabled": False}, "materials": {"enabled": False}}
SETTINGS = SessionSettings(SHANGHAI, "CN", "zh-CN", frozenset())


def words(text: str) -> Title:
    """The same words in every language."""
    return Title(dict.fromkeys(("zh-CN", "zh-TW", "en"), text))


PROGRAMME = Programme(
    name="test",
    series=SeriesPart(
        series=(Series(key="friday", title=words("周五课堂")), Series(key="law", title=words("以案说纪")))
    ),
    points=Points(
        rules=(
            PointRule(key="came", title=words("听课"), on="session.present", where={"series": "friday"}, points=1),
            PointRule(key="law", title=words("听纪法课"), on="session.present", where={"series": "law"}, points=5),
            PointRule(key="filled", title=words("完成任务"), on="quota.filled", points=10),
        )
    ),
    quotas=Quotas(
        quotas=(
            Quota(
                key="listen",
                title=words("听课任务"),
                slots=(Slot(key="friday", title=words("周五课堂"), sessions="attended", series="friday"),),
            ),
        )
    ),
)


async def held(hall_with: HallMaker) -> tuple[Hall, int]:
    """A session on a Friday that is over, at which Anna was present."""
    hall = await hall_with(**QUIET)
    await hall.enrol("Anna", UNIT)
    await hall.enrol("Boss", UNIT, role=Role.ORGANISER)
    assert hall.app is not None
    await hall.app.house.programmes.apply(PROGRAMME, now=hall.clock.now())

    def work(tx: Tx) -> int:
        session_id = tx.sessions.add(
            key="s", title="业务", series="friday", starts_at=HELD, ends_at=HELD + timedelta(hours=2),
            unit_id=tx.people.add_unit(UNIT), now=hall.clock.now(),
        )  # fmt: skip
        assert session_id is not None
        tx.sessions.set_state(session_id, SessionState.HELD)
        note(tx, session_id, Presence.PRESENT, hall.clock.now())
        return session_id

    return hall, await hall.write(work)


def note(tx: Tx, session_id: int, status: Presence, now: datetime) -> None:
    """Anna's line in the register, as an organiser notes it."""
    anna = next(one for one in tx.people.everybody() if one.name == "Anna")
    enter(tx, session_of(tx, session_id), anna, status, zone=SHANGHAI, cause=Source.MARK, now=now)


async def points(hall: Hall) -> int:
    """What Anna has earned."""

    def work(tx: Tx) -> int:
        anna = next(one for one in tx.people.everybody() if one.name == "Anna")
        return tx.ledger.sum_of(anna.id, date(2026, 1, 1), date(2026, 12, 31))

    return await hall.read(work)


async def test_a_held_session_put_into_another_series_is_credited_anew(hall_with: HallMaker) -> None:
    """Its attendances count by the rules of the other series, and fill the quota of the first one no more."""
    hall, session_id = await held(hall_with)
    before = await points(hall)

    for _ in range(2):
        await hall.write(
            lambda tx: change(tx, session_of(tx, session_id), SETTINGS, by=None, now=hall.clock.now(), series="law")
        )
    moved = await points(hall)
    await hall.write(
        lambda tx: change(tx, session_of(tx, session_id), SETTINGS, by=None, now=hall.clock.now(), series="friday")
    )

    assert (before, moved, await points(hall)) == (11, 5, 11)


async def test_a_corrected_attendance_settles_points_and_quota_at_once(hall_with: HallMaker) -> None:
    """Absent after all, both go; present once more, both are back, and never twice."""
    hall, session_id = await held(hall_with)
    found = []

    for status in (Presence.ABSENT, Presence.PRESENT, Presence.PRESENT, Presence.LEAVE, Presence.MAKE_UP):
        await hall.write(lambda tx, status=status: note(tx, session_id, status, hall.clock.now()))
        found.append(await points(hall))

    assert found == [0, 11, 11, 0, 10]
