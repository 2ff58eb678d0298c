-- name: personal_people
-- The roster entry.
SELECT * FROM people WHERE id = :person_id;

-- name: personal_users
-- What Telegram says of the account.
SELECT * FROM users WHERE user_id = :user_id;

-- name: personal_conversations
-- What is being talked about with the bot.
SELECT * FROM conversations WHERE user_id = :user_id;

-- name: personal_inbox
-- What was written to the bot in private, as long as it is kept.
SELECT * FROM inbox WHERE chat_id = :user_id;

-- name: personal_outbox
-- What the bot wrote in private, as long as it is kept.
SELECT * FROM outbox WHERE chat_id = :user_id;

-- name: personal_join_requests
-- Requests for admission.
SELECT * FROM join_requests WHERE user_id = :user_id;

-- name: personal_join_cards
-- Requests of others that were laid before the person.
SELECT * FROM join_cards WHERE user_id = :user_id;

-- name: personal_code_misses
-- Wrong codes of admission.
SELECT * FROM code_misses WHERE user_id = :user_id;

-- name: personal_roster_drafts
-- Rosters that the person was about to take in.
SELECT * FROM roster_drafts WHERE user_id = :user_id;

-- name: personal_roster_history
-- What changed in the roster entry.
SELECT * FROM roster_history WHERE person_id = :person_id;

-- name: personal_checkins
-- The register of check-ins.
SELECT * FROM checkins WHERE person_id = :person_id;

-- name: personal_checkin_entries
-- How the register came about.
SELECT * FROM checkin_entries WHERE person_id = :person_id;

-- name: personal_leaves
-- Requests for leave.
SELECT * FROM leaves WHERE person_id = :person_id;

-- name: personal_leave_notices
-- Leave of others that was laid before the person.
SELECT * FROM leave_notices WHERE user_id = :user_id;

-- name: personal_material_reads
-- Materials read.
SELECT * FROM material_reads WHERE person_id = :person_id;

-- name: personal_material_answers
-- Questions of materials answered.
SELECT * FROM material_answers WHERE person_id = :person_id;

-- name: personal_material_marks
-- Options marked and not submitted.
SELECT * FROM material_marks WHERE person_id = :person_id;

-- name: personal_material_reminders
-- Reminders of materials.
SELECT * FROM material_reminders WHERE person_id = :person_id;

-- name: personal_submissions
-- Reflections and assignments.
SELECT * FROM submissions WHERE person_id = :person_id;

-- name: personal_submission_events
-- Everything that happened to them.
SELECT * FROM submission_events WHERE submission_id IN (SELECT id FROM submissions WHERE person_id = :person_id);

-- name: personal_broadcast_recipients
-- Broadcasts received.
SELECT * FROM broadcast_recipients WHERE person_id = :person_id;

-- name: personal_contest_players
-- Contests played.
SELECT * FROM contest_players WHERE user_id = :user_id;

-- name: personal_practice_cards
-- Questions that are practised.
SELECT * FROM practice_cards WHERE user_id = :user_id;

-- name: personal_practice_answers
-- Answers of practice.
SELECT * FROM practice_answers WHERE user_id = :user_id;

-- name: personal_practice_sittings
-- The practice that is going on.
SELECT * FROM practice_sittings WHERE user_id = :user_id;

-- name: personal_exam_people
-- Exams that the person was asked to take.
SELECT * FROM exam_people WHERE person_id = :person_id;

-- name: personal_exam_papers
-- Exam papers.
SELECT * FROM exam_papers WHERE person_id = :person_id;

-- name: personal_exam_answers
-- Answers in exams.
SELECT * FROM exam_answers WHERE paper_id IN (SELECT id FROM exam_papers WHERE person_id = :person_id);

-- name: personal_ledger
-- Entries of the points.
SELECT * FROM ledger WHERE person_id = :person_id;

-- name: personal_ledger_sums
-- Points by month and rule.
SELECT * FROM ledger_sums WHERE person_id = :person_id;

