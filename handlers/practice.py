"""Practice in private: begin, answer, go on, end."""

from handlers.act import Press, Said
from handlers.house import House
from handlers.present import practice as show
from handlers.room import Command, Room
from handlers.texts import N_
from quizzes.engine.han import heard
from quizzes.practice.scheduling import Grade
from quizzes.practice.service import TOPIC
from study.errors import WrongChat

_STOP = ("停", "停止", "结束", "stop")
_GRADES = {"next": None, "hard": Grade.HARD, "forgot": Grade.FORGOT}


async def practice(act: Said) -> None:
    """``/practice [BANK]`` begins or goes on, ``/practice 停`` ends."""
    if heard(act.words) in _STOP:
        await act.house.practice.stop(act.sender.id, now=act.received_at)
    else:
        await act.house.practice.begin(act.sender.id, act.words, now=act.received_at)


async def write(act: Said, _body: str) -> None:
    """Take what is written as the answer."""
    await act.house.practice.write(act.sender.id, act.words, now=act.received_at)


async def leave(act: Said, _body: str) -> None:
    """What ``/cancel`` does while somebody practises."""
    await act.house.practice.stop(act.sender.id, now=act.received_at)


async def press(act: Press) -> None:
    """Every button of practice; it is always the presser's own."""
    fields, user, now = act.fields, act.sender.id, act.received_at
    what, round_ = fields.word("bank", "menu", "pick", "mark", "hand", *_GRADES, "more", "stop"), fields.number()
    place = fields.number() if what in ("bank", "pick", "mark") else 0
    fields.end()
    if not act.chat.is_private:
        raise WrongChat(wanted="private", link=f"https://t.me/{act.house.me}")
    practice = act.house.practice
    match what:
        case "bank":
            await practice.choose(user, round_, place, now=now)
        case "menu":
            await practice.menu(user, round_, now=now)
        case "pick":
            await act.toast(show.ruled(act.t, right=await practice.pick(user, round_, place, now=now)))
        case "mark":
            await practice.mark(user, round_, place, now=now)
        case "hand":
            await act.toast(show.ruled(act.t, right=await practice.hand_in(user, round_, now=now)))
        case "more":
            await practice.more(user, round_, now=now)
        case "stop":
            await practice.stop(user, round_, now=now)
        case _:
            await practice.next(user, round_, grade=_GRADES[what], now=now)


async def recover(house: House) -> None:
    """Take in the mistakes that an older version left."""
    await house.practice.catch_up(now=house.clock.now())


ROOM = Room(
    commands=(Command("practice", practice, N_("practise what I got wrong"), N_("[BANK]")),),
    presses={"prac": press},
    topics={TOPIC: write},
    leaving={TOPIC: leave},
    errors=dict(show.ERRORS),
    recover=recover,
)
