"""The points card: what a person's year comes to, by which rules, and every entry behind it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from storage import Database, Tx
from storage.ledger import BY_HAND
from storage.people import Person
from study.access import Access, access_of
from study.calendar import day_of
from study.card_sections import SECTIONS, CardSection
from study.entry_facts import cap_facts, entries_facts, rule_titles
from study.errors import NotAllowed, SwitchedOff
from study.ledger import points_are_kept
from study.named import person_named
from study.point_views import CardPicture, PointCard, RuleFacts
from study.programme import programme_in_force

_PAGE = 8
_PICTURED = 12


class Cards:
    """The cards of one programme's people; ``admins`` are those that the config names."""

    def __init__(self, database: Database, admins: frozenset[int], zone: ZoneInfo) -> None:
        self._database, self._admins, self._zone = database, admins, zone

    async def show(
        self, user_id: int, name: str, *, now: datetime, page: int = 0, on_message: int | None = None
    ) -> None:
        """Send somebody their own card, or (with a name or a code) that of one of the people whom they look after.

        Raises:
            NotOnRoster, NotAllowed, PersonUnknown, PersonAmbiguous, SwitchedOff.
        """

        def work(tx: Tx) -> None:
            access = access_of(tx, user_id, self._admins)
            person = person_named(tx, access, name) if name else access.member()
            self._say(tx, user_id, self._card(tx, access, person, page, now), on_message, now)

        await self._database.write(work)

    async def turn(
        self, user_id: int, person_id: int, page: int, *, picking: bool = False, on_message: int, now: datetime
    ) -> None:
        """Show another page of a card, or (``picking``) let its person choose an entry to dispute.

        Raises:
            NotAllowed: the card is not theirs to see.
        """

        def work(tx: Tx) -> None:
            access, person = self._seen(tx, user_id, person_id)
            card = self._card(tx, access, person, page, now).model_copy(update={"picking": picking})
            self._say(tx, user_id, card, on_message, now)

        await self._database.write(work)

    async def ask_picture(self, user_id: int, person_id: int, *, now: datetime) -> None:
        """Send a card as a picture.

        Raises:
            NotAllowed: the card is not theirs to see.
        """

        def work(tx: Tx) -> None:
            _, person = self._seen(tx, user_id, person_id)
            tx.outbox.say(user_id, CardPicture(person_id=person.id, user_id=user_id, name=person.name), now=now)

        await self._database.write(work)

    async def pictured(self, user_id: int, person_id: int, *, now: datetime) -> PointCard:
        """What is drawn, from what holds and is allowed now.

        Raises:
            NotAllowed: the card is not theirs to see (any more).
        """

        def work(tx: Tx) -> PointCard:
            access, person = self._seen(tx, user_id, person_id)
            return self._card(tx, access, person, 0, now, most=_PICTURED)

        return await self._database.read(work)

    def _seen(self, tx: Tx, user_id: int, person_id: int) -> tuple[Access, Person]:
        access = access_of(tx, user_id, self._admins)
        person = tx.people.person(person_id)
        if person is None:
            raise NotAllowed()
        if access.person is None or access.person.id != person.id:
            access.must_run(tx, person.unit_id)
        return access, person

    def _card(
        self, tx: Tx, access: Access, person: Person, page: int, now: datetime, *, most: int = _PAGE
    ) -> PointCard:
        today = day_of(now, self._zone)
        sections = tuple(_sections(tx, person, now, self._zone))
        points, kept = programme_in_force(tx).points, points_are_kept(tx)
        count = tx.ledger.count(person.id) if kept else 0
        if not (kept and (points.rules or count)) and not sections:
            raise SwitchedOff()
        pages = max(1, -(-count // most))
        at = min(max(page, 0), pages - 1)
        entries = tx.ledger.newest(person.id, most=most, after=at * most) if kept else ()
        sums = {one.rule: one.points for one in tx.ledger.by_rule(person.id, f"{today:%Y}-01", f"{today:%Y}-12")}
        titles = rule_titles(tx, {entry.rule for entry in entries} | sums.keys())
        order = {rule.key: place for place, rule in enumerate(points.rules)}
        caps = {rule.key: rule.caps for rule in points.rules}
        facts = entries_facts(tx, entries, titles)
        own = access.person is not None and access.person.id == person.id
        return PointCard(
            person_id=person.id,
            name=person.name,
            unit=person.unit,
            own=own,
            kept=kept,
            today=today,
            year=tx.ledger.total(person.id, f"{today:%Y}") or 0,
            month=tx.ledger.total(person.id, f"{today:%Y-%m}") or 0,
            all_time=tx.ledger.total(person.id, "all") or 0,
            rules=tuple(
                RuleFacts(
                    rule=rule,
                    title=titles.get(rule, {}),
                    points=sums[rule],
                    caps=cap_facts(tx, person.id, caps[rule], today, rule) if rule in caps else (),
                )
                for rule in sorted(sums, key=lambda rule: (rule == BY_HAND, order.get(rule, len(order)), rule))
            )
            if kept
            else (),
            caps=cap_facts(tx, person.id, points.caps, today) if kept else (),
            entries=facts,
            count=count,
            page=at,
            pages=pages,
            sections=sections,
            disputable=tuple(
                one.number for one in facts if own and one.reverses is None and not one.dispute and not one.reversed_by
            ),
        )

    def _say(self, tx: Tx, user_id: int, card: PointCard, on_message: int | None, now: datetime) -> None:
        if on_message is None:
            tx.outbox.say(user_id, card, now=now)
            return
        ref = f"pressed:{user_id}:{on_message}"
        tx.outbox.adopt(ref, user_id, on_message, now=now)
        tx.outbox.edit(ref, card, now=now)


def _sections(tx: Tx, person: Person, now: datetime, zone: ZoneInfo) -> "list[CardSection]":
    return [section for gather in SECTIONS for section in gather(tx, person, now, zone)]
