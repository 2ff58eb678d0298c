-- name: practice_card^
-- Somebody's card for a question.
SELECT id, user_id, item_id, source, memory, due_at, reviewed_at, added_at FROM practice_cards
WHERE user_id = :user_id AND item_id = :item_id;

-- name: practice_card_put!
-- A new card, or what is known of one after a review.
INSERT INTO practice_cards (user_id, item_id, source, memory, due_at, reviewed_at, added_at)
VALUES (:user_id, :item_id, :source, :memory, :due_at, :reviewed_at, :now)
ON CONFLICT (user_id, item_id) DO UPDATE
SET memory = excluded.memory, due_at = excluded.due_at, reviewed_at = excluded.reviewed_at;

-- name: practice_due_item^
-- The question that is due longest.
SELECT i.id, i.bank_id, i.position, i.kind, i.text, i.body
FROM practice_cards c JOIN bank_items i ON i.id = c.item_id
WHERE c.user_id = :user_id AND c.due_at <= :now AND i.retired_at IS NULL ORDER BY c.due_at, c.id LIMIT 1;

-- name: practice_due_count$
-- How many questions are due by a time.
SELECT count(*) FROM practice_cards c JOIN bank_items i ON i.id = c.item_id
WHERE c.user_id = :user_id AND c.due_at <= :at AND i.retired_at IS NULL;

-- name: practice_next_due$
-- When the next question after a time is due.
SELECT min(c.due_at) FROM practice_cards c JOIN bank_items i ON i.id = c.item_id
WHERE c.user_id = :user_id AND c.due_at > :at AND i.retired_at IS NULL;

-- name: practice_new_items
-- Questions of a bank that somebody has no card for, in the bank's order.
SELECT i.id, i.bank_id, i.position, i.kind, i.text, i.body
FROM bank_items i LEFT JOIN practice_cards c ON c.item_id = i.id AND c.user_id = :user_id
WHERE i.bank_id = :bank_id AND i.retired_at IS NULL AND i.kind <> 'oral' AND c.id IS NULL
  AND (i.position > :position OR (i.position = :position AND i.id > :after))
ORDER BY i.position, i.id LIMIT :most;

-- name: practice_answer_add<!
-- One answer, for the day's caps.
INSERT INTO practice_answers (user_id, item_id, day, at, is_new, is_right, grade)
VALUES (:user_id, :item_id, :day, :at, :is_new, :is_right, :grade);

-- name: practice_answer_regrade!
-- The person says how well they knew it.
UPDATE practice_answers SET grade = :grade WHERE id = :id;

-- name: practice_day^
-- What somebody has answered on a day.
SELECT count(*) AS answers, coalesce(sum(is_new), 0) AS new, coalesce(sum(is_right), 0) AS correct
FROM practice_answers WHERE user_id = :user_id AND day = :day;

-- name: practice_sitting^
-- What is on somebody's screen.
SELECT user_id, bank_id, body FROM practice_sittings WHERE user_id = :user_id;

-- name: practice_sitting_put!
-- Something else is on the screen.
INSERT INTO practice_sittings (user_id, bank_id, body) VALUES (:user_id, :bank_id, :body)
ON CONFLICT (user_id) DO UPDATE SET bank_id = excluded.bank_id, body = excluded.body;

-- name: practice_harvest!
-- The mistakes of a contest are taken in, once.
INSERT INTO practice_harvests (contest_id, at) VALUES (:contest_id, :at) ON CONFLICT (contest_id) DO NOTHING;

-- name: practice_unharvested
-- Contests that ended before their mistakes could be taken in.
SELECT c.id, c.chat_id, c.preset, c.bank, c.host_id, c.state, c.opened_at, c.ended_at
FROM contests c LEFT JOIN practice_harvests h ON h.contest_id = c.id
WHERE c.state = 'finished' AND h.contest_id IS NULL ORDER BY c.id;
