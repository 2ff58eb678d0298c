"""The sentence for each refusal around tournaments."""

from handlers.texts import N_

ERRORS = {
    "quiz.unknown_tournament_preset": N_("There is no plan of a tournament called “{name}”. There are: {known}"),
    "quiz.no_tournament": N_("No tournament goes on that you could run. /tournament opens one."),
    "quiz.no_such_tournament": N_("There is no tournament with the number {id} that you could run."),
    "quiz.which_tournament": N_(
        "Several tournaments go on; put the number first, as in /tournament 2. They are: {known}"
    ),
    "quiz.bank_used_up": N_(
        "The bank “{name}” has {given} questions left that this tournament has not had; a bout needs {needed}. "
        "Add questions to the bank first."
    ),
    "quiz.broken_bracket": N_("The record of tournament {id} does not agree with itself: {reason}"),
    "tournament.over": N_("This tournament is over."),
    "tournament.too_few": N_("At least two teams have to enter; {teams} have."),
    "tournament.too_many": N_("At most {most} teams can enter a tournament."),
    "tournament.name_unusable": N_("A team's name has 1 to {most} characters on one line, without “=”: {name}"),
    "tournament.name_taken": N_("There is a team called {name} in this tournament already."),
    "tournament.entrant_unknown": N_("No team of this tournament is called {name}."),
    "tournament.entries_closed": N_("The draw has been made; the list of teams stands."),
    "tournament.withdrawn_already": N_("{name} has withdrawn already."),
    "tournament.nothing_to_draw": N_("There is nothing to draw now."),
    "tournament.stage_begun": N_(
        "What depends on it has begun, so it stays as it is. Call those bouts off first if it has to change."
    ),
    "tournament.bout_unknown": N_("This tournament has no bout {bout}."),
    "tournament.bout_open": N_("Bout {bout} is being played; finish it or call its contest off first."),
    "tournament.bout_decided": N_("Bout {bout} has a result already."),
    "tournament.bout_not_decided": N_("Bout {bout} has no result that could be taken back."),
    "tournament.not_tied": N_("In bout {bout} no tie has to be broken."),
    "tournament.not_flagged": N_("No changed result of bout {bout} waits for you."),
    "tournament.result_incomplete.missing": N_("Bout {bout} needs the points of every team. Missing: {names}"),
    "tournament.result_incomplete.strange": N_("{names} does not play in bout {bout}, or was named twice."),
    "tournament.reason_missing": N_("Please add a reason: what is done by hand stays on record with it."),
    "tournament.plan_unusable": N_("This plan of a tournament cannot be played."),
}
