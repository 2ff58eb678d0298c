-- name: checkin_sheet_add!
-- Check-in is held in a unit on a day.
INSERT INTO checkin_sheets (day, unit_id, opened_at, late_at, closes_at, state, paced_at, replied_at)
VALUES (:day, :unit_id, :opened_at, :late_at, :closes_at, 'open', 0, 0)
ON CONFLICT (day, unit_id) DO NOTHING;

-- name: checkin_sheet_get^
-- The sheet of exactly this unit.
SELECT day, unit_id, opened_at, late_at, closes_at, state, paced_at, replied_at
FROM checkin_sheets WHERE day = :day AND unit_id = :unit_id;

-- name: checkin_sheet_over^
-- The sheet to which a unit's people belong: its own, else the nearest above.
WITH RECURSIVE above (id, parent_id, height) AS (
  SELECT id, parent_id, 0 FROM units WHERE id = :unit_id
  UNION ALL
  SELECT u.id, u.parent_id, a.height + 1 FROM units u JOIN above a ON u.id = a.parent_id
)
SELECT s.day, s.unit_id, s.opened_at, s.late_at, s.closes_at, s.state, s.paced_at, s.replied_at
FROM above a JOIN checkin_sheets s ON s.unit_id = a.id AND s.day = :day
ORDER BY a.height LIMIT 1;

-- name: checkin_sheets_of_day
-- All sheets of a day.
SELECT s.day, s.unit_id, s.opened_at, s.late_at, s.closes_at, s.state, s.paced_at, s.replied_at
FROM checkin_sheets s JOIN units u ON u.id = s.unit_id WHERE s.day = :day ORDER BY u.path;

-- name: checkin_sheets_to_close
-- Open sheets whose time is over.
SELECT day, unit_id, opened_at, late_at, closes_at, state, paced_at, replied_at
FROM checkin_sheets WHERE state = 'open' AND closes_at <= :now ORDER BY day, unit_id;

-- name: checkin_sheet_extend!
-- A sheet closes later than planned.
UPDATE checkin_sheets SET closes_at = :closes_at WHERE day = :day AND unit_id = :unit_id;

-- name: checkin_sheet_end!
-- A sheet is closed, in good order or not.
UPDATE checkin_sheets SET state = :state WHERE day = :day AND unit_id = :unit_id;

-- name: checkin_sheet_pace!
-- The account of the card's edits.
UPDATE checkin_sheets SET paced_at = :paced_at WHERE day = :day AND unit_id = :unit_id;

-- name: checkin_sheet_replied!
-- The account of the replies in the sheet's groups.
UPDATE checkin_sheets SET replied_at = :replied_at WHERE day = :day AND unit_id = :unit_id;

-- name: checkin_unit_with_group$
-- The unit whose group a unit's people belong to: their own, else the nearest above that has one.
WITH RECURSIVE above (id, parent_id, height) AS (
  SELECT id, parent_id, 0 FROM units WHERE id = :unit_id
  UNION ALL
  SELECT u.id, u.parent_id, a.height + 1 FROM units u JOIN above a ON u.id = a.parent_id
)
SELECT a.id FROM above a
WHERE EXISTS (SELECT 1 FROM groups g WHERE g.unit_id = a.id AND g.state = 'active')
ORDER BY a.height LIMIT 1;

-- name: checkin_units_with_group
-- Every unit that has a group.
SELECT DISTINCT unit_id FROM groups WHERE unit_id IS NOT NULL AND state = 'active' ORDER BY unit_id;

-- name: checkin_register
-- Everybody who belongs to a sheet, with their line if there is one; a unit below with a sheet of its own is left out.
WITH RECURSIVE covered (id) AS (
  SELECT id FROM units WHERE id = :unit_id
  UNION ALL
  SELECT u.id FROM units u JOIN covered c ON u.parent_id = c.id
  WHERE NOT EXISTS (SELECT 1 FROM checkin_sheets s WHERE s.day = :day AND s.unit_id = u.id)
)
SELECT p.id AS person_id, p.name, p.role, p.unit_id, p.joined_at, c.status, c.at
FROM people p
JOIN covered v ON v.id = p.unit_id
JOIN units u ON u.id = p.unit_id
LEFT JOIN checkins c ON c.day = :day AND c.person_id = p.id
WHERE p.left_at IS NULL
ORDER BY u.path, p.name, p.id;

-- name: checkin_get^
-- A person's line of a day.
SELECT day, person_id, unit_id, status, at FROM checkins WHERE day = :day AND person_id = :person_id;

-- name: checkin_put!
-- A person's line as it stands now.
INSERT INTO checkins (day, person_id, unit_id, status, at) VALUES (:day, :person_id, :unit_id, :status, :at)
ON CONFLICT (day, person_id) DO UPDATE SET status = excluded.status, at = excluded.at;

-- name: checkin_entry_add!
-- How a line came about.
INSERT INTO checkin_entries (day, person_id, status, at, cause, author_id, author, reason, made_at)
VALUES (:day, :person_id, :status, :at, :cause, :author_id, :author, :reason, :made_at);

-- name: checkin_entries
-- The history of a line, oldest first.
SELECT id, day, person_id, status, at, cause, author_id, author, reason, made_at
FROM checkin_entries WHERE person_id = :person_id AND day = :day ORDER BY id;

-- name: checkin_statuses
-- A person's statuses before a day, the newest first.
SELECT day, status FROM checkins WHERE person_id = :person_id AND day < :before ORDER BY day DESC LIMIT :limit;

-- name: checkin_period
-- The register of a period.
SELECT c.day, u.path AS unit, p.name, c.status, c.at, c.unit_id
FROM checkins c JOIN people p ON p.id = c.person_id JOIN units u ON u.id = c.unit_id
WHERE c.day BETWEEN :first AND :last
ORDER BY c.day, u.path, p.name, p.id;

-- name: checkin_next_day$
-- The first day of a period that has a line.
SELECT min(day) FROM checkins WHERE day BETWEEN :first AND :last;

-- name: checkin_outage_note!
-- The bot was away when it should have taken check-ins.
INSERT INTO checkin_outages (day, kind, noted_at) VALUES (:day, :kind, :noted_at) ON CONFLICT (day) DO NOTHING;

-- name: checkin_outages_since
-- What was noted lately.
SELECT day, kind, noted_at FROM checkin_outages WHERE noted_at >= :since ORDER BY day;

-- name: checkin_statuses_since
-- A person's statuses from a day on, the oldest first.
SELECT day, status FROM checkins WHERE person_id = :person_id AND day >= :since ORDER BY day;
