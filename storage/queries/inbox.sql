-- name: inbox_add
-- Store an update unless its id was seen in the last days; gives the ids of those that were new (run for many at a time).
INSERT INTO inbox (update_id, chat_id, received_at, body, state)
VALUES (:update_id, :chat_id, :received_at, :body, 'waiting')
ON CONFLICT (update_id) DO NOTHING
RETURNING update_id;

-- name: inbox_waiting
-- What has to be dealt with (after a start: again), in the order of the ids.
SELECT update_id, chat_id, received_at, body FROM inbox WHERE state = 'waiting' ORDER BY update_id;

-- name: inbox_done!
-- An update (or many) has had its effect. What it said goes at once (it may have been an anonymous answer); its id stays, to know it again.
UPDATE inbox SET state = 'done', body = '{}' WHERE update_id IN (:update_id) AND state = 'waiting';

-- name: inbox_failed!
-- An update could not be dealt with; the log has why. What it said goes as well.
UPDATE inbox SET state = 'failed', error = :error, body = '{}' WHERE update_id = :update_id;

-- name: inbox_forget!
-- Old updates, once they were dealt with.
DELETE FROM inbox WHERE received_at < :before AND state <> 'waiting';
