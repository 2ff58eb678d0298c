"""The menu (点餐): members vote for what is offered or wished for, organisers make sessions of it; and the rota of lecturers."""

import re
from collections.abc import Mapping
from datetime import datetime

from quizzes.engine.han import heard, simplified
from storage import Database, Tx
from storage.menu import Turns, Wish, WishState
from study.access import Access, access_of
from study.errors import Expired, NotAllowed, StudyError, SwitchedOff, TooLong
from study.menu_views import MenuCard, RotaCard, TurnLine, WishLine, WishSheet
from study.programme import programme_in_force
from study.programme.menu import MenuPart, Turn
from study.programme.words import LANGUAGES, Title
from study.session_book import SessionSettings
from study.session_draft import Draft
from study.session_drafts import SessionDrafts
from study.sessions import show

_TITLE_LIMIT = 100
_OWN_LIMIT = 5
_BY = re.compile(r"\s*(?:主讲人?|lecturer|by)[:：]\s*(?P<name>\S.*)$", re.IGNORECASE)
_PAGE = 8


class NoVotesLeft(StudyError):
    """All of their ``most`` votes are given; one has to be taken back first."""

    code = "menu_no_votes_left"


class WishExists(StudyError):
    """The menu has it already, under the same ``title``."""

    code = "menu_wish_exists"


class WishUntitled(StudyError):
    """There is a lecturer, and nothing that they are to lecture on."""

    code = "menu_wish_untitled"


class TooManyWishes(StudyError):
    """They have ``most`` open wishes of their own already."""

    code = "menu_too_many_wishes"


class NoWishes(StudyError):
    """Members put no wishes of their own on this programme's menu."""

    code = "menu_no_wishes"


