-- name: conversation_get^
-- What is under way with a person in a chat.
SELECT user_id, chat_id, topic, body, updated_at FROM conversations WHERE user_id = :user_id AND chat_id = :chat_id;

-- name: conversation_put!
-- Begin a conversation or go on with it.
INSERT INTO conversations (user_id, chat_id, topic, body, updated_at)
VALUES (:user_id, :chat_id, :topic, :body, :updated_at)
ON CONFLICT (user_id, chat_id) DO UPDATE
SET topic = excluded.topic, body = excluded.body, updated_at = excluded.updated_at;

-- name: conversation_end!
-- A conversation is over.
DELETE FROM conversations WHERE user_id = :user_id AND chat_id = :chat_id;
