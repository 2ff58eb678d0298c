"""The sentence for each refusal around contests and banks."""

from handlers.texts import N_

ERRORS = {
    "quiz.unknown_preset": N_("There is no contest called “{name}”. There are: {known}"),
    "quiz.unknown_bank": N_("There is no question bank called “{name}”. There are: {known}"),
    "quiz.no_banks": N_("There is no question bank yet. Import one first: studyhall import bank FILE"),
    "quiz.too_few_questions": N_(
        "The bank “{name}” has {given} questions that can be asked; this contest needs {needed}."
    ),
    "quiz.nothing_good": N_(
        "There is no good question in {file}; {bad} mistakes, the first in line {line}. docs/banks.md shows how to write."
    ),
    "quiz.bank_file_wanted": N_("Please send the questions as a file (Excel, CSV, Word or text), or /cancel."),
    "quiz.unknown_wish": N_(
        "“{word}” cannot be read. Like this: category:FORMAT difficulty:1-3 tag:BASICS kind:single"
    ),
    "quiz.too_few_fitting": N_("The bank “{name}” has {given} questions of this kind ({wishes}); {needed} are needed."),
    "quiz.too_few_for_stake": N_(
        "The bank “{name}” has {given} questions for a stake of {stake} points; this contest needs {needed}."
    ),
    "quiz.bad_count": N_("The number of questions has to be from 1 to {most}."),
    "quiz.count_is_fixed": N_(
        "This rule sheet fixes the number of questions itself ({planned}). Please leave the number out."
    ),
    "quiz.goes_on": N_(
        "A contest is going on in this group already. Finish it first, or call it off with /contest stop."
    ),
    "quiz.no_contest": N_("No contest is going on in this group."),
    "quiz.none_yet": N_("No contest was held yet."),
    "quiz.no_such_contest": N_("There is no contest with the number {id}."),
    "quiz.gone": N_("This contest is over."),
    "quiz.not_host": N_("Only the host or an organiser may do that."),
    "quiz.broken_log": N_("The record of contest {id} does not agree with itself: {reason}"),
    "contest.wrong_phase": N_("That is not possible at this moment."),
    "contest.already_started": N_("The contest has begun already."),
    "contest.over": N_("This contest is over."),
    "contest.not_paused": N_("The contest is not paused."),
    "contest.already_paused": N_("The contest is paused already."),
    "contest.not_seated": N_("You play in no team of this contest."),
    "contest.already_seated": N_("You are in {team} already."),
    "contest.switch_too_late": N_("The contest has begun; you stay in {team}."),
    "contest.join_too_late": N_("The contest has begun; nobody can join any more."),
    "contest.team_unknown": N_("There is no such team any more."),
    "contest.team_name_unusable": N_("A team's name has 1 to 64 characters on one line."),
    "contest.team_name_taken": N_("There is a team called {name} already."),
    "contest.team_full": N_("{team} is full: {most} members at the most."),
    "contest.too_many_teams": N_("There are {most} teams already; no more can be made."),
    "contest.too_few_teams": N_("At least {least} teams need somebody in them; {teams} have."),
    "contest.no_players": N_("Nobody has joined yet."),
    "contest.teams_not_ready": N_("Not ready yet: {teams}"),
    "contest.too_few_for_teams": N_(
        "{questions} questions are too few: each of {teams} teams has to get one. Choose more questions or fewer teams."
    ),
    "contest.round_over": N_("This question is over."),
    "contest.not_answering": N_("Nobody is to answer at this moment."),
    "contest.not_buzzing": N_("This question is answered by everyone; there is no buzzer."),
    "contest.not_staking": N_("This stake can no longer be chosen."),
    "contest.stake_unusable": N_("Your team cannot choose this stake."),
    "contest.choice_unusable": N_("This answer is not possible."),
    "contest.nothing_chosen": N_("Mark at least one option first."),
    "contest.question_unknown": N_("No such question was asked."),
    "contest.question_still_open": N_("This question is still open."),
    "contest.question_already_void": N_("This question is void already."),
    "contest.nothing_to_overrule": N_("There is nothing to rule anew."),
    "contest.no_reserve": N_("The reserve has no question left."),
    "contest.no_points": N_("0 points change nothing."),
    "contest.log_unreadable": N_("The record of this contest was written by a newer version of Studyhall."),
}
