-- name: exam_add<!
-- A new exam.
INSERT INTO exams (title, bank, minutes, points, pass_percent, at_once, audience, unit_id, created_by, created_at, opens_at,
  closes_at)
VALUES (:title, :bank, :minutes, :points, :pass_percent, :at_once, :audience, :unit_id, :created_by, :created_at, :opens_at,
  :closes_at);

-- name: exam_get^
-- One exam.
SELECT id, title, bank, minutes, points, pass_percent, at_once, audience, unit_id, created_by, created_at, opens_at,
  closes_at, cancelled_at, closed_at
FROM exams WHERE id = :id;

-- name: exams_since
-- Every exam that closes at a time or later, the next to close first.
SELECT id, title, bank, minutes, points, pass_percent, at_once, audience, unit_id, created_by, created_at, opens_at,
  closes_at, cancelled_at, closed_at
FROM exams WHERE closes_at >= :since AND cancelled_at IS NULL ORDER BY closes_at, id;

-- name: exam_cancel!
-- It does not take place.
UPDATE exams SET cancelled_at = :at WHERE id = :id AND cancelled_at IS NULL;

-- name: exam_close!
-- It is over, and that has been dealt with.
UPDATE exams SET closed_at = :at WHERE id = :id AND closed_at IS NULL;

-- name: exam_question_add!
-- A question as it is asked, whatever becomes of the bank.
INSERT INTO exam_questions (exam_id, number, item_id, body) VALUES (:exam_id, :number, :item_id, :body);

-- name: exam_questions
-- The questions of an exam.
SELECT exam_id, number, item_id, body FROM exam_questions WHERE exam_id = :exam_id ORDER BY number;

-- name: exam_person_add!
-- Somebody is asked to take it.
INSERT INTO exam_people (exam_id, person_id) VALUES (:exam_id, :person_id) ON CONFLICT (exam_id, person_id) DO NOTHING;

-- name: exam_person_told!
-- Somebody was told that it is open.
UPDATE exam_people SET told_at = :at WHERE exam_id = :exam_id AND person_id = :person_id;

-- name: exam_person_reminded!
-- Somebody was reminded.
UPDATE exam_people SET reminded_at = :at WHERE exam_id = :exam_id AND person_id = :person_id;

-- name: exam_people
-- Everybody who was asked, with what came of it, by unit and name.
SELECT e.exam_id, e.person_id, p.name, p.unit_id, u.name AS unit, u.path AS unit_path, p.user_id, p.left_at, e.told_at,
  e.reminded_at, s.id AS paper_id, s.started_at, s.due_at, s.handed_in_at, s.by_time, s.right_count, s.score
FROM exam_people e JOIN people p ON p.id = e.person_id JOIN units u ON u.id = p.unit_id
LEFT JOIN exam_papers s ON s.exam_id = e.exam_id AND s.person_id = e.person_id
WHERE e.exam_id = :exam_id ORDER BY u.path, p.name, p.id;

-- name: exam_asked$
-- Whether somebody is asked to take it.
SELECT count(*) FROM exam_people WHERE exam_id = :exam_id AND person_id = :person_id;

-- name: paper_add<!
-- Somebody begins.
INSERT INTO exam_papers (exam_id, person_id, layout, page, message, started_at, due_at, by_time)
VALUES (:exam_id, :person_id, :layout, 0, 0, :started_at, :due_at, FALSE);

-- name: paper_get^
-- One paper.
SELECT id, exam_id, person_id, layout, page, message, started_at, due_at, handed_in_at, by_time, right_count, score
FROM exam_papers WHERE id = :id;

-- name: paper_of^
-- Somebody's paper of an exam.
SELECT id, exam_id, person_id, layout, page, message, started_at, due_at, handed_in_at, by_time, right_count, score
FROM exam_papers WHERE exam_id = :exam_id AND person_id = :person_id;

-- name: exam_size$
-- How many questions an exam has.
SELECT count(*) FROM exam_questions WHERE exam_id = :exam_id;

-- name: papers_of_exam
-- Papers of an exam in the order in which they were begun.
SELECT id, exam_id, person_id, layout, page, message, started_at, due_at, handed_in_at, by_time, right_count, score
FROM exam_papers WHERE exam_id = :exam_id AND id > :after ORDER BY id LIMIT :most;

-- name: paper_shows!
-- Which question is on the screen, on which message.
UPDATE exam_papers SET page = :page, message = :message WHERE id = :id;

-- name: paper_hand_in!
-- It is handed in, and this is what it is worth.
UPDATE exam_papers
SET handed_in_at = :handed_in_at, by_time = :by_time, right_count = :right_count, score = :score WHERE id = :id;

-- name: exam_answer_put!
-- An answer, in place of an earlier one.
INSERT INTO exam_answers (paper_id, number, body, at) VALUES (:paper_id, :number, :body, :at)
ON CONFLICT (paper_id, number) DO UPDATE SET body = excluded.body, at = excluded.at;

-- name: exam_answer_drop!
-- No answer any more.
DELETE FROM exam_answers WHERE paper_id = :paper_id AND number = :number;

-- name: exam_answers
-- The answers on a paper.
SELECT number, body FROM exam_answers WHERE paper_id = :paper_id ORDER BY number;

-- name: exam_under_way$
-- Whether somebody is taking an exam at a moment.
SELECT count(*) FROM exam_papers s JOIN people p ON p.id = s.person_id
WHERE p.user_id = :user_id AND s.handed_in_at IS NULL AND s.due_at >= :now;

-- name: exam_candidates
-- The questions of a bank that somebody can answer alone and in writing: a picture stands in the body only.
SELECT id, kind, category, difficulty, tags, points FROM bank_items
WHERE bank_id = :bank_id AND retired_at IS NULL AND kind <> 'oral' AND body LIKE '%"media":null%' ORDER BY position, id;
