"""Judges, protests, answers aloud and speeches: the panel, its ballots and scores, captains and speakers."""

from functools import partial

from pydantic import BaseModel

from handlers.act import Press, Said
from handlers.contest import say_again
from handlers.house import House
from handlers.present import judging as show
from handlers.present.points import units
from handlers.room import Command, Room
from handlers.texts import N_
from quizzes.bench_announce import BALLOTS, SCORING
from quizzes.bench_scenes import judges as judges_card
from quizzes.bench_views import JudgePick
from quizzes.engine import commands_bench as cb
from quizzes.engine.bench import Verdict
from quizzes.engine.errors import NotOnPanel
from quizzes.engine.han import heard
from quizzes.engine.phases import Contest
from quizzes.engine.speech import PLACES
from quizzes.errors import ContestGone
from quizzes.panels import Found, by_id, candidates, find
from study.outcome import Outcome

_CHIEF = ("主裁", "主评委", "主评审", "chief")
_REMOVE = ("移除", "remove")


class _Stage(BaseModel):
    contest_id: int
    nonce: int


class _OfContest(BaseModel):
    contest_id: int


async def judge(act: Said) -> None:
    """``/judge`` shows the panel, ``/judge NAME…`` names judges, ``/judge 主裁|移除 NAME`` changes it."""
    contests, words = act.house.contests, act.words.split()
    row = await contests.in_chat(act.chat.id)
    host = (act.sender.id, await act.house.standings.runs_group(act.sender.id, act.chat.id))
    if words and heard(words[0]) in _REMOVE:
        name = " ".join(words[1:])
        await contests.do(row.id, lambda contest: _dismissal(contest, name, act.sender.id), host=host)
        words = []
    asked = False
    chief = bool(words) and heard(words[0]) in _CHIEF
    for name in words[1:] if chief else words:
        found = await contests.look(partial(find, wanted=name))
        if len(found) > 1:
            pick = JudgePick(contest_id=row.id, name=name, chief=chief, candidates=candidates(found))
            await act.reply(pick)
            asked = True
            continue
        await contests.do(row.id, partial(_naming, found[0], act.sender.id, chief), host=host)
    if not asked:
        await act.reply(judges_card(await contests.state(row.id, host=host)))


def _naming(found: Found, by: int, chief: bool, _contest: Contest) -> cb.NameJudge:
    return cb.NameJudge(found.id, found.name, by, chief=chief)


def _dismissal(contest: Contest, name: str, by: int) -> cb.DismissJudge:
    for member in contest.bench.judges:
        if member.name.casefold() == name.casefold():
            return cb.DismissJudge(member.id, by)
    raise NotOnPanel(name=name)


async def press_judge(act: Press) -> None:
    """One of several people of the same name."""
    fields = act.fields
    contest_id, user, chief = fields.number(), fields.number(), fields.number() == 1
    host = (act.sender.id, await act.house.standings.runs_group(act.sender.id, act.chat.id))
    found = await act.house.contests.look(lambda tx: by_id(tx, user))
    naming = partial(_naming, found, act.sender.id, chief)
    done = await act.house.contests.do(contest_id, naming, chat_id=act.chat.id, host=host)
    await act.toast(show.named(found.name, act.t))
    await act.change(judges_card(done.contest))


async def press_vote(act: Press) -> None:
    """A ballot, in private."""
    fields, user = act.fields, act.sender.id
    matter = fields.word("ruling", "protest")
    contest_id, number = fields.number(), fields.number()
    verdict = Verdict(fields.word(*Verdict))
    command: cb.Rule | cb.JudgeProtest = cb.JudgeProtest(user, number, verdict)
    if matter == "ruling":
        command = cb.Rule(user, number, verdict is Verdict.RIGHT)
    done = await act.house.contests.do(contest_id, lambda _: command)
    await act.toast(show.voted(done, user, act.t))


async def protest(act: Said) -> None:
    """``/protest REASON``: against the latest ruling, or the reason for a protest that was filed by the button."""
    row = await act.house.contests.in_chat(act.chat.id)
    command = cb.FileProtest(act.sender.id, None, act.words)
    await act.house.contests.do(row.id, lambda _: command)


async def press_protest(act: Press) -> None:
    """申诉 under a ruling."""
    fields = act.fields
    contest_id, index = fields.number(), fields.number()
    command = cb.FileProtest(act.sender.id, index)
    done = await act.house.contests.do(contest_id, lambda _: command, chat_id=act.chat.id)
    await act.toast(show.protested(done, act.t))


async def press_oral(act: Press) -> None:
    """开始作答 and 答完."""
    fields = act.fields
    what, contest_id, nonce = fields.word("begin", "end"), fields.number(), fields.number()
    make = cb.Begin if what == "begin" else cb.EndAnswer
    command = make(act.sender.id, act.update_id, act.received_at, nonce)
    done = await act.house.contests.do(contest_id, lambda _: command, chat_id=act.chat.id)
    await act.toast(show.spoken(done, act.sender.id, act.t))


async def press_talk(act: Press) -> None:
    """A speech begins or ends: by the speaker, or by whoever runs the contest."""
    fields = act.fields
    what, contest_id, nonce = fields.word("begin", "end"), fields.number(), fields.number()
    row = await act.house.contests.row(contest_id)
    runs = row.host_id == act.sender.id or await act.house.standings.runs_group(act.sender.id, row.chat_id)
    make = cb.BeginTalk if what == "begin" else cb.EndTalk
    await act.house.contests.do(contest_id, lambda _: make(act.sender.id, nonce, host=runs), chat_id=act.chat.id)
    await act.toast(show.on_stage(what, act.t))


async def press_score(act: Press) -> None:
    """A judge's score by a button."""
    fields = act.fields
    contest_id, nonce, score = fields.number(), fields.number(), fields.number()
    command = cb.GiveScore(act.sender.id, nonce, score)
    done = await act.house.contests.do(contest_id, lambda _: command)
    await act.toast(show.voted(done, act.sender.id, act.t))


async def typed_score(act: Said, body: str) -> None:
    """A judge's score, typed."""
    stage = _Stage.model_validate_json(body)
    command = cb.GiveScore(act.sender.id, stage.nonce, units(act.words, PLACES))
    await act.house.contests.do(stage.contest_id, lambda _: command)


async def delivered(house: House, outcome: Outcome) -> None:
    """A judge could not be reached: the group and the host hear of it once. A ballot that may be lost comes again."""
    if outcome.state == "unknown":
        await say_again(house, outcome)
    if outcome.state != "refused":
        return
    of = _OfContest.model_validate_json(outcome.body)
    try:
        await house.contests.do(of.contest_id, lambda _: cb.NoteUnreachable(outcome.chat_id))
    except ContestGone:
        return  # a backup was restored meanwhile: there is nothing left to tell


ROOM = Room(
    commands=(
        Command("judge", judge, N_("the judges of the contest in this group"), N_("[NAME…]")),
        Command("protest", protest, N_("protest against a ruling, as captain"), N_("[REASON]")),
    ),
    presses={
        "judge": press_judge,
        "vote": press_vote,
        "prot": press_protest,
        "oral": press_oral,
        "talk": press_talk,
        "score": press_score,
    },
    topics={SCORING: typed_score},
    listeners={BALLOTS: delivered},
    errors=show.ERRORS,
)
