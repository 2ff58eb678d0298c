-- name: evaluation_add$
-- Open an evaluation, unless there is one with this ref.
INSERT INTO evaluations (ref, form, body, anonymous, purpose, about, unit_id, created_by, opened_at, closes_at)
VALUES (:ref, :form, :body, :anonymous, :purpose, :about, :unit_id, :created_by, :opened_at, :closes_at)
ON CONFLICT (ref) DO NOTHING
RETURNING id;

-- name: evaluation_get^
-- One evaluation.
SELECT id, ref, form, body, anonymous, purpose, about, unit_id, created_by, opened_at, closes_at, closed_at
FROM evaluations WHERE id = :id;

-- name: evaluation_by_ref^
-- The one evaluation with a ref.
SELECT id, ref, form, body, anonymous, purpose, about, unit_id, created_by, opened_at, closes_at, closed_at
FROM evaluations WHERE ref = :ref;

-- name: evaluations_of_purpose
-- What was opened for a purpose, the newest first.
SELECT id, ref, form, body, anonymous, purpose, about, unit_id, created_by, opened_at, closes_at, closed_at
FROM evaluations WHERE purpose = :purpose ORDER BY id DESC;

-- name: evaluations_open
-- What can be filled in at a moment, the next to close first.
SELECT id, ref, form, body, anonymous, purpose, about, unit_id, created_by, opened_at, closes_at, closed_at
FROM evaluations WHERE closed_at IS NULL AND (closes_at IS NULL OR closes_at > :now)
ORDER BY CASE WHEN closes_at IS NULL THEN 1 ELSE 0 END, closes_at, id;

-- name: evaluation_close!
-- Nothing more is taken.
UPDATE evaluations SET closed_at = :closed_at WHERE id = :id AND closed_at IS NULL;

-- name: evaluation_subject_add$
-- A subject, unless the evaluation has it already.
INSERT INTO evaluation_subjects (evaluation_id, key, title, person_id, unit_id)
VALUES (:evaluation_id, :key, :title, :person_id, :unit_id)
ON CONFLICT (evaluation_id, key) DO UPDATE SET title = excluded.title
RETURNING id;

-- name: evaluation_subject_get^
-- One subject.
SELECT id, evaluation_id, key, title, person_id, unit_id FROM evaluation_subjects WHERE id = :id;

-- name: evaluation_subjects_all
-- Every subject of an evaluation, in the order in which they were named.
SELECT id, evaluation_id, key, title, person_id, unit_id
FROM evaluation_subjects WHERE evaluation_id = :evaluation_id ORDER BY id;

-- name: evaluation_ticket_add!
-- Somebody may answer about a subject.
INSERT INTO evaluation_tickets (subject_id, person_id, evaluation_id) VALUES (:subject_id, :person_id, :evaluation_id)
ON CONFLICT (subject_id, person_id) DO NOTHING;

-- name: evaluation_ticket_use!
-- They have answered.
UPDATE evaluation_tickets SET answered = 1
WHERE subject_id = :subject_id AND person_id = :person_id AND answered = 0;

-- name: evaluation_ticket_get^
-- Whether somebody may answer about a subject, and whether they have.
SELECT t.subject_id, t.person_id, t.evaluation_id, t.answered, s.title
FROM evaluation_tickets t JOIN evaluation_subjects s ON s.id = t.subject_id
WHERE t.subject_id = :subject_id AND t.person_id = :person_id;

-- name: evaluation_ticket_left^
-- Somebody who has not answered, if there is anybody.
SELECT person_id FROM evaluation_tickets WHERE evaluation_id = :evaluation_id AND answered = 0 LIMIT 1;

-- name: evaluation_tickets_of
-- What somebody may answer about in an evaluation, in the order of the subjects.
SELECT t.subject_id, t.person_id, t.evaluation_id, t.answered, s.title
FROM evaluation_tickets t JOIN evaluation_subjects s ON s.id = t.subject_id
WHERE t.evaluation_id = :evaluation_id AND t.person_id = :person_id ORDER BY t.subject_id;

-- name: evaluation_tickets_open
-- Who still has something to answer in what is open at a moment: how much.
SELECT t.evaluation_id, t.person_id, count(*) AS missing
FROM evaluation_tickets t
JOIN evaluations e ON e.id = t.evaluation_id
JOIN people p ON p.id = t.person_id
WHERE t.answered = 0 AND p.left_at IS NULL AND e.closed_at IS NULL AND (e.closes_at IS NULL OR e.closes_at > :now)
GROUP BY t.evaluation_id, t.person_id ORDER BY t.evaluation_id, t.person_id;

