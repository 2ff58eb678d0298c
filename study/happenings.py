"""What happens that points may be given for: every name that a rule's ``on`` may have.

A capability that books adds its happenings here, and words for them to ``handlers.present.happenings``; a test finds
those that have none.
"""

from typing import Final

HAPPENINGS: Final = frozenset(
    {
        "checkin.on_time",
        "checkin.late",
        "checkin.leave",
        "checkin.absent",
        "checkin.excused",
        "checkin.streak",
        "task.handed_in",
        "task.accepted",
        "task.commended",
        "exam.taken",
        "exam.passed",
        "exam.failed",
        "exam.full",
        "exam.right",
        "contest.place",
        "contest.played",
        "contest.right",
        "tournament.place",
        "material.read",
        "material.answered",
        "practice.day",
        "session.present",
        "session.late",
        "session.absent",
        "session.make_up",
        "session.lectured",
        "session.spoke",
        "note.taken",
        "note.picked",
        "round.read",
        "round.attended",
        "round.spoke",
        "round.evaluated",
        "daily.right",
        "daily.wrong",
        "form.filled",
        "checklist.done",
        "work.accepted",
        "work.rated",
        "work.shortlisted",
        "quota.filled",
        "visit.noted",
        "item.milestone",
        "item.closed",
        "idea.submitted",
        "idea.adopted",
    }
)
