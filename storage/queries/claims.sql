-- name: item_add^
-- A new item; nothing if the same message (and line) put it up before.
INSERT INTO items (source, pool, work, title, measure, unit_id, leader_id, wanted_unit_id, wanted_person_id, deadline,
  created_by, created_at)
VALUES (:source, :pool, :work, :title, :measure, :unit_id, :leader_id, :wanted_unit_id, :wanted_person_id, :deadline,
  :created_by, :created_at)
ON CONFLICT (source) DO NOTHING RETURNING id;

-- name: item_get^
-- One item.
SELECT i.id, i.pool, i.work, i.title, i.measure, i.unit_id, i.leader_id, l.name AS leader, l.user_id AS leader_user,
  i.wanted_unit_id, w.name AS wanted_unit, i.wanted_person_id, wp.name AS wanted_person, i.deadline, i.created_by, i.created_at,
  i.state, i.holder_id, h.name AS holder, h.user_id AS holder_user, h.unit_id AS holder_unit_id, hu.name AS holder_unit,
  hu.path AS holder_path, i.period, i.since, i.reached, i.report, i.version, i.report_late, i.late, i.finished, i.reopened, i.reason
FROM items i LEFT JOIN people l ON l.id = i.leader_id LEFT JOIN units w ON w.id = i.wanted_unit_id
  LEFT JOIN people wp ON wp.id = i.wanted_person_id
  LEFT JOIN people h ON h.id = i.holder_id LEFT JOIN units hu ON hu.id = h.unit_id
WHERE i.id = :id;

-- name: items_all
-- Every item, in the order in which they were put up.
SELECT i.id, i.pool, i.work, i.title, i.measure, i.unit_id, i.leader_id, l.name AS leader, l.user_id AS leader_user,
  i.wanted_unit_id, w.name AS wanted_unit, i.wanted_person_id, wp.name AS wanted_person, i.deadline, i.created_by, i.created_at,
  i.state, i.holder_id, h.name AS holder, h.user_id AS holder_user, h.unit_id AS holder_unit_id, hu.name AS holder_unit,
  hu.path AS holder_path, i.period, i.since, i.reached, i.report, i.version, i.report_late, i.late, i.finished, i.reopened, i.reason
FROM items i LEFT JOIN people l ON l.id = i.leader_id LEFT JOIN units w ON w.id = i.wanted_unit_id
  LEFT JOIN people wp ON wp.id = i.wanted_person_id
  LEFT JOIN people h ON h.id = i.holder_id LEFT JOIN units hu ON hu.id = h.unit_id
ORDER BY i.id;

-- name: item_held_count$
-- How many items of a pool count against a person's limit in a period.
SELECT count(*) FROM items
WHERE holder_id = :person_id AND pool = :pool AND period = :period AND NOT (state = 'closed' AND finished = 0);

-- name: item_save!
-- An item after something has happened to it.
UPDATE items SET state = :state, holder_id = :holder_id, period = :period, since = :since, reached = :reached,
  report = :report, version = :version, report_late = :report_late, late = :late, finished = :finished,
  reopened = :reopened, reason = :reason
WHERE id = :id;

-- name: item_step_add!
-- One more step in the log of an item.
INSERT INTO item_steps (item_id, event, body, author, at) VALUES (:item_id, :event, :body, :author, :at);

-- name: item_steps_of
-- The log of an item.
SELECT s.id, s.item_id, s.event, s.body, s.author, p.name, s.at
FROM item_steps s LEFT JOIN people p ON p.user_id = s.author AND p.left_at IS NULL WHERE s.item_id = :item_id ORDER BY s.id;

-- name: item_report_add^
-- A report is handed in.
INSERT INTO item_reports (item_id, version, milestone, person_id, text, files, late, handed_in_at)
VALUES (:item_id, :version, :milestone, :person_id, :text, :files, :late, :handed_in_at) RETURNING id;

-- name: item_report_get^
-- A version of an item's reports.
SELECT id, item_id, version, milestone, person_id, text, files, late, handed_in_at
FROM item_reports WHERE item_id = :item_id AND version = :version;

-- name: item_of_report$
-- The item that a report is about.
SELECT item_id FROM item_reports WHERE id = :id;

-- name: item_draft_get^
-- What is being written about an item.
SELECT item_id, person_id, text, files, card, album FROM item_drafts WHERE item_id = :item_id;

-- name: item_draft_put!
-- What is being written about an item, as it is now.
INSERT INTO item_drafts (item_id, person_id, text, files, card, album)
VALUES (:item_id, :person_id, :text, :files, :card, :album)
ON CONFLICT (item_id) DO UPDATE SET person_id = excluded.person_id, text = excluded.text, files = excluded.files,
  card = excluded.card, album = excluded.album;

-- name: item_draft_drop!
-- The draft is handed in or thrown away.
DELETE FROM item_drafts WHERE item_id = :item_id;

-- name: item_wish_put!
-- A wish at a place.
INSERT INTO item_wishes (person_id, item_id, place, at) VALUES (:person_id, :item_id, :place, :at)
ON CONFLICT (person_id, item_id) DO UPDATE SET place = excluded.place, at = excluded.at;

-- name: item_wish_drop!
-- A wish is taken back.
DELETE FROM item_wishes WHERE person_id = :person_id AND item_id = :item_id;

-- name: item_wishes_all
-- Every wish for items that are still open, in each person's order.
SELECT w.person_id, p.name, u.name AS unit, p.unit_id, w.item_id, i.pool, w.place
FROM item_wishes w JOIN items i ON i.id = w.item_id JOIN people p ON p.id = w.person_id JOIN units u ON u.id = p.unit_id
WHERE i.state = 'open' AND p.left_at IS NULL ORDER BY w.person_id, w.place;

-- name: item_choice_put!
-- Whom the office would take, at a place.
INSERT INTO item_choices (item_id, person_id, place, author, at) VALUES (:item_id, :person_id, :place, :author, :at)
ON CONFLICT (item_id, person_id) DO UPDATE SET place = excluded.place, author = excluded.author, at = excluded.at;

-- name: item_choice_drop!
-- A choice is taken back.
DELETE FROM item_choices WHERE item_id = :item_id AND person_id = :person_id;

-- name: item_choices_all
-- Every choice, in order.
SELECT item_id, person_id, place FROM item_choices ORDER BY item_id, place;

-- name: item_match_add^
-- A proposal of who gets what.
INSERT INTO item_matches (pool, seed, body, made_by, made_at) VALUES (:pool, :seed, :body, :made_by, :made_at) RETURNING id;

-- name: item_match_get^
-- A proposal.
SELECT id, pool, seed, body, made_by, made_at, confirmed_by, confirmed_at FROM item_matches WHERE id = :id;

-- name: item_match_confirm!
-- Somebody has confirmed it.
UPDATE item_matches SET confirmed_by = :confirmed_by, confirmed_at = :confirmed_at WHERE id = :id AND confirmed_at IS NULL;
