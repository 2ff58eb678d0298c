"""The points card, rankings, points by hand, disputes."""

import handlers.present.ranks  # noqa: F401 - registers its presenter
from handlers.act import Press, Said
from handlers.house import House
from handlers.present import point_cards as show
from handlers.present import point_picture
from handlers.present.pictures import studio
from handlers.room import Command, Room
from handlers.texts import N_
from study.award_words import read_award, read_number
from study.disputes import OPENING, RULING
from study.errors import Usage, WrongChat
from study.point_views import Period, Reach

_AWARD = N_("NAME ±POINTS REASON")
_NUMBER = N_("NUMBER REASON")
_PERIODS: dict[str, Period] = {"month": "month", "year": "year", "all": "all"}
_REACHES: dict[str, Reach] = {"unit": "unit", "everyone": "everyone"}


async def card(act: Said) -> None:
    """One's own card; with a name that of one of one's people."""
    await act.house.points.cards.show(act.sender.id, act.words, now=act.received_at)


async def rank(act: Said) -> None:
    """Where one stands."""
    await act.house.points.ranks.show(act.sender.id, now=act.received_at)


async def award(act: Said) -> None:
    """Points by hand, shown before they are booked."""
    wanted = read_award(act.words)
    if wanted is None:
        raise Usage(usage=show.AWARD_USAGE)
    await act.house.points.awards.prepare(act.sender.id, wanted.name, wanted.points, wanted.reason, now=act.received_at)


async def reverse(act: Said) -> None:
    """Take an entry back."""
    wanted = read_number(act.words)
    if wanted is None:
        raise Usage(usage=show.REVERSE_USAGE)
    await act.house.points.awards.take_back(act.sender.id, act.sender.name, *wanted, now=act.received_at)


async def dispute(act: Said) -> None:
    """Say that an entry is wrong; without a reason it is asked for."""
    wanted = read_number(act.words)
    if wanted is None:
        raise Usage(usage=show.DISPUTE_USAGE)
    number, reason = wanted
    disputes = act.house.points.disputes
    if reason:
        await disputes.open(act.sender.id, number, reason, now=act.received_at)
    else:
        await disputes.ask_why(act.sender.id, number, now=act.received_at)


async def press_card(act: Press) -> None:
    """Another page, the picture, the choice of an entry to dispute, the entry itself."""
    fields = act.fields
    what, number = fields.word("turn", "pick", "photo", "why"), fields.number()
    page = fields.number() if what in ("turn", "pick") else 0
    fields.end()
    _must_be_private(act)
    house, user, now = act.house.points, act.sender.id, act.received_at
    if what == "photo":
        await house.cards.ask_picture(user, number, now=now)
        await act.toast(show.drawing(act.t))
    elif what == "why":
        await house.disputes.ask_why(user, number, now=now)
    else:
        await house.cards.turn(user, number, page, picking=what == "pick", on_message=act.message_id, now=now)


async def press_rank(act: Press) -> None:
    """Another period, another circle, another page."""
    fields = act.fields
    period, reach, page = _PERIODS[fields.word(*_PERIODS)], _REACHES[fields.word(*_REACHES)], fields.number()
    fields.end()
    _must_be_private(act)
    await act.house.points.ranks.show(
        act.sender.id, period, reach, page, now=act.received_at, on_message=act.message_id
    )


async def press_award(act: Press) -> None:
    """Book what was shown, or drop it."""
    fields = act.fields
    what, draft_id = fields.word("ok", "drop"), fields.number()
    fields.end()
    await act.house.points.awards.settle(
        act.sender.id, act.sender.name, draft_id, book=what == "ok", on_message=act.message_id, now=act.received_at
    )


async def press_dispute(act: Press) -> None:
    """Uphold or reject; the reason is asked for."""
    fields = act.fields
    what, number = fields.word("yes", "no"), fields.number()
    fields.end()
    _must_be_private(act)
    await act.house.points.disputes.ask_ruling(act.sender.id, number, upheld=what == "yes", now=act.received_at)


async def why_wrong(act: Said, body: str) -> None:
    """The member has said why an entry is wrong."""
    await act.house.points.disputes.open(act.sender.id, int(body), act.words, now=act.received_at)


async def why_ruled(act: Said, body: str) -> None:
    """The organiser has given the reason of the ruling."""
    await act.house.points.disputes.rule(act.sender.id, act.sender.name, body, act.words, now=act.received_at)


async def picture_of(house: House, stored: str) -> bytes:
    """A card as a picture, from what holds and is allowed when it is sent.

    Raises:
        NotAllowed: whoever asked for it may not see it any more.
    """
    person_id, user_id = point_picture.wish_of(stored)
    found = await house.points.cards.pictured(user_id, person_id, now=house.clock.now())
    return await studio.png(point_picture.drawing_of(found, house.programme, await house.languages.of(user_id)))


async def _switch(house: House) -> None:
    await house.points.switch()


def _must_be_private(act: Press) -> None:
    if not act.chat.is_private:
        raise WrongChat(wanted="private", link=f"https://t.me/{act.house.me}")


ROOM = Room(
    commands=(
        Command("card", card, N_("your points card"), part="points works quotas rollcall"),
        Command("rank", rank, N_("where you stand"), part="points"),
        Command("dispute", dispute, N_("say that an entry is wrong"), _NUMBER, part="points"),
        Command(
            "award",
            award,
            N_("give or take points by hand"),
            _AWARD,
            part="points",
        ),
        Command(
            "reverse",
            reverse,
            N_("take an entry of the points back"),
            _NUMBER,
            part="points",
        ),
    ),
    presses={"card": press_card, "rank": press_rank, "award": press_award, "dispute": press_dispute},
    topics={OPENING: why_wrong, RULING: why_ruled},
    errors=show.ERRORS,
    recover=_switch,
)
