-- name: ledger_add^
-- An entry, unless this turn of this evidence is booked already.
INSERT INTO ledger
  (person_id, unit_id, rule, points, worth, day, at, evidence, happening, turn, reason, author_id, by_hand, reverses)
VALUES
  (:person_id, :unit_id, :rule, :points, :worth, :day, :at, :evidence, :happening, :turn, :reason, :author_id, :by_hand,
   :reverses)
ON CONFLICT DO NOTHING RETURNING id;

-- name: ledger_sum_add!
-- What a person's month comes to by one rule.
INSERT INTO ledger_sums (person_id, month, rule, points) VALUES (:person_id, :month, :rule, :points)
ON CONFLICT (person_id, month, rule) DO UPDATE SET points = ledger_sums.points + excluded.points;

-- name: ledger_total_raise^
-- What a person's period comes to, if there is something in it already; the new total.
UPDATE ledger_totals SET points = points + :points WHERE period = :period AND person_id = :person_id RETURNING points;

-- name: ledger_total_begin!
-- A person's first entry of a period.
INSERT INTO ledger_totals (period, person_id, points) VALUES (:period, :person_id, :points);

-- name: ledger_period_grows!
-- One person more has a total in a period.
INSERT INTO ledger_periods (period, people) VALUES (:period, 1)
ON CONFLICT (period) DO UPDATE SET people = ledger_periods.people + 1;

-- name: ledger_step_up!
-- One person more has so many points in a period.
INSERT INTO ledger_steps (period, points, people) VALUES (:period, :points, 1)
ON CONFLICT (period, points) DO UPDATE SET people = ledger_steps.people + 1;

-- name: ledger_step_left!
-- One person fewer has so many.
UPDATE ledger_steps SET people = people - 1 WHERE period = :period AND points = :points;

-- name: ledger_get^
-- One entry.
SELECT id, person_id, unit_id, rule, points, worth, day, at, evidence, happening, turn, reason, author_id, by_hand, reverses
FROM ledger WHERE id = :id;

-- name: ledger_on
-- What was booked for a person on a piece of evidence.
SELECT id, person_id, unit_id, rule, points, worth, day, at, evidence, happening, turn, reason, author_id, by_hand, reverses
FROM ledger WHERE person_id = :person_id AND evidence = :evidence ORDER BY id;

-- name: ledger_reversal_of^
-- The entry that takes another back.
SELECT id, person_id, unit_id, rule, points, worth, day, at, evidence, happening, turn, reason, author_id, by_hand, reverses
FROM ledger WHERE reverses = :id;

-- name: ledger_reversals_of
-- The entries that take some others back (run for many at a time).
SELECT id, reverses FROM ledger WHERE reverses IN (:id);

-- name: ledger_newest
-- A person's entries, the newest first.
SELECT id, person_id, unit_id, rule, points, worth, day, at, evidence, happening, turn, reason, author_id, by_hand, reverses
FROM ledger WHERE person_id = :person_id ORDER BY id DESC LIMIT :most OFFSET :after;

-- name: ledger_count$
-- How many entries a person has.
SELECT count(*) FROM ledger WHERE person_id = :person_id;

-- name: ledger_sum^
-- A person's points of some days.
SELECT coalesce(sum(points), 0) AS points FROM ledger
WHERE person_id = :person_id AND day BETWEEN :first AND :last;

-- name: ledger_sum_of_rule^
-- A person's points of some days by one rule.
SELECT coalesce(sum(points), 0) AS points FROM ledger
WHERE person_id = :person_id AND day BETWEEN :first AND :last AND rule = :rule;

-- name: ledger_gain^
-- What a person has gained by rules on some days, as caps count it: penalties make no room, nor does what was given by hand.
SELECT coalesce(sum(points), 0) AS points FROM ledger
WHERE person_id = :person_id AND day BETWEEN :first AND :last AND rule <> 'by_hand'
  AND (CASE WHEN reverses IS NULL THEN worth ELSE -worth END) > 0;

-- name: ledger_gain_of_rule^
-- The same by one rule.
SELECT coalesce(sum(points), 0) AS points FROM ledger
WHERE person_id = :person_id AND day BETWEEN :first AND :last AND rule = :rule
  AND (CASE WHEN reverses IS NULL THEN worth ELSE -worth END) > 0;

-- name: ledger_by_rule
-- A person's points of some months by rule.
SELECT rule, sum(points) AS points FROM ledger_sums
WHERE person_id = :person_id AND month BETWEEN :first AND :last GROUP BY rule ORDER BY rule;

-- name: ledger_total^
-- What a person's period comes to; no row: nothing was ever booked in it.
SELECT points FROM ledger_totals WHERE period = :period AND person_id = :person_id;

