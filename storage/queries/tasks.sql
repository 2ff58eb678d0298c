-- name: task_add$
-- A new task, unless there is one with this key.
INSERT INTO tasks (template, key, title, text, files, least, unit_id, audience, created_by, created_at, due_at)
VALUES (:template, :key, :title, :text, :files, :least, :unit_id, :audience, :created_by, :created_at, :due_at)
ON CONFLICT (key) DO NOTHING
RETURNING id;

-- name: task_get^
-- A task by its id.
SELECT id, template, key, title, text, files, least, unit_id, audience, created_by, created_at, due_at, closes_at
FROM tasks WHERE id = :id;

-- name: task_by_key^
-- The one task with a key.
SELECT id, template, key, title, text, files, least, unit_id, audience, created_by, created_at, due_at, closes_at
FROM tasks WHERE key = :key;

-- name: tasks_recent
-- The newest tasks first, as far back as a deadline.
SELECT id, template, key, title, text, files, least, unit_id, audience, created_by, created_at, due_at, closes_at
FROM tasks WHERE due_at >= :since ORDER BY created_at DESC, id DESC;

-- name: tasks_all
-- Every task, the oldest first.
SELECT id, template, key, title, text, files, least, unit_id, audience, created_by, created_at, due_at, closes_at
FROM tasks ORDER BY id;

-- name: task_close!
-- Nothing is taken after this moment any more.
UPDATE tasks SET closes_at = :closes_at, closed_by = :closed_by WHERE id = :id;

-- name: submission_add!
-- A person is asked for their work, once a task.
INSERT INTO submissions (task_id, person_id, state, received, draft, draft_files, text, files, version, late, reason,
  commended, consent, card, album)
VALUES (:task_id, :person_id, 'draft', 0, '', '[]', '', '[]', 0, 0, '', 0, 'none', 0, '')
ON CONFLICT (task_id, person_id) DO NOTHING;

-- name: submission_get^
-- One person's work by its id.
SELECT s.id, s.task_id, s.person_id, p.name, p.unit_id, u.name AS unit, u.path AS unit_path, p.user_id, p.left_at,
  s.state, s.received, s.draft, s.draft_files, s.text, s.files, s.version, s.handed_in_at, s.late, s.reviewer,
  s.reviewed_at, s.reason, s.commended, s.consent, s.published_at, s.reminded_on, s.card, s.album
FROM submissions s JOIN people p ON p.id = s.person_id JOIN units u ON u.id = p.unit_id WHERE s.id = :id;

-- name: submission_of^
-- One person's work for a task.
SELECT s.id, s.task_id, s.person_id, p.name, p.unit_id, u.name AS unit, u.path AS unit_path, p.user_id, p.left_at,
  s.state, s.received, s.draft, s.draft_files, s.text, s.files, s.version, s.handed_in_at, s.late, s.reviewer,
  s.reviewed_at, s.reason, s.commended, s.consent, s.published_at, s.reminded_on, s.card, s.album
FROM submissions s JOIN people p ON p.id = s.person_id JOIN units u ON u.id = p.unit_id
WHERE s.task_id = :task_id AND s.person_id = :person_id;

-- name: submissions_of_task
-- Everybody's work for a task, by unit and name.
SELECT s.id, s.task_id, s.person_id, p.name, p.unit_id, u.name AS unit, u.path AS unit_path, p.user_id, p.left_at,
  s.state, s.received, s.draft, s.draft_files, s.text, s.files, s.version, s.handed_in_at, s.late, s.reviewer,
  s.reviewed_at, s.reason, s.commended, s.consent, s.published_at, s.reminded_on, s.card, s.album
FROM submissions s JOIN people p ON p.id = s.person_id JOIN units u ON u.id = p.unit_id
WHERE s.task_id = :task_id ORDER BY u.path, p.name, p.id;

-- name: submission_heads
-- As much of everybody's work for a task as counting takes.
SELECT s.id, s.task_id, s.person_id, p.name, p.unit_id, u.name AS unit, u.path AS unit_path, p.user_id, p.left_at,
  s.state, s.received, s.version, s.late, s.reminded_on
FROM submissions s JOIN people p ON p.id = s.person_id JOIN units u ON u.id = p.unit_id
WHERE s.task_id = :task_id ORDER BY u.path, p.name, p.id;

-- name: submission_counts
-- How many are how far, unit by unit; who left without handing anything in is not counted.
SELECT p.unit_id, s.state, s.received, s.version > 0 AS handed, s.late, count(*) AS people
FROM submissions s JOIN people p ON p.id = s.person_id
WHERE s.task_id = :task_id AND (p.left_at IS NULL OR s.version > 0)
GROUP BY p.unit_id, s.state, s.received, s.version > 0, s.late;

-- name: submissions_of_person
-- All of a person's work, the task with the next deadline first.
SELECT s.id, s.task_id, s.person_id, p.name, p.unit_id, u.name AS unit, u.path AS unit_path, p.user_id, p.left_at,
  s.state, s.received, s.draft, s.draft_files, s.text, s.files, s.version, s.handed_in_at, s.late, s.reviewer,
  s.reviewed_at, s.reason, s.commended, s.consent, s.published_at, s.reminded_on, s.card, s.album
FROM submissions s JOIN people p ON p.id = s.person_id JOIN units u ON u.id = p.unit_id
JOIN tasks t ON t.id = s.task_id
WHERE s.person_id = :person_id AND t.due_at >= :since ORDER BY t.due_at, t.id;

-- name: submission_put!
-- A submission as it is now.
UPDATE submissions
SET state = :state, received = :received, draft = :draft, draft_files = :draft_files, text = :text, files = :files,
  version = :version, handed_in_at = :handed_in_at, late = :late, reason = :reason, commended = :commended,
  consent = :consent
WHERE id = :id;

-- name: submission_reviewed!
-- Who ruled last, and when.
UPDATE submissions SET reviewer = :reviewer, reviewed_at = :reviewed_at WHERE id = :id;

-- name: submission_published!
-- It went to the group.
UPDATE submissions SET published_at = :published_at WHERE id = :id;

-- name: submission_reminded!
-- The day of the last reminder.
UPDATE submissions SET reminded_on = :reminded_on WHERE id = :id;

-- name: submission_card!
-- Which card shows the draft, and the album that it shows already.
UPDATE submissions SET card = :card, album = :album WHERE id = :id;

-- name: submission_event_add!
-- Something happened to a submission.
INSERT INTO submission_events (submission_id, at, author, kind, body)
VALUES (:submission_id, :at, :author, :kind, :body);

-- name: submission_events_all
-- What happened to a submission, in order.
SELECT id, submission_id, at, author, kind, body FROM submission_events
WHERE submission_id = :submission_id ORDER BY id;

-- name: task_card_add!
-- A group has a card of a task.
INSERT INTO task_cards (task_id, chat_id, moved) VALUES (:task_id, :chat_id, 0)
ON CONFLICT (task_id, chat_id) DO UPDATE SET moved = 0;

-- name: task_cards_all
-- The groups that have a card of a task.
SELECT chat_id, moved FROM task_cards WHERE task_id = :task_id ORDER BY chat_id;

-- name: task_cards_move!
-- A group became a supergroup: its cards stayed behind.
UPDATE task_cards SET chat_id = :new, moved = 1 WHERE chat_id = :old;