-- name: personal_ledger_totals
-- Points by period.
SELECT * FROM ledger_totals WHERE person_id = :person_id;

-- name: personal_dispute_entries
-- Disputes about entries.
SELECT * FROM dispute_entries WHERE person_id = :person_id;

-- name: personal_dispute_cards
-- Disputes of others that were laid before the person.
SELECT * FROM dispute_cards WHERE user_id = :user_id;

-- name: personal_award_drafts
-- Points by hand.
SELECT * FROM award_drafts WHERE person_id = :person_id;

-- name: personal_removals
-- Requests for removal.
SELECT * FROM removals WHERE person_id = :person_id;

-- name: personal_attendances
-- The register of sessions.
SELECT * FROM attendances WHERE person_id = :person_id;

-- name: personal_attendance_entries
-- How that register came about.
SELECT * FROM attendance_entries WHERE person_id = :person_id;

-- name: personal_speeches
-- Speeches in sessions.
SELECT * FROM speeches WHERE person_id = :person_id;

-- name: personal_session_lecturers
-- Sessions that the person lectured in.
SELECT * FROM session_lecturers WHERE person_id = :person_id;

-- name: personal_session_seats
-- Sessions that the person signed up for.
SELECT * FROM session_seats WHERE person_id = :person_id;

-- name: personal_wishes
-- Wishes for the menu.
SELECT * FROM wishes WHERE person_id = :person_id;

-- name: personal_wish_votes
-- Votes for wishes.
SELECT * FROM wish_votes WHERE person_id = :person_id;

-- name: personal_session_leaves
-- Leave from single sessions.
SELECT * FROM session_leaves WHERE person_id = :person_id;

-- name: personal_session_leave_notices
-- Such leave of others that was laid before the person.
SELECT * FROM session_leave_notices WHERE user_id = :user_id;

-- name: personal_roll_call_panels
-- Roll calls that the person ran.
SELECT * FROM roll_call_panels WHERE user_id = :user_id;

-- name: personal_roll_call_misses
-- Wrong codes of roll calls.
SELECT * FROM roll_call_misses WHERE user_id = :user_id;

-- name: personal_attendance_warnings
-- Warnings about attendance.
SELECT * FROM attendance_warnings WHERE person_id = :person_id;

-- name: personal_make_ups
-- Make-up lessons.
SELECT * FROM make_ups WHERE person_id = :person_id;

-- name: personal_make_up_notices
-- Make-up lessons of others that were laid before the person.
SELECT * FROM make_up_notices WHERE user_id = :user_id;

-- name: personal_notes
-- Study notes.
SELECT * FROM notes WHERE person_id = :person_id;

-- name: personal_works
-- Works that the person leads or takes part in.
SELECT * FROM works
WHERE author_id = :person_id OR id IN (SELECT work_id FROM work_members WHERE person_id = :person_id);

-- name: personal_work_members
-- Teams that the person is in.
SELECT * FROM work_members WHERE person_id = :person_id;

-- name: personal_work_events
-- What the person did to works, and what happened to their own; a single reviewer's score was given in confidence.
SELECT * FROM work_events
WHERE author = :user_id OR (kind <> 'approved' AND work_id IN (SELECT id FROM works WHERE author_id = :person_id));

-- name: personal_work_reports
-- Progress that the person reported.
SELECT * FROM work_reports WHERE reported_by = :user_id;

-- name: personal_evaluation_subjects
-- Evaluations about the person.
SELECT * FROM evaluation_subjects WHERE person_id = :person_id;

-- name: personal_evaluation_tickets
-- Forms that the person was asked to fill in, and whether they have; nothing leads from here to an anonymous answer.
SELECT * FROM evaluation_tickets WHERE person_id = :person_id;

-- name: personal_evaluation_sheets
-- Open forms that the person filled in.
SELECT * FROM evaluation_sheets WHERE person_id = :person_id;

-- name: personal_round_places
-- The person's group and place in the order of speakers.
SELECT * FROM round_places WHERE person_id = :person_id;

