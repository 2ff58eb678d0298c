-- name: contest_add<!
-- A new contest.
INSERT INTO contests (chat_id, preset, bank, host_id, state, opened_at)
VALUES (:chat_id, :preset, :bank, :host_id, 'lobby', :opened_at);

-- name: contest_get^
-- A contest by its id.
SELECT id, chat_id, preset, bank, host_id, state, opened_at, ended_at FROM contests WHERE id = :id;

-- name: contest_newest^
-- The contest opened last.
SELECT id, chat_id, preset, bank, host_id, state, opened_at, ended_at FROM contests ORDER BY id DESC LIMIT 1;

-- name: contest_live_in^
-- The contest that is going on in a chat.
SELECT id, chat_id, preset, bank, host_id, state, opened_at, ended_at FROM contests
WHERE chat_id = :chat_id AND state IN ('lobby', 'running', 'paused') ORDER BY id DESC LIMIT 1;

-- name: contest_newest_in^
-- The contest opened last in a chat.
SELECT id, chat_id, preset, bank, host_id, state, opened_at, ended_at FROM contests
WHERE chat_id = :chat_id ORDER BY id DESC LIMIT 1;

-- name: contests_live
-- Every contest that is going on.
SELECT id, chat_id, preset, bank, host_id, state, opened_at, ended_at FROM contests
WHERE state IN ('lobby', 'running', 'paused') ORDER BY id;

-- name: contests_all
-- Every contest, the oldest first.
SELECT id, chat_id, preset, bank, host_id, state, opened_at, ended_at FROM contests ORDER BY id;

-- name: contest_state!
-- How far a contest has come.
UPDATE contests SET state = :state, ended_at = :ended_at WHERE id = :id;

-- name: contest_move_chat!
-- A group became a supergroup.
UPDATE contests SET chat_id = :new WHERE chat_id = :old;

-- name: contest_event_add!
-- One more event of a contest.
INSERT INTO contest_events (contest_id, number, at, kind, body) VALUES (:contest_id, :number, :at, :kind, :body);

-- name: contest_events
-- All that happened in a contest, in order.
SELECT contest_id, number, at, kind, body FROM contest_events WHERE contest_id = :contest_id ORDER BY number;

-- name: contests_opening
-- How the contests that are going on with a bank were opened: their questions stand in there.
SELECT e.body FROM contest_events e JOIN contests c ON c.id = e.contest_id
WHERE c.state IN ('lobby', 'running', 'paused') AND c.bank = :bank AND e.number = 0;

-- name: contest_event_count$
-- How many events a contest has.
SELECT count(*) FROM contest_events WHERE contest_id = :contest_id;
