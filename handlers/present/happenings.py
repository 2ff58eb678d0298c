"""What point rules are about, in words; another capability adds a line for each of its happenings."""

from typing import Final

from handlers.texts import N_, Texts
from study.programme.points import PointRule

HAPPENING_WORDS: Final[dict[str, str]] = {
    "checkin.on_time": N_("checked in on time"),
    "checkin.late": N_("checked in late"),
    "checkin.leave": N_("on leave on a day of check-in"),
    "checkin.absent": N_("absent from the check-in"),
    "checkin.excused": N_("excused from the check-in"),
    "checkin.streak": N_("so many days of check-in in a row"),
    "task.handed_in": N_("a reflection or an assignment handed in"),
    "task.accepted": N_("a reflection or an assignment accepted"),
    "task.commended": N_("a reflection or an assignment picked as a good one"),
    "exam.taken": N_("an exam taken"),
    "exam.passed": N_("an exam passed"),
    "exam.failed": N_("an exam not passed"),
    "exam.full": N_("everything right in an exam"),
    "exam.right": N_("right answers in an exam"),
    "contest.place": N_("a place in a contest"),
    "contest.played": N_("taking part in a contest"),
    "contest.right": N_("right answers in a contest"),
    "tournament.place": N_("a place in a tournament"),
    "material.read": N_("a material read"),
    "material.answered": N_("the question of a material answered"),
    "practice.day": N_("so many answers of practice on a day"),
    "session.present": N_("present at a session"),
    "session.late": N_("late at a session"),
    "session.absent": N_("absent from a session"),
    "session.make_up": N_("a session made up for"),
    "session.lectured": N_("a lecture given"),
    "session.spoke": N_("a speech in a session"),
    "note.taken": N_("a study note handed in"),
    "note.picked": N_("a study note picked as a good one"),
    "round.read": N_("everything read before a round"),
    "round.attended": N_("taking part in a round"),
    "round.spoke": N_("a speech in a round"),
    "round.evaluated": N_("the evaluation of a round completed"),
    "daily.right": N_("the question of the day answered rightly"),
    "daily.wrong": N_("the question of the day answered wrongly"),
    "form.filled": N_("a form filled in"),
    "checklist.done": N_("a checklist completed"),
    "work.accepted": N_("a work accepted"),
    "work.rated": N_("a work rated"),
    "work.shortlisted": N_("a work on the shortlist"),
    "quota.filled": N_("everything of a quota done"),
    "visit.noted": N_("a visit noted"),
    "item.milestone": N_("a milestone of a claimed item reached"),
    "item.closed": N_("a claimed item completed"),
    "idea.submitted": N_("an idea handed in"),
    "idea.adopted": N_("an idea adopted"),
}


def happening_words(rule: PointRule, t: Texts) -> str:
    """What a rule is about, with its conditions; plain words."""
    words = HAPPENING_WORDS.get(rule.on)
    said = rule.on if words is None else t(words)
    where = t(", ").join(f"{key} = {value}" for key, value in rule.where.items())
    return t("{what} ({where})", what=said, where=where) if where else said
