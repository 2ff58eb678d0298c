"""The roll call of a session: opened, pressed, codes, by name; leave from one session."""

import json

from handlers.act import Press, Said
from handlers.callback_data import Fields
from handlers.house import House
from handlers.present import rollcall as show
from handlers.present import rollcall_names as show_names
from handlers.room import Command, Meaning, Room
from handlers.texts import N_
from quizzes.engine.han import heard
from study.attendance_book import Presence
from study.checkin_register import Actor
from study.due import Due
from study.errors import Forged
from study.outcome import Outcome
from study.rollcall_cards import CLOSE, CODE, LINK, LISTENER, REFRESH
from study.rollcall_names import REASON_TOPIC
from study.rollcalls import code_in
from study.session_leaves import LEAVE_TOPIC

_BY_HAND = ("present", "late", "leave", "absent")


async def rollcall(act: Said) -> None:
    """``/rollcall`` for the session that is on, ``/rollcall TOPIC`` for one that nobody planned."""
    topic = " ".join(act.words.split())
    topic = "" if heard(topic) == "点名" else topic
    await act.house.attendance.opening.call(
        _actor(act), act.chat.id, topic, message_id=act.message_id, now=act.received_at
    )


async def press_card(act: Press) -> None:
    """Somebody is there."""
    fields = act.fields
    roll_call = fields.number()
    fields.end()
    done = await act.house.attendance.calls.press(act.sender.id, roll_call, at=act.received_at)
    await act.toast(show.toast(done, act.t))


async def press_panel(act: Press) -> None:
    """The panel: another way, the code, the names (a message of their own, for the panel goes on), close; a session."""
    fields, actor, now, calls = act.fields, _actor(act), act.received_at, act.house.attendance
    what, number = fields.word("open", "panel", "way", "code", "list", "call", "close"), fields.number()
    fields.end()
    match what:
        case "open":
            await calls.opening.choose(actor, act.chat.id, number, now=now)
        case "panel":
            await calls.calls.panel(actor, number, now=now)
            await act.toast(show.panel_sent(act.t))
        case "way":
            await calls.calls.switch_way(actor, number, now=now)
        case "code":
            await calls.calls.show_code(actor, number, now=now)
        case "list":
            await calls.names.listed(actor.user_id, number, 0, on_message=None, now=now)
        case "call":
            await calls.names.call(actor.user_id, number, after=None, on_message=None, now=now)
        case _:
            await calls.calls.close(actor, number, now=now)
            await act.toast(show.closed(act.t))


async def press_names(act: Press) -> None:
    """The roll, a person on it, the next name."""
    fields, now, names = _private(act), act.received_at, act.house.attendance.names
    what, roll_call, number = fields.word("list", "call", "who"), fields.number(), fields.number()
    page = fields.number() if what == "who" else 0
    fields.end()
    user, message = act.sender.id, act.message_id
    if what == "list":
        await names.listed(user, roll_call, number, on_message=message, now=now)
    elif what == "call":
        await names.call(user, roll_call, after=number or None, on_message=message, now=now)
    else:
        await names.person(user, roll_call, number, page, on_message=message, now=now)


async def press_called(act: Press) -> None:
    """What the call of a name came to."""
    fields = _private(act)
    roll_call, person, mark = fields.number(), fields.number(), Presence(fields.word(*_BY_HAND))
    fields.end()
    await act.house.attendance.names.answer(
        _actor(act),
        roll_call,
        person,
        mark,
        show_names.called_reason(act.t),
        on_message=act.message_id,
        now=act.received_at,
    )


async def press_wanted(act: Press) -> None:
    """Another mark is wanted: why?"""
    fields = _private(act)
    roll_call, person, mark = fields.number(), fields.number(), Presence(fields.word(*_BY_HAND))
    page = fields.number()
    fields.end()
    await act.house.attendance.names.person(
        act.sender.id, roll_call, person, page, wanted=mark, on_message=act.message_id, now=act.received_at
    )


