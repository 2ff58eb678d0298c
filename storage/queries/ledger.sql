-- name: ledger_add^
-- An entry, unless this turn of this evidence is booked already.
INSERT INTO ledger
  (person_id, unit_id, rule, points, worth, day, at, evidence, happening, turn, reason, author_id, reverses)
VALUES
  (:person_id, :unit_id, :rule, :points, :worth, :day, :at, :evidence, :happening, :turn, :reason, :author_id, :reverses)
ON CONFLICT DO NOTHING RETURNING id;

-- name: ledger_get^
-- One entry.
SELECT id, person_id, unit_id, rule, points, worth, day, at, evidence, happening, turn, reason, author_id, reverses
FROM ledger WHERE id = :id;

-- name: ledger_on
-- What was booked for a person on a piece of evidence.
SELECT id, person_id, unit_id, rule, points, worth, day, at, evidence, happening, turn, reason, author_id, reverses
FROM ledger WHERE person_id = :person_id AND evidence = :evidence ORDER BY id;

-- name: ledger_sum^
-- A person's points of some days.
SELECT coalesce(sum(points), 0) AS points FROM ledger
WHERE person_id = :person_id AND day BETWEEN :first AND :last;

-- name: ledger_sum_of_rule^
-- A person's points of some days by one rule.
SELECT coalesce(sum(points), 0) AS points FROM ledger
WHERE person_id = :person_id AND day BETWEEN :first AND :last AND rule = :rule;
