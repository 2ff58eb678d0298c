"""Contests: opening the lobby, joining, buzzing, answering, and the host's controls."""

from collections.abc import Callable
from datetime import timedelta

from handlers.act import Press, Said
from handlers.house import House
from handlers.lineup import open_drill, show_rules
from handlers.present import contest_host, contest_lobby, contest_toasts, tournament_words
from handlers.present.contest_acts import HostAct, read_act
from handlers.present.contest_errors import ERRORS
from handlers.present.contest_lobby import read_opening
from handlers.room import Command, Room
from handlers.texts import N_
from handlers.tournaments import open_bout
from quizzes.draw_words import read_wishes
from quizzes.draws import ANY, Wanted
from quizzes.engine import commands as c
from quizzes.engine import commands_bench as cb
from quizzes.engine.han import heard
from quizzes.engine.phases import Contest
from quizzes.errors import ContestGone, NotHost
from quizzes.views import QuestionCard
from study.errors import NotAllowed
from study.outcome import Outcome

_OF_THE_FILE = ("bad_request", "fault")
"""How a delivery ends whose picture or sound is broken or gone."""
_EXTENSION = timedelta(seconds=10)
"""What the button of the host's panel adds."""
_WORDS = {
    "pause": "pause", "暂停": "pause", "resume": "resume", "继续": "resume", "stop": "stop", "终止": "stop",
    "start": "start", "开始": "start", "void": "void", "作废": "void", "replace": "replace", "换题": "replace",
}  # fmt: skip


async def contest(act: Said) -> None:
    """``/contest PRESET BANK [N]`` opens the lobby, ``/contest 暂停`` and the like control it, alone or with only a preset it asks."""
    words = act.words.split()
    if not words:
        if not await act.house.contests.lobby_again(act.chat.id, now=act.received_at):
            await act.reply(act.house.set_up.presets())
    elif len(words) == 1 and heard(words[0]) in _WORDS:
        row = await act.house.contests.in_chat(act.chat.id)
        await _control(act, row.id, _WORDS[heard(words[0])], chat_id=act.chat.id)
    elif heard(words[0]) in tournament_words.TOURNAMENT:
        number, bout = tournament_words.read_bout_of(words[1:])
        await open_bout(act, number, bout)
    elif (host_act := read_act(words)) is not None:
        await _act(act, host_act)
    elif act.house.contests.needs_no_bank(words[0]) and len(words) == 1:
        await _open(act, words[0], "", None)
    elif len(words) == 1:
        await act.reply(await act.house.set_up.banks(words[0]))
    else:
        words, wanted = read_wishes(words)
        preset, bank, count = read_opening(words)
        await _open(act, preset, bank, count, wanted)


async def _act(act: Said, host_act: HostAct) -> None:
    """Something that a host or a judge does by hand, with a reason."""
    user = act.sender.id
    row = await act.house.contests.in_chat_or_last(act.chat.id)
    may = await act.house.standings.runs_group(user, act.chat.id)
    await act.house.contests.do(row.id, lambda contest: host_act.command(contest, user), host=(user, may))


async def press_set_up(act: Press) -> None:
    """One step of the set-up card: the preset, the bank, the number of questions."""
    fields = act.fields
    step = fields.word("preset", "bank", "count")
    preset = fields.word()
    if not await act.house.standings.runs_group(act.sender.id, act.chat.id):
        raise NotAllowed()
    if step == "preset" and act.house.contests.needs_no_bank(preset):
        await _open(act, preset, "", None)
        card = act.house.set_up.chosen(preset)
    elif step == "preset":
        card = await act.house.set_up.banks(preset)
    elif step == "bank" and not act.house.set_up.asks_for_count(preset):
        await _open(act, preset, await act.house.set_up.bank_name(fields.number()), None)
        card = act.house.set_up.chosen(preset)
    elif step == "bank":
        card = await act.house.set_up.counts(preset, fields.number())
    else:
        name = await act.house.set_up.bank_name(fields.number())
        await _open(act, preset, name, fields.number())
        card = act.house.set_up.chosen(preset)
    await act.change(card)


async def _open(act: Said | Press, preset: str, bank: str, count: int | None, wanted: Wanted = ANY) -> None:
    if not await act.house.standings.runs_group(act.sender.id, act.chat.id):
        raise NotAllowed()
    t = await act.house.languages.of(act.chat.id)
    await act.house.contests.open(
        chat_id=act.chat.id,
        group=act.chat.title,
        host_id=act.sender.id,
        preset=preset,
        bank=bank,
        count=count,
        team_names=contest_lobby.team_names(t),
        now=act.received_at,
        wanted=wanted,
    )


async def press_join(act: Press) -> None:
    """Sit down in a team."""
    fields = act.fields
    contest_id, team = fields.number(), fields.number()
    done = await act.house.contests.join(contest_id, act.chat.id, act.sender.id, act.sender.name, team=team or None)
    await act.toast(contest_lobby.joined(done, act.sender.id, act.t))


async def press_lobby(act: Press) -> None:
    """Make a team, say that one's team is ready, get up again, begin."""
    fields = act.fields
    what = fields.word("team", "ready", "leave", "start", "drill", "rules")
    contest_id = fields.number()
    contests, user = act.house.contests, act.sender.id
    if what == "team":
        names = contest_lobby.team_names(await act.house.languages.of(act.chat.id))
        done = await contests.add_team(contest_id, act.chat.id, user, act.sender.name, team_names=names)
        await act.toast(contest_lobby.joined(done, user, act.t))
    elif what == "start":
        await _control(act, contest_id, "start", chat_id=act.chat.id)
    elif what == "drill":
        await open_drill(act, contest_id)
    elif what == "rules":
        await show_rules(act, contest_id)
    elif what == "ready":
        done = await contests.do(contest_id, lambda contest: _toggle_ready(contest, user), chat_id=act.chat.id)
        await act.toast(contest_lobby.readiness(done, user, act.t))
    else:
        await contests.do(contest_id, lambda _: c.Leave(user), chat_id=act.chat.id)
        await act.toast(contest_lobby.left(act.t))


