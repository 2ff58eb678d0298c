-- What is open is found by an index that holds nothing else, however much was ever sent. SQLite takes an index over a part of a
-- table only if the condition of that part stands in the query word for word: hence `state IN ('pending', 'sending')`.

-- name: outbox_add<!
-- Something that has to arrive.
INSERT INTO outbox (chat_id, rank, action, kind, body, ref, reply_to, listener, batch, state, created_at)
VALUES (:chat_id, :rank, :action, :kind, :body, :ref, :reply_to, :listener, :batch, 'pending', :created_at);

-- name: outbox_overtake!
-- What waits for the same message shows the newer content.
UPDATE outbox
SET kind = :kind, body = :body, listener = coalesce(:listener, listener), rank = min(rank, :rank)
WHERE ref = :ref AND state IN ('pending', 'sending') AND state = 'pending' AND action IN ('send', 'edit');

-- name: outbox_chat_of$
-- The chat in which a message is, or is about to be.
SELECT chat_id FROM messages WHERE ref = :ref
UNION ALL
SELECT chat_id FROM outbox
WHERE ref = :ref AND state IN ('pending', 'sending') AND state = 'sending' AND action = 'send'
LIMIT 1;

-- name: outbox_waiting
-- The next rows of a rank to put in lanes.
SELECT id, chat_id, rank, action FROM outbox
WHERE state IN ('pending', 'sending') AND state = 'pending' AND rank = :rank AND id > :after
ORDER BY id LIMIT :limit;

-- name: outbox_claim^
-- Take a row for sending.
UPDATE outbox SET state = 'sending' WHERE id = :id AND state = 'pending'
RETURNING id, chat_id, rank, action, kind, body, ref, reply_to, listener, batch, state, created_at, sent_at,
  message_id, error;

-- name: outbox_interrupted
-- Rows in flight when the process ended.
SELECT id, chat_id, rank, action, kind, body, ref, reply_to, listener, batch, state, created_at, sent_at, message_id,
  error
FROM outbox WHERE state IN ('pending', 'sending') AND state = 'sending' ORDER BY id;

-- name: outbox_give_back!
-- It surely has not arrived, so it waits again.
UPDATE outbox SET state = 'pending' WHERE id = :id AND state = 'sending';

-- name: outbox_finish!
-- How a delivery ended.
UPDATE outbox SET state = :state, sent_at = :sent_at, message_id = :message_id, error = :error WHERE id = :id;

-- name: outbox_blank!
-- What was shown is not to be kept.
UPDATE outbox SET body = '{}' WHERE id = :id;

-- name: outbox_move_chat!
-- A group became a supergroup.
UPDATE outbox SET chat_id = :new WHERE chat_id = :old AND state IN ('pending', 'sending');

-- name: outbox_rename!
-- A message that is named after its chat, and has not arrived yet, is named after the new id.
UPDATE outbox SET ref = substr(ref, 1, length(ref) - length(:old)) || :new
WHERE chat_id = :chat_id AND state IN ('pending', 'sending') AND ref LIKE '%:' || :old;

-- name: outbox_batch_states
-- Progress and result of a broadcast.
SELECT state, error, count(*) AS rows FROM outbox WHERE batch = :batch GROUP BY state, error;

-- name: outbox_pending$
-- How much is still to be delivered.
SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending');

-- name: message_put!
-- A message can be found by its ref.
INSERT INTO messages (ref, chat_id, message_id, sent_at) VALUES (:ref, :chat_id, :message_id, :sent_at)
ON CONFLICT (ref) DO UPDATE
SET chat_id = excluded.chat_id, message_id = excluded.message_id, sent_at = excluded.sent_at;

-- name: message_get^
-- The message behind a ref.
SELECT ref, chat_id, message_id, sent_at FROM messages WHERE ref = :ref;

-- name: message_forget!
-- The message is gone.
DELETE FROM messages WHERE ref = :ref;

-- name: messages_of_chat_forget!
-- Messages of a group that became a supergroup cannot be edited any more.
DELETE FROM messages WHERE chat_id = :chat_id;

-- name: outbox_sent_since
-- What Telegram has counted against its limits lately.
SELECT chat_id, sent_at FROM outbox WHERE sent_at >= :at AND state IN ('sent', 'unknown') ORDER BY sent_at;
