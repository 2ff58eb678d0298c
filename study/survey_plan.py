"""Who would rate which units if a survey were started now."""

from collections.abc import Mapping

from quizzes.engine.frozen import dataclass
from storage import Tx
from storage.people import Unit
from study.access import Access
from study.errors import StudyError
from study.evaluations import Subject
from study.programme import Programme
from study.programme.surveys import Survey
from study.programme.words import Title


class NobodyToAsk(StudyError):
    """Nobody who has joined would rate anything, or no unit would be rated."""

    code = "survey_nobody"


@dataclass(frozen=True, slots=True)
class SurveyPlan:
    """Who would rate which units."""

    subjects: Mapping[str, Subject]
    pairs: tuple[tuple[int, str], ...]
    tiers: tuple[tuple[Title, int], ...]

    @property
    def raters(self) -> frozenset[int]:
        """Everybody who is asked, by their id on the roster."""
        return frozenset(rater for rater, _ in self.pairs)


def plan_of(tx: Tx, programme: Programme, survey: Survey, access: Access) -> SurveyPlan:
    """The units that the starter runs, and those of their people who rate them.

    Raises:
        NobodyToAsk: there are none.
    """
    run = access.units(tx)
    units = [unit for unit in tx.people.units() if unit.id in run]
    paths = {unit.id: unit.path for unit in tx.people.units()}
    rated: dict[str, Unit] = {}
    tiers = []
    for tier in survey.tiers:
        of_tier = [unit for unit in units if unit.path.count("/") + 1 == tier.depth]
        rated |= {unit.path: unit for unit in of_tier}
        tiers.append((tier.title, len(of_tier)))
    pairs = set()
    for raters in survey.raters:
        for person in programme.meant(tx, raters.who):
            if person.user_id is None or person.unit_id not in run:
                continue
            path = paths[person.unit_id]
            for name, unit in rated.items():
                own = path == name or path.startswith(f"{name}/")
                chosen = own if raters.rates == "own" else raters.rates == "all" or name in raters.rates
                if chosen:
                    pairs.add((person.id, f"unit:{unit.id}"))
    if not pairs:
        raise NobodyToAsk()
    subjects = {f"unit:{unit.id}": Subject.unit(unit.id, unit.name) for unit in rated.values()}
    return SurveyPlan(subjects, tuple(sorted(pairs)), tuple(tiers))
