"""Works: what one owes, the form, the team, the log; a reviewer's and an organiser's side of them."""

from handlers.act import Press, Said
from handlers.house import House
from handlers.present import work_overview as show_overview
from handlers.present import work_reviews as show_reviews
from handlers.present import works as show
from handlers.room import Command, Room
from handlers.tasks import attached
from handlers.texts import N_
from handlers.work_errors import ERRORS
from study.due import Due
from study.errors import Forged
from study.submission import Consent
from study.work_forms import FORM_TOPIC
from study.work_reviews import WORDS_TOPIC
from study.work_teams import TEAM_TOPIC
from study.works import REPORT_TOPIC


async def works(act: Said) -> None:
    """Show what one owes and has under way."""
    await act.house.works.members.home(act.sender.id, now=act.received_at)


async def open_by_link(act: Said, payload: str) -> None:
    """Open what a link ``?start=work_…`` means: a work by its number, ``work_home``, ``work_waiting``."""
    about, user_id, now = payload.removeprefix("work_"), act.sender.id, act.received_at
    if about == "home":
        await act.house.works.members.home(user_id, now=now)
    elif about == "waiting":
        await act.house.works.reviews.waiting(user_id, now=now)
    elif about.isascii() and about.isdigit() and len(about) <= 18:
        await act.house.works.members.open(user_id, int(about), now=now)
    else:
        raise Forged()


async def press_work(act: Press) -> None:
    """What the buttons of one's own works do."""
    fields, house = act.fields, act.house.works
    what = fields.word(*_WORK)
    about = fields.word() if what == "new" else fields.number()
    more = [fields.number() for _ in range(_WORK[what])]
    word = fields.word("named", "anonymous", "refused") if what == "say" else ""
    fields.end()
    user_id, name, on, now = act.sender.id, act.sender.name, act.message_id, act.received_at
    if isinstance(about, str):
        number = await house.members.begin(user_id, about, now=now)
        await house.members.open(user_id, number, on_message=None, now=now)
        return
    match what:
        case "home":
            await house.members.home(user_id, page=about, on_message=on, now=now)
        case "open" | "sure":
            page = more[0] if more else 0
            await house.members.open(user_id, about, page=page, sure=what == "sure", on_message=on, now=now)
        case "form":
            at = None if more[0] < 0 else more[0]
            await house.forms.ask(user_id, about, at, on_message=on, now=now)
        case "pick":
            choice = None if more[1] < 0 else more[1]
            await house.forms.pick(user_id, name, about, more[0], choice, on_message=on, now=now)
        case "hand":
            became = await house.forms.hand_in(user_id, name, about, on_message=on, now=now)
            await act.toast(show.handed_in(act.t, became), alert=became == "sent_back")
        case "leave":
            await house.forms.leave(user_id, about, on_message=on, now=now)
        case "off":
            await house.members.withdraw(user_id, name, about, on_message=on, now=now)
        case "log":
            await house.members.log(user_id, about, more[0], on_message=on, now=now)
        case "vers":
            await house.members.versions(user_id, about, more[0], on_message=on, now=now)
        case "team":
            await house.teams.team(user_id, about, on_message=on, now=now)
        case "drop":
            await house.teams.drop_member(user_id, name, about, more[0], on_message=on, now=now)
        case "report":
            await house.members.ask_report(user_id, about, now=now)
        case "files":
            await act.toast(show.files_sent(act.t, await house.reviews.files(user_id, about, now=now)))
        case "say":
            await house.members.answer(user_id, name, about, Consent(word), now=now)


_WORK = {
    "home": 0,
    "new": 0,
    "open": 1,
    "sure": 0,
    "form": 1,
    "pick": 2,
    "hand": 0,
    "leave": 0,
    "off": 0,
    "log": 1,
    "vers": 1,
    "team": 0,
    "drop": 1,
    "report": 0,
    "files": 0,
    "say": 0,
}
"""The buttons, with how many numbers follow the first field."""


