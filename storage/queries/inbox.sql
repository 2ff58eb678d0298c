-- name: inbox_add!
-- Store an update unless its id was seen in the last days.
INSERT INTO inbox (update_id, chat_id, received_at, body, state)
VALUES (:update_id, :chat_id, :received_at, :body, 'waiting')
ON CONFLICT (update_id) DO NOTHING;

-- name: inbox_waiting
-- What has to be dealt with (after a start: again), in the order of the ids.
SELECT update_id, chat_id, received_at, body FROM inbox WHERE state = 'waiting' ORDER BY update_id;

-- name: inbox_done!
-- An update has had its effect.
UPDATE inbox SET state = 'done' WHERE update_id = :update_id AND state = 'waiting';

-- name: inbox_failed!
-- An update could not be dealt with.
UPDATE inbox SET state = 'failed', error = :error WHERE update_id = :update_id;

-- name: inbox_forget!
-- Old updates, once they were dealt with.
DELETE FROM inbox WHERE received_at < :before AND state <> 'waiting';
