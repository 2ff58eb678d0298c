"""A material's question: sent privately, answered once."""

from datetime import datetime

from quizzes.bank.items import LETTERS, Item, Kind, letters_of
from quizzes.banks import TRUE_FALSE
from quizzes.engine.frozen import dataclass
from storage import Database, Rank, Tx
from storage.materials import MaterialRow
from study.access import access_of
from study.errors import Forged
from study.ledger import Happening, credit
from study.material_cards import MaterialSettings, refresh_for
from study.material_errors import AlreadyAnswered, NothingMarked
from study.material_import import ITEM
from study.material_views import MaterialAnswered, MaterialQuestion
from study.views import View


@dataclass(frozen=True, slots=True)
class Sent:
    """Whether the question went to the person's private chat; if not, the way there is by a link."""

    privately: bool


@dataclass(frozen=True, slots=True)
class Given:
    """Somebody's answer."""

    right: bool


class MaterialQuestions:
    """Questions that hang on materials."""

    def __init__(self, database: Database, settings: MaterialSettings) -> None:
        self._database, self._settings = database, settings

    async def ask(self, user_id: int, chat_id: int, material_id: int, *, now: datetime) -> Sent:
        """Send the question to a person's private chat, if they can be reached there.

        Raises:
            NotOnRoster, Forged, AlreadyAnswered.
        """

        def work(tx: Tx) -> Sent:
            person = access_of(tx, user_id, self._settings.admins).member()
            material, item = _question(tx, material_id)
            if chat_id < 0 and tx.materials.post_in(material_id, chat_id) is None:
                raise Forged()
            answer = tx.materials.answer_of(material_id, person.id)
            user = tx.places.user(user_id)
            is_reachable = user is not None and user.reachable
            if answer is not None and chat_id < 0:
                raise AlreadyAnswered()
            if is_reachable:
                marked = tx.materials.marked(material_id, person.id)
                view = _answered(material, item, answer.chosen) if answer else _asked(material, item, marked)
                tx.outbox.say(user_id, view, now=now)
            return Sent(is_reachable)

        return await self._database.write(work)

    async def mark(self, user_id: int, material_id: int, option: int, *, on_message: int, now: datetime) -> None:
        """Mark an option of a question with several answers, or take the mark back; marks count once submitted.

        Raises:
            NotOnRoster, Forged, AlreadyAnswered.
        """

        def work(tx: Tx) -> None:
            person = access_of(tx, user_id, self._settings.admins).member()
            material, item = _question(tx, material_id)
            if item.kind is not Kind.SEVERAL or not 0 <= option < len(item.options):
                raise Forged()
            if tx.materials.answer_of(material_id, person.id) is not None:
                raise AlreadyAnswered()
            marked = tx.materials.marked(material_id, person.id) ^ 1 << option
            tx.materials.mark(material_id, person.id, marked)
            _edit(tx, user_id, on_message, _asked(material, item, marked), now)

        await self._database.write(work)

    async def answer(
        self, user_id: int, material_id: int, option: int | None, *, on_message: int, now: datetime
    ) -> Given:
        """Take somebody's one answer (``None``: the options that they have marked) and show what is right.

        Raises:
            NotOnRoster, Forged, AlreadyAnswered, NothingMarked.
        """

        def work(tx: Tx) -> Given:
            person = access_of(tx, user_id, self._settings.admins).member()
            material, item = _question(tx, material_id)
            chosen = (option,) if option is not None else _marked(tx.materials.marked(material_id, person.id), item)
            _check(item, chosen, submitted=option is None)
            is_right = chosen == item.answers
            letters = letters_of(chosen)
            if not tx.materials.answer(material_id, person.id, letters, is_right=is_right, now=now):
                raise AlreadyAnswered()
            what = Happening("material.answered", {"series": material.series, "right": "yes" if is_right else "no"})
            day = now.astimezone(self._settings.zone).date()
            credit(tx, person.id, f"material_answer:{material_id}", what, day=day, now=now)
            _edit(tx, user_id, on_message, _answered(material, item, letters), now)
            refresh_for(tx, person, material_id, now=now)
            return Given(is_right)

        return await self._database.write(work)


def _question(tx: Tx, material_id: int) -> tuple[MaterialRow, Item]:
    """A material that went to some group, and its question."""
    material = tx.materials.get(material_id)
    if material is None or material.question is None or not tx.materials.posts_of(material_id):
        raise Forged()
    return material, ITEM.validate_json(material.question)


def _options(item: Item) -> tuple[str, ...]:
    """The options; those of a true/false question are words of the reader's language, marked for translation."""
    return TRUE_FALSE if item.kind is Kind.TRUE_FALSE else item.options


def _marked(marked: int, item: Item) -> tuple[int, ...]:
    return tuple(index for index in range(len(item.options)) if marked >> index & 1)


def _check(item: Item, chosen: tuple[int, ...], *, submitted: bool) -> None:
    """Options are submitted where several are right, and chosen by one press where one is."""
    if submitted is not (item.kind is Kind.SEVERAL) or any(not 0 <= index < len(_options(item)) for index in chosen):
        raise Forged()
    if not chosen:
        raise NothingMarked()


def _asked(material: MaterialRow, item: Item, marked: int) -> MaterialQuestion:
    return MaterialQuestion(
        material_id=material.id,
        title=material.title,
        question_kind=item.kind.value,
        text=item.text,
        options=_options(item),
        marked=marked,
    )


def _answered(material: MaterialRow, item: Item, letters: str) -> MaterialAnswered:
    chosen = tuple(LETTERS.index(letter) for letter in letters)
    return MaterialAnswered(
        title=material.title,
        text=item.text,
        question_kind=item.kind.value,
        options=_options(item),
        answers=item.answers,
        chosen=chosen,
        right=chosen == item.answers,
        explanation=item.explanation,
    )


def _edit(tx: Tx, user_id: int, message_id: int, view: View, now: datetime) -> None:
    ref = f"pressed:{user_id}:{message_id}"
    tx.outbox.adopt(ref, user_id, message_id, now=now)
    tx.outbox.edit(ref, view, now=now, rank=Rank.REPLY)
