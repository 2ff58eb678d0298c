"""Updates of every kind that the Bot API's schema knows, and of kinds that it does not, as hypothesis strategies.

``Bazaar`` is what they talk about: who is there, in which chats, which buttons are on show. Most of what is made is as
Telegram could send it; some is broken afterwards (``broken``): a field too few, a wrong type, a number beyond measure.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

import sandbox
from tests.security.nasty import NASTY

_DEPTH = 3
_LIST = "Array of "
_NUMBERS = (0, 1, -1, 7, 10_000)
_IDS = (0, 1, -1, 2**31, 2**52, -(2**52))
_MOMENT = 1_790_000_000
_ODD = ("", "0", "-1", str(2**70), "9" * 18, "９", "٣", "x", "None", "1e3", "+1", "1_0", " 1", "\x00", "🙂")
_BEYOND = (2**63, -(2**63) - 1, 2**70, 10**400)
Update = dict[str, Any]
Draw = st.DrawFn


@cache
def types() -> Mapping[str, Any]:
    """The types of the Bot API by name: their fields (optional ones end in ``?``), or their subtypes."""
    path = Path(sandbox.__file__).with_name("bot-api-10.1.json")
    found: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))["types"]
    return found


@dataclass(frozen=True)
class OnShow:
    """A choice among what the bot shows at the time when the update is sent: strategies themselves must not remember.

    ``what``: ``data`` (of a button) or ``message`` (of a chat); ``forging`` says how the data is bent, 0 not at all.
    """

    what: str
    number: int
    chat_id: int = 0
    forging: int = 0
    odd: str = ""


class Bazaar:
    """Who and what updates are about; ``see`` what the bot shows, then ``settle`` what was drawn on that."""

    def __init__(self, people: Sequence[int], groups: Sequence[int], phrases: Sequence[str]) -> None:
        self.people, self.groups, self.phrases = people, groups, phrases
        self._data = ["buzz:1:x"]
        self._messages: dict[int, list[int]] = {}

    def __repr__(self) -> str:
        """Short: hypothesis quotes it with every draw."""
        return "Bazaar()"

    def see(self, chat_id: int, message_id: int, data: Sequence[str]) -> None:
        """The bot shows a message with these buttons."""
        messages = self._messages.setdefault(chat_id, [])
        if message_id not in messages[-20:]:
            messages.append(message_id)
        self._data += [one for one in data if one not in self._data[-200:]]

    def settle(self, part: Any) -> Any:
        """An update (or a part of it) with every choice made."""
        if isinstance(part, dict):
            return {key: self.settle(value) for key, value in part.items()}
        if isinstance(part, list):
            return [self.settle(value) for value in part]
        if not isinstance(part, OnShow):
            return part
        if part.what == "message":
            known = self._messages.get(part.chat_id, [1])[-20:]
            return known[part.number % len(known)]
        data = self._data[-400:]
        return bent(data[part.number % len(data)], part)


@st.composite
def updates(draw: Draw, bazaar: Bazaar, *, broken: bool = True) -> Update:
    """One update, without its id; ``broken``: it may be what Telegram would never send."""
    kind = draw(st.sampled_from(("said", "said", "said", "pressed", "pressed", "pressed", "any", "unknown")))
    match kind:
        case "said":
            update = {draw(st.sampled_from(("message", "message", "edited_message"))): draw(_said(bazaar))}
        case "pressed":
            update = {"callback_query": draw(_pressed(bazaar))}
        case "any":
            name = draw(st.sampled_from([name.rstrip("?") for name in types()["Update"]["fields"]][1:]))
            type_ = types()["Update"]["fields"][f"{name}?"][0]
            update = {name: draw(_value(bazaar, type_, _DEPTH))}
        case _:
            update = {draw(st.sampled_from(("brand_new", "", "mes\x00sage", "__class__"))): draw(_SOMETHING)}
    if broken and draw(st.integers(0, 2)) == 0:
        for _ in range(draw(st.integers(1, 3))):
            _break(draw, update)
    return update


@st.composite
def _said(draw: Draw, bazaar: Bazaar) -> Update:
    """A message: in a chat of its sender, with words that mean something here, and with whatever else messages have."""
    message: Update = draw(_value(bazaar, "Message", _DEPTH))
    who, chat = draw(_who_and_where(bazaar))
    text = draw(st.sampled_from(bazaar.phrases) | st.sampled_from(NASTY))
    message |= {"from": who, "chat": chat}
    for status in [name for name in message if name.startswith(("migrate_", "sender_chat"))]:
        # A group that becomes another one a hundred times a run leaves no group to play in; its own tests have it.
        del message[status]
    if draw(st.integers(0, 5)):
        message["text"] = text
        message["entities"] = _entities(text)
    elif message.keys() & {"photo", "document", "voice", "video", "audio"}:
        message["caption"] = text
    if draw(st.integers(0, 3)) == 0:
        message["reply_to_message"] = draw(_shown(bazaar, chat))
    return message


@st.composite
def _pressed(draw: Draw, bazaar: Bazaar) -> Update:
    """A button pressed: one on show, somebody else's, an old one, or one of nobody's."""
    who, chat = draw(_who_and_where(bazaar))
    data: Any = OnShow(
        "data",
        draw(st.integers(0, 10_000)),
        forging=draw(st.sampled_from((0, 0, 0, 0, 1, 2, 3, 4, 5))),
        odd=draw(st.sampled_from(_ODD)),
    )
    if draw(st.integers(0, 6)) == 0:
        data = draw(st.sampled_from(NASTY))
    query: Update = {
        "id": str(draw(st.integers(1, 2**62))),
        "from": who,
        "chat_instance": "1",
        "data": data,
        "message": draw(_shown(bazaar, chat)),
    }
    dropped = draw(st.sampled_from(("", "", "", "", "", "message", "data")))
    query.pop(dropped, None)
    return query


def bent(data: str, how: OnShow) -> str:
    """The data of a button, as somebody with a program of their own might send it."""
    fields = data.split(":")
    at = how.number % len(fields)
    match how.forging:
        case 1:
            fields[at] = how.odd
        case 2:
            fields.insert(at, how.odd)
        case 3:
            fields.pop(at)
        case 4:
            fields[at] = fields[at][::-1]
        case 5:
            fields = [fields[0], *(str(int(one) + 1) if one.isascii() and one.isdigit() else one for one in fields[1:])]
    return ":".join(fields)


@st.composite
def _who_and_where(draw: Draw, bazaar: Bazaar) -> tuple[Update, Update]:
    user_id = draw(st.sampled_from(bazaar.people))
    name = f"人{user_id}" if draw(st.integers(0, 3)) else draw(st.sampled_from(NASTY))
    who: Update = {"id": user_id, "is_bot": False, "first_name": name}
    if draw(st.booleans()):
        who["last_name"] = draw(st.sampled_from(NASTY))
    if draw(st.booleans()):
        return who, {"id": user_id, "type": "private", "first_name": name}
    group = draw(st.sampled_from(bazaar.groups))
    return who, {"id": group, "type": "supergroup", "title": draw(st.sampled_from(("竞赛群", *NASTY)))}


@st.composite
def _shown(draw: Draw, bazaar: Bazaar, chat: Update) -> Update:
    """A message of the bot in a chat, an old one at times, or one that Telegram shows no more."""
    message_id = OnShow("message", draw(st.integers(0, 10_000)), chat_id=chat["id"])
    if draw(st.integers(0, 5)) == 0:
        return {"chat": chat, "message_id": message_id, "date": 0}
    bot = {"id": 1, "is_bot": True, "first_name": "Bot"}
    return {"chat": chat, "message_id": message_id, "date": 1_790_000_000, "from": bot, "text": "…"}


def _entities(text: str) -> list[Update]:
    if not text.startswith("/"):
        return []
    return [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]


@st.composite
def _value(draw: Draw, bazaar: Bazaar, type_: str, depth: int) -> Any:
    """A value of a type of the schema; below ``depth`` only what must be there."""
    if type_.startswith(_LIST):
        within = type_.removeprefix(_LIST)
        return [draw(_value(bazaar, within, depth - 1)) for _ in range(draw(st.integers(0, 2)) if depth > 0 else 0)]
    match type_:
        case "Integer":
            return draw(st.sampled_from(_NUMBERS))
        case "Float":
            return draw(st.sampled_from((0.0, 1.5, -1.0, 1e300)))
        case "Boolean":
            return draw(st.booleans())
        case "String":
            return draw(st.sampled_from(NASTY) | st.sampled_from(bazaar.phrases))
    known = types()[type_]
    if "subtypes" in known:
        if not known["subtypes"]:
            return {}
        return draw(_value(bazaar, draw(st.sampled_from(known["subtypes"])), depth))
    names = list(known["fields"])
    optional = [name for name in names if name.endswith("?")]
    chosen = [name for name in names if not name.endswith("?")]
    if depth > 0 and optional:
        chosen += draw(st.lists(st.sampled_from(optional), max_size=3, unique=True))
    made: Update = {}
    for name in chosen:
        within = draw(st.sampled_from(known["fields"][name]))
        name = name.rstrip("?")
        if within == "Integer" and name.endswith("date"):
            # A moment that is no moment is broken on purpose (see ``_break``), not by chance.
            made[name] = _MOMENT
        elif within == "Integer" and name.endswith("id"):
            made[name] = draw(st.sampled_from((*_IDS, *bazaar.people, *bazaar.groups)))
        else:
            made[name] = draw(_value(bazaar, within, depth - 1))
    if type_ == "Chat":
        made["type"] = draw(st.sampled_from(("private", "group", "supergroup", "channel")))
    return made


def _any_json(numbers: Sequence[int]) -> st.SearchStrategy[Any]:
    return st.recursive(
        st.none() | st.booleans() | st.sampled_from((*numbers, 0.5)) | st.sampled_from(NASTY),
        lambda inner: (
            st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(("id", "x", "")), inner, max_size=2)
        ),
        max_leaves=4,
    )


_SOMETHING = _any_json(_IDS)
_ANYTHING = _any_json((*_IDS, *_BEYOND))


def _break(draw: Draw, update: Update) -> None:
    """Somewhere in the update: drop a field, put in another type, add one that nobody knows."""
    at: Any = update
    for _ in range(draw(st.integers(0, 4))):
        inside = [value for value in (at.values() if isinstance(at, dict) else at) if isinstance(value, dict | list)]
        inside = [value for value in inside if value]
        if not inside:
            break
        at = draw(st.sampled_from(inside))
    if isinstance(at, list):
        at[draw(st.integers(0, len(at) - 1))] = draw(_ANYTHING)
        return
    if not at:
        return
    key = draw(st.sampled_from(list(at)))
    match draw(st.integers(0, 2)):
        case 0:
            del at[key]
        case 1:
            at[key] = draw(_ANYTHING)
        case _:
            at["field_of_tomorrow"] = draw(_ANYTHING)
