-- name: group_get^
-- A group by its id.
SELECT chat_id, title, unit_id, language, state FROM groups WHERE chat_id = :chat_id;

-- name: groups_active
-- Where the bot can speak.
SELECT chat_id, title, unit_id, language, state FROM groups WHERE state = 'active' ORDER BY title, chat_id;

-- name: groups_of_unit
-- The groups of one unit.
SELECT chat_id, title, unit_id, language, state FROM groups
WHERE unit_id = :unit_id AND state = 'active' ORDER BY title, chat_id;

-- name: group_see!
-- The bot is in a group.
INSERT INTO groups (chat_id, title, state) VALUES (:chat_id, :title, 'active')
ON CONFLICT (chat_id) DO UPDATE SET title = excluded.title, state = 'active'
WHERE groups.title <> excluded.title OR groups.state <> 'active';

-- name: group_lose!
-- The bot cannot speak there any more.
UPDATE groups SET state = 'gone' WHERE chat_id = :chat_id;

-- name: group_bind!
-- A group belongs to a unit.
UPDATE groups SET unit_id = :unit_id WHERE chat_id = :chat_id;

-- name: group_drop!
-- One entry of a group that became a supergroup gives way to the other.
DELETE FROM groups WHERE chat_id = :chat_id;

-- name: group_move!
-- A group became a supergroup.
UPDATE groups SET chat_id = :new, state = 'active' WHERE chat_id = :old;

-- name: group_speak!
-- The language of a group.
UPDATE groups SET language = :language WHERE chat_id = :chat_id;

-- name: user_get^
-- A user by their id.
SELECT user_id, name, username, language, reachable FROM users WHERE user_id = :user_id;

-- name: users_reachable
-- Everybody to whom a private message arrives.
SELECT user_id FROM users WHERE reachable = 1;

-- name: user_see!
-- What a user is called now.
INSERT INTO users (user_id, name, username, reachable, seen_at) 
VALUES (:user_id, :name, :username, :reachable, :seen_at)
ON CONFLICT (user_id) DO UPDATE
SET name = excluded.name, username = excluded.username, reachable = max(users.reachable, excluded.reachable)
WHERE users.name <> excluded.name OR coalesce(users.username, '') <> coalesce(excluded.username, '')
  OR users.reachable < excluded.reachable;

-- name: user_reach!
-- Whether a private message arrives.
UPDATE users SET reachable = :reachable WHERE user_id = :user_id AND reachable <> :reachable;

-- name: user_speak!
-- The language of a user.
UPDATE users SET language = :language WHERE user_id = :user_id;

-- name: language_of$
-- The language of a chat, whichever kind it is.
SELECT language FROM groups WHERE chat_id = :chat_id
UNION ALL
SELECT language FROM users WHERE user_id = :chat_id
LIMIT 1;

-- name: languages_set
-- Every language that a group or a user has set.
SELECT chat_id, language FROM groups WHERE language IS NOT NULL
UNION ALL
SELECT user_id AS chat_id, language FROM users WHERE language IS NOT NULL;

-- name: users_named
-- The users with this name, or this user name, whatever the case.
SELECT user_id, name, username, language, reachable FROM users
WHERE lower(name) = lower(:name) OR lower(username) = lower(:username) ORDER BY name, user_id;
