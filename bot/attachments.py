"""The files that messages carry: made by the room that they belong to at the moment they are sent, or kept in the database."""

from collections.abc import Awaitable, Callable, Mapping

from handlers import (
    afterwards,
    bank_desk,
    bulletins,
    exports,
    person_records,
    personal,
    points,
    register,
    reports,
    surveys,
    tournaments,
)
from handlers.house import House
from handlers.present import afterwards as show_afterwards
from handlers.present import bank_desk as show_bank_desk
from handlers.present import bulletins as show_bulletins
from handlers.present import exports as show_exports
from handlers.present import person_records as show_person_records
from handlers.present import personal as show_personal
from handlers.present import point_picture, standings_picture, survey_results
from handlers.present import register as show_register
from handlers.present import reports as show_reports
from handlers.present import tournaments as show_tournaments
from quizzes.banks import STORED

_MAKERS: Mapping[str, Callable[[House, str], Awaitable[bytes]]] = {
    show_afterwards.PREFIX: afterwards.file_of,
    standings_picture.PREFIX: afterwards.picture_of,
    point_picture.PREFIX: points.picture_of,
    show_personal.PREFIX: personal.file_of,
    show_exports.PREFIX: exports.file_of,
    show_register.PREFIX: register.file_of,
    show_bank_desk.PREFIX: bank_desk.file_of,
    survey_results.FILE: surveys.file_of,
    survey_results.PICTURE: surveys.picture_of,
    show_reports.PREFIX: reports.file_of,
    show_bulletins.PREFIX: bulletins.file_of,
    show_person_records.PREFIX: person_records.file_of,
    show_tournaments.PREFIX: tournaments.picture_of,
}
"""Who makes a file, by what its name begins with, up to the first colon."""


class Attachments:
    """What ``Attachment.stored`` names."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def load(self, stored: str, fresh: bool) -> bytes | str:
        """Its bytes, or Telegram's id for it if it was sent before (and is not asked for anew)."""
        kind, colon, _ = stored.partition(":")
        make = _MAKERS.get(kind + colon)
        if make is not None:
            return await make(self._house, stored)
        if stored.startswith(STORED):
            return await self._house.banks.media(stored, fresh=fresh)
        return await self._house.materials.load(stored)

    async def keep(self, stored: str, file_id: str) -> None:
        """Remember Telegram's id for one that may be sent again."""
        if stored.startswith(STORED):
            await self._house.banks.media_sent(stored, file_id)
