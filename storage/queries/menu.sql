-- name: wish_ordered$
-- Something is put on the menu; an offer of the programme only once.
INSERT INTO wishes (offer, title, lecturer, person_id, state, created_at)
VALUES (:offer, :title, :lecturer, :person_id, 'open', :created_at)
ON CONFLICT (offer) DO NOTHING
RETURNING id;

-- name: wish_one^
-- One thing on the menu, with its votes.
SELECT w.id, w.offer, w.title, w.lecturer, w.person_id, w.state, w.session_id, w.created_at,
       (SELECT COUNT(*) FROM wish_votes v WHERE v.wish_id = w.id) AS votes
FROM wishes w WHERE w.id = :id;

-- name: wishes_open
-- What can be voted for, what has most votes first.
SELECT w.id, w.offer, w.title, w.lecturer, w.person_id, w.state, w.session_id, w.created_at,
       (SELECT COUNT(*) FROM wish_votes v WHERE v.wish_id = w.id) AS votes
FROM wishes w WHERE w.state = 'open' ORDER BY votes DESC, w.created_at, w.id;

-- name: wish_settle!
-- A wish became a session, or is taken off the menu; only one that is open.
UPDATE wishes SET state = :state, session_id = :session_id WHERE id = :id AND state = 'open';

-- name: wish_reopen!
-- The session that a wish became does not take place: it is on the menu again, with its votes.
UPDATE wishes SET state = 'open', session_id = NULL WHERE session_id = :session_id AND state = 'planned';

-- name: wish_vote!
-- Somebody votes, once.
INSERT INTO wish_votes (wish_id, person_id, at) VALUES (:wish_id, :person_id, :at)
ON CONFLICT (wish_id, person_id) DO NOTHING;

-- name: wish_unvote!
-- Somebody takes a vote back.
DELETE FROM wish_votes WHERE wish_id = :wish_id AND person_id = :person_id;

-- name: wish_voters
-- Who voted for something, the first first.
SELECT person_id FROM wish_votes WHERE wish_id = :wish_id ORDER BY at, person_id;

-- name: wish_votes_of
-- What somebody has voted for of what is still open.
SELECT v.wish_id FROM wish_votes v JOIN wishes w ON w.id = v.wish_id
WHERE v.person_id = :person_id AND w.state = 'open';

-- name: rota_turn_add!
-- A session is somebody's turn.
INSERT INTO rota_turns (session_id, entry) VALUES (:session_id, :entry) ON CONFLICT (session_id) DO NOTHING;

-- name: rota_turns
-- How often it was each one's turn, cancelled sessions aside, and when last.
SELECT r.entry, COUNT(*) AS turns, MAX(s.starts_at) AS last_at
FROM rota_turns r JOIN sessions s ON s.id = r.session_id WHERE s.state <> 'cancelled' GROUP BY r.entry;
