-- name: daily_card_add$
-- The question of a day; nothing happens if the day has one.
INSERT INTO daily_cards (plan, day, item_id, number, of_all, shuffled, body, shown_at)
VALUES (:plan, :day, :item_id, :number, :of_all, :shuffled, :body, :now)
ON CONFLICT (plan, day) DO NOTHING
RETURNING id;

-- name: daily_card_get^
-- One card.
SELECT id, plan, day, item_id, number, of_all, shuffled, body, shown_at, closed_at FROM daily_cards WHERE id = :id;

-- name: daily_card_on^
-- The card of a day.
SELECT id, plan, day, item_id, number, of_all, shuffled, body, shown_at, closed_at FROM daily_cards
WHERE plan = :plan AND day = :day;

-- name: daily_card_close!
-- The answer is shown.
UPDATE daily_cards SET closed_at = :now WHERE id = :id AND closed_at IS NULL;

-- name: daily_shown
-- How often each question was the question of a day.
SELECT item_id, count(*) AS times FROM daily_cards WHERE plan = :plan GROUP BY item_id;

-- name: daily_place_add!
-- The card stands in a chat.
INSERT INTO daily_places (card_id, chat_id) VALUES (:card_id, :chat_id) ON CONFLICT DO NOTHING;

-- name: daily_places_of
-- Where the card stands.
SELECT chat_id FROM daily_places WHERE card_id = :card_id ORDER BY chat_id;

-- name: daily_places_move_chat!
-- A group of Telegram has another id.
UPDATE daily_places SET chat_id = :new WHERE chat_id = :old;

-- name: daily_answer_add!
-- Somebody has answered, or seen the answer; the first time counts.
INSERT INTO daily_answers (card_id, person_id, outcome, answer, at) VALUES (:card_id, :person_id, :outcome, :answer, :now)
ON CONFLICT (card_id, person_id) DO NOTHING;

-- name: daily_answer_get^
-- What somebody did with a card.
SELECT card_id, person_id, outcome, answer, at FROM daily_answers WHERE card_id = :card_id AND person_id = :person_id;

-- name: daily_counts
-- How many did what with a card.
SELECT outcome, count(*) AS people FROM daily_answers WHERE card_id = :card_id GROUP BY outcome;

-- name: daily_tally^
-- How somebody did with a plan's cards.
SELECT count(*) AS cards, coalesce(sum(CASE WHEN a.outcome = 'right' THEN 1 ELSE 0 END), 0) AS correct
FROM daily_answers a JOIN daily_cards c ON c.id = a.card_id
WHERE c.plan = :plan AND a.person_id = :person_id AND a.outcome <> 'seen';
