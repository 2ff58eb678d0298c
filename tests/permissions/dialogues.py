"""The dialogues that the walk goes along with: together they show a button of every prefix.

Each with the prefixes that it is there for; whatever else it shows is walked too.
"""

DIALOGUES: dict[str, frozenset[str]] = {
    "dialogues.test_assignments.test_organiser_cannot_reach_another_unit": frozenset(
        {"assign_drop", "assign_role", "assign_send", "review", "task_got", "task_write"}
    ),
    "dialogues.test_afterwards.test_nothing_before_the_contest_is_over": frozenset(
        {"after", "buzz", "host", "join", "lobby", "screen", "team"}
    ),
    "dialogues.test_rounds.test_a_round_that_was_missed_is_told_opened_and_ends_by_itself": frozenset(
        {"round_ask", "round_do", "round_here", "round_host", "round_list", "round_read", "round_see", "round_step"}
    ),
    "dialogues.test_surveys.test_h4_survey_ranks_units_and_the_lowest_put_things_right": frozenset(
        {"form", "review_rule", "review_turn", "run", "run_said", "run_task", "survey", "task_draft"}
    ),
    "dialogues.test_makeups.test_p3_overdue_make_ups_warnings_and_corrections": frozenset(
        {"lang", "mk", "rcn", "rcp", "rcw"}
    ),
    "dialogues.test_items.test_h3_two_way_choice_gives_each_item_to_whom_both_sides_wish": frozenset(
        {"item", "item_choice", "item_figures", "item_match", "item_rule", "items"}
    ),
    "dialogues.test_exams.test_gradebook_statistics_and_tables": frozenset({"exam", "exb", "exp", "exq", "exs", "reg"}),
    "dialogues.test_broadcasts.test_readers_see_it_in_their_own_language": frozenset({"bc", "bca", "bcc", "bcs"}),
    "dialogues.test_points.test_h1_check_in_its_correction_and_a_dispute_stand_on_the_card": frozenset(
        {"award", "card", "checkin", "dispute"}
    ),
    "dialogues.test_members.test_whoever_left_comes_back_to_the_own_record": frozenset({"door", "joinreq", "mb"}),
    "dialogues.test_menu.test_x2_courses_of_cohorts_their_figures_and_the_handbook": frozenset(
        {"lib", "sess", "sessfig", "sessnew"}
    ),
    "dialogues.test_ideas.test_y4_ideas_are_collected_voted_on_and_adopted": frozenset({"idea", "idea_rule", "ideas"}),
    "dialogues.test_notes.test_p4_notes_refuse_what_is_late_foreign_or_switched_off": frozenset({"nt", "ntc"}),
    "dialogues.test_makeups.test_p3_absence_is_made_up_for_and_stays_a_make_up": frozenset({"mkq", "mks"}),
    "works.test_works.test_draft_outlives_cancel_and_nobody_else_sees_it": frozenset({"wall", "work", "wrev"}),
    "dialogues.test_points.test_h1_everything_about_a_member_is_handed_over_and_removed_but_figures_stay": frozenset(
        {"mine", "removal"}
    ),
    "dialogues.test_practice.test_guess_comes_again_sooner": frozenset({"prac"}),
    "dialogues.test_leaves.test_organiser_does_not_decide_on_the_own_leave": frozenset({"leave"}),
    "dialogues.test_binding.test_two_units_of_one_name": frozenset({"bind"}),
    "dialogues.test_checklists.test_h6_checklist_comes_every_month_and_problems_are_seen": frozenset(
        {"checklist", "fill"}
    ),
    "dialogues.test_reports.test_h2_stop_between_approval_and_delivery_posts_once": frozenset(
        {"bull", "bull_new", "bull_source", "bull_text"}
    ),
    "dialogues.test_roster.test_a_roster_can_be_dropped": frozenset({"roster"}),
    "dialogues.test_assignments.test_levels_and_roles_narrow_an_assignment": frozenset({"assign_level"}),
    "dialogues.test_reports.test_h2_figures_lead_to_their_rows_and_only_in_ones_own_units": frozenset(
        {"report", "report_rows"}
    ),
    "dialogues.test_practice.test_contests_of_an_older_version_are_caught_up": frozenset({"ans"}),
    "dialogues.test_reflections.test_consent_without_a_group_is_answered_honestly": frozenset({"task_consent"}),
    "dialogues.test_sessions.test_x5_speeches_are_noted_registered_confirmed_and_counted_apart": frozenset({"speech"}),
    "dialogues.test_reports.test_h5_record_of_a_person_for_themselves_and_their_organiser": frozenset({"record"}),
    "dialogues.test_points.test_h1_ranks_are_private_unless_the_programme_says_otherwise": frozenset({"rank"}),
    "dialogues.test_material_desk.test_adding_by_conversation": frozenset({"matadd"}),
    "dialogues.test_exams.test_results_at_the_close_and_the_answers_with_them": frozenset({"exrev"}),
    "dialogues.test_rollcall.test_p2_roll_call_by_button_closes_itself": frozenset({"sl"}),
    "dialogues.test_rollcall.test_p2_names_are_called_and_corrected_with_reasons": frozenset({"rc", "rcc", "rcm"}),
    "dialogues.test_sessions.test_p1_a_yearly_plan_is_taken_in_told_and_its_materials_come_before": frozenset({"syll"}),
    "dialogues.test_assignments.test_file_is_handed_in_read_returned_and_accepted": frozenset({"review_files"}),
    "dialogues.test_menu.test_x1_orders_from_the_menu_become_a_session_with_seats": frozenset({"menu"}),
    "dialogues.test_daily_card.test_e3_a_question_a_workday_until_the_thirtieth_then_from_the_first": frozenset(
        {"daily"}
    ),
    "dialogues.test_rounds.test_e4_observers_see_and_comment_but_do_nothing_else": frozenset({"round_duty"}),
    "dialogues.test_items.test_x4_an_item_is_claimed_once_reported_returned_closed_and_reopened": frozenset(
        {"item_draft"}
    ),
    "dialogues.test_rounds.test_e1_e2_a_round_from_the_announcement_to_the_summary": frozenset({"round_call"}),
    "dialogues.test_reports.test_h2_bulletin_is_drafted_edited_approved_and_posted_once": frozenset(
        {"bull_add", "bull_rows", "bull_strike"}
    ),
    "dialogues.test_contest_risk.test_an_old_card_is_dead": frozenset({"stake"}),
    "dialogues.test_tournament.test_set_up_by_buttons_and_members_cannot": frozenset({"tour"}),
    "dialogues.test_judging.test_a_ballot_whose_answer_was_lost_comes_again": frozenset({"oral", "vote"}),
    "dialogues.test_judging.test_namesakes_are_asked_about": frozenset({"judge"}),
    "dialogues.test_judging.test_a_protest_is_upheld_and_another_rejected": frozenset({"prot"}),
    "dialogues.test_judging.test_p7_a_speech_contest": frozenset({"score", "talk"}),
    "dialogues.test_banks.test_bank_comes_back_as_a_file": frozenset({"bank"}),
    "dialogues.test_lineups.test_latency_drill": frozenset({"drill"}),
    "dialogues.test_season.test_correction_is_an_entry_of_its_own": frozenset({"season"}),
    "dialogues.test_contest.test_preset_alone_asks_for_the_bank": frozenset({"setup"}),
    "permissions.tours.an_organiser_looks_at_the_programme": frozenset({"prog"}),
    "permissions.tours.an_assignment_for_many_units": frozenset({"assign_page"}),
    "permissions.tours.somebody_scans_the_code_of_a_screen": frozenset({"hall"}),
    "dialogues.test_reflections.test_link_from_the_group_opens_the_task_in_private": frozenset({"task_own"}),
    "dialogues.test_notices.test_e4_an_observer_notes_visits_and_the_office_makes_a_notice_of_one": frozenset(
        {"assign_due", "assign_unit", "visit_duty", "visit_notice"}
    ),
    "dialogues.test_afterwards.test_papers_are_for_those_who_run_the_group": frozenset({"rev"}),
    "dialogues.test_material_desk.test_library_is_searched_ordered_and_thinned_out": frozenset({"mat"}),
    "dialogues.test_material_desk.test_switching_off_and_on_in_the_group": frozenset({"matplan"}),
    "dialogues.test_material_desk.test_push_now_names_the_groups_and_goes_to_own_ones_only": frozenset(
        {"matq", "matread"}
    ),
    "dialogues.test_material_desk.test_many_groups_are_an_overview_first": frozenset({"matrem"}),
    "dialogues.test_reflections.test_long_text_is_kept_in_pages_up_to_a_limit": frozenset({"task_page"}),
}

LONG = frozenset(
    {
        "dialogues.test_items.test_x4_an_item_is_claimed_once_reported_returned_closed_and_reopened",
        "dialogues.test_reports.test_h2_bulletin_is_drafted_edited_approved_and_posted_once",
        "dialogues.test_reports.test_h2_stop_between_approval_and_delivery_posts_once",
        "dialogues.test_rounds.test_e1_e2_a_round_from_the_announcement_to_the_summary",
        "dialogues.test_rounds.test_e4_observers_see_and_comment_but_do_nothing_else",
    }
)
"""Those that take more than a second by themselves."""