-- name: personal_round_members
-- Rounds that the person was asked to.
SELECT * FROM round_members WHERE person_id = :person_id;

-- name: personal_round_comments
-- What the person had to say about rounds as an observer.
SELECT * FROM round_comments WHERE person_id = :person_id;

-- name: personal_round_duties
-- Regular duties of an observer.
SELECT * FROM round_duties WHERE person_id = :person_id;

-- name: personal_daily_answers
-- Questions of the day.
SELECT * FROM daily_answers WHERE person_id = :person_id;

-- name: personal_items
-- Items that the person holds or leads.
SELECT * FROM items WHERE holder_id = :person_id OR leader_id = :person_id;

-- name: personal_item_steps
-- What the person did to items, and what happened to those that they hold.
SELECT * FROM item_steps
WHERE author = :user_id OR item_id IN (SELECT id FROM items WHERE holder_id = :person_id);

-- name: personal_item_reports
-- Reports on items that the person handed in.
SELECT * FROM item_reports WHERE person_id = :person_id;

-- name: personal_item_drafts
-- A report on an item that the person is writing.
SELECT * FROM item_drafts WHERE person_id = :person_id;

-- name: personal_item_wishes
-- Items that the person wishes for.
SELECT * FROM item_wishes WHERE person_id = :person_id;

-- name: personal_item_choices
-- Items that the office would give to the person.
SELECT * FROM item_choices WHERE person_id = :person_id;

-- name: personal_ideas
-- Ideas of the person.
SELECT * FROM ideas WHERE person_id = :person_id;

-- name: personal_idea_votes
-- Ideas that the person is for.
SELECT * FROM idea_votes WHERE person_id = :person_id;

-- name: personal_idea_steps
-- What the person did to ideas, and what happened to their own.
SELECT * FROM idea_steps WHERE author = :user_id OR idea_id IN (SELECT id FROM ideas WHERE person_id = :person_id);

-- name: personal_visits
-- Visits to units.
SELECT * FROM visits WHERE person_id = :person_id;

-- name: personal_reminders
-- Days on which the person was reminded.
SELECT * FROM reminders WHERE person_id = :person_id;

-- name: forget_users!
-- Nothing of the person is left in it by name.
DELETE FROM users WHERE user_id = :user_id;

-- name: forget_conversations!
-- Nothing of the person is left in it by name.
DELETE FROM conversations WHERE user_id = :user_id OR chat_id = :user_id;

-- name: forget_inbox!
-- Nothing of the person is left in it by name.
DELETE FROM inbox WHERE chat_id = :user_id AND state <> 'waiting';

-- name: forget_outbox!
-- Nothing of the person is left in it by name.
DELETE FROM outbox WHERE chat_id = :user_id AND state NOT IN ('pending', 'sending');

-- name: forget_messages!
-- Nothing of the person is left in it by name.
DELETE FROM messages WHERE chat_id = :user_id;

-- name: forget_join_requests!
-- Nothing of the person is left in it by name.
UPDATE join_requests SET user_id = :nobody, name = :label WHERE user_id = :user_id;

-- name: forget_join_cards!
-- Nothing of the person is left in it by name.
DELETE FROM join_cards WHERE user_id = :user_id;

-- name: forget_code_misses!
-- Nothing of the person is left in it by name.
DELETE FROM code_misses WHERE user_id = :user_id;

-- name: forget_roster_drafts!
-- Nothing of the person is left in it by name.
DELETE FROM roster_drafts WHERE user_id = :user_id;

-- name: forget_roster_history!
-- Nothing of the person is left in it by name.
UPDATE roster_history SET detail = CASE WHEN person_id = :person_id THEN '' ELSE detail END,
  by_user = CASE WHEN by_user = :user_id THEN NULL ELSE by_user END
WHERE person_id = :person_id OR by_user = :user_id;

