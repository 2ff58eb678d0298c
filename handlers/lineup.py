"""The lobby's further sides: the latency drill, the rules in private, captains and substitutes."""

import handlers.present.rule_sheet  # noqa: F401 - registers its presenter
from handlers.act import Press, Said
from handlers.present import lineup as show
from handlers.room import Command, Room
from handlers.texts import N_
from quizzes.engine import commands as c
from quizzes.engine.phases import Contest
from quizzes.errors import NotCaptain
from quizzes.lineup_scenes import Step
from quizzes.lineups import appointing, player_called, substituting

_STEPS: dict[str, Step] = {"captain": "captain", "off": "off", "on": "on", "appoint": "done", "swap": "done"}


async def open_drill(act: Press, contest_id: int) -> None:
    """Begin the drill: for the host, organisers and whoever has joined."""
    user = act.sender.id
    may = await act.house.standings.runs_group(user, act.chat.id)

    def begin(contest: Contest) -> c.OpenDrill:
        if not (may or user == contest.setup.by or contest.team_of(user) is not None):
            raise NotCaptain(team="")
        return c.OpenDrill(user)

    await act.house.contests.do(contest_id, begin, chat_id=act.chat.id)
    await act.toast(show.drill_begins(act.t))


async def show_rules(act: Press, contest_id: int) -> None:
    """All the rules, in private."""
    await act.house.lineups.rules(contest_id, act.sender.id, now=act.received_at)
    await act.toast(show.sent_privately(act.t))


async def press_drill(act: Press) -> None:
    """The drill's one button."""
    fields = act.fields
    contest_id, nonce = fields.number(), fields.number()
    fields.end()
    command = c.PressDrill(act.sender.id, act.update_id, act.received_at, nonce)
    done = await act.house.contests.do(contest_id, lambda _: command, chat_id=act.chat.id)
    await act.toast(show.drill_pressed(done, act.t))


async def captain(act: Said) -> None:
    """``/captain NAME`` hands the captaincy on; alone it opens the team's card in private."""
    row = await act.house.contests.in_chat(act.chat.id)
    user, name = act.sender.id, act.words
    may = await act.house.standings.runs_group(user, act.chat.id)
    if not name:
        await _open_card(act, row.id, host=may)
        return
    done = await act.house.contests.do(
        row.id, lambda contest: appointing(contest, user, player_called(contest, user, name), host=may)
    )
    await _answer(act, show.lineup_changed(done, await act.house.languages.of(act.chat.id)))


async def substitute(act: Said) -> None:
    """``/sub ON OFF`` lets a substitute come on; alone it opens the team's card in private."""
    row = await act.house.contests.in_chat(act.chat.id)
    user = act.sender.id
    may = await act.house.standings.runs_group(user, act.chat.id)
    if not act.words:
        await _open_card(act, row.id, host=may)
        return
    on, off = show.read_substitution(act.words)

    def make(contest: Contest) -> c.Substitute:
        return substituting(
            contest, user, player_called(contest, user, on), player_called(contest, user, off), host=may
        )

    done = await act.house.contests.do(row.id, make)
    await _answer(act, show.lineup_changed(done, await act.house.languages.of(act.chat.id)))


async def _open_card(act: Said, contest_id: int, *, host: bool) -> None:
    await act.house.lineups.show(contest_id, act.sender.id, host=host, now=act.received_at)
    await act.reply(show.sent_note(await act.house.languages.of(act.chat.id)), quote=True)


async def _answer(act: Said, said: show.Note | None) -> None:
    """What the group has been told by the contest itself is not said twice."""
    if said is not None:
        await act.reply(said, quote=True)


async def press_team(act: Press) -> None:
    """The buttons of the team's card, and the one in the lobby that sends it."""
    fields = act.fields
    verb, contest_id = fields.word("mine", "open", "teams", "captain", "appoint", "off", "on", "swap"), fields.number()
    user, lineups = act.sender.id, act.house.lineups
    row = await act.house.contests.row(contest_id)
    may = await act.house.standings.runs_group(user, row.chat_id)
    if verb == "mine":
        await lineups.show(contest_id, user, host=may, now=act.received_at)
        await act.toast(show.sent_privately(act.t))
        return
    team = fields.number() if verb != "teams" else 0
    off = None
    if verb == "appoint":
        player = fields.number()
        done = await act.house.contests.do(contest_id, lambda contest: appointing(contest, user, player, host=may))
        await act.toast(show.lineup_toast(done, act.t))
    elif verb == "swap":
        out, on = fields.number(), fields.number()
        done = await act.house.contests.do(contest_id, lambda contest: substituting(contest, user, on, out, host=may))
        await act.toast(show.lineup_toast(done, act.t))
    elif verb == "on":
        off = fields.number()
    card = await lineups.card(contest_id, user, team, _STEPS.get(verb, "team"), off=off, host=may)
    await act.change(card)


ROOM = Room(
    commands=(
        Command("captain", captain, N_("hand on the captaincy of your contest team"), N_("[NAME]")),
        Command(
            "sub",
            substitute,
            N_("let a substitute come on in a contest"),
            N_("[ON] [OFF]"),
        ),
    ),
    presses={"drill": press_drill, "team": press_team},
    errors=show.ERRORS,
)
