-- name: bank_put$
-- A bank by its name, made if it is new.
INSERT INTO banks (name, added_at, changed_at) VALUES (:name, :now, :now)
ON CONFLICT (name) DO UPDATE SET changed_at = excluded.changed_at
RETURNING id;

-- name: bank_named^
-- A bank by its name, whatever the case.
SELECT b.id, b.name, b.added_at, b.changed_at, count(i.id) AS items
FROM banks b LEFT JOIN bank_items i ON i.bank_id = b.id AND i.retired_at IS NULL
WHERE lower(b.name) = lower(:name) GROUP BY b.id, b.name, b.added_at, b.changed_at;

-- name: bank_get^
-- A bank by its id.
SELECT b.id, b.name, b.added_at, b.changed_at, count(i.id) AS items
FROM banks b LEFT JOIN bank_items i ON i.bank_id = b.id AND i.retired_at IS NULL
WHERE b.id = :id GROUP BY b.id, b.name, b.added_at, b.changed_at;

-- name: banks_all
-- Every bank with its size.
SELECT b.id, b.name, b.added_at, b.changed_at, count(i.id) AS items
FROM banks b LEFT JOIN bank_items i ON i.bank_id = b.id AND i.retired_at IS NULL
GROUP BY b.id, b.name, b.added_at, b.changed_at ORDER BY b.name;

-- name: bank_item_put!
-- A question, new or a newer version of the one with the same text.
INSERT INTO bank_items (bank_id, position, kind, text, body, category, difficulty, tags)
VALUES (:bank_id, :position, :kind, :text, :body, :category, :difficulty, :tags)
ON CONFLICT (bank_id, text) DO UPDATE
SET kind = excluded.kind, body = excluded.body, position = excluded.position, category = excluded.category,
    difficulty = excluded.difficulty, tags = excluded.tags, retired_at = NULL;

-- name: bank_last_position$
-- Where the next question goes.
SELECT coalesce(max(position), 0) FROM bank_items WHERE bank_id = :bank_id;

-- name: bank_items
-- The questions of a bank in order.
SELECT id, bank_id, position, kind, text, body FROM bank_items
WHERE bank_id = :bank_id AND retired_at IS NULL ORDER BY position, id;

-- name: bank_size_before$
-- How many questions a bank has.
SELECT count(*) FROM bank_items WHERE bank_id = :bank_id AND retired_at IS NULL;

-- name: bank_labels
-- What a draw has to know of the questions of a bank, without their bodies.
SELECT id, kind, category, difficulty, tags FROM bank_items
WHERE bank_id = :bank_id AND retired_at IS NULL ORDER BY position, id;

-- name: bank_item^
-- One question, retired or not.
SELECT id, bank_id, position, kind, text, body FROM bank_items WHERE id = :id;