-- name: forget_checkin_entries!
-- Nothing of the person is left in it by name.
UPDATE checkin_entries SET reason = CASE WHEN person_id = :person_id THEN '' ELSE reason END,
  author = CASE WHEN author_id = :user_id THEN :label ELSE author END,
  author_id = CASE WHEN author_id = :user_id THEN NULL ELSE author_id END
WHERE person_id = :person_id OR author_id = :user_id;

-- name: forget_leaves!
-- Nothing of the person is left in it by name.
UPDATE leaves SET reason = CASE WHEN person_id = :person_id THEN '' ELSE reason END, answer = CASE WHEN person_id = :person_id THEN '' ELSE answer END,
  decider = CASE WHEN decided_by = :user_id THEN :label ELSE decider END,
  decided_by = CASE WHEN decided_by = :user_id THEN NULL ELSE decided_by END
WHERE person_id = :person_id OR decided_by = :user_id;

-- name: forget_leave_notices!
-- Nothing of the person is left in it by name.
DELETE FROM leave_notices WHERE user_id = :user_id;

-- name: forget_material_marks!
-- Nothing of the person is left in it by name.
DELETE FROM material_marks WHERE person_id = :person_id;

-- name: forget_material_reminders!
-- Nothing of the person is left in it by name.
DELETE FROM material_reminders WHERE person_id = :person_id;

-- name: forget_tasks!
-- Nothing of the person is left in it by name.
UPDATE tasks SET created_by = CASE WHEN created_by = :user_id THEN NULL ELSE created_by END,
  closed_by = CASE WHEN closed_by = :user_id THEN NULL ELSE closed_by END
WHERE created_by = :user_id OR closed_by = :user_id;

-- name: forget_submissions!
-- Nothing of the person is left in it by name.
UPDATE submissions SET draft = '', draft_files = '[]', text = '', files = '[]', reason = '', album = ''
WHERE person_id = :person_id;

-- name: forget_submission_events!
-- Nothing of the person is left in it by name.
UPDATE submission_events
SET body = CASE WHEN submission_id IN (SELECT id FROM submissions WHERE person_id = :person_id) THEN '{}' ELSE body END,
  author = CASE WHEN author = :user_id THEN :nobody ELSE author END
WHERE author = :user_id OR submission_id IN (SELECT id FROM submissions WHERE person_id = :person_id);

-- name: forget_reviewers!
-- Nothing of the person is left in it by name.
UPDATE submissions SET reviewer = :label
WHERE reviewer = :name AND NOT EXISTS (SELECT 1 FROM people WHERE name = :name AND id <> :person_id);

-- name: forget_broadcasts!
-- Nothing of the person is left in it by name.
UPDATE broadcasts SET sender_id = :nobody, sender = :label WHERE sender_id = :user_id;

-- name: forget_broadcast_recipients!
-- Nothing of the person is left in it by name.
UPDATE broadcast_recipients SET chat_id = :nobody WHERE chat_id = :user_id;

-- name: forget_contest_players!
-- Nothing of the person is left in it by name.
UPDATE contest_players SET user_id = :nobody WHERE user_id = :user_id;

-- name: forget_contests!
-- Nothing of the person is left in it by name.
UPDATE contests SET host_id = :nobody WHERE host_id = :user_id;

-- name: forget_tournaments!
-- Nothing of the person is left in it by name.
UPDATE tournaments SET host_id = :nobody WHERE host_id = :user_id;

-- name: forget_practice_cards!
-- Nothing of the person is left in it by name.
UPDATE practice_cards SET user_id = :nobody WHERE user_id = :user_id;

-- name: forget_practice_answers!
-- Nothing of the person is left in it by name.
UPDATE practice_answers SET user_id = :nobody WHERE user_id = :user_id;

-- name: forget_practice_sittings!
-- Nothing of the person is left in it by name.
DELETE FROM practice_sittings WHERE user_id = :user_id;

-- name: forget_exams!
-- Nothing of the person is left in it by name.
UPDATE exams SET created_by = :nobody WHERE created_by = :user_id;

-- name: forget_screens!
-- Nothing of the person is left in it by name.
UPDATE screens SET made_by = :nobody WHERE made_by = :user_id;

