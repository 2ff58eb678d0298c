"""``/sessions count``: the figures of a time, in all and by series, topic, form, unit or cohort."""

from datetime import date, datetime
from typing import Literal, cast

from storage import Database, Tx
from storage.sessions import SessionState
from study.access import access_of
from study.errors import NotAllowed
from study.programme import programme_in_force
from study.programme.series import Form, Series, Topic
from study.programme.words import Title
from study.session_book import SessionSettings
from study.session_figures import Figures, Side, figures, figures_by, figures_of_cohorts, span
from study.session_views import FigurePart, FigureSet, SessionFiguresShown
from study.sessions import is_within, show

By = Literal["series", "topic", "form", "unit", "cohort"]
_PAGE = 15


class SessionCounts:
    """The figures of one programme's sessions."""

    def __init__(self, database: Database, settings: SessionSettings) -> None:
        self._database, self._settings = database, settings

    async def count(
        self,
        user_id: int,
        chat_id: int,
        first: date,
        last: date,
        by: By,
        page: int = 0,
        *,
        on_message: int | None = None,
        now: datetime,
    ) -> None:
        """Show a page of the figures from ``first`` to ``last``: of the whole programme to admins, of their units to organisers.

        Raises:
            NotAllowed: they run nothing.
        """

        def look(tx: Tx) -> SessionFiguresShown:
            access = access_of(tx, user_id, self._settings.admins)
            if not access.is_organiser:
                raise NotAllowed()
            unit = None if access.is_admin or access.person is None else tx.people.unit(access.person.unit_id)
            path = "" if unit is None else unit.path
            zone = self._settings.zone
            states = [one.state for one in tx.sessions.between(*span(first, last, zone)) if is_within(tx, one, access)]
            parts = self._parts(tx, first, last, by, path)
            pages = max(1, -(-len(parts) // _PAGE))
            at = max(0, min(page, pages - 1))
            return SessionFiguresShown(
                first=first,
                last=last,
                unit="" if unit is None else unit.name,
                whole=_figures(figures(tx, first, last, zone, path=path)),
                by=by,
                page=at,
                pages=pages,
                parts=parts[at * _PAGE : (at + 1) * _PAGE],
                cancelled=states.count(SessionState.CANCELLED),
                planned=states.count(SessionState.PLANNED),
            )

        # A year's rows are gone through beside the writer, not in it.
        view = await self._database.read(look)
        await self._database.write(lambda tx: show(tx, chat_id, view, on_message, now))

    def _parts(self, tx: Tx, first: date, last: date, by: By, path: str) -> tuple[FigurePart, ...]:
        programme, zone = programme_in_force(tx), self._settings.zone
        if by == "cohort":
            found = figures_of_cohorts(tx, first, last, zone, path=path)
            return tuple(
                FigurePart(title=one.title, figures=_figures(found[one.key])) for one in programme.header.cohorts
            )
        found = figures_by(tx, first, last, zone, cast("Side", by), path=path)
        if by == "unit":
            units = tx.people.units()
            return tuple(
                FigurePart(title=Title({"en": unit.path}), figures=_figures(found[str(unit.id)]))
                for unit in units
                if str(unit.id) in found
            )
        part = programme.series
        sides: dict[By, tuple[Series | Topic | Form, ...]]
        sides = {"series": part.series, "topic": part.topics, "form": part.forms}
        ones = sides[by]
        is_year = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year
        known = tuple(
            FigurePart(
                title=one.title,
                figures=_figures(found.get(one.key, Figures())),
                wished=one.wished if isinstance(one, Series) and is_year and not path else None,
            )
            for one in ones
            if one.key in found or by == "series"
        )
        keys = {one.key for one in ones}
        # The meetings of rounds are sessions too; their series is the round.
        rounds = {plan.key: plan.title for plan in programme.rounds.rounds} if by == "series" else {}
        # What an earlier programme called by a name that this one does not have is counted all the same.
        gone = tuple(
            FigurePart(title=rounds.get(key, Title({"en": key})), figures=_figures(value))
            for key, value in found.items()
            if key and key not in keys
        )
        none = (FigurePart(title=Title({"en": "—"}), figures=_figures(found[""])),) if "" in found else ()
        return (*known, *gone, *none)


def _figures(found: Figures) -> FigureSet:
    return FigureSet(
        sessions=found.sessions,
        attendances=found.attendances,
        people=found.people,
        speeches=found.speeches,
        speakers=found.speakers,
    )
