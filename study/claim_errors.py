"""Why something cannot be done with an item that people take on."""

from study.errors import StudyError


class ItemUnknown(StudyError):
    """There is no such item, or none that this person may see."""

    code = "item_unknown"


class ItemTaken(StudyError):
    """Somebody was first; ``wanted`` is ``mine`` (they hold it already) or ``other`` (with the ``name``)."""

    code = "item_taken"


class ItemClosed(StudyError):
    """The item is closed; nothing more can be done until it is reopened."""

    code = "item_closed"


class ItemNotMeant(StudyError):
    """The pool is for others."""

    code = "item_not_meant"


class ItemsFull(StudyError):
    """They hold as many as the pool allows (``most``)."""

    code = "items_full"


class ItemByChoice(StudyError):
    """Items of this pool are wished for, not claimed; or claimed, not wished for (``wanted``: ``wish``, ``claim``)."""

    code = "item_by_choice"


class ItemNotHeld(StudyError):
    """The item is not (or no longer) with that person."""

    code = "item_not_held"


class ItemMoved(StudyError):
    """Somebody has dealt with it in the meantime."""

    code = "item_moved"


class ItemOwn(StudyError):
    """Nobody rules on what they hold themselves."""

    code = "item_own"


class EvidenceMissing(StudyError):
    """A report of this pool needs a photo or file."""

    code = "item_evidence"


class ItemIncomplete(StudyError):
    """What is put up lacks a field (``wanted`` names it)."""

    code = "item_incomplete"


class ItemColumnsMissing(StudyError):
    """A table of items has no column for their titles."""

    code = "item_columns"


class ItemFieldUnknown(StudyError):
    """A field of an item names nothing on the roster, or no day (``wanted``: ``leader``, ``owner``, ``deadline``; ``said``)."""

    code = "item_field"


class WishesChanged(StudyError):
    """Wishes or choices have changed since the preview was made."""

    code = "wishes_changed"