-- name: forget_seasons!
-- Nothing of the person is left in it by name.
UPDATE seasons SET opened_by = :nobody WHERE opened_by = :user_id;

-- name: forget_season_entries!
-- Nothing of the person is left in it by name.
UPDATE season_entries SET author_id = CASE WHEN author_id = :user_id THEN :nobody ELSE author_id END,
  name = CASE WHEN subject = 'person' AND name = :name THEN :label ELSE name END
WHERE author_id = :user_id OR (subject = 'person' AND name = :name
  AND NOT EXISTS (SELECT 1 FROM people WHERE name = :name AND id <> :person_id));

-- name: forget_season_drafts!
-- Nothing of the person is left in it by name.
DELETE FROM season_drafts WHERE author_id = :user_id;

-- name: forget_season_omissions!
-- Nothing of the person is left in it by name.
UPDATE season_omissions SET author_id = :nobody WHERE author_id = :user_id;

-- name: forget_ledger!
-- Nothing of the person is left in it by name.
UPDATE ledger SET reason = CASE WHEN person_id = :person_id THEN '' ELSE reason END,
  author_id = CASE WHEN author_id = :user_id THEN NULL ELSE author_id END
WHERE person_id = :person_id OR author_id = :user_id;

-- name: forget_dispute_entries!
-- Nothing of the person is left in it by name.
UPDATE dispute_entries SET reason = CASE WHEN person_id = :person_id THEN '' ELSE reason END,
  author = CASE WHEN author_id = :user_id THEN :label ELSE author END,
  author_id = CASE WHEN author_id = :user_id THEN NULL ELSE author_id END
WHERE person_id = :person_id OR author_id = :user_id;

-- name: forget_dispute_cards!
-- Nothing of the person is left in it by name.
DELETE FROM dispute_cards WHERE user_id = :user_id;

-- name: forget_award_drafts!
-- Nothing of the person is left in it by name.
UPDATE award_drafts SET reason = CASE WHEN person_id = :person_id THEN '' ELSE reason END,
  author_id = CASE WHEN author_id = :user_id THEN :nobody ELSE author_id END
WHERE person_id = :person_id OR author_id = :user_id;

-- name: forget_removals!
-- Nothing of the person is left in it by name.
UPDATE removals SET decided_by = NULL WHERE decided_by = :user_id;

-- name: forget_sessions!
-- Nothing of the person is left in it by name.
UPDATE sessions SET created_by = NULL WHERE created_by = :user_id;

-- name: forget_attendance_entries!
-- Nothing of the person is left in it by name.
UPDATE attendance_entries SET reason = CASE WHEN person_id = :person_id THEN '' ELSE reason END,
  author = CASE WHEN author_id = :user_id THEN :label ELSE author END,
  author_id = CASE WHEN author_id = :user_id THEN NULL ELSE author_id END
WHERE person_id = :person_id OR author_id = :user_id;

-- name: forget_speeches!
-- Nothing of the person is left in it by name.
UPDATE speeches SET topic = CASE WHEN person_id = :person_id THEN '' ELSE topic END,
  noted_by = CASE WHEN noted_by = :user_id THEN :nobody ELSE noted_by END,
  confirmed_by = CASE WHEN confirmed_by = :user_id THEN :nobody ELSE confirmed_by END
WHERE person_id = :person_id OR noted_by = :user_id OR confirmed_by = :user_id;

-- name: forget_session_changes!
-- Nothing of the person is left in it by name.
UPDATE session_changes SET author_id = NULL WHERE author_id = :user_id;

-- name: forget_wishes!
-- Nothing of the person is left in it by name.
UPDATE wishes SET title = CASE WHEN person_id = :person_id AND state = 'open'
  AND NOT EXISTS (SELECT 1 FROM wish_votes v WHERE v.wish_id = wishes.id AND v.person_id <> :person_id) THEN :label ELSE title END,
  lecturer = CASE WHEN lecturer = :name THEN :label ELSE lecturer END
