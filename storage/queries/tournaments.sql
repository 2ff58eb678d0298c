-- name: tournament_add<!
-- A new tournament.
INSERT INTO tournaments (title, preset, bank, chat_id, unit_id, host_id, state, opened_at)
VALUES (:title, :preset, :bank, :chat_id, :unit_id, :host_id, 'entering', :opened_at);

-- name: tournament_get^
-- A tournament by its id.
SELECT id, title, preset, bank, chat_id, unit_id, host_id, state, opened_at, ended_at FROM tournaments WHERE id = :id;

-- name: tournaments_all
-- Every tournament, the oldest first.
SELECT id, title, preset, bank, chat_id, unit_id, host_id, state, opened_at, ended_at FROM tournaments ORDER BY id;

-- name: tournament_state!
-- How far a tournament has come.
UPDATE tournaments SET state = :state, ended_at = :ended_at WHERE id = :id;

-- name: tournament_move_chat!
-- A group became a supergroup.
UPDATE tournaments SET chat_id = :new WHERE chat_id = :old;

-- name: tournament_event_add!
-- One more event of a tournament.
INSERT INTO tournament_events (tournament_id, number, at, kind, body)
VALUES (:tournament_id, :number, :at, :kind, :body);

-- name: tournament_events
-- All that happened in a tournament, in order.
SELECT tournament_id, number, at, kind, body FROM tournament_events
WHERE tournament_id = :tournament_id ORDER BY number;

-- name: tournament_contest_add!
-- A contest decides a bout.
INSERT INTO tournament_contests (contest_id, tournament_id, bout) VALUES (:contest_id, :tournament_id, :bout);

-- name: tournament_contest^
-- The bout that a contest decides.
SELECT contest_id, tournament_id, bout FROM tournament_contests WHERE contest_id = :contest_id;

-- name: tournament_contests
-- Every contest that was opened for a tournament, those that were annulled too.
SELECT contest_id, tournament_id, bout FROM tournament_contests
WHERE tournament_id = :tournament_id ORDER BY contest_id;
