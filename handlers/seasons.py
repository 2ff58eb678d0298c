"""Seasons: standings for everyone, points of outdoor events by hand for organisers."""

from handlers.act import Press, Said
from handlers.present import season_words as read
from handlers.present import seasons as show
from handlers.room import Command, Room
from handlers.texts import N_
from quizzes.season_rules import Subject
from quizzes.seasons import SeasonRow
from study.errors import NotAllowed


async def season(act: Said) -> None:
    """``/season`` shows the standings; what follows it enters, takes back, opens or leaves out."""
    action, rest = read.read_action(act.words)
    if action == "show":
        await _show(act, rest)
        return
    if action == "new":
        await _new(act, rest)
        return
    row = await _season(act)
    if action == "ledger":
        await act.reply(await act.house.seasons.ledger(row.id))
        return
    await _must_run(act, row.unit_id)
    by, now, seasons = act.sender.id, act.received_at, act.house.seasons
    match action:
        case "enter":
            await act.reply(await seasons.prepare(row.id, read.read_entries(rest), by=by, now=now))
        case "reverse":
            number, reason = read.read_number(rest, action)
            await seasons.reverse(row.id, number, reason, by=by, now=now)
            await act.reply(show.SeasonNote(what="reversed", number=number))
        case _:
            kind, number, reason = read.read_item(rest, action)
            counts = action == "count"
            await seasons.count(row.id, kind, number, counts=counts, reason=reason, by=by, now=now)
            await act.reply(show.SeasonNote(what="counted" if counts else "omitted"))


async def _show(act: Said, name: str) -> None:
    units = await _units(act)
    if not name and not await act.house.seasons.all():
        await act.reply(show.NoSeason())
        return
    row = await act.house.seasons.meant(units, now=act.received_at, name=name)
    await act.reply(await act.house.seasons.card(row.id, Subject.UNIT))


async def _season(act: Said) -> SeasonRow:
    """The season of this group, or in private of the person's own unit."""
    return await act.house.seasons.meant(await _units(act), now=act.received_at)


async def _units(act: Said | Press) -> frozenset[int]:
    """The units whose seasons are shown here: in a group those of the group, in private only whoever is on the roster."""
    if act.chat.is_private:
        (await act.house.standings.of(act.sender.id)).must_belong()
        return await act.house.standings.units_seen(act.sender.id)
    _, above = await act.house.standings.unit_of_group(act.chat.id)
    return above


async def _new(act: Said, rest: str) -> None:
    wanted = read.read_new(rest)
    reach = await act.house.standings.reach(act.sender.id)
    unit_id = reach.own
    if not act.chat.is_private:
        unit_id, _ = await act.house.standings.unit_of_group(act.chat.id)
    elif reach.is_admin:
        unit_id = None
    await _must_run(act, unit_id)
    season_id = await act.house.seasons.open(
        name=wanted.name,
        first_day=wanted.first_day,
        last_day=wanted.last_day,
        places=wanted.places,
        unit_id=unit_id,
        by=act.sender.id,
        now=act.received_at,
    )
    await act.reply(await act.house.seasons.card(season_id, Subject.UNIT))


async def _must_run(act: Said | Press, unit_id: int | None) -> None:
    if not (await act.house.standings.reach(act.sender.id)).over(unit_id):
        raise NotAllowed()


async def press_season(act: Press) -> None:
    """Other standings, the ledger, confirm or drop what was to be entered."""
    fields = act.fields
    what, number = fields.word("show", "ledger", "ok", "drop"), fields.number()
    seasons, by = act.house.seasons, act.sender.id
    if what == "show":
        subject = Subject(fields.word(*Subject))
        await _must_see(act, number)
        card = await seasons.card(number, subject)
        await act.change(card)
    elif what == "ledger":
        await _must_see(act, number)
        await act.reply(await seasons.ledger(number))
    elif what == "ok":
        row, count = await seasons.confirm(number, by=by, now=act.received_at)
        note = show.SeasonNote(what="entered", name=row.name, number=count)
        await act.change(note)
    else:
        await seasons.drop(number, by=by)
        note = show.SeasonNote(what="dropped")
        await act.change(note)
    await act.toast()


async def _must_see(act: Press, season_id: int) -> None:
    """A button can be forged: only a season of the person's own units, or of this group, is shown."""
    row, units = (await act.house.seasons.season(season_id)).row, await _units(act)
    if row.unit_id is not None and row.unit_id not in units:
        raise NotAllowed()


ROOM = Room(
    commands=(
        Command(
            "season", season, N_("standings of the season"), organisers_usage=N_("[enter EVENT UNIT POINTS REASON]")
        ),
    ),
    presses={"season": press_season},
    errors=show.ERRORS,
)