async def press_review(act: Press) -> None:
    """What a reviewer's buttons do: the list, let pass (with a rating), ask for words (a reason, a score)."""
    fields, reviews, user_id, now = act.fields, act.house.works.reviews, act.sender.id, act.received_at
    what = fields.word("list", "ok", "ask")
    asked = fields.word("return", "reject", "score") if what == "ask" else ""
    numbers = [fields.number() for _ in range(1 if what == "list" else 4)]
    fields.end()
    if what == "list":
        await reviews.waiting(user_id, page=numbers[0], on_message=act.message_id, now=now)
        return
    work, stage, version, last = numbers
    if what == "ok":
        rating = None if last < 0 else last
        became = await reviews.approve(
            user_id, act.sender.name, work, stage, version, rating, on_message=act.message_id, now=now
        )
        await act.toast(show_reviews.ruled(act.t, became))
        return
    await reviews.ask_words(user_id, work, asked, stage, version, last, now=now)  # type: ignore[arg-type]


async def press_overview(act: Press) -> None:
    """What an organiser's buttons do."""
    fields, overviews, user_id, now = act.fields, act.house.works.overviews, act.sender.id, act.received_at
    what = fields.word("all", "kind", "list", "quota", "short", "choose")
    key = "" if what == "all" else fields.word()
    period = "" if what in ("all", "quota") else fields.word()
    page = fields.number() if what in ("kind", "list", "quota") else 0
    fields.end()
    on = act.message_id
    match what:
        case "all":
            await overviews.all(user_id, on_message=on, now=now)
        case "kind":
            await overviews.kind(user_id, key, period, page, on_message=on, now=now)
        case "list":
            await overviews.list(user_id, key, period, page, on_message=on, now=now)
        case "quota":
            await overviews.quota(user_id, key, page, on_message=on, now=now)
        case "short":
            await overviews.shortlist(user_id, key, period, on_message=on, now=now)
        case "choose":
            count = await overviews.choose(user_id, act.sender.name, key, period, on_message=on, now=now)
            await act.toast(show_overview.chosen(act.t, count))


async def fill(act: Said, body: str) -> None:
    """A message goes into the field that was asked for."""
    message = act.message
    await act.house.works.forms.fill(
        act.sender.id,
        act.sender.name,
        body,
        text=message.text or message.caption or "",
        file=attached(message),
        album=message.media_group_id,
        now=act.received_at,
    )


async def words(act: Said, body: str) -> None:
    """A reviewer's reason or score."""
    await act.house.works.reviews.words(
        act.sender.id, act.sender.name, body, act.message.text or "", now=act.received_at
    )


async def members(act: Said, body: str) -> None:
    """The names of those who take part."""
    await act.house.works.teams.add_members(
        act.sender.id, act.sender.name, int(body), act.message.text or "", now=act.received_at
    )


async def report(act: Said, body: str) -> None:
    """How far a plan has come."""
    await act.house.works.members.report(act.sender.id, int(body), act.message.text or "", now=act.received_at)


async def period(house: House, due: Due) -> None:
    """A period begins."""
    await house.works.clock.period(due)


async def night(house: House, due: Due) -> None:
    """Look at the counts again."""
    await house.works.clock.night(due)


ROOM = Room(
    commands=(
        Command(
            "works",
            works,
            N_("my quotas, works and plans; what waits for my review"),
            part="works.works quotas.quotas",
        ),
    ),
    presses={"work": press_work, "wrev": press_review, "wall": press_overview},
    topics={FORM_TOPIC: fill, WORDS_TOPIC: words, TEAM_TOPIC: members, REPORT_TOPIC: report},
    kept={FORM_TOPIC: N_("You have stopped filling in. What you have filled in is kept; /works opens it again.")},
    by_the_hour=("work.period", "work.night"),
    alarms={"work.period": period, "work.night": night},
    errors=ERRORS,
    plan=lambda house, since, until: house.works.clock.plan(since, until),
)
