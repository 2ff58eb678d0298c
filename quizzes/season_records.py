"""A season for exports."""

from datetime import tzinfo
from typing import Any

from quizzes.season_counts import Season
from quizzes.season_rules import Subject, table


def season_record(season: Season, zone: tzinfo) -> dict[str, Any]:
    """The season in the export's shape: standings, everything that earned points, and the ledger."""
    row = season.row
    return {
        "id": row.id,
        "name": row.name,
        "from": row.first_day.isoformat(),
        "to": row.last_day.isoformat(),
        "places": list(row.places),
        "standings": [
            {
                "subject": subject.value,
                "rank": line.rank,
                "name": line.name,
                "points": line.points,
                "firsts": line.firsts,
                "events": line.events,
            }
            for subject in Subject
            for line in table(season.credits, subject)
        ],
        "credits": [
            {
                "subject": one.subject.value,
                "name": one.name,
                "event": one.event,
                "place": one.place,
                "points": one.points,
                "entry": one.entry,
            }
            for one in season.credits
        ],
        "entries": [
            {
                "id": line.id,
                "at": None if line.at is None else line.at.astimezone(zone).isoformat(timespec="seconds"),
                "author": line.author,
                "event": line.event,
                "subject": line.subject.value,
                "name": line.name,
                "place": line.place,
                "points": line.points,
                "reason": line.reason,
                "reverses": line.reverses,
            }
            for line in season.entries
        ],
    }
