"""What is on one person's screen while they practise; kept as a row, so that a restart changes nothing."""

from pydantic import AwareDatetime, BaseModel, ConfigDict

from quizzes.bank.items import Item
from quizzes.posing import chosen_at, item_of
from quizzes.practice.errors import CardGone
from quizzes.practice.scheduling import Known
from storage import Tx


class Answered(BaseModel):
    """The answer to the card on the screen, and the card as it was before, for another grade."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    id: int
    right: bool
    at: AwareDatetime
    before: Known | None


class Sitting(BaseModel):
    """One person's screen. ``message`` numbers the messages, ``round`` the cards: old buttons fit neither.

    ``item`` None: nothing is asked (the menu, or the end of the day).
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    message: int = 0
    round: int = 0
    item: int | None = None
    is_new: bool = False
    order: tuple[int, ...] = ()
    marked: tuple[int, ...] = ()
    shown_at: AwareDatetime | None = None
    answered: Answered | None = None


def ref_of(user_id: int, sitting: Sitting) -> str:
    """The name of the message that shows it."""
    return f"practice:{user_id}:{sitting.message}"


def item_with(tx: Tx, item_id: int) -> Item:
    """A question by its id.

    Raises:
        CardGone: there is none any more.
    """
    row = tx.banks.item(item_id)
    if row is None:
        raise CardGone()
    return item_of(row.body)


def option_at(sitting: Sitting, place: int) -> tuple[int, ...]:
    """The option (by its place in the bank) behind a place on the screen.

    Raises:
        CardGone: there is no such option.
    """
    found = chosen_at(sitting.order, (place,))
    if not found:
        raise CardGone()
    return found