WHERE person_id = :person_id OR (lecturer = :name
  AND NOT EXISTS (SELECT 1 FROM people WHERE name = :name AND id <> :person_id));

-- name: forget_session_leaves!
-- Nothing of the person is left in it by name.
UPDATE session_leaves SET reason = CASE WHEN person_id = :person_id THEN '' ELSE reason END,
  decider = CASE WHEN decided_by = :user_id THEN :label ELSE decider END,
  decided_by = CASE WHEN decided_by = :user_id THEN NULL ELSE decided_by END
WHERE person_id = :person_id OR decided_by = :user_id;

-- name: forget_session_leave_notices!
-- Nothing of the person is left in it by name.
DELETE FROM session_leave_notices WHERE user_id = :user_id;

-- name: forget_roll_calls!
-- Nothing of the person is left in it by name.
UPDATE roll_calls SET opened_by = :nobody WHERE opened_by = :user_id;

-- name: forget_roll_call_panels!
-- Nothing of the person is left in it by name.
DELETE FROM roll_call_panels WHERE user_id = :user_id;

-- name: forget_roll_call_misses!
-- Nothing of the person is left in it by name.
DELETE FROM roll_call_misses WHERE user_id = :user_id;

-- name: forget_make_ups!
-- Nothing of the person is left in it by name.
UPDATE make_ups SET paper = CASE WHEN person_id = :person_id THEN '' ELSE paper END,
  reason = CASE WHEN person_id = :person_id THEN '' ELSE reason END,
  signer = CASE WHEN signed_by = :user_id THEN :label ELSE signer END,
  signed_by = CASE WHEN signed_by = :user_id THEN NULL ELSE signed_by END
WHERE person_id = :person_id OR signed_by = :user_id;

-- name: forget_make_up_notices!
-- Nothing of the person is left in it by name.
DELETE FROM make_up_notices WHERE user_id = :user_id;

-- name: forget_notes!
-- Nothing of the person is left in it by name.
UPDATE notes SET body = CASE WHEN person_id = :person_id THEN '[]' ELSE body END,
  file_id = CASE WHEN person_id = :person_id THEN NULL ELSE file_id END,
  picker = CASE WHEN picked_by = :user_id THEN :label ELSE picker END,
  picked_by = CASE WHEN picked_by = :user_id THEN NULL ELSE picked_by END
WHERE person_id = :person_id OR picked_by = :user_id;

-- name: forget_works!
-- Nothing of the person is left in it by name.
UPDATE works SET title = '' WHERE author_id = :person_id
  AND NOT EXISTS (SELECT 1 FROM work_members m WHERE m.work_id = works.id AND m.person_id <> :person_id)
  AND id NOT IN (SELECT w.id FROM works w WHERE w.plan LIKE '%"by":"unit"%');

-- name: forget_work_events!
-- Nothing of the person is left in it by name.
UPDATE work_events SET author = :nobody, name = :label WHERE author = :user_id;

-- name: forget_work_reports!
-- Nothing of the person is left in it by name.
UPDATE work_reports SET reported_by = :nobody WHERE reported_by = :user_id;

-- name: forget_evaluations!
-- Nothing of the person is left in it by name.
UPDATE evaluations SET created_by = NULL WHERE created_by = :user_id;

-- name: forget_evaluation_subjects!
-- Nothing of the person is left in it by name.
UPDATE evaluation_subjects SET title = :label WHERE person_id = :person_id;

-- name: forget_evaluation_sheets!
-- Nothing of the person is left in it by name.
UPDATE evaluation_sheets SET draft = '{}' WHERE person_id = :person_id;

-- name: forget_rectifications!
-- Nothing of the person is left in it by name.
UPDATE rectifications SET made_by = NULL WHERE made_by = :user_id;

-- name: forget_rounds!
-- Nothing of the person is left in it by name.
UPDATE rounds SET moved_by = NULL WHERE moved_by = :user_id;

