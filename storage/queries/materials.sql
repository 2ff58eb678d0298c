-- name: material_find^
-- The material with a series and a title.
SELECT id, series, title, topic, text, link, tags, content, question, position,
  CASE WHEN picture IS NULL THEN 0 ELSE 1 END AS has_picture,
  CASE WHEN retired_at IS NULL THEN 1 ELSE 0 END AS is_listed
FROM materials WHERE series = :series AND title = :title;

-- name: material_get^
-- A material, in the list or taken off it.
SELECT id, series, title, topic, text, link, tags, content, question, position,
  CASE WHEN picture IS NULL THEN 0 ELSE 1 END AS has_picture,
  CASE WHEN retired_at IS NULL THEN 1 ELSE 0 END AS is_listed
FROM materials WHERE id = :id;

-- name: material_picture$
-- The bytes of a picture that came with an import.
SELECT picture FROM materials WHERE id = :id;

-- name: materials_all
-- The list in its order.
SELECT id, series, title, topic, text, link, tags, content, question, position,
  CASE WHEN picture IS NULL THEN 0 ELSE 1 END AS has_picture,
  CASE WHEN retired_at IS NULL THEN 1 ELSE 0 END AS is_listed
FROM materials WHERE retired_at IS NULL ORDER BY position, id;

-- name: material_add<!
-- A new material at the end of the list.
INSERT INTO materials (series, title, topic, text, link, tags, content, picture, question, position, changed_at)
SELECT :series, :title, :topic, :text, :link, :tags, :content, :picture, :question, coalesce(max(position), 0) + 1, :now
FROM materials;

-- name: material_renew!
-- A newer version of a material; it keeps its place.
UPDATE materials
SET topic = :topic, text = :text, link = :link, tags = :tags, content = :content,
  picture = coalesce(:picture, picture), question = :question, changed_at = :now, retired_at = NULL
WHERE id = :id;

-- name: material_strip!
-- A material goes on without its picture or file.
UPDATE materials SET picture = NULL, content = '{}' WHERE id = :id;

-- name: material_retire!
-- Take a material off the list; what was read stays.
UPDATE materials SET retired_at = :now WHERE id = :id AND retired_at IS NULL;

-- name: material_place!
-- Another place in the list.
UPDATE materials SET position = :position WHERE id = :id;

-- name: material_plan_get^
-- A group's own plan.
SELECT chat_id, is_on, days, at, series FROM material_plans WHERE chat_id = :chat_id;

-- name: material_plan_put!
-- Give a group a plan of its own.
INSERT INTO material_plans (chat_id, is_on, days, at, series) VALUES (:chat_id, :is_on, :days, :at, :series)
ON CONFLICT (chat_id) DO UPDATE
SET is_on = excluded.is_on, days = excluded.days, at = excluded.at, series = excluded.series;

-- name: material_plans_move!
-- A group became a supergroup.
UPDATE material_plans SET chat_id = :new WHERE chat_id = :old;

-- name: material_posts_move!
-- A group became a supergroup.
UPDATE material_posts SET chat_id = :new WHERE chat_id = :old;

-- name: material_troubles_move!
-- A group became a supergroup.
UPDATE material_troubles SET chat_id = :new WHERE chat_id = :old;

-- name: material_next^
-- The first of the list that a group has not had, of one series or of all.
SELECT id, series, title, topic, text, link, tags, content, question, position,
  CASE WHEN picture IS NULL THEN 0 ELSE 1 END AS has_picture,
  CASE WHEN retired_at IS NULL THEN 1 ELSE 0 END AS is_listed
FROM materials m
WHERE retired_at IS NULL AND (:series = '' OR series = :series)
  AND NOT EXISTS (SELECT 1 FROM material_posts p WHERE p.material_id = m.id AND p.chat_id = :chat_id)
ORDER BY position, id LIMIT 1;

-- name: material_post_put$
-- A material goes to a group, for the first time or again.
INSERT INTO material_posts (material_id, chat_id, unit_id, day, by_schedule, posted_at, paced_at)
VALUES (:material_id, :chat_id, :unit_id, :day, :by_schedule, :now, :now)
ON CONFLICT (chat_id, material_id) DO UPDATE
SET unit_id = excluded.unit_id, day = excluded.day, by_schedule = excluded.by_schedule, posted_at = excluded.posted_at
RETURNING id;

-- name: material_post_get^
-- One post.
SELECT id, material_id, chat_id, unit_id, day, by_schedule, posted_at, paced_at FROM material_posts WHERE id = :id;

-- name: material_post_in^
-- A material's post in a group.
SELECT id, material_id, chat_id, unit_id, day, by_schedule, posted_at, paced_at FROM material_posts
WHERE material_id = :material_id AND chat_id = :chat_id;

