"""What a button carries: a room's prefix and a few fields, 64 bytes at the most.

Whoever has a modified client can send any data with any button, so nothing here is believed: the fields are parsed
strictly, and who pressed, in which chat and in which state is checked on the server at each press.
"""

from telegram.constants import InlineKeyboardButtonLimit

from study.errors import Forged


def pack(prefix: str, *fields: int | str) -> str:
    """Join a room's prefix and its fields.

    Raises:
        ValueError: the result would not fit, or a field contains the separator.
    """
    parts = [prefix, *(str(field) for field in fields)]
    if any(":" in part for part in parts):
        raise ValueError(f"a field contains the separator: {parts}")
    data = ":".join(parts)
    if len(data.encode()) > InlineKeyboardButtonLimit.MAX_CALLBACK_DATA:
        raise ValueError(f"callback data too long: {data}")
    return data


def prefix_of(data: str) -> str:
    """The room that a button belongs to."""
    return data.split(":", 1)[0]


class Fields:
    """The fields of a pressed button, read one after the other.

    Every reader raises :class:`study.errors.Forged` when the data is not what a button of ours carries.
    """

    def __init__(self, data: str) -> None:
        self._rest = data.split(":")[1:]

    def number(self) -> int:
        """The next field as an integer of at most 18 digits."""
        text = self.word()
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 18):
            raise Forged()
        return int(text)

    def word(self, *allowed: str) -> str:
        """The next field as it is, one of ``allowed`` if any are given."""
        if not self._rest:
            raise Forged()
        text = self._rest.pop(0)
        if allowed and text not in allowed:
            raise Forged()
        return text

    def end(self) -> None:
        """Nothing may follow."""
        if self._rest:
            raise Forged()