-- name: forget_round_groups!
-- Nothing of the person is left in it by name.
UPDATE round_groups SET host = CASE WHEN host_id = :user_id THEN :label ELSE host END,
  host_id = CASE WHEN host_id = :user_id THEN :nobody ELSE host_id END,
  words = CASE WHEN words_by = :name THEN '' ELSE words END,
  words_by = CASE WHEN words_by = :name THEN :label ELSE words_by END
WHERE host_id = :user_id OR (words_by = :name
  AND NOT EXISTS (SELECT 1 FROM people WHERE name = :name AND id <> :person_id));

-- name: forget_round_comments!
-- Nothing of the person is left in it by name.
UPDATE round_comments SET body = '' WHERE person_id = :person_id;

-- name: forget_items!
-- Nothing of the person is left in it by name; whose item it is stays as a figure.
UPDATE items SET created_by = :nobody WHERE created_by = :user_id;

-- name: forget_item_steps!
-- Nothing of the person is left in it by name.
UPDATE item_steps SET author = :nobody WHERE author = :user_id;

-- name: forget_item_reports!
-- Nothing of the person is left in it by name.
UPDATE item_reports SET text = '', files = '[]' WHERE person_id = :person_id;

-- name: forget_item_drafts!
-- Nothing of the person is left in it by name.
UPDATE item_drafts SET text = '', files = '[]', album = '' WHERE person_id = :person_id;

-- name: forget_item_choices!
-- Nothing of the person is left in it by name.
UPDATE item_choices SET author = :nobody WHERE author = :user_id;

-- name: forget_item_matches!
-- Nothing of the person is left in it by name; the proposal names people by their ids on the roster.
UPDATE item_matches SET made_by = CASE WHEN made_by = :user_id THEN :nobody ELSE made_by END,
  confirmed_by = CASE WHEN confirmed_by = :user_id THEN :nobody ELSE confirmed_by END
WHERE made_by = :user_id OR confirmed_by = :user_id;

-- name: forget_ideas!
-- Nothing of the person is left in it by name.
UPDATE ideas SET text = '' WHERE person_id = :person_id;

-- name: forget_idea_steps!
-- Nothing of the person is left in it by name.
UPDATE idea_steps SET author = :nobody WHERE author = :user_id;

-- name: forget_visits!
-- Nothing of the person is left in it by name.
UPDATE visits SET text = '', photo = '' WHERE person_id = :person_id;

-- name: forget_reminders!
-- Nothing of the person is left in it by name.
DELETE FROM reminders WHERE person_id = :person_id;

-- name: forget_people!
-- Nothing of the person is left in it by name.
UPDATE people SET name = :label, code = :code, title = '', user_id = NULL, left_at = coalesce(left_at, :now)
WHERE id = :person_id;

-- name: own_words_of_works
-- Events of works that are a person's alone (no unit's, no team's), with what was written there.
SELECT e.id, e.body, w.plan FROM work_events e JOIN works w ON w.id = e.work_id
WHERE w.author_id = :person_id AND w.plan NOT LIKE '%"by":"unit"%'
  AND NOT EXISTS (SELECT 1 FROM work_members m WHERE m.work_id = w.id AND m.person_id <> :person_id);

-- name: names_in_works
-- Events of works that name a person or an account as somebody who took part or reviewed.
SELECT id, body FROM work_events WHERE body = :name OR body LIKE :pattern;

-- name: works_opined_by
-- Works of which an account is named among those whose opinion is there.
SELECT id, opined FROM works WHERE opined LIKE :pattern;

-- name: work_opined_rewrite!
-- Opinions of a work that name somebody no more.
UPDATE works SET opined = :opined WHERE id = :id;

-- name: work_event_rewrite!
-- An event of a work without what was written there.
UPDATE work_events SET body = :body WHERE id = :id;

-- name: own_words_of_sheets
-- Open forms that a person sent, with the form as it was.
SELECT s.subject_id, s.sent, e.body FROM evaluation_sheets s JOIN evaluations e ON e.id = s.evaluation_id
WHERE s.person_id = :person_id AND s.sent IS NOT NULL;

