-- name: work_add$
-- A new work, unless there is one with this key.
INSERT INTO works (key, kind, plan, period, unit_id, author_id, title, phase, stage, opined, version, returned, rating,
  due_at, begun_at, changed_at, shortlisted, consent)
VALUES (:key, :kind, :plan, :period, :unit_id, :author_id, '', 'writing', 0, '[]', 0, 0, '', :due_at, :begun_at, :begun_at, 0,
  'none')
ON CONFLICT (key) DO NOTHING
RETURNING id;

-- name: work_get^
-- A work by its id.
SELECT w.id, w.key, w.kind, w.plan, w.period, w.unit_id, u.name AS unit, u.path AS unit_path, w.author_id, p.name AS author,
  w.title, w.phase, w.stage, w.opined, w.version, w.returned, w.rating, w.score, w.due_at, w.begun_at, w.changed_at, w.accepted_on,
  w.shortlisted, w.consent, w.published_at
FROM works w JOIN units u ON u.id = w.unit_id JOIN people p ON p.id = w.author_id WHERE w.id = :id;

-- name: work_by_key^
-- The one work with a key.
SELECT w.id, w.key, w.kind, w.plan, w.period, w.unit_id, u.name AS unit, u.path AS unit_path, w.author_id, p.name AS author,
  w.title, w.phase, w.stage, w.opined, w.version, w.returned, w.rating, w.score, w.due_at, w.begun_at, w.changed_at, w.accepted_on,
  w.shortlisted, w.consent, w.published_at
FROM works w JOIN units u ON u.id = w.unit_id JOIN people p ON p.id = w.author_id WHERE w.key = :key;

-- name: works_all
-- Every work, the oldest first.
SELECT w.id, w.key, w.kind, w.plan, w.period, w.unit_id, u.name AS unit, u.path AS unit_path, w.author_id, p.name AS author,
  w.title, w.phase, w.stage, w.opined, w.version, w.returned, w.rating, w.score, w.due_at, w.begun_at, w.changed_at, w.accepted_on,
  w.shortlisted, w.consent, w.published_at
FROM works w JOIN units u ON u.id = w.unit_id JOIN people p ON p.id = w.author_id ORDER BY w.id;

-- name: works_in_phase
-- The works of which somebody has to do something, the longest waiting first.
SELECT w.id, w.key, w.kind, w.plan, w.period, w.unit_id, u.name AS unit, u.path AS unit_path, w.author_id, p.name AS author,
  w.title, w.phase, w.stage, w.opined, w.version, w.returned, w.rating, w.score, w.due_at, w.begun_at, w.changed_at, w.accepted_on,
  w.shortlisted, w.consent, w.published_at
FROM works w JOIN units u ON u.id = w.unit_id JOIN people p ON p.id = w.author_id
WHERE w.phase = :phase ORDER BY w.changed_at, w.id;

-- name: works_of_person
-- The works that a person leads or takes part in, the newest first.
SELECT w.id, w.key, w.kind, w.plan, w.period, w.unit_id, u.name AS unit, u.path AS unit_path, w.author_id, p.name AS author,
  w.title, w.phase, w.stage, w.opined, w.version, w.returned, w.rating, w.score, w.due_at, w.begun_at, w.changed_at, w.accepted_on,
  w.shortlisted, w.consent, w.published_at
FROM works w JOIN units u ON u.id = w.unit_id JOIN people p ON p.id = w.author_id
WHERE w.author_id = :person_id OR w.id IN (SELECT m.work_id FROM work_members m WHERE m.person_id = :person_id)
ORDER BY w.id DESC;

-- name: works_of_kind
-- The works of a kind that belong to a period, the oldest first.
SELECT w.id, w.key, w.kind, w.plan, w.period, w.unit_id, u.name AS unit, u.path AS unit_path, w.author_id, p.name AS author,
  w.title, w.phase, w.stage, w.opined, w.version, w.returned, w.rating, w.score, w.due_at, w.begun_at, w.changed_at, w.accepted_on,
  w.shortlisted, w.consent, w.published_at
FROM works w JOIN units u ON u.id = w.unit_id JOIN people p ON p.id = w.author_id
WHERE w.kind = :kind AND w.period = :period ORDER BY w.id;