-- name: evaluation_person_counts
-- How much each person was asked and has answered in an evaluation.
SELECT t.person_id, p.unit_id, p.name, count(*) AS asked, sum(t.answered) AS answered
FROM evaluation_tickets t JOIN people p ON p.id = t.person_id
WHERE t.evaluation_id = :evaluation_id GROUP BY t.person_id, p.unit_id, p.name ORDER BY p.name, t.person_id;

-- name: evaluation_subject_counts
-- How many were asked about each subject and have answered.
SELECT s.id AS subject_id, count(t.person_id) AS asked, coalesce(sum(t.answered), 0) AS answered
FROM evaluation_subjects s LEFT JOIN evaluation_tickets t ON t.subject_id = s.id
WHERE s.evaluation_id = :evaluation_id GROUP BY s.id ORDER BY s.id;

-- name: evaluation_sheet_put!
-- The draft of an open form.
INSERT INTO evaluation_sheets (subject_id, person_id, evaluation_id, draft)
VALUES (:subject_id, :person_id, :evaluation_id, :draft)
ON CONFLICT (subject_id, person_id) DO UPDATE SET draft = excluded.draft;

-- name: evaluation_sheet_send!
-- The draft of an open form is what was sent.
UPDATE evaluation_sheets SET sent = draft, sent_at = :sent_at
WHERE subject_id = :subject_id AND person_id = :person_id;

-- name: evaluation_sheet_get^
-- Somebody's open form about a subject.
SELECT h.subject_id, h.person_id, h.evaluation_id, p.name, p.unit_id, h.draft, h.sent, h.sent_at
FROM evaluation_sheets h JOIN people p ON p.id = h.person_id
WHERE h.subject_id = :subject_id AND h.person_id = :person_id;

-- name: evaluation_sheets_sent
-- The open forms that were sent in an evaluation, by subject and name.
SELECT h.subject_id, h.person_id, h.evaluation_id, p.name, p.unit_id, h.draft, h.sent, h.sent_at
FROM evaluation_sheets h JOIN people p ON p.id = h.person_id
WHERE h.evaluation_id = :evaluation_id AND h.sent IS NOT NULL ORDER BY h.subject_id, p.name, h.person_id;

-- name: evaluation_sheets_of
-- What somebody has sent for a purpose, the newest first.
SELECT h.subject_id, h.person_id, h.evaluation_id, p.name, p.unit_id, h.draft, h.sent, h.sent_at
FROM evaluation_sheets h
JOIN people p ON p.id = h.person_id
JOIN evaluations e ON e.id = h.evaluation_id
WHERE h.person_id = :person_id AND h.sent IS NOT NULL AND e.purpose = :purpose
ORDER BY h.evaluation_id DESC, h.subject_id;

-- name: evaluation_mark_add!
-- One anonymous answer.
INSERT INTO evaluation_marks (id, evaluation_id, subject_id, item, answer, words)
VALUES (:id, :evaluation_id, :subject_id, :item, :answer, :words);

-- name: evaluation_mark_counts
-- How often each anonymous answer was given, by subject and item.
SELECT subject_id, item, answer, count(*) AS times FROM evaluation_marks
WHERE evaluation_id = :evaluation_id GROUP BY subject_id, item, answer;

-- name: evaluation_marks_written
-- What was written anonymously, in the order of the random ids.
SELECT id, subject_id, item, answer, words FROM evaluation_marks
WHERE evaluation_id = :evaluation_id AND words <> '' ORDER BY id;

-- name: rectification_add$
-- Something has to be put right; none if that is known already.
INSERT INTO rectifications (evaluation_id, subject_id, cause, made_by)
VALUES (:evaluation_id, :subject_id, :cause, :made_by)
ON CONFLICT (evaluation_id, subject_id, cause) DO NOTHING
RETURNING id;

-- name: rectification_task!
-- The task that asks for it.
UPDATE rectifications SET task_id = :task_id WHERE id = :id;

-- name: rectifications_all
-- What has to be put right after an evaluation.
SELECT id, evaluation_id, subject_id, cause, task_id FROM rectifications
WHERE evaluation_id = :evaluation_id ORDER BY id;
