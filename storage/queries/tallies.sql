-- name: tally_put!
-- What became of a question in a contest; a later ruling takes the place of an earlier one.
INSERT INTO question_tallies
  (contest_id, question_id, bank, kind, text, state, answered, right_answers, wrong_answers, took_ms, closed_at)
VALUES
  (:contest_id, :question_id, :bank, :kind, :text, :state, :answered, :right_answers, :wrong_answers, :took_ms, :closed_at)
ON CONFLICT (contest_id, question_id) DO UPDATE
SET state = excluded.state, answered = excluded.answered, right_answers = excluded.right_answers,
    wrong_answers = excluded.wrong_answers, took_ms = excluded.took_ms;

-- name: tallies_sums
-- Every question over all contests.
SELECT bank, question_id, max(kind) AS kind, max(text) AS text, count(*) AS contests,
  sum(CASE WHEN state = 'void' THEN 1 ELSE 0 END) AS voided,
  sum(CASE WHEN state = 'nobody' THEN 1 ELSE 0 END) AS nobody,
  sum(answered) AS answered, sum(right_answers) AS right_answers, sum(wrong_answers) AS wrong_answers,
  sum(took_ms) AS took_ms, max(closed_at) AS closed_at
FROM question_tallies GROUP BY bank, question_id ORDER BY bank, question_id;

-- name: tallies_sums_of_bank
-- Every question of one bank over all contests.
SELECT bank, question_id, max(kind) AS kind, max(text) AS text, count(*) AS contests,
  sum(CASE WHEN state = 'void' THEN 1 ELSE 0 END) AS voided,
  sum(CASE WHEN state = 'nobody' THEN 1 ELSE 0 END) AS nobody,
  sum(answered) AS answered, sum(right_answers) AS right_answers, sum(wrong_answers) AS wrong_answers,
  sum(took_ms) AS took_ms, max(closed_at) AS closed_at
FROM question_tallies WHERE lower(bank) = lower(:bank) GROUP BY bank, question_id ORDER BY bank, question_id;

-- name: tallies_of_contest
-- The questions of one contest, in the same shape.
SELECT bank, question_id, kind, text, 1 AS contests,
  CASE WHEN state = 'void' THEN 1 ELSE 0 END AS voided,
  CASE WHEN state = 'nobody' THEN 1 ELSE 0 END AS nobody,
  answered, right_answers, wrong_answers, took_ms, closed_at
FROM question_tallies WHERE contest_id = :contest_id ORDER BY question_id;

-- name: tallies_missing
-- Contests that are over and were played before tallies were kept.
SELECT c.id FROM contests c
WHERE c.state IN ('finished', 'aborted')
  AND NOT EXISTS (SELECT 1 FROM question_tallies t WHERE t.contest_id = c.id)
  AND EXISTS (SELECT 1 FROM contest_events e WHERE e.contest_id = c.id AND e.kind IN ('Ruled', 'QuestionVoided'))
ORDER BY c.id;

-- name: tallies_asked
-- When each question was asked last, since a moment.
SELECT question_id, max(closed_at) AS asked_at FROM question_tallies
WHERE closed_at >= :since GROUP BY question_id;

-- name: contest_player_put!
-- Somebody took part in a contest.
INSERT INTO contest_players (user_id, contest_id) VALUES (:user_id, :contest_id)
ON CONFLICT (user_id, contest_id) DO NOTHING;

-- name: contests_of_player
-- The contests that somebody took part in, the newest first.
SELECT contest_id FROM contest_players WHERE user_id = :user_id ORDER BY contest_id DESC LIMIT :most;