-- name: work_periods
-- The periods that works of a kind belong to, the newest first.
SELECT DISTINCT period FROM works WHERE kind = :kind ORDER BY period DESC;

-- name: work_put!
-- A work as it is now.
UPDATE works
SET title = :title, phase = :phase, stage = :stage, opined = :opined, version = :version, returned = :returned, rating = :rating,
  score = :score, due_at = :due_at, changed_at = :changed_at, accepted_on = :accepted_on, shortlisted = :shortlisted,
  consent = :consent
WHERE id = :id;

-- name: work_unlock!
-- A work that came to nothing makes room for another with its key.
UPDATE works SET key = NULL WHERE id = :id;

-- name: work_published!
-- It went to the group.
UPDATE works SET published_at = :published_at WHERE id = :id;

-- name: work_event_add!
-- Something happened to a work.
INSERT INTO work_events (work_id, number, at, author, name, kind, body)
VALUES (:work_id, :number, :at, :author, :name, :kind, :body);

-- name: work_events_all
-- What happened to a work, in order.
SELECT id, work_id, number, at, author, name, kind, body FROM work_events WHERE work_id = :work_id ORDER BY number;

-- name: work_member_add!
-- Somebody takes part in a work.
INSERT INTO work_members (work_id, person_id) VALUES (:work_id, :person_id) ON CONFLICT (work_id, person_id) DO NOTHING;

-- name: work_member_drop!
-- Somebody takes part in it no longer.
DELETE FROM work_members WHERE work_id = :work_id AND person_id = :person_id;

-- name: work_members_all
-- Who takes part in a work besides its author.
SELECT m.person_id, p.name, p.unit_id, u.name AS unit, p.user_id
FROM work_members m JOIN people p ON p.id = m.person_id JOIN units u ON u.id = p.unit_id
WHERE m.work_id = :work_id ORDER BY u.path, p.name, p.id;

-- name: work_report_add!
-- How far a plan has come on a day.
INSERT INTO work_reports (work_id, day, value, reported_by, reported_at)
VALUES (:work_id, :day, :value, :reported_by, :reported_at);

-- name: work_reports_all
-- Every report of a plan, by day.
SELECT id, work_id, day, value, reported_by, reported_at FROM work_reports WHERE work_id = :work_id ORDER BY day, id;

-- name: quota_works^
-- How many works of a kind that a person leads or takes part in were accepted within some days.
SELECT count(*) AS n FROM works w
WHERE w.kind = :kind AND w.accepted_on BETWEEN :first AND :last AND w.phase = 'accepted'
  AND (w.author_id = :person_id OR w.id IN (SELECT m.work_id FROM work_members m WHERE m.person_id = :person_id));

-- name: quota_tasks^
-- How many tasks with one of these templates, due within some time, were accepted of a person.
SELECT count(*) AS n FROM submissions s JOIN tasks t ON t.id = s.task_id
WHERE s.person_id = :person_id AND s.state = 'accepted' AND t.due_at >= :since AND t.due_at < :until
  AND t.template IN (:first_template, :second_template);

-- name: quota_attended^
-- How many held sessions (of a series, or '' for all) within some time a person was in, late or made up for.
SELECT count(*) AS n FROM attendances a JOIN sessions s ON s.id = a.session_id
WHERE a.person_id = :person_id AND a.status IN ('present', 'late', 'make_up') AND s.state = 'held'
  AND s.starts_at >= :since AND s.starts_at < :until AND (:series = '' OR s.series = :series);

-- name: quota_lectured^
-- How many held sessions (of a series, or '' for all) within some time name a lecturer.
SELECT count(*) AS n FROM sessions s
WHERE s.lecturer = :name AND s.state = 'held' AND s.starts_at >= :since AND s.starts_at < :until
  AND (:series = '' OR s.series = :series);

-- name: quota_spoke^
-- In how many held sessions (of a series, or '' for all) within some time a person spoke.
SELECT count(DISTINCT p.session_id) AS n FROM speeches p JOIN sessions s ON s.id = p.session_id
WHERE p.person_id = :person_id AND p.withdrawn_at IS NULL AND s.state = 'held'
  AND s.starts_at >= :since AND s.starts_at < :until AND (:series = '' OR s.series = :series);
