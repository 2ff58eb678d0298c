-- name: season_add<!
-- A new season.
INSERT INTO seasons (name, first_day, last_day, unit_id, places, opened_by, opened_at)
VALUES (:name, :first_day, :last_day, :unit_id, :places, :opened_by, :opened_at);

-- name: season_get^
-- A season by its id.
SELECT id, name, first_day, last_day, unit_id, places, opened_by, opened_at FROM seasons WHERE id = :id;

-- name: season_named^
-- A season by its name, whatever the case.
SELECT id, name, first_day, last_day, unit_id, places, opened_by, opened_at FROM seasons
WHERE lower(name) = lower(:name);

-- name: seasons_all
-- Every season, the oldest first.
SELECT id, name, first_day, last_day, unit_id, places, opened_by, opened_at FROM seasons ORDER BY first_day, id;

-- name: season_entry_add<!
-- One more line of the ledger; no line is ever changed.
INSERT INTO season_entries (season_id, at, author_id, event, subject, name, place, points, reason, reverses)
VALUES (:season_id, :at, :author_id, :event, :subject, :name, :place, :points, :reason, :reverses);

-- name: season_entries
-- The ledger of a season, in order.
SELECT id, season_id, at, author_id, event, subject, name, place, points, reason, reverses FROM season_entries
WHERE season_id = :season_id ORDER BY id;

-- name: season_entry_get^
-- A line of the ledger.
SELECT id, season_id, at, author_id, event, subject, name, place, points, reason, reverses FROM season_entries
WHERE id = :id;

-- name: season_draft_add<!
-- What waits for a confirmation.
INSERT INTO season_drafts (season_id, author_id, body, at) VALUES (:season_id, :author_id, :body, :at);

-- name: season_draft_take^
-- What waits for a confirmation, once.
DELETE FROM season_drafts WHERE id = :id AND author_id = :author_id
RETURNING id, season_id, author_id, body, at;

-- name: season_omit!
-- A contest or a tournament does not count, or does again.
INSERT INTO season_omissions (season_id, at, author_id, kind, item_id, omitted, reason)
VALUES (:season_id, :at, :author_id, :kind, :item_id, :omitted, :reason);

-- name: season_omissions
-- What was said about counting, in order.
SELECT id, season_id, at, author_id, kind, item_id, omitted, reason FROM season_omissions
WHERE season_id = :season_id ORDER BY id;

-- name: contest_standings$
-- The standings of a contest that were announced last.
SELECT body FROM contest_events
WHERE contest_id = :contest_id AND kind IN ('ContestFinished', 'StandingsRevised') ORDER BY number DESC LIMIT 1;

-- name: contests_in_tournaments
-- The contests that decide bouts.
SELECT contest_id FROM tournament_contests;