def _toggle_ready(contest: Contest, user: int) -> c.Ready:
    team = contest.team_of(user)
    return c.Ready(user, ready=not (team is not None and team.ready))


async def press_buzz(act: Press) -> None:
    """The buzzer."""
    fields = act.fields
    contest_id, nonce = fields.number(), fields.number()
    command = c.Press(act.sender.id, act.update_id, act.received_at, nonce)
    done = await act.house.contests.do(contest_id, lambda _: command, chat_id=act.chat.id)
    await act.toast(contest_toasts.pressed(done, act.sender.id, act.t))


async def press_answer(act: Press) -> None:
    """An option of a question: the answer itself, or a mark where several are right."""
    fields = act.fields
    what = fields.word("pick", "mark", "hand")
    contest_id, nonce = fields.number(), fields.number()
    option = fields.number() if what != "hand" else 0
    user = act.sender.id
    command: c.Command
    if what == "pick":
        command = c.Choose(user, (option,), act.update_id, act.received_at, nonce)
    elif what == "mark":
        command = c.Toggle(user, option, act.update_id, act.received_at, nonce)
    else:
        command = c.Submit(user, act.update_id, act.received_at, nonce)
    done = await act.house.contests.do(contest_id, lambda _: command, chat_id=act.chat.id)
    await act.toast(contest_toasts.answered(done, user, act.t))


async def press_host(act: Press) -> None:
    """The host's panel, in private: pause, go on, void or replace a question, give up."""
    fields = act.fields
    what, contest_id = (
        fields.word("pause", "resume", "void", "replace", "stop", "really", "extend", "skip", "rescore"),
        fields.number(),
    )
    if what == "stop":
        await _must_host(act, contest_id)
        await act.change(contest_host.SureToStop(contest_id=contest_id))
        return
    await _control(act, contest_id, "stop" if what == "really" else what, chat_id=None)


async def _must_host(act: Press, contest_id: int) -> None:
    row = await act.house.contests.row(contest_id)
    if act.sender.id != row.host_id and not await act.house.standings.runs_group(act.sender.id, row.chat_id):
        raise NotHost()


async def _control(act: Said | Press, contest_id: int, what: str, *, chat_id: int | None) -> None:
    row = await act.house.contests.row(contest_id)
    user = act.sender.id
    may = await act.house.standings.runs_group(user, row.chat_id)
    made: dict[str, Callable[[Contest], c.Command]] = {
        "start": lambda _: c.Start(user),
        "pause": lambda _: c.Pause(user),
        "resume": lambda _: c.Resume(user),
        "stop": lambda _: c.Abort(user),
        "replace": lambda _: c.ReplaceQuestion(user, ""),
        "void": lambda contest: c.VoidQuestion(contest.course.index, user, ""),
        "extend": lambda _: cb.Extend(user, _EXTENSION),
        "skip": lambda contest: cb.SkipSpeaker(user, contest.course.nonce),
        "rescore": lambda contest: cb.RepeatScoring(user, contest.course.nonce),
    }
    await act.house.contests.do(contest_id, made[what], chat_id=chat_id, host=(user, may))
    if isinstance(act, Press):
        await act.toast(contest_host.controlled(what, act.t))


async def delivered(house: House, outcome: Outcome) -> None:
    """A question, or who was first, was shown; only now does its window open."""
    try:
        if _is_of_the_file(outcome) and await house.contests.without_media(
            outcome.body, ref=outcome.ref or "", chat_id=outcome.chat_id, now=outcome.at
        ):
            return
        if outcome.state == "unknown":
            await say_again(house, outcome)
        await house.contests.delivered(
            outcome.kind, outcome.body, sent_at=outcome.at if outcome.state == "sent" else None
        )
    except ContestGone:
        return  # a backup was restored meanwhile: there is nothing left to tell


async def say_again(house: House, outcome: Outcome) -> None:
    """Nobody knows whether it arrived; what has to be there is sent once more."""
    await house.contests.say_again(
        outcome.kind, outcome.body, ref=outcome.ref, chat_id=outcome.chat_id, now=house.clock.now()
    )


def _is_of_the_file(outcome: Outcome) -> bool:
    """Whether a question may have been refused for its picture or sound."""
    is_question = outcome.kind == QuestionCard.kind and outcome.action == "send" and outcome.ref is not None
    return is_question and outcome.state == "refused" and outcome.error in _OF_THE_FILE


async def recover(house: House) -> None:
    """Go on with the contests that were under way."""
    await house.contests.recover()


ROOM = Room(
    commands=(
        Command(
            "contest", contest, N_("open a contest in this group"), N_("[PRESET BANK [N]]"),
        ),
    ),
    presses={
        "setup": press_set_up,
        "join": press_join,
        "lobby": press_lobby,
        "buzz": press_buzz,
        "ans": press_answer,
        "host": press_host,
    },
    swift=frozenset(("buzz", "ans")),
    listeners={"contest": delivered},
    errors=ERRORS,
    recover=recover,
)  # fmt: skip