-- name: sheet_rewrite!
-- An open form without what was written in it; its marks stay.
UPDATE evaluation_sheets SET sent = :sent WHERE subject_id = :subject_id AND person_id = :person_id;

-- name: lecturers_by_name
-- Sessions in which a person is known to have lectured, with the names as they were written.
SELECT s.id, s.lecturer FROM sessions s JOIN session_lecturers l ON l.session_id = s.id WHERE l.person_id = :person_id;

-- name: lecturer_changes
-- What was changed about the lecturers of a session.
SELECT c.id, c.before, c.after FROM session_changes c WHERE c.session_id = :session_id AND c.what = 'lecturer';

-- name: lecturer_rewrite!
-- The lecturers of a session without somebody's name.
UPDATE sessions SET lecturer = :lecturer WHERE id = :id;

-- name: lecturer_change_rewrite!
-- A change of lecturers without somebody's name.
UPDATE session_changes SET before = :before, after = :after WHERE id = :id;

-- name: logs_of_contests
-- Every contest whose log may name a Telegram account.
SELECT DISTINCT e.contest_id AS id, c.state FROM contest_events e JOIN contests c ON c.id = e.contest_id
WHERE e.body LIKE :pattern ORDER BY e.contest_id;

-- name: logs_of_tournaments
-- Every tournament whose log may name a Telegram account or one of some contests.
SELECT DISTINCT e.tournament_id AS id, t.state FROM tournament_events e JOIN tournaments t ON t.id = e.tournament_id
WHERE e.body LIKE :pattern ORDER BY e.tournament_id;

-- name: log_of_contest
-- A contest's log.
SELECT number, body FROM contest_events WHERE contest_id = :id ORDER BY number;

-- name: log_of_tournament
-- A tournament's log.
SELECT number, body FROM tournament_events WHERE tournament_id = :id ORDER BY number;

-- name: contest_event_rewrite!
-- An event of a contest that names somebody no more.
UPDATE contest_events SET body = :body WHERE contest_id = :id AND number = :number;

-- name: tournament_event_rewrite!
-- An event of a tournament that names somebody no more.
UPDATE tournament_events SET body = :body WHERE tournament_id = :id AND number = :number;

-- name: removal_ask^
-- Somebody asks for the removal of what is stored about them; nothing if they have asked already.
INSERT INTO removals (person_id, state, asked_at) VALUES (:person_id, 'asked', :asked_at)
ON CONFLICT DO NOTHING RETURNING id;

-- name: removal_get^
-- A request for removal.
SELECT id, person_id, state, asked_at, decided_at, decided_by FROM removals WHERE id = :id;

-- name: removal_open_of^
-- Somebody's request that waits.
SELECT id, person_id, state, asked_at, decided_at, decided_by FROM removals
WHERE person_id = :person_id AND state = 'asked';

-- name: removal_decide!
-- What became of a request.
UPDATE removals SET state = :state, decided_at = :decided_at, decided_by = :decided_by WHERE id = :id AND state = 'asked';

-- name: forget_bulletins!
-- Nothing of the person is left in it by name.
UPDATE bulletins SET submitter = CASE WHEN submitted_by = :user_id THEN :label ELSE submitter END,
  approver = CASE WHEN approved_by = :user_id THEN :label ELSE approver END,
  submitted_by = CASE WHEN submitted_by = :user_id THEN :nobody ELSE submitted_by END,
  approved_by = CASE WHEN approved_by = :user_id THEN :nobody ELSE approved_by END
WHERE submitted_by = :user_id OR approved_by = :user_id;

-- name: forget_bulletin_texts!
-- Nothing of the person is left in it by name.
UPDATE bulletin_texts SET author = :label, author_id = NULL WHERE author_id = :user_id;

-- name: forget_bulletin_entries!
-- Nothing of the person is left in it by name.
UPDATE bulletin_entries SET author = :label, author_id = NULL WHERE author_id = :user_id;
