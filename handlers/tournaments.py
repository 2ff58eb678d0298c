"""Tournaments: entries, draw, bouts in their groups, results, the bracket."""

from collections.abc import Awaitable, Callable

from handlers.act import Press, Said
from handlers.house import House
from handlers.present import tournament_words as read
from handlers.present import tournaments as show
from handlers.present.pictures import studio
from handlers.present.tournament_errors import ERRORS
from handlers.room import Command, Room
from handlers.texts import N_, texts
from handlers.tournament_awards import press_certificates
from quizzes.tournament import commands as c
from quizzes.tournament.bracket import bracket as bracket_of
from quizzes.tournament.state import Tournament
from quizzes.tournaments import Happened, TournamentRow
from study.errors import NotAllowed, WrongChat
from study.standing import Reach

Make = Callable[[Tournament], c.Command]


async def tournament(act: Said) -> None:
    """``/tournament`` shows the one that goes on; words after it say what to do."""
    wish = read.read_wish(act.words)
    if wish.action == "new":
        preset, bank, title = read.read_new(wish.rest)
        await _open(act, preset, bank, title)
        return
    reach = await act.house.standings.reach(act.sender.id)
    if not wish.action:
        await _show(act, wish.number, reach)
        return
    if wish.action == "open":
        bout, _ = read.read_bout(wish.rest, "open")
        await open_bout(act, wish.number, bout)
        return
    row = await act.house.tournaments.meant(wish.number, may=_may(act, reach), live=wish.action != "bracket")
    if wish.action == "bracket":
        await act.reply(await act.house.tournaments.bracket(row.id))
    elif wish.action == "enter":
        entrants = read.read_entrants(wish.rest)
        await _do(act, row.id, lambda _: c.Enter(entrants, act.sender.id))
        await _card(act, row.id)
    else:
        happened = await _do(act, row.id, await _made(act, row, wish.action, wish.rest))
        await _answer(act, row.id, happened)


async def _show(act: Said, number: int | None, reach: Reach) -> None:
    rows = [row for row in await act.house.tournaments.all() if _may(act, reach)(row)]
    live = [row for row in rows if row.is_live]
    if number is None and not live:
        await act.reply(act.house.tournaments.set_up())
    elif number is None and len(live) > 1:
        await act.reply(show.TournamentChoice(tournaments=tuple((row.id, row.title) for row in live)))
    else:
        row = await act.house.tournaments.meant(number, may=_may(act, reach))
        await _card(act, row.id)


async def _made(act: Said, row: TournamentRow, action: str, rest: str) -> Make:
    """The command that the words ask for."""
    user, seed = act.sender.id, act.house.tournaments.seed()
    known = (await act.house.tournaments.stored(row.id)).tournament
    names = tuple(one.name for one in known.entrants.values())
    match action:
        case "strike":
            name, _ = read.read_name(rest, names, action)
            return lambda _: c.Strike(name, user)
        case "draw":
            return lambda _: c.Draw(seed, user)
        case "redraw":
            return lambda _: c.Redraw(seed, user, rest)
        case "result":
            bout, scores, reason = read.read_result(rest)
            return lambda _: c.EnterResult(bout, scores, user, reason, seed)
        case "withdraw":
            name, reason = read.read_name(rest, names, action)
            return lambda _: c.Withdraw(name, user, reason, seed)
        case "stop":
            return lambda _: c.CallOff(user, rest)
    bout, reason = read.read_bout(rest, action)
    if action == "lots":
        return lambda _: c.BreakTie(bout, seed, user)
    if action == "replay":
        return lambda _: c.Annul(bout, user, reason)
    return lambda _: c.Accept(bout, user, reason, seed)


async def _do(act: Said | Press, tournament_id: int, make: Make) -> Happened:
    return await act.house.tournaments.do(tournament_id, make, now=act.received_at)


async def _answer(act: Said, tournament_id: int, happened: Happened) -> None:
    """The card, where the act itself said nothing in this chat."""
    row = (await act.house.tournaments.stored(tournament_id)).row
    if row.chat_id != act.chat.id or not show.is_news(happened.events):
        await _card(act, tournament_id)


async def _card(act: Said | Press, tournament_id: int) -> None:
    await act.reply(await act.house.tournaments.card(tournament_id, open_here=not act.chat.is_private))


async def _open(act: Said | Press, preset: str, bank: str, title: str) -> None:
    reach = await act.house.standings.reach(act.sender.id)
    unit_id = reach.own
    if not act.chat.is_private:
        unit_id, _ = await act.house.standings.unit_of_group(act.chat.id)
        if not await act.house.standings.runs_group(act.sender.id, act.chat.id):
            raise NotAllowed()
    elif reach.is_admin:
        unit_id = None
    elif not reach.over(unit_id):
        raise NotAllowed()
    tournament_id = await act.house.tournaments.open(
        preset=preset,
        bank=bank,
        title=title,
        chat_id=act.chat.id,
        unit_id=unit_id,
        host_id=act.sender.id,
        now=act.received_at,
    )
    await _card(act, tournament_id)


