-- name: alarm_set!
-- Plan something, once for each kind and key.
INSERT INTO alarms (kind, key, body, due_at, useful_until, state)
VALUES (:kind, :key, :body, :due_at, :useful_until, 'waiting')
ON CONFLICT (kind, key) DO NOTHING;

-- name: alarm_move!
-- Another time for what still waits.
UPDATE alarms SET due_at = :due_at WHERE kind = :kind AND key = :key AND state = 'waiting';

-- name: alarm_cancel!
-- Call off what still waits.
UPDATE alarms SET state = 'cancelled' WHERE kind = :kind AND key = :key AND state = 'waiting';

-- name: alarms_waiting
-- All that is to come, the next first.
SELECT id, kind, key, body, due_at, useful_until FROM alarms WHERE state = 'waiting' ORDER BY due_at, id;

-- name: alarm_get^
-- One alarm that still waits.
SELECT id, kind, key, body, due_at, useful_until FROM alarms WHERE id = :id AND state = 'waiting';

-- name: alarm_missed!
-- An alarm came too late.
UPDATE alarms SET state = 'missed' WHERE id = :id AND state IN ('waiting', 'done');

-- name: alarms_forget!
-- What waits is planned anew: as if it had never been planned.
DELETE FROM alarms WHERE kind = :kind AND state = 'waiting';

-- name: alarm_end!
-- An alarm was acted on.
UPDATE alarms SET state = :state WHERE id = :id AND state = 'waiting';
