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
  noted_by = CASE WHEN noted_by = :user_id THEN :nobody ELSE noted_by END
WHERE person_id = :person_id OR noted_by = :user_id;

-- name: forget_people!
-- Nothing of the person is left in it by name.
UPDATE people SET name = :label, code = :code, title = '', user_id = NULL, left_at = coalesce(left_at, :now)
WHERE id = :person_id;

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