-- name: ledger_above$
-- How many people on the roster have more points in a period. (CROSS JOIN keeps SQLite to the order: few have left.)
SELECT
  coalesce((SELECT sum(people) FROM ledger_steps WHERE period = :period AND points > :points), 0)
  - (SELECT count(*) FROM people p CROSS JOIN ledger_totals l
     WHERE p.left_at IS NOT NULL AND l.period = :period AND l.person_id = p.id AND l.points > :points);

-- name: ledger_above_within$
-- The same among the people of a unit and those below it.
WITH RECURSIVE below (id) AS (
  SELECT id FROM units WHERE id = :unit_id
  UNION ALL
  SELECT units.id FROM units JOIN below ON units.parent_id = below.id
)
SELECT count(*) FROM below CROSS JOIN people p CROSS JOIN ledger_totals l
WHERE p.unit_id = below.id AND p.left_at IS NULL
  AND l.period = :period AND l.person_id = p.id AND l.points > :points;

-- name: ledger_ranked$
-- How many people on the roster have points in a period.
SELECT
  coalesce((SELECT people FROM ledger_periods WHERE period = :period), 0)
  - (SELECT count(*) FROM people p CROSS JOIN ledger_totals l
     WHERE p.left_at IS NOT NULL AND l.period = :period AND l.person_id = p.id);

-- name: ledger_ranked_within$
-- The same among the people of a unit and those below it.
WITH RECURSIVE below (id) AS (
  SELECT id FROM units WHERE id = :unit_id
  UNION ALL
  SELECT units.id FROM units JOIN below ON units.parent_id = below.id
)
SELECT count(*) FROM below CROSS JOIN people p CROSS JOIN ledger_totals l
WHERE p.unit_id = below.id AND p.left_at IS NULL AND l.period = :period AND l.person_id = p.id;

-- name: ledger_steps
-- How many people on the roster have each number of points in a period, most points first.
SELECT s.points, s.people - coalesce(gone.people, 0) AS people
FROM ledger_steps s LEFT JOIN (
  SELECT l.points, count(*) AS people FROM people p CROSS JOIN ledger_totals l
  WHERE p.left_at IS NOT NULL AND l.period = :period AND l.person_id = p.id GROUP BY l.points
) gone ON gone.points = s.points
WHERE s.period = :period ORDER BY s.points DESC;

-- name: ledger_downwards
-- The ranking of everybody from so many points downwards.
SELECT l.person_id, p.name, u.name AS unit, l.points
FROM (
  SELECT person_id, points FROM ledger_totals
  WHERE period = :period AND points <= :points AND person_id NOT IN (SELECT id FROM people WHERE left_at IS NOT NULL)
  ORDER BY points DESC, person_id DESC LIMIT :most OFFSET :after
) l JOIN people p ON p.id = l.person_id JOIN units u ON u.id = p.unit_id
ORDER BY l.points DESC, l.person_id DESC;

-- name: ledger_step_upwards
-- The people with exactly so many points, the last of them first.
SELECT l.person_id, p.name, u.name AS unit, l.points
FROM (
  SELECT person_id, points FROM ledger_totals
  WHERE period = :period AND points = :points AND person_id NOT IN (SELECT id FROM people WHERE left_at IS NOT NULL)
  ORDER BY person_id LIMIT :most OFFSET :after
) l JOIN people p ON p.id = l.person_id JOIN units u ON u.id = p.unit_id
ORDER BY l.person_id;

-- name: ledger_ranking_small
-- A page of the ranking of a unit and those below it, if they are few: their totals are sorted.
WITH RECURSIVE below (id) AS (
  SELECT id FROM units WHERE id = :unit_id
  UNION ALL
  SELECT units.id FROM units JOIN below ON units.parent_id = below.id
)
SELECT l.person_id, p.name, u.name AS unit, l.points
FROM below CROSS JOIN people p CROSS JOIN ledger_totals l JOIN units u ON u.id = p.unit_id
WHERE p.unit_id = below.id AND p.left_at IS NULL AND l.period = :period AND l.person_id = p.id
ORDER BY l.points DESC, l.person_id DESC LIMIT :most OFFSET :after;

-- name: ledger_ranking_large
-- The same if they are many: the ranking of everybody is walked, which the CROSS JOIN sees to.
WITH RECURSIVE below (id) AS (
  SELECT id FROM units WHERE id = :unit_id
  UNION ALL
  SELECT units.id FROM units JOIN below ON units.parent_id = below.id
)
SELECT l.person_id, p.name, u.name AS unit, l.points
FROM ledger_totals l CROSS JOIN people p JOIN units u ON u.id = p.unit_id
WHERE l.period = :period AND p.id = l.person_id AND p.left_at IS NULL AND p.unit_id IN (SELECT id FROM below)
ORDER BY l.points DESC, l.person_id DESC LIMIT :most OFFSET :after;

