"""The sentences for what can be refused about works."""

from handlers.texts import N_

ERRORS = {
    "work_unknown": N_("There is no such work."),
    "work_not_meant": N_("This is not meant for you, or your programme has nothing of the kind."),
    "work_enough": N_("There is one of this kind already; {most} at most in a period."),
    "work_not_open": N_("It is under review, and nothing can be changed at the moment."),
    "work_over": N_("It is settled, and nothing can be changed any more."),
    "work_field_unknown": N_("This stage has no such field."),
    "work_fields_wanting": N_("Please complete the form first; something is missing or wrong in {count} fields."),
    "work_nothing_changed": N_("Nothing has been changed since it was returned. Please change it first."),
    "work_piece.text": N_("This field takes text. Please write it."),
    "work_piece.file": N_("This field takes a file or photos. Please send one, or skip it."),
    "work_piece.photo": N_("This field takes a photo. Please send one, or skip it."),
    "work_no_review": N_("It does not wait for your review any more."),
    "work_review_newer": N_("There is a newer version. Please open it again and read that one."),
    "work_opinion_given": N_("You have given your opinion already."),
    "work_own": N_("Nobody reviews what they take part in."),
    "work_score": N_("Please send a whole number from 0 to 100."),
    "work_rating": N_("There is no such rating here. Please open it again."),
    "work_reason": N_("Please write the reason in a few words."),
    "work_not_rejectable": N_("At this stage a work can only be returned."),
    "work_return_nowhere": N_("It cannot be returned to that stage."),
    "work_consent_settled": N_("This question has been answered already."),
    "work_report": N_("Please send a number, and the day if it is not today, such as 12 2026-11-20."),
    "work_member_unknown": N_("Nobody on the roster is called {name}. Nobody was added."),
    "work_member_unclear": N_(
        "Several people are called {name}: {units}. Please send the code instead. Nobody was added."
    ),
    "work_not_leader": N_("Only whoever leads it can do that."),
    "work_nothing_to_shortlist": N_("There is nothing to choose: nothing has been scored, or all has been chosen."),
}