async def press_reason(act: Press) -> None:
    """One of the reasons that are offered."""
    fields = _private(act)
    roll_call, person, mark = fields.number(), fields.number(), Presence(fields.word(*_BY_HAND))
    place, page = fields.number(), fields.number()
    fields.end()
    try:
        reason = show_names.reason(mark.value, place, act.t)
    except IndexError as error:
        raise Forged() from error
    await act.house.attendance.names.mark(
        _actor(act), roll_call, person, mark, reason, page=page, on_message=act.message_id, now=act.received_at
    )


async def reason_said(act: Said, body: str) -> None:
    """The reason has been written."""
    wanted = json.loads(body)
    await act.house.attendance.names.mark(
        _actor(act),
        wanted["roll_call"],
        wanted["person"],
        Presence(wanted["mark"]),
        act.words,
        page=wanted["page"],
        now=act.received_at,
    )


async def code(act: Said) -> None:
    """Six digits in private."""
    await act.house.attendance.calls.enter_code(act.sender.id, code_in(act.words) or "", at=act.received_at)


def hears_code(act: Said, _is_word: bool) -> Meaning | None:
    """Six digits in private are a code, before anything else while some roll call takes codes."""
    if not act.chat.is_private or code_in(act.words) is None:
        return None
    return Meaning(code, first=bool(act.house.attendance.calls.listening))


async def come_by_link(act: Said, payload: str) -> None:
    """Somebody scanned the code on the screen: ``roll_<number>_<code>``."""
    number, _, digits = payload.removeprefix(LINK).partition("_")
    if not (number.isascii() and number.isdigit() and len(number) <= 18) or code_in(digits) is None:
        raise Forged()
    await act.house.attendance.calls.enter_code(act.sender.id, digits, only=int(number), at=act.received_at)


async def ask_leave(act: Said) -> None:
    """The sessions to come, to ask for leave from one."""
    await act.house.attendance.leaves.ahead(act.sender.id, now=act.received_at)


async def press_leave(act: Press) -> None:
    """Leave from a session: asked for, decided."""
    fields, leaves, now = act.fields, act.house.attendance.leaves, act.received_at
    what, number = fields.word("ask", "yes", "no"), fields.number()
    fields.end()
    if what == "ask":
        await leaves.begin(act.sender.id, number, now=now)
    else:
        await leaves.decide(_actor(act), number, approve=what == "yes", now=now)


async def leave_reason(act: Said, body: str) -> None:
    """Why somebody cannot attend."""
    session = json.loads(body)["session"]
    await act.house.attendance.leaves.ask(act.sender.id, session, act.words, now=act.received_at)


async def close_due(house: House, due: Due) -> None:
    """A roll call closes by itself."""
    await house.attendance.calls.close_due(due)


async def refresh_due(house: House, due: Due) -> None:
    """A card shows what has gathered."""
    await house.attendance.calls.refresh_due(due)


async def code_due(house: House, due: Due) -> None:
    """The next code."""
    await house.attendance.calls.code_due(due)


async def card_ended(house: House, outcome: Outcome) -> None:
    """A card was delivered or not."""
    await house.attendance.calls.card_ended(outcome)


async def recover(house: House) -> None:
    """Know again which roll calls take codes."""
    await house.attendance.calls.recover()


def _actor(act: Said | Press) -> Actor:
    return Actor(act.sender.id, act.sender.name)


def _private(act: Press) -> Fields:
    if not act.chat.is_private:
        raise Forged()
    return act.fields


ROOM = Room(
    commands=(
        Command("rollcall", rollcall, N_("call the roll of a session"), N_("[TOPIC]")),
        Command("askleave", ask_leave, N_("leave from a single session")),
    ),
    # For those whom the programme lets call the roll though they organise nothing.
    words={"点名": rollcall},
    hears=hears_code,
    presses={
        "rc": press_card,
        "rcp": press_panel,
        "rcn": press_names,
        "rcc": press_called,
        "rcw": press_wanted,
        "rcm": press_reason,
        "sl": press_leave,
    },
    topics={REASON_TOPIC: reason_said, LEAVE_TOPIC: leave_reason},
    alarms={CLOSE: close_due, REFRESH: refresh_due, CODE: code_due},
    listeners={LISTENER: card_ended},
    errors=show.ERRORS,
    recover=recover,
)
