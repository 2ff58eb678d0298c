-- name: make_up_open$
-- Somebody has to make up for a session; one that was dropped begins anew.
INSERT INTO make_ups (session_id, person_id, state, opened_at, due_at)
VALUES (:session_id, :person_id, 'open', :opened_at, :due_at)
ON CONFLICT (session_id, person_id) DO UPDATE
SET state = 'open', opened_at = excluded.opened_at, due_at = excluded.due_at, read_at = NULL, paper = '', percent = NULL,
    handed_at = NULL, reason = ''
WHERE make_ups.state = 'dropped'
RETURNING id;

-- name: make_up_get^
-- One make-up.
SELECT id, session_id, person_id, state, opened_at, due_at, read_at, paper, tries, percent, handed_at, reason, signed_at,
       signed_by, signer
FROM make_ups WHERE id = :id;

-- name: make_up_of^
-- The make-up of a person and a session.
SELECT id, session_id, person_id, state, opened_at, due_at, read_at, paper, tries, percent, handed_at, reason, signed_at,
       signed_by, signer
FROM make_ups WHERE session_id = :session_id AND person_id = :person_id;

-- name: make_ups_of_person
-- A person's make-ups that are not dropped, the next to be due first.
SELECT id, session_id, person_id, state, opened_at, due_at, read_at, paper, tries, percent, handed_at, reason, signed_at,
       signed_by, signer
FROM make_ups WHERE person_id = :person_id AND state <> 'dropped' ORDER BY due_at, id;

-- name: make_ups_in
-- Every make-up in a state, the next to be due first.
SELECT id, session_id, person_id, state, opened_at, due_at, read_at, paper, tries, percent, handed_at, reason, signed_at,
       signed_by, signer
FROM make_ups WHERE state = :state ORDER BY due_at, id;

-- name: make_up_put!
-- How far a make-up has come.
UPDATE make_ups
SET state = :state, due_at = :due_at, read_at = :read_at, paper = :paper, tries = :tries, percent = :percent,
    handed_at = :handed_at, reason = :reason, signed_at = :signed_at, signed_by = :signed_by, signer = :signer
WHERE id = :id;

-- name: make_up_notice_add!
-- Somebody was asked to sign it off.
INSERT INTO make_up_notices (make_up_id, round, user_id) VALUES (:make_up_id, :round, :user_id)
ON CONFLICT (make_up_id, round, user_id) DO NOTHING;

-- name: make_up_notices_of
-- Who was asked to sign a round of it off.
SELECT user_id FROM make_up_notices WHERE make_up_id = :make_up_id AND round = :round ORDER BY user_id;
