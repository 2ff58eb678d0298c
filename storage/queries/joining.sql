-- name: request_add<!
-- Somebody asks to be admitted.
INSERT INTO join_requests (user_id, name, unit_id, state, asked_at) VALUES (:user_id, :name, :unit_id, 'open', :asked_at);

-- name: request_get^
-- A request by its id.
SELECT r.id, r.user_id, r.name, r.unit_id, u.path AS unit, r.state, r.asked_at, r.decided_at, r.decider
FROM join_requests r JOIN units u ON u.id = r.unit_id WHERE r.id = :id;

-- name: request_open_of^
-- The request of a user that nobody has decided.
SELECT r.id, r.user_id, r.name, r.unit_id, u.path AS unit, r.state, r.asked_at, r.decided_at, r.decider
FROM join_requests r JOIN units u ON u.id = r.unit_id WHERE r.user_id = :user_id AND r.state = 'open';

-- name: requests_open
-- Every request that nobody has decided, the oldest first.
SELECT r.id, r.user_id, r.name, r.unit_id, u.path AS unit, r.state, r.asked_at, r.decided_at, r.decider
FROM join_requests r JOIN units u ON u.id = r.unit_id WHERE r.state = 'open' ORDER BY r.asked_at, r.id;

-- name: request_decide!
-- A request is decided, once.
UPDATE join_requests SET state = :state, decided_at = :decided_at, decider = :decider WHERE id = :id AND state = 'open';

-- name: request_card_put!
-- Somebody was shown a request.
INSERT INTO join_cards (request_id, user_id) VALUES (:request_id, :user_id) ON CONFLICT DO NOTHING;

-- name: request_cards
-- Who was shown a request.
SELECT user_id FROM join_cards WHERE request_id = :request_id ORDER BY user_id;

-- name: misses_count$
-- How many wrong codes a user has tried since.
SELECT count(*) FROM code_misses WHERE user_id = :user_id AND missed_at > :since;

-- name: misses_of_all^
-- How many wrong codes have been tried since, and by how many users.
SELECT count(*) AS misses, count(DISTINCT user_id) AS accounts FROM code_misses WHERE missed_at > :since;

-- name: miss_add!
-- A wrong code.
INSERT INTO code_misses (user_id, missed_at) VALUES (:user_id, :missed_at);

-- name: misses_forget!
-- Wrong codes that no longer count.
DELETE FROM code_misses WHERE missed_at <= :before;

-- name: wish_add<!
-- A unit that somebody would make for a group.
INSERT INTO unit_wishes (chat_id, path, wished_at) VALUES (:chat_id, :path, :wished_at);

-- name: wish_get$
-- The path of a unit that was wished for in a group.
SELECT path FROM unit_wishes WHERE id = :id AND chat_id = :chat_id;

-- name: wishes_move!
-- A group became a supergroup.
UPDATE unit_wishes SET chat_id = :new WHERE chat_id = :old;

-- name: greet!
-- A group is greeted, once.
INSERT INTO greeted_groups (chat_id) VALUES (:chat_id) ON CONFLICT DO NOTHING;

-- name: draft_add<!
-- A roster that was read and waits for a word.
INSERT INTO roster_drafts (user_id, body, state, made_at) VALUES (:user_id, :body, 'waiting', :made_at);

-- name: draft_get^
-- A roster that was read.
SELECT id, user_id, body, state FROM roster_drafts WHERE id = :id;

-- name: draft_settle!
-- A roster was taken in or dropped; its content is not needed any more.
UPDATE roster_drafts SET state = :state, body = '[]' WHERE id = :id AND state = 'waiting';

-- name: history_add!
-- Something was changed about a person, and by whom.
INSERT INTO roster_history (person_id, what, detail, by_user, at) VALUES (:person_id, :what, :detail, :by_user, :at);

-- name: history_of
-- What was changed about a person, in order.
SELECT person_id, what, detail, by_user, at FROM roster_history WHERE person_id = :person_id ORDER BY at, id;