async def open_bout(act: Said | Press, number: int | None, bout: int) -> None:
    """Open a bout's lobby in this group, for whoever runs the group and whose unit the tournament covers."""
    if act.chat.is_private:
        raise WrongChat(wanted="group")
    if not await act.house.standings.runs_group(act.sender.id, act.chat.id):
        raise NotAllowed()
    _, above = await act.house.standings.unit_of_group(act.chat.id)
    reach = await act.house.standings.reach(act.sender.id)
    may = _may(act, reach)
    row = await act.house.tournaments.meant(
        number, may=lambda row: row.unit_id is None or row.unit_id in above or may(row)
    )
    await act.house.tournaments.open_bout(
        row.id,
        bout,
        chat_id=act.chat.id,
        group=act.chat.title,
        host_id=act.sender.id,
        now=act.received_at,
    )


def _may(act: Said | Press, reach: Reach) -> Callable[[TournamentRow], bool]:
    return lambda row: row.host_id == act.sender.id or reach.over(row.unit_id)


async def press_tournament(act: Press) -> None:
    """The buttons of the cards: a step of the set-up, draw, open a bout, lots, the bracket."""
    fields = act.fields
    what = fields.word("preset", "bank", "card", "draw", "open", "lots", "show", "cert", "screen", "renew", "off")
    if not (await act.house.standings.of(act.sender.id)).is_organiser:
        raise NotAllowed()
    if what in ("preset", "bank"):
        await _press_set_up(act, what, fields.word(), fields.number() if what == "bank" else 0)
        return
    number = fields.number()
    if what == "open":
        await open_bout(act, number, fields.number())
        await act.toast(show.opened(act.t))
        return
    if what == "cert":
        await press_certificates(act, number, fields.word("pdf", "png"))
        return
    reach = await act.house.standings.reach(act.sender.id)
    row = await act.house.tournaments.meant(number, may=_may(act, reach))
    seed, user = act.house.tournaments.seed(), act.sender.id
    pressed: dict[str, Callable[[], Awaitable[object]]] = {
        "card": lambda: _card(act, row.id),
        "show": lambda: _bracket(act, row.id),
        "draw": lambda: _do(act, row.id, lambda _: c.Draw(seed, user)),
        "screen": lambda: _screen(act, row.id),
        "renew": lambda: _other_screen(act, row.id, anew=True),
        "off": lambda: _other_screen(act, row.id, anew=False),
    }
    if what == "lots":
        bout = fields.number()
        await _do(act, row.id, lambda _: c.BreakTie(bout, seed, user))
    else:
        await pressed[what]()
    await act.toast()


async def _bracket(act: Press, tournament_id: int) -> None:
    await act.reply(await act.house.tournaments.bracket(tournament_id))


async def _screen(act: Press, tournament_id: int) -> None:
    told = None if act.chat.is_private else act.chat.id
    await act.house.screens.give_of_tournament(tournament_id, act.sender.id, told=told, now=act.received_at)


async def _other_screen(act: Press, tournament_id: int, *, anew: bool) -> None:
    await act.house.screens.replace_of_tournament(
        tournament_id, act.sender.id, message_id=act.message_id, now=act.received_at, anew=anew
    )
    act.house.tournament_halls.end(tournament_id)


async def _press_set_up(act: Press, what: str, preset: str, bank_id: int) -> None:
    if what == "preset":
        banks = await act.house.set_up.bank_choices()
        card = show.TournamentSetUp(preset=preset, banks=banks)
        await act.change(card)
        return
    await _open(act, preset, await act.house.set_up.bank_name(bank_id), "")


async def picture_of(house: House, stored: str) -> bytes:
    """The bracket behind a stored attachment, as it was when it was announced."""
    tournament_id, at, language = show.wish_of(stored)
    found = await house.tournaments.stored(tournament_id, until=at)
    return await studio.png(show.bracket_picture(bracket_of(found.tournament), texts(language, house.zone)))


async def recover(house: House) -> None:
    """Contests that ended while their tournament did not hear of it."""
    await house.tournaments.catch_up(now=house.clock.now())


ROOM = Room(
    commands=(
        Command(
            "tournament", tournament, N_("tournaments: entries, draw, bouts, bracket"), N_("[PLAN BANK TITLE]"),
        ),
    ),
    presses={"tour": press_tournament},
    errors=ERRORS,
    recover=recover,
)  # fmt: skip
