"""The sentences for everything that can be refused about tasks."""

from handlers.texts import N_

ERRORS: dict[str, str] = {
    "submission_empty": N_("There is nothing to hand in yet. Please write it first."),
    "submission_short": N_(
        "At least {least} characters are asked for, and it has {length}. Please write a little more."
    ),
    "piece_not_taken.text": N_("A text cannot be handed in here."),
    "piece_not_taken.photo": N_("A photo cannot be handed in here."),
    "piece_not_taken.file": N_("A file cannot be handed in here; please send text or photos."),
    "piece_not_taken.other": N_("Please send text, photos or files; nothing else can be kept here."),
    "too_many_files": N_("At most {limit} photos and files belong to one submission."),
    "task_closed": N_("This task is closed; nothing is taken any more."),
    "deadline_over": N_("The deadline has passed; what you handed in stays as it is."),
    "already_accepted": N_("This has been accepted already and stays as it is."),
    "already_reviewed": N_("Somebody else has reviewed this already."),
    "newer_version": N_("The author has handed in a newer version. Please open it again."),
    "reason_needed": N_("Please give a reason in words."),
    "consent_given": N_("You have answered this already."),
    "task_unknown": N_("There is no such task."),
    "not_asked": N_("This task is not meant for you."),
    "own_work": N_("Nobody reviews their own work. Please leave it to another organiser."),
    "nothing_to_review": N_("Nobody has handed in anything yet."),
    "deadline_unreadable": N_("I cannot read the deadline. Write it like 11-30 18:00, Fri 17:00 or 3 days."),
    "deadline_past": N_("This deadline has passed already. Please give a later one."),
    "deadline_far": N_("The deadline is more than a year away. Please check the date."),
    "assign_title": N_("An assignment needs a title: its first line, or the caption of the file."),
    "assign_nobody": N_("Nobody in the chosen units has joined yet, so there is nobody to send it to."),
}