class Menu:
    """The menu of one programme."""

    def __init__(self, database: Database, settings: SessionSettings, drafts: SessionDrafts) -> None:
        self._database, self._settings, self._drafts = database, settings, drafts

    async def look(
        self, user_id: int, chat_id: int, page: int = 0, *, on_message: int | None = None, now: datetime
    ) -> None:
        """Show a page of the menu.

        Raises:
            SwitchedOff: the programme has none.
            NotOnRoster: they are nobody.
        """

        def work(tx: Tx) -> None:
            access, part = self._enter(tx, user_id, now)
            show(tx, chat_id, self._card(tx, access, part, page), on_message, now)

        await self._database.write(work)

    async def wish(self, user_id: int, chat_id: int, title: str, *, now: datetime) -> None:
        """Put a wish of one's own on the menu; the first vote for it is one's own (if one is left). What an organiser puts on
        it (``TITLE 主讲：NAME``) is an offer.

        Raises:
            SwitchedOff, NotOnRoster, NoWishes, TooLong, WishExists, TooManyWishes.
        """
        flat = " ".join(title.split())
        by = _BY.search(simplified(flat))
        words = (flat if by is None else flat[: by.start()]).strip("《》 ")

        def work(tx: Tx) -> None:
            access, part = self._enter(tx, user_id, now)
            if not part.wishes and not access.is_organiser:
                raise NoWishes()
            if not words:
                raise WishUntitled()
            if len(flat) > _TITLE_LIMIT:
                raise TooLong(limit=_TITLE_LIMIT, length=len(flat))
            standing = tx.menu.open()
            if any(heard(words) in _titles(one, part) for one in standing):
                raise WishExists(title=words)
            if access.is_organiser:
                tx.menu.add(words, "" if by is None else by["name"], now=now)
                show(tx, chat_id, self._card(tx, access, part, 0), None, now)
                return
            person = access.member()
            if sum(one.person_id == person.id for one in standing) >= _OWN_LIMIT:
                raise TooManyWishes(most=_OWN_LIMIT)
            wish_id = tx.menu.add(words, "", person_id=person.id, now=now)
            assert wish_id is not None
            if part.votes is None or len(tx.menu.votes_of(person.id)) < part.votes:
                tx.menu.vote(wish_id, person.id, now=now)
            show(tx, chat_id, self._card(tx, access, part, 0), None, now)

        await self._database.write(work)

    async def vote(
        self, user_id: int, wish_id: int, page: int, *, take_back: bool, on_message: int, now: datetime
    ) -> None:
        """Vote for something, or take the vote back; a second press changes nothing.

        Raises:
            SwitchedOff, NotOnRoster, Expired, NoVotesLeft.
            NotAllowed: observers do not vote.
        """

        def work(tx: Tx) -> None:
            access, part = self._enter(tx, user_id, now)
            person = access.member()
            if not _may_vote(access):
                raise NotAllowed()
            _must_be_open(tx, wish_id)
            own = tx.menu.votes_of(person.id)
            if take_back:
                tx.menu.unvote(wish_id, person.id)
            elif wish_id not in own:
                if part.votes is not None and len(own) >= part.votes:
                    raise NoVotesLeft(most=part.votes)
                tx.menu.vote(wish_id, person.id, now=now)
            show(tx, user_id, self._card(tx, access, part, page), on_message, now)

        await self._database.write(work)

    async def open(self, user_id: int, wish_id: int, page: int, *, on_message: int, now: datetime) -> None:
        """Show an organiser one thing on the menu.

        Raises:
            SwitchedOff, NotAllowed, Expired.
        """

        def work(tx: Tx) -> None:
            access, part = self._organise(tx, user_id, now)
            wish = _must_be_open(tx, wish_id)
            show(tx, user_id, WishSheet(wish=_line(wish, part, access, tx), page=page), on_message, now)

        await self._database.write(work)

    async def plan(self, user_id: int, wish_id: int, key: int, *, now: datetime) -> None:
        """Ask an organiser when and where what is on the menu takes place; the card follows.

        Raises:
            SwitchedOff, NotAllowed, Expired.
        """

        def work(tx: Tx) -> None:
            _, part = self._organise(tx, user_id, now)
            wish = _must_be_open(tx, wish_id)
            title = _title(wish, part).within(self._settings.language)
            draft = Draft(
                key=key,
                title=title,
                lecturer=wish.lecturer,
                series=part.series or "",
                sign_up=True,
                wish_id=wish.id,
                turn=turn_of(part.rota, wish.lecturer),
            )
            self._drafts.begin(tx, user_id, draft, now=now)

        await self._database.write(work)

    async def close(self, user_id: int, wish_id: int, page: int, *, on_message: int, now: datetime) -> None:
        """Take something off the menu.

        Raises:
            SwitchedOff, NotAllowed, Expired.
        """

        def work(tx: Tx) -> None:
            access, part = self._organise(tx, user_id, now)
            if not access.is_admin:
                raise NotAllowed()
            if not tx.menu.settle(wish_id, WishState.CLOSED):
                raise Expired()
            show(tx, user_id, self._card(tx, access, part, page), on_message, now)

        await self._database.write(work)

    async def rota(self, user_id: int, chat_id: int, *, on_message: int | None = None, now: datetime) -> None:
        """Show whose turn it is.

        Raises:
            SwitchedOff: there is no rota.
            NotOnRoster: they are nobody.
        """

        def work(tx: Tx) -> None:
            access, part = self._enter(tx, user_id, now)
            if not part.rota:
                raise SwitchedOff()
            turns = tx.menu.turns()
            following = next_up(part.rota, turns)
            lines = tuple(
                TurnLine(
                    number=number,
                    title=turn.title,
                    lecturer=turn.lecturer,
                    turns=turns[turn.key].turns if turn.key in turns else 0,
                    last=self._settings.day(turns[turn.key].last_at) if turn.key in turns else None,
                    is_next=turn.key == following.key,
                )
                for number, turn in enumerate(part.rota)
            )
            show(tx, chat_id, RotaCard(turns=lines, is_organiser=access.is_organiser), on_message, now)

        await self._database.write(work)

    async def plan_turn(self, user_id: int, number: int, key: int, *, now: datetime) -> None:
        """Ask an organiser when the one lectures whose turn it is (or another of the rota by the place in it).

        Raises:
            SwitchedOff, NotAllowed.
            Expired: the rota is shorter by now.
        """

        def work(tx: Tx) -> None:
            _, part = self._organise(tx, user_id, now)
            if not 0 <= number < len(part.rota):
                raise Expired()
            turn = part.rota[number]
            lecturer = turn.lecturer or turn.title.within(self._settings.language)
            draft = Draft(key=key, lecturer=lecturer, series=part.series or "", turn=turn.key)
            self._drafts.begin(tx, user_id, draft, now=now)

        await self._database.write(work)

    def _enter(self, tx: Tx, user_id: int, now: datetime) -> tuple[Access, MenuPart]:
        """Who looks, and the menu with every offer of the programme on it."""
        part = programme_in_force(tx).menu
        if not part.enabled:
            raise SwitchedOff()
        access = access_of(tx, user_id, self._settings.admins)
        if not access.is_organiser:
            access.member()
        for offer in part.offers:
            tx.menu.add(
                offer.title.within(self._settings.language), offer.lecturer, offer=f"offer:{offer.key}", now=now
            )
        return access, part

    def _organise(self, tx: Tx, user_id: int, now: datetime) -> tuple[Access, MenuPart]:
        access, part = self._enter(tx, user_id, now)
        if not access.is_organiser:
            raise NotAllowed()
        return access, part

    def _card(self, tx: Tx, access: Access, part: MenuPart, page: int) -> MenuCard:
        offers = {f"offer:{offer.key}" for offer in part.offers}
        # An offer that the programme has no more is not on the menu either.
        found = [wish for wish in tx.menu.open() if wish.offer is None or wish.offer in offers]
        pages = max(1, -(-len(found) // _PAGE))
        at = max(0, min(page, pages - 1))
        given = 0 if access.person is None else len(tx.menu.votes_of(access.person.id))
        return MenuCard(
            page=at,
            pages=pages,
            total=len(found),
            first=at * _PAGE + 1,
            wishes=tuple(_line(wish, part, access, tx) for wish in found[at * _PAGE : (at + 1) * _PAGE]),
            left=None if part.votes is None else max(0, part.votes - given),
            may_vote=_may_vote(access),
            may_wish=part.wishes and access.person is not None,
            is_organiser=access.is_organiser,
            has_rota=bool(part.rota),
        )


def next_up(rota: tuple[Turn, ...], turns: Mapping[str, Turns]) -> Turn:
    """Whose turn it is: whoever had the fewest turns, of these the first of the list."""
    return min(rota, key=lambda turn: turns[turn.key].turns if turn.key in turns else 0)


def turn_of(rota: tuple[Turn, ...], lecturer: str) -> str:
    """The key of the turn that a lecture by somebody is: one who is ordered from the menu has had their turn with it."""
    named = (turn.key for turn in rota if lecturer and lecturer in (turn.lecturer, *turn.title.root.values()))
    return next(named, "")


def _may_vote(access: Access) -> bool:
    return access.person is not None and access.person.role != "observer"


def _title(wish: Wish, part: MenuPart) -> Title:
    offer = next((one for one in part.offers if wish.offer == f"offer:{one.key}"), None)
    return Title(dict.fromkeys(LANGUAGES, wish.title)) if offer is None else offer.title


def _titles(wish: Wish, part: MenuPart) -> set[str]:
    return {heard(wish.title), *(heard(title) for title in _title(wish, part).root.values())}


def _line(wish: Wish, part: MenuPart, access: Access, tx: Tx) -> WishLine:
    return WishLine(
        id=wish.id,
        title=_title(wish, part),
        lecturer=wish.lecturer,
        is_offer=wish.person_id is None,
        votes=wish.votes,
        mine=access.person is not None and wish.id in tx.menu.votes_of(access.person.id),
    )


def _must_be_open(tx: Tx, wish_id: int) -> Wish:
    wish = tx.menu.get(wish_id)
    if wish is None or wish.state is not WishState.OPEN:
        raise Expired()
    return wish
