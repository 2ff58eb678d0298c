"""The whole programme: a field a file. A file that is not there leaves its part as it is by default: switched off."""

from collections.abc import Sequence

from storage import Tx
from storage.people import Person
from study.programme.claims import Claims
from study.programme.daily import Daily
from study.programme.forms import Forms
from study.programme.header import Header
from study.programme.ideas import Ideas
from study.programme.menu import MenuPart
from study.programme.notes import NoteForm
from study.programme.points import Points
from study.programme.quotas import Quotas
from study.programme.reports import ReportsPart
from study.programme.rollcall import RollCalls
from study.programme.rounds import Rounds
from study.programme.series import SeriesPart
from study.programme.surveys import Surveys
from study.programme.words import Part, Who
from study.programme.works import Works


class Programme(Part):
    """Everything that an office has switched on. The file of a field has its name, ``header`` is ``programme.toml``.

    The defaults are made without being checked: what checks a programme is built when the first one is read.
    """

    name: str = ""
    header: Header = Header.model_construct()
    points: Points = Points.model_construct()
    rounds: Rounds = Rounds.model_construct()
    daily: Daily = Daily.model_construct()
    forms: Forms = Forms.model_construct()
    surveys: Surveys = Surveys.model_construct()
    series: SeriesPart = SeriesPart.model_construct()
    menu: MenuPart = MenuPart.model_construct()
    rollcall: RollCalls = RollCalls.model_construct()
    notes: NoteForm = NoteForm.model_construct()
    works: Works = Works.model_construct()
    quotas: Quotas = Quotas.model_construct()
    claims: Claims = Claims.model_construct()
    ideas: Ideas = Ideas.model_construct()
    reports: ReportsPart = ReportsPart.model_construct()

    def has(self, part: str) -> bool:
        """Whether a part is switched on: its file is there and says something; one that nobody knows is not.

        ``forms.checklists``: whether it says that much.
        """
        name, _, field = part.partition(".")
        known = type(self).model_fields.get(name)
        if known is None or getattr(self, name) == known.default:
            return False
        return not field or bool(getattr(getattr(self, name), field))

    def meant(self, tx: Tx, who: Who) -> Sequence[Person]:
        """Everybody on the roster whom it concerns and who has not left, by unit and name; whether they have joined or not.

        Judges and observers only where their role is named.
        """
        paths = {unit.id: unit.path for unit in tx.people.units()}
        cohorts = {cohort.key: cohort.who for cohort in self.header.cohorts}
        return [person for person in tx.people.everybody() if who.concerns(person, paths[person.unit_id], cohorts)]


def file_of(part: str) -> str:
    """The file of a part."""
    return "programme.toml" if part == "header" else f"{part}.toml"


PARTS: tuple[str, ...] = tuple(name for name in Programme.model_fields if name != "name")
"""The parts, in the order in which they are read and shown."""