-- name: ledger_period
-- All entries of some days with names, by day.
SELECT l.id, p.name, u.path AS unit, l.unit_id, l.rule, l.points, l.at, l.day, l.evidence, l.reason, l.reverses
FROM ledger l JOIN people p ON p.id = l.person_id JOIN units u ON u.id = l.unit_id
WHERE l.day BETWEEN :first AND :last ORDER BY l.day, l.id;

-- name: ledger_next_day$
-- The first day of a period that has an entry.
SELECT min(day) FROM ledger WHERE day BETWEEN :first AND :last;

-- name: ledger_months
-- What everybody's months come to by rule, with names; a person without points has one line without a rule.
SELECT p.id AS person_id, p.code, p.name, u.path AS unit, p.unit_id, p.left_at, s.rule, s.points
FROM people p JOIN units u ON u.id = p.unit_id
LEFT JOIN (
  SELECT person_id, rule, sum(points) AS points FROM ledger_sums
  WHERE month BETWEEN :first AND :last GROUP BY person_id, rule
) s ON s.person_id = p.id
ORDER BY u.path, p.name, p.id, s.rule;

-- name: ledger_unequal_sums
-- Where a month's sum is not what the entries come to; nothing, if all is well.
SELECT person_id, month, rule FROM (
  SELECT person_id, month, rule, points FROM ledger_sums
  UNION ALL
  SELECT person_id, substr(day, 1, 7), rule, -points FROM ledger
) both_sides GROUP BY person_id, month, rule HAVING sum(points) <> 0;

-- name: ledger_unequal_totals
-- Where a period's total is not what the entries come to; nothing, if all is well.
SELECT period, person_id FROM (
  SELECT period, person_id, points FROM ledger_totals
  UNION ALL
  SELECT substr(day, 1, 7), person_id, -points FROM ledger
  UNION ALL
  SELECT substr(day, 1, 4), person_id, -points FROM ledger
  UNION ALL
  SELECT 'all', person_id, -points FROM ledger
) both_sides GROUP BY period, person_id HAVING sum(points) <> 0;

-- name: ledger_unequal_steps
-- Where the kept numbers of people on the steps are others than those of the totals; nothing, if all is well.
SELECT DISTINCT period FROM (
  SELECT period, points FROM (
    SELECT period, points, people FROM ledger_steps
    UNION ALL
    SELECT period, points, -1 FROM ledger_totals
  ) both_sides GROUP BY period, points HAVING sum(people) <> 0
) steps ORDER BY period;

-- name: ledger_unequal_periods
-- Where the kept number of people is another than that of the totals; nothing, if all is well.
SELECT period FROM (
  SELECT period, people FROM ledger_periods
  UNION ALL
  SELECT period, -1 FROM ledger_totals
) both_sides GROUP BY period HAVING sum(people) <> 0;

-- name: dispute_add^
-- A dispute is opened, or ruled on; nothing if somebody has done that already.
INSERT INTO dispute_entries (entry_id, person_id, step, kind, author_id, author, reason, at)
VALUES (:entry_id, :person_id, :step, :kind, :author_id, :author, :reason, :at)
ON CONFLICT DO NOTHING RETURNING id;

-- name: dispute_on
-- What was said about an entry, in order.
SELECT id, entry_id, person_id, step, kind, author_id, author, reason, at
FROM dispute_entries WHERE entry_id = :entry_id ORDER BY step;

-- name: disputes_on
-- What was said about some entries, in order (run for many at a time).
SELECT id, entry_id, person_id, step, kind, author_id, author, reason, at
FROM dispute_entries WHERE entry_id IN (:entry_id) ORDER BY entry_id, step;

-- name: dispute_card_add!
-- Somebody was asked to rule.
INSERT INTO dispute_cards (entry_id, user_id) VALUES (:entry_id, :user_id) ON CONFLICT DO NOTHING;

-- name: dispute_cards
-- Who was asked to rule.
SELECT user_id FROM dispute_cards WHERE entry_id = :entry_id ORDER BY user_id;

-- name: award_draft_add<!
-- Points by hand that wait for their confirmation.
INSERT INTO award_drafts (person_id, author_id, points, reason, state, made_at)
VALUES (:person_id, :author_id, :points, :reason, 'waiting', :made_at);

-- name: award_draft_settle^
-- They are confirmed or dropped; once, by whoever wrote them.
UPDATE award_drafts SET state = :state WHERE id = :id AND author_id = :author_id AND state = 'waiting'
RETURNING id, person_id, author_id, points, reason, state, made_at;
