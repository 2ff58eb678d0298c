"""What lies behind an entry of the ledger, in words; another capability adds a line for each of its tables."""

from typing import Final

from handlers.texts import N_, Texts
from study.evidence import Evidence

EVIDENCE_WORDS: Final[dict[str, str]] = {
    "checkin": N_("check-in of {day}"),
    "checkin_streak": N_("days in a row, up to {day}"),
    "submission": N_("“{name}” accepted"),
    "submission_handed_in": N_("“{name}” handed in"),
    "submission_commended": N_("“{name}” picked as a good one"),
    "exam_paper": N_("exam “{name}”"),
    "exam_taken": N_("exam “{name}”"),
    "exam_full": N_("exam “{name}”, everything right"),
    "exam_right": N_("exam “{name}”, right answers"),
    "contest": N_("contest {name}"),
    "contest_played": N_("contest {name}, taking part"),
    "contest_right": N_("contest {name}, right answers"),
    "tournament": N_("tournament “{name}”"),
    "material_read": N_("material “{name}” read"),
    "material_answer": N_("question of the material “{name}”"),
    "practice_5": N_("practice on {day}"),
    "practice_10": N_("practice on {day}"),
    "practice_20": N_("practice on {day}"),
    "practice_50": N_("practice on {day}"),
    "round": N_("round “{name}”"),
    "daily": N_("question of the day “{name}”"),
    "award": N_("by hand"),
}


def evidence_words(evidence: Evidence, t: Texts) -> str:
    """What lies behind an entry; plain words."""
    words = EVIDENCE_WORDS.get(evidence.table)
    day = "" if evidence.day is None else t.date(evidence.day)
    if words is None:
        return evidence.name or day or evidence.table
    return t(words, name=evidence.name, day=day)