-- name: material_post_latest^
-- What a group got last.
SELECT id, material_id, chat_id, unit_id, day, by_schedule, posted_at, paced_at FROM material_posts
WHERE chat_id = :chat_id ORDER BY posted_at DESC, id DESC LIMIT 1;

-- name: material_posts_of
-- Every group that got a material.
SELECT id, material_id, chat_id, unit_id, day, by_schedule, posted_at, paced_at FROM material_posts
WHERE material_id = :material_id ORDER BY id;

-- name: material_posts_on
-- All that was posted on a day, the newest last.
SELECT id, material_id, chat_id, unit_id, day, by_schedule, posted_at, paced_at FROM material_posts
WHERE day = :day ORDER BY posted_at, id;

-- name: material_post_pace!
-- The account of the edits of a post's card.
UPDATE material_posts SET paced_at = :account WHERE id = :id;

-- name: material_post_counts
-- How many groups have had each material.
SELECT material_id, count(*) AS posted FROM material_posts GROUP BY material_id;

-- name: material_read_add!
-- Somebody has read a material; once.
INSERT INTO material_reads (material_id, person_id, day, read_at) VALUES (:material_id, :person_id, :day, :now)
ON CONFLICT (material_id, person_id) DO NOTHING;

-- name: material_read_by$
-- When somebody read a material.
SELECT read_at FROM material_reads WHERE material_id = :material_id AND person_id = :person_id;

-- name: material_readers
-- Who has read a material.
SELECT person_id FROM material_reads WHERE material_id = :material_id;

-- name: material_reads_since$
-- How many materials somebody has read since a day.
SELECT count(*) FROM material_reads WHERE person_id = :person_id AND day >= :since;

-- name: material_reads_all
-- Every reading, for the records.
SELECT r.day, m.series, m.title, p.name, p.unit_id, u.path AS unit, r.read_at, a.is_right
FROM material_reads r
JOIN materials m ON m.id = r.material_id
JOIN people p ON p.id = r.person_id
JOIN units u ON u.id = p.unit_id
LEFT JOIN material_answers a ON a.material_id = r.material_id AND a.person_id = r.person_id
ORDER BY r.read_at, m.id, p.id;

-- name: material_tallies
-- By unit: who is to read a material (whoever has read it counts in any case), who has, who answered, who answered rightly.
SELECT p.unit_id, count(*) AS people, count(r.person_id) AS readers, count(a.person_id) AS answered,
  coalesce(sum(a.is_right), 0) AS correct
FROM people p
LEFT JOIN material_reads r ON r.person_id = p.id AND r.material_id = :material_id
LEFT JOIN material_answers a ON a.person_id = p.id AND a.material_id = :material_id
WHERE p.left_at IS NULL AND p.user_id IS NOT NULL
  AND (p.role IN ('member', 'organiser') OR r.person_id IS NOT NULL)
GROUP BY p.unit_id;

-- name: material_answer_add!
-- Somebody answers a material's question; the first answer counts.
INSERT INTO material_answers (material_id, person_id, chosen, is_right, answered_at)
VALUES (:material_id, :person_id, :chosen, :is_right, :now)
ON CONFLICT (material_id, person_id) DO NOTHING;

-- name: material_answer_of^
-- What somebody answered.
SELECT chosen, is_right FROM material_answers WHERE material_id = :material_id AND person_id = :person_id;

-- name: material_marked$
-- What somebody has marked so far.
SELECT marked FROM material_marks WHERE material_id = :material_id AND person_id = :person_id;

-- name: material_mark!
-- Somebody marks options of a question.
INSERT INTO material_marks (material_id, person_id, marked) VALUES (:material_id, :person_id, :marked)
ON CONFLICT (material_id, person_id) DO UPDATE SET marked = excluded.marked;

-- name: material_remind!
-- Somebody is reminded today; once a day.
INSERT INTO material_reminders (material_id, person_id, day) VALUES (:material_id, :person_id, :day)
ON CONFLICT (person_id, day) DO NOTHING;

-- name: material_trouble_add!
-- Something about the schedule that organisers have to hear.
INSERT INTO material_troubles (what, chat_id, unit_id, day, post_id, title, noted_at)
VALUES (:what, :chat_id, :unit_id, :day, :post_id, :title, :now);

-- name: material_troubles_since
-- What was noted since a moment.
SELECT t.what, t.chat_id, t.unit_id, t.day, t.title, g.title AS "group"
FROM material_troubles t JOIN groups g ON g.chat_id = t.chat_id
WHERE t.noted_at >= :since ORDER BY t.day, t.id;

-- name: material_exhausted_at$
-- Whether the end of the list was told after a group's last post.
SELECT count(*) FROM material_troubles WHERE what = 'exhausted' AND chat_id = :chat_id AND post_id = :post_id;
