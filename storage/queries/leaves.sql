-- name: leave_add<!
-- Somebody asks for leave.
INSERT INTO leaves (person_id, first_day, last_day, reason, state, asked_at, decider, answer)
VALUES (:person_id, :first_day, :last_day, :reason, 'asked', :asked_at, '', '');

-- name: leave_get^
-- One request.
SELECT id, person_id, first_day, last_day, reason, state, asked_at, decided_at, decided_by, decider, answer
FROM leaves WHERE id = :id;

-- name: leaves_of
-- A person's requests that reach to a day or beyond, by day.
SELECT id, person_id, first_day, last_day, reason, state, asked_at, decided_at, decided_by, decider, answer
FROM leaves WHERE person_id = :person_id AND last_day >= :since ORDER BY first_day, id;

-- name: leaves_approved_on
-- Who is on leave on a day.
SELECT id, person_id, first_day, last_day, reason, state, asked_at, decided_at, decided_by, decider, answer
FROM leaves WHERE state = 'approved' AND first_day <= :day AND last_day >= :day ORDER BY id;

-- name: leave_decide!
-- What became of a request that nobody has decided, or that is called off.
UPDATE leaves
SET state = :state, decided_at = :decided_at, decided_by = :decided_by, decider = :decider, answer = :answer
WHERE id = :id;

-- name: leave_notice_add!
-- Somebody was asked to decide.
INSERT INTO leave_notices (leave_id, user_id) VALUES (:leave_id, :user_id) ON CONFLICT (leave_id, user_id) DO NOTHING;

-- name: leave_notices
-- Who was asked to decide.
SELECT user_id FROM leave_notices WHERE leave_id = :leave_id ORDER BY user_id;
