-- name: broadcast_add<!
-- A new draft.
INSERT INTO broadcasts
  (sender_id, sender, unit, content, audience, wants_ack, reminds, state, version, unjoined, reminders, created_at)
VALUES (:sender_id, :sender, :unit, :content, :audience, :wants_ack, :reminds, 'draft', 1, 0, 0, :created_at);

-- name: broadcast_get^
-- One broadcast.
SELECT id, sender_id, sender, unit, content, audience, wants_ack, reminds, state, version, previewed, unjoined, card,
  reminders, created_at, sent_at, finished_at
FROM broadcasts WHERE id = :id;

-- name: broadcasts_of
-- What somebody has sent, the newest first; reminders belong to what they remind of.
SELECT id, sender_id, sender, unit, content, audience, wants_ack, reminds, state, version, previewed, unjoined, card,
  reminders, created_at, sent_at, finished_at
FROM broadcasts
WHERE sender_id = :sender_id AND reminds IS NULL AND state IN ('sending', 'stopped', 'done')
ORDER BY id DESC LIMIT :limit;

-- name: broadcasts_sending
-- Those of which something may still be on its way.
SELECT id, sender_id, sender, unit, content, audience, wants_ack, reminds, state, version, previewed, unjoined, card,
  reminders, created_at, sent_at, finished_at
FROM broadcasts WHERE state = 'sending' AND finished_at IS NULL ORDER BY id;

-- name: broadcast_draft!
-- A draft as it is now; ``previewed`` is empty until it is looked at again.
UPDATE broadcasts
SET content = :content, audience = :audience, wants_ack = :wants_ack, version = :version, previewed = :previewed
WHERE id = :id AND state = 'draft';

-- name: broadcast_send!
-- A draft goes out; a second time finds no draft.
UPDATE broadcasts SET state = 'sending', sender = :sender, unit = :unit, unjoined = :unjoined, sent_at = :sent_at
WHERE id = :id AND state = 'draft';

-- name: broadcast_state!
-- Another state, from one that permits it.
UPDATE broadcasts SET state = :state WHERE id = :id AND state = :was;

-- name: broadcast_finish!
-- Nothing of it is on its way any more.
UPDATE broadcasts
SET state = CASE state WHEN 'sending' THEN 'done' ELSE state END, finished_at = :finished_at
WHERE id = :id AND finished_at IS NULL;

-- name: broadcast_card!
-- What its card shows now.
UPDATE broadcasts SET card = :card WHERE id = :id;

-- name: broadcast_remind!
-- One more reminder, unless one was sent since the button was shown.
UPDATE broadcasts SET reminders = reminders + 1 WHERE id = :id AND reminders = :reminders;

-- name: recipients_add*!
-- Whom a broadcast goes to, fixed when it is sent.
INSERT INTO broadcast_recipients (broadcast_id, position, chat_id, person_id, state)
VALUES (:broadcast_id, :position, :chat_id, :person_id, :state);

-- name: recipients_waiting
-- The next to be put into the outbox.
SELECT position, chat_id FROM broadcast_recipients
WHERE broadcast_id = :broadcast_id AND state = 'waiting' ORDER BY position LIMIT :limit;

-- name: recipients_queued!
-- They are in the outbox, up to a position.
UPDATE broadcast_recipients SET state = 'queued'
WHERE broadcast_id = :broadcast_id AND state = 'waiting' AND position <= :position;

-- name: recipients_call_off!
-- Nobody else gets it.
UPDATE broadcast_recipients SET state = 'called_off' WHERE broadcast_id = :broadcast_id AND state = 'waiting';

-- name: recipient_acknowledge!
-- Somebody has read it; once for each person.
UPDATE broadcast_recipients SET acknowledged_at = :at
WHERE broadcast_id = :broadcast_id AND chat_id = :chat_id AND person_id IS NOT NULL AND acknowledged_at IS NULL;

-- name: recipient_get^
-- Whether a broadcast is meant for somebody.
SELECT position, chat_id, person_id, state, acknowledged_at FROM broadcast_recipients
WHERE broadcast_id = :broadcast_id AND chat_id = :chat_id;

-- name: recipients_tally
-- How many recipients are in which state.
SELECT state, person_id IS NULL AS is_group, count(*) AS count, count(acknowledged_at) AS acknowledged
FROM broadcast_recipients WHERE broadcast_id = :broadcast_id GROUP BY state, person_id IS NULL;

-- name: broadcast_deliveries
-- How many deliveries ended how.
SELECT state, error, chat_id < 0 AS is_group, count(*) AS count
FROM outbox WHERE batch = :batch GROUP BY state, error, chat_id < 0;

-- name: broadcast_refused
-- Those whom it could not reach, by name.
SELECT p.name, u.name AS unit, o.error
FROM outbox o
JOIN broadcast_recipients r ON r.broadcast_id = :broadcast_id AND r.chat_id = o.chat_id
JOIN people p ON p.id = r.person_id
JOIN units u ON u.id = p.unit_id
WHERE o.batch = :batch AND o.state = 'refused' AND o.error <> 'called_off'
ORDER BY u.path, p.name, p.id;

-- name: recipients_silent
-- Those who have not acknowledged it and are still there.
SELECT p.id AS person_id, p.name, u.name AS unit, p.unit_id, r.chat_id
FROM broadcast_recipients r
JOIN people p ON p.id = r.person_id
JOIN units u ON u.id = p.unit_id
WHERE r.broadcast_id = :broadcast_id AND r.acknowledged_at IS NULL AND p.left_at IS NULL
ORDER BY u.path, p.name, p.id;

-- name: outbox_call_off!
-- What of a batch still waits is not sent any more.
UPDATE outbox SET state = 'refused', error = 'called_off' WHERE batch = :batch AND state = 'pending';
