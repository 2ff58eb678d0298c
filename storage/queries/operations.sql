-- name: operations_inbox_waiting^
-- How many updates wait, and since when the first.
SELECT count(*) AS rows, min(received_at) AS oldest FROM inbox WHERE state = 'waiting';

-- name: operations_outbox_open
-- What is still to be delivered, by state and rank, and since when the first waits.
SELECT state, rank, count(*) AS rows, min(created_at) AS oldest FROM outbox
WHERE state IN ('pending', 'sending') GROUP BY state, rank ORDER BY state, rank;

-- name: operations_contests_live
-- How many contests go on, by state.
SELECT state, count(*) AS rows FROM contests WHERE state IN ('lobby', 'running', 'paused') GROUP BY state;
