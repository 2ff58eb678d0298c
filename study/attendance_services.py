"""Everything about attendance at sessions: roll calls, registers, make-up lessons, notes."""

import random
from zoneinfo import ZoneInfo

from quizzes.engine.frozen import dataclass
from storage import Database
from study.makeup_signing import MakeUpSigning
from study.makeups import MakeUps
from study.note_gallery import NoteGallery
from study.note_writing import NoteWriting
from study.register import Registers
from study.rollcall_cards import Doors, Office
from study.rollcall_names import RollCallNames
from study.rollcall_opening import RollCallOpening
from study.rollcalls import RollCalls
from study.session_leaves import SessionLeaves


@dataclass(frozen=True, slots=True)
class Attendance:
    """The use cases; ``doors`` are filled in when the bot knows its name and the address of its pages."""

    doors: Doors
    calls: RollCalls
    opening: RollCallOpening
    names: RollCallNames
    leaves: SessionLeaves
    make_ups: MakeUps
    signing: MakeUpSigning
    registers: Registers
    notes: NoteWriting
    gallery: NoteGallery


def open_attendance(
    database: Database, zone: ZoneInfo, admins: frozenset[int], dice: random.Random | None = None
) -> Attendance:
    """Put them together for a programme; ``dice`` draws the questions of make-up tests."""
    office = Office(zone, admins)
    calls = RollCalls(database, office)
    return Attendance(
        doors=calls.doors,
        calls=calls,
        opening=RollCallOpening(database, office, calls),
        names=RollCallNames(database, office, calls),
        leaves=SessionLeaves(database, office, calls),
        make_ups=MakeUps(database, office, dice=dice),
        signing=MakeUpSigning(database, office, calls.doors),
        registers=Registers(database, office),
        notes=NoteWriting(database, office),
        gallery=NoteGallery(database, office),
    )
