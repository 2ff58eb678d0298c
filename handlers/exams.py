"""Exams in private: taking them, setting them, the gradebook."""

from handlers.act import Press, Said
from handlers.house import House
from handlers.present import exam_desk as show
from handlers.present import exams as show_paper
from handlers.room import Command, Room
from handlers.texts import N_
from quizzes.engine.han import heard
from study.access import Role
from study.audience_choices import Choice
from study.due import Due
from study.errors import Forged, WrongChat
from study.exam_book import TOPIC
from study.exam_setting import PLAN

_NEW = ("new", "新建", "新增", "出题", "+", "＋")


async def exam(act: Said) -> None:
    """``/exam`` lists; ``/exam BANK`` (more lines change the plan) sets one, ``/exam 新建`` asks for the bank."""
    exams, now = act.house.exams, act.received_at
    bank, _, lines = act.words.partition("\n")
    if not act.words:
        await exams.papers.mine(act.sender.id, now=now)
    elif heard(bank) in _NEW:
        await exams.setting.offer(act.sender.id, now=now)
    else:
        await exams.setting.start(act.sender.id, act.update_id, bank.strip(), lines, now=now)


async def open_by_link(act: Said, payload: str) -> None:
    """Show the rules of the exam that a link ``?start=exam_…`` means."""
    number = payload.removeprefix("exam_")
    if not (number.isascii() and number.isdigit() and len(number) <= 18):
        raise Forged()
    await act.house.exams.papers.rules(act.sender.id, int(number), now=act.received_at)


async def write(act: Said, body: str) -> None:
    """Take what is written as the answer to the question on the screen."""
    await act.house.exams.papers.write(act.sender.id, int(body), act.words, now=act.received_at)


async def plan(act: Said, body: str) -> None:
    """Change the plan by what is written."""
    await act.house.exams.setting.take_lines(act.sender.id, body, act.words, act.update_id, now=act.received_at)


async def press_exam(act: Press) -> None:
    """The list and the paper: rules, start, pages, answer sheet, handing in, review; setting a new one."""
    _only_in_private(act)
    fields, user, now, papers = act.fields, act.sender.id, act.received_at, act.house.exams.papers
    what = fields.word("new", "bank", "rules", "begin", "page", "sheet", "sure", "hand", "review")
    number = fields.number() if what != "new" else 0
    page = fields.number() if what == "page" else 0
    fields.end()
    match what:
        case "new":
            await act.house.exams.setting.offer(user, now=now)
        case "bank":
            await act.house.exams.setting.start(user, act.update_id, number, now=now)
        case "rules":
            await papers.rules(user, number, now=now)
        case "begin":
            await papers.begin(user, number, on_message=act.message_id, now=now)
            await act.toast(show_paper.only_once(act.t))
        case "page":
            await papers.turn(user, number, page, now=now)
        case "sheet" | "sure":
            await papers.sheet(user, number, sure=what == "sure", now=now)
        case "hand":
            await papers.hand_in(user, number, now=now)
        case _:
            await papers.review(user, number, None, on_message=act.message_id, now=now)


async def press_option(act: Press) -> None:
    """An option of the question on a page."""
    _only_in_private(act)
    fields = act.fields
    paper, page, place = fields.number(), fields.number(), fields.number()
    fields.end()
    await act.house.exams.papers.choose(act.sender.id, paper, page, place, now=act.received_at)


async def press_review(act: Press) -> None:
    """Another page of the review."""
    _only_in_private(act)
    fields = act.fields
    paper, page = fields.number(), fields.number()
    fields.end()
    await act.house.exams.papers.review(act.sender.id, paper, page, on_message=act.message_id, now=act.received_at)


async def press_plan(act: Press) -> None:
    """The buttons of the plan."""
    _only_in_private(act)
    fields, user, now, setting = act.fields, act.sender.id, act.received_at, act.house.exams.setting
    what = fields.word("less", "more", "results", "category", "unit", "page", "level", "role", "publish", "drop")
    key = fields.number()
    match what:
        case "less" | "more":
            await setting.step(user, key, fields.word(), what == "more", now=now)
        case "results":
            await setting.switch_results(user, key, now=now)
        case "category":
            await setting.step_category(user, key, fields.number(), now=now)
        case "role":
            await setting.toggle(user, key, Choice.ROLE, Role(fields.word(*Role)).value, now=now)
        case "unit" | "page" | "level":
            await setting.toggle(user, key, Choice(what), fields.number(), now=now)
        case "publish":
            await act.toast(show.done(act.t, await setting.publish(user, key, now=now)))
        case _:
            await setting.drop(user, key, now=now)


async def press_book(act: Press) -> None:
    """The gradebook, the statistics, calling an exam off."""
    _only_in_private(act)
    fields, records = act.fields, act.house.exams.records
    what, exam_id, page = fields.word("show", "stats", "cancel", "surely"), fields.number(), fields.number()
    fields.end()
    user, message, now = act.sender.id, act.message_id, act.received_at
    if what == "show":
        await records.overview(user, exam_id, page=page, on_message=message, now=now)
    elif what == "stats":
        await records.statistics(user, exam_id, page, on_message=message, now=now)
    else:
        await records.cancel(user, exam_id, sure=what == "surely", on_message=message, now=now)


def _only_in_private(act: Press) -> None:
    if not act.chat.is_private:
        raise WrongChat(wanted="private", link=f"https://t.me/{act.house.me}")


async def opens(house: House, due: Due) -> None:
    """Invite."""
    await house.exams.clock.opens(due)


async def remind(house: House, due: Due) -> None:
    """Remind who has not begun."""
    await house.exams.clock.remind(due)


async def soon(house: House, due: Due) -> None:
    """Warn whose time is nearly over."""
    await house.exams.clock.soon(due)


async def time_over(house: House, due: Due) -> None:
    """Hand a paper in whose time is over."""
    await house.exams.clock.time(due)


async def closes(house: House, due: Due) -> None:
    """End what is open and tell the organisers."""
    await house.exams.clock.closes(due)


async def results(house: House, due: Due) -> None:
    """Give out the results."""
    await house.exams.clock.results(due)


ROOM = Room(
    commands=(Command("exam", exam, N_("closed-book exams"), organisers_usage=N_("[BANK]")),),
    presses={
        "exam": press_exam,
        "exq": press_option,
        "exrev": press_review,
        "exs": press_plan,
        "exb": press_book,
    },
    topics={TOPIC: write, PLAN: plan},
    kept={TOPIC: N_("Your exam goes on and its clock runs. /exam brings you back to your paper.")},
    alarms={
        "exam.opens": opens,
        "exam.remind": remind,
        "exam.soon": soon,
        "exam.time": time_over,
        "exam.closes": closes,
        "exam.results": results,
    },
    errors=dict(show.ERRORS),
)
