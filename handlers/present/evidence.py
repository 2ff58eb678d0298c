"""What lies behind an entry of the ledger, in words; another capability adds a line for each of its tables."""

from typing import Final

from handlers.texts import N_, Texts
from study.evidence import Evidence
from study.programme.words import Title

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
    "session": N_("session “{name}”"),
    "session_lecturer": N_("lecture “{name}”"),
    "speech": N_("speech in “{name}”"),
    "note": N_("study note on “{name}”"),
    "note_pick": N_("study note on “{name}”, picked"),
    "round_read": N_("“{name}”, read beforehand"),
    "round_attended": N_("“{name}”, there"),
    "round_spoke": N_("“{name}”, spoke"),
    "round_evaluated": N_("“{name}”, evaluated"),
    "daily": N_("question of the day, {name}"),
    "evaluation": N_("form “{name}”"),
    "work": N_("work “{name}” accepted"),
    "work_rating": N_("work “{name}”, rated"),
    "work_shortlist": N_("work “{name}”, shortlisted"),
    "quota": N_("quota “{name}” complete"),
    "visit": N_("visit to {name}"),
    "item": N_("claimed item, completed"),
    "item_report": N_("claimed item, milestone"),
    "idea": N_("idea handed in"),
    "idea_adopted": N_("idea adopted"),
    "award": N_("by hand"),
}


def evidence_words(evidence: Evidence, t: Texts) -> str:
    """What lies behind an entry; plain words, none if it has no name (its rule says enough then)."""
    words = EVIDENCE_WORDS.get(evidence.table)
    day = "" if evidence.day is None else t.date(evidence.day)
    name = Title(dict(evidence.title)).within(t.language) if evidence.title else evidence.name
    return name or day if words is None else t(words, name=name, day=day)
