-- name: report_session_held
-- Sessions that were held: a row for the unit that gave one, and one for each unit whose people attended it.
SELECT 'sessions' AS source, CAST(s.id AS TEXT) AS row_id, NULL AS day, s.starts_at AS at, NULL AS person_id,
  s.unit_id AS unit_id, s.series AS part, s.title AS what, 1 AS amount
FROM sessions s WHERE s.state = 'held' AND s.starts_at >= :begin AND s.starts_at < :end
UNION
SELECT 'sessions' AS source, CAST(s.id AS TEXT) AS row_id, NULL AS day, s.starts_at AS at, NULL AS person_id,
  a.unit_id AS unit_id, s.series AS part, s.title AS what, 1 AS amount
FROM sessions s JOIN attendances a ON a.session_id = s.id
WHERE s.state = 'held' AND s.starts_at >= :begin AND s.starts_at < :end AND a.status IN ('present', 'late', 'make_up');

-- name: report_attended
-- Lines of registers that say present, late or made up for.
SELECT 'attendances' AS source, CAST(a.session_id AS TEXT) || ':' || CAST(a.person_id AS TEXT) AS row_id, NULL AS day, s.starts_at AS at, a.person_id AS person_id,
  a.unit_id AS unit_id, a.status AS part, s.title AS what, 1 AS amount
FROM sessions s JOIN attendances a ON a.session_id = s.id
WHERE s.state = 'held' AND s.starts_at >= :begin AND s.starts_at < :end AND a.status IN ('present', 'late', 'make_up');

-- name: report_expected
-- Lines of registers, leave aside; 1 if they came themselves (made up for later is not that).
SELECT 'attendances' AS source, CAST(a.session_id AS TEXT) || ':' || CAST(a.person_id AS TEXT) AS row_id, NULL AS day, s.starts_at AS at, a.person_id AS person_id,
  a.unit_id AS unit_id, a.status AS part, s.title AS what, CASE WHEN a.status IN ('present', 'late') THEN 1 ELSE 0 END AS amount
FROM sessions s JOIN attendances a ON a.session_id = s.id
WHERE s.state = 'held' AND s.starts_at >= :begin AND s.starts_at < :end AND a.status <> 'leave';

-- name: report_made_up
-- Lines of registers that were absent and are made up for.
SELECT 'attendances' AS source, CAST(a.session_id AS TEXT) || ':' || CAST(a.person_id AS TEXT) AS row_id, NULL AS day, s.starts_at AS at, a.person_id AS person_id,
  a.unit_id AS unit_id, a.status AS part, s.title AS what, 1 AS amount
FROM sessions s JOIN attendances a ON a.session_id = s.id
WHERE s.state = 'held' AND s.starts_at >= :begin AND s.starts_at < :end AND a.status = 'make_up';

-- name: report_absent
-- Lines of registers that say absent and are not made up for.
SELECT 'attendances' AS source, CAST(a.session_id AS TEXT) || ':' || CAST(a.person_id AS TEXT) AS row_id, NULL AS day, s.starts_at AS at, a.person_id AS person_id,
  a.unit_id AS unit_id, a.status AS part, s.title AS what, 1 AS amount
FROM sessions s JOIN attendances a ON a.session_id = s.id
WHERE s.state = 'held' AND s.starts_at >= :begin AND s.starts_at < :end AND a.status = 'absent';

-- name: report_spoke
-- Speeches in held sessions that an organiser noted or confirmed.
SELECT 'speeches' AS source, CAST(v.id AS TEXT) AS row_id, NULL AS day, s.starts_at AS at, v.person_id AS person_id,
  v.unit_id AS unit_id, '' AS part, v.topic AS what, 1 AS amount
FROM sessions s JOIN speeches v ON v.session_id = s.id
WHERE s.state = 'held' AND s.starts_at >= :begin AND s.starts_at < :end AND v.confirmed_by IS NOT NULL AND v.withdrawn_at IS NULL;

-- name: report_checked_in
-- Check-ins, in time or late.
SELECT 'checkins' AS source, c.day || ':' || CAST(c.person_id AS TEXT) AS row_id, c.day AS day, NULL AS at, c.person_id AS person_id,
  c.unit_id AS unit_id, c.status AS part, '' AS what, 1 AS amount
FROM checkins c WHERE c.day BETWEEN :first AND :last AND c.status IN ('on_time', 'late');

-- name: report_checkin_due
-- Days on which somebody had to check in, leave and what was excused aside; 1 if they did.
SELECT 'checkins' AS source, c.day || ':' || CAST(c.person_id AS TEXT) AS row_id, c.day AS day, NULL AS at, c.person_id AS person_id,
  c.unit_id AS unit_id, c.status AS part, '' AS what, CASE WHEN c.status = 'absent' THEN 0 ELSE 1 END AS amount
FROM checkins c WHERE c.day BETWEEN :first AND :last AND c.status IN ('on_time', 'late', 'absent');

-- name: report_material_read
-- Materials that somebody has read, by the unit that they are in.
SELECT 'material_reads' AS source, CAST(r.material_id AS TEXT) || ':' || CAST(r.person_id AS TEXT) AS row_id, r.day AS day, NULL AS at, r.person_id AS person_id,
  p.unit_id AS unit_id, '' AS part, m.title AS what, 1 AS amount
FROM material_reads r JOIN materials m ON m.id = r.material_id JOIN people p ON p.id = r.person_id
WHERE r.day BETWEEN :first AND :last;

-- name: report_task_asked
-- Whom tasks that were due asked for work; who left without handing anything in is not counted.
SELECT 'submissions' AS source, CAST(b.id AS TEXT) AS row_id, NULL AS day, t.due_at AS at, b.person_id AS person_id,
  p.unit_id AS unit_id, t.template AS part, t.title AS what, 1 AS amount
FROM tasks t JOIN submissions b ON b.task_id = t.id JOIN people p ON p.id = b.person_id
WHERE t.due_at >= :begin AND t.due_at < :end AND (p.left_at IS NULL OR b.version > 0);

-- name: report_task_handed
-- Work that was handed in for tasks that were due.
SELECT 'submissions' AS source, CAST(b.id AS TEXT) AS row_id, NULL AS day, t.due_at AS at, b.person_id AS person_id,
  p.unit_id AS unit_id, t.template AS part, t.title AS what, 1 AS amount
FROM tasks t JOIN submissions b ON b.task_id = t.id JOIN people p ON p.id = b.person_id
WHERE t.due_at >= :begin AND t.due_at < :end AND b.version > 0;

-- name: report_task_on_time
-- Work that was handed in before its deadline.
SELECT 'submissions' AS source, CAST(b.id AS TEXT) AS row_id, NULL AS day, t.due_at AS at, b.person_id AS person_id,
  p.unit_id AS unit_id, t.template AS part, t.title AS what, 1 AS amount
FROM tasks t JOIN submissions b ON b.task_id = t.id JOIN people p ON p.id = b.person_id
WHERE t.due_at >= :begin AND t.due_at < :end AND b.version > 0 AND b.late = 0;

-- name: report_task_accepted
-- Work that is accepted, for tasks that were due.
SELECT 'submissions' AS source, CAST(b.id AS TEXT) AS row_id, NULL AS day, t.due_at AS at, b.person_id AS person_id,
  p.unit_id AS unit_id, t.template AS part, t.title AS what, 1 AS amount
FROM tasks t JOIN submissions b ON b.task_id = t.id JOIN people p ON p.id = b.person_id
WHERE t.due_at >= :begin AND t.due_at < :end AND b.state = 'accepted';

-- name: report_task_overdue
-- Whoever has handed in nothing although the deadline is over.
SELECT 'submissions' AS source, CAST(b.id AS TEXT) AS row_id, NULL AS day, t.due_at AS at, b.person_id AS person_id,
  p.unit_id AS unit_id, t.template AS part, t.title AS what, 1 AS amount
FROM tasks t JOIN submissions b ON b.task_id = t.id JOIN people p ON p.id = b.person_id
WHERE t.due_at >= :begin AND t.due_at < :end AND b.version = 0 AND t.due_at < :now AND p.left_at IS NULL;

-- name: report_work_begun
-- Works that were begun, by kind.
SELECT 'works' AS source, CAST(w.id AS TEXT) AS row_id, NULL AS day, w.begun_at AS at, w.author_id AS person_id,
  w.unit_id AS unit_id, w.kind AS part, w.title AS what, 1 AS amount
FROM works w WHERE w.begun_at >= :begin AND w.begun_at < :end AND w.phase <> 'withdrawn';

-- name: report_work_open
-- Works that were begun by the end and wait for their authors or reviewers now, by kind and stage.
SELECT 'works' AS source, CAST(w.id AS TEXT) AS row_id, NULL AS day, w.begun_at AS at, w.author_id AS person_id,
  w.unit_id AS unit_id, w.kind || '/' || CASE WHEN w.phase = 'review' THEN CAST(w.stage AS TEXT) ELSE 'writing' END AS part, w.title AS what, 1 AS amount
FROM works w WHERE w.begun_at < :end AND w.phase IN ('writing', 'review');

-- name: report_work_accepted
-- Works that were accepted, by kind.
SELECT 'works' AS source, CAST(w.id AS TEXT) AS row_id, w.accepted_on AS day, NULL AS at, w.author_id AS person_id,
  w.unit_id AS unit_id, w.kind AS part, w.title AS what, 1 AS amount
FROM works w WHERE w.phase = 'accepted' AND w.accepted_on BETWEEN :first AND :last;

-- name: report_work_rated
-- Accepted works that have a rating, by kind and rating.
SELECT 'works' AS source, CAST(w.id AS TEXT) AS row_id, w.accepted_on AS day, NULL AS at, w.author_id AS person_id,
  w.unit_id AS unit_id, w.kind || '/' || w.rating AS part, w.title AS what, 1 AS amount
FROM works w WHERE w.phase = 'accepted' AND w.accepted_on BETWEEN :first AND :last AND w.rating <> '';

-- name: report_exam_taken
-- Papers that were handed in.
SELECT 'exam_papers' AS source, CAST(x.id AS TEXT) AS row_id, NULL AS day, x.handed_in_at AS at, x.person_id AS person_id,
  p.unit_id AS unit_id, '' AS part, e.title AS what, 1 AS amount
FROM exams e JOIN exam_papers x ON x.exam_id = e.id JOIN people p ON p.id = x.person_id
WHERE x.handed_in_at >= :begin AND x.handed_in_at < :end AND e.cancelled_at IS NULL;

-- name: report_exam_passed
-- Papers that passed.
SELECT 'exam_papers' AS source, CAST(x.id AS TEXT) AS row_id, NULL AS day, x.handed_in_at AS at, x.person_id AS person_id,
  p.unit_id AS unit_id, '' AS part, e.title AS what, 1 AS amount
FROM exams e JOIN exam_papers x ON x.exam_id = e.id JOIN people p ON p.id = x.person_id
WHERE x.handed_in_at >= :begin AND x.handed_in_at < :end AND e.cancelled_at IS NULL
  AND x.score * 100 >= e.pass_percent * e.points * (SELECT count(*) FROM exam_questions q WHERE q.exam_id = e.id);

-- name: report_exam_marked
-- Papers with marks; the amount is tenths of a percent of what could be reached.
SELECT 'exam_papers' AS source, CAST(x.id AS TEXT) AS row_id, NULL AS day, x.handed_in_at AS at, x.person_id AS person_id,
  p.unit_id AS unit_id, '' AS part, e.title AS what, x.score * 1000 / (e.points * q.asked) AS amount
FROM exams e JOIN exam_papers x ON x.exam_id = e.id JOIN people p ON p.id = x.person_id
JOIN (SELECT exam_id, count(*) AS asked FROM exam_questions GROUP BY exam_id) q ON q.exam_id = e.id
WHERE x.handed_in_at >= :begin AND x.handed_in_at < :end AND e.cancelled_at IS NULL
  AND x.score IS NOT NULL AND e.points > 0;

-- name: report_contest_finished
-- Contests that were played to the end.
SELECT 'contests' AS source, CAST(c.id AS TEXT) AS row_id, NULL AS day, c.ended_at AS at, NULL AS person_id,
  g.unit_id AS unit_id, c.preset AS part, c.bank AS what, 1 AS amount
FROM contests c LEFT JOIN groups g ON g.chat_id = c.chat_id WHERE c.state = 'finished' AND c.ended_at >= :begin AND c.ended_at < :end;

-- name: report_tournament_finished
-- Tournaments that were played to the end.
SELECT 'tournaments' AS source, CAST(c.id AS TEXT) AS row_id, NULL AS day, c.ended_at AS at, NULL AS person_id,
  c.unit_id AS unit_id, c.preset AS part, c.title AS what, 1 AS amount
FROM tournaments c WHERE c.state = 'finished' AND c.ended_at >= :begin AND c.ended_at < :end;

-- name: report_round_held
-- Rounds that were held.
SELECT 'rounds' AS source, CAST(r.id AS TEXT) AS row_id, NULL AS day, r.starts_at AS at, NULL AS person_id,
  r.unit_id AS unit_id, r.plan AS part, r.plan AS what, 1 AS amount
FROM rounds r WHERE r.starts_at >= :begin AND r.starts_at < :end AND r.state IN ('evaluating', 'closed');

-- name: report_round_spoke
-- Who spoke in a round.
SELECT 'round_members' AS source, CAST(m.round_id AS TEXT) || ':' || CAST(m.person_id AS TEXT) AS row_id, NULL AS day, r.starts_at AS at, m.person_id AS person_id,
  m.unit_id AS unit_id, r.plan AS part, r.plan AS what, 1 AS amount
FROM rounds r JOIN round_members m ON m.round_id = r.id WHERE r.starts_at >= :begin AND r.starts_at < :end AND r.state IN ('evaluating', 'closed') AND m.status = 'spoke';

-- name: report_round_evaluated
-- Forms of rounds that were sent, by the unit of whoever filled them in.
SELECT 'evaluation_tickets' AS source, CAST(k.subject_id AS TEXT) || ':' || CAST(k.person_id AS TEXT) AS row_id, NULL AS day, e.opened_at AS at, k.person_id AS person_id,
  p.unit_id AS unit_id, '' AS part, e.form AS what, 1 AS amount
FROM evaluations e JOIN evaluation_tickets k ON k.evaluation_id = e.id JOIN people p ON p.id = k.person_id
WHERE e.purpose = 'round' AND e.opened_at >= :begin AND e.opened_at < :end AND k.answered = 1;

-- name: report_checklist_done
-- Checklists of self-examination that were sent.
SELECT 'evaluation_tickets' AS source, CAST(k.subject_id AS TEXT) || ':' || CAST(k.person_id AS TEXT) AS row_id, NULL AS day, e.opened_at AS at, k.person_id AS person_id,
  p.unit_id AS unit_id, '' AS part, e.form AS what, 1 AS amount
FROM evaluations e JOIN evaluation_tickets k ON k.evaluation_id = e.id JOIN people p ON p.id = k.person_id
WHERE e.purpose = 'checklist' AND e.opened_at >= :begin AND e.opened_at < :end AND k.answered = 1;

-- name: report_survey_sent
-- Forms of surveys that were sent, a row for each survey and unit of those who filled them in: nobody's name.
SELECT 'evaluations' AS source, CAST(e.id AS TEXT) || ':' || CAST(p.unit_id AS TEXT) AS row_id, NULL AS day, e.opened_at AS at, NULL AS person_id,
  p.unit_id AS unit_id, '' AS part, e.form AS what, sum(k.answered) AS amount
FROM evaluations e JOIN evaluation_tickets k ON k.evaluation_id = e.id JOIN people p ON p.id = k.person_id
WHERE e.purpose = 'survey' AND e.opened_at >= :begin AND e.opened_at < :end
GROUP BY e.id, e.opened_at, e.form, p.unit_id HAVING sum(k.answered) > 0;

-- name: report_item_taken
-- Items that are with somebody or were brought to their end, by the day on which they were taken on.
SELECT 'items' AS source, CAST(i.id AS TEXT) AS row_id, i.since AS day, NULL AS at, i.holder_id AS person_id,
  p.unit_id AS unit_id, '' AS part, i.title AS what, 1 AS amount
FROM items i JOIN people p ON p.id = i.holder_id
WHERE i.since BETWEEN :first AND :last AND (i.state = 'held' OR (i.state = 'closed' AND i.finished = 1));

-- name: report_item_done
-- Items whose last milestone was accepted and that were not reopened since, by when they were closed (the last time).
SELECT 'items' AS source, CAST(i.id AS TEXT) AS row_id, NULL AS day, s.at AS at, i.holder_id AS person_id,
  p.unit_id AS unit_id, '' AS part, i.title AS what, 1 AS amount
FROM items i JOIN people p ON p.id = i.holder_id
JOIN (SELECT item_id, max(at) AS at FROM item_steps WHERE event = 'Closed' GROUP BY item_id) s ON s.item_id = i.id
WHERE i.state = 'closed' AND i.finished = 1 AND s.at >= :begin AND s.at < :end;

-- name: report_visited
-- Visits that were noted, by the unit that was visited.
SELECT 'visits' AS source, CAST(v.id AS TEXT) AS row_id, v.day AS day, NULL AS at, v.person_id AS person_id,
  v.unit_id AS unit_id, '' AS part, v.text AS what, 1 AS amount
FROM visits v WHERE v.day BETWEEN :first AND :last;

-- name: report_points
-- Entries of the points, up to one of them.
SELECT 'ledger' AS source, CAST(l.id AS TEXT) AS row_id, l.day AS day, NULL AS at, l.person_id AS person_id,
  l.unit_id AS unit_id, l.rule AS part, l.reason AS what, l.points AS amount
FROM ledger l WHERE l.day BETWEEN :first AND :last AND l.id <= :upto;

-- name: report_item_milestone
-- Reports on milestones that were accepted: a row for each acceptance, by the unit in which the holder of that time is.
SELECT 'item_steps' AS source, CAST(s.id AS TEXT) AS row_id, NULL AS day, s.at AS at,
  r.person_id AS person_id, p.unit_id AS unit_id, i.pool AS part, i.title AS what, 1 AS amount
FROM item_steps s JOIN items i ON i.id = s.item_id JOIN item_reports r ON r.item_id = s.item_id JOIN people p ON p.id = r.person_id
WHERE s.event = 'ReportAccepted' AND s.at >= :begin AND s.at < :end
  AND r.version = (SELECT max(seen.version) FROM item_reports seen WHERE seen.item_id = s.item_id AND seen.handed_in_at <= s.at);

-- name: report_item_on_time
-- Items that reached their end without a late report, at the last time that they were closed.
SELECT 'items' AS source, CAST(i.id AS TEXT) AS row_id, NULL AS day, s.at AS at, i.holder_id AS person_id,
  p.unit_id AS unit_id, i.pool AS part, i.title AS what, 1 AS amount
FROM items i JOIN item_steps s ON s.item_id = i.id JOIN people p ON p.id = i.holder_id
WHERE i.state = 'closed' AND i.finished = 1 AND i.late = 0 AND s.event = 'Closed' AND s.at >= :begin AND s.at < :end
  AND NOT EXISTS (SELECT 1 FROM item_steps later WHERE later.item_id = i.id AND later.event = 'Closed' AND later.id > s.id);

-- name: report_item_late
-- Items that reached their end with a late report, at the last time that they were closed.
SELECT 'items' AS source, CAST(i.id AS TEXT) AS row_id, NULL AS day, s.at AS at, i.holder_id AS person_id,
  p.unit_id AS unit_id, i.pool AS part, i.title AS what, 1 AS amount
FROM items i JOIN item_steps s ON s.item_id = i.id JOIN people p ON p.id = i.holder_id
WHERE i.state = 'closed' AND i.finished = 1 AND i.late = 1 AND s.event = 'Closed' AND s.at >= :begin AND s.at < :end
  AND NOT EXISTS (SELECT 1 FROM item_steps later WHERE later.item_id = i.id AND later.event = 'Closed' AND later.id > s.id);

-- name: report_idea_submitted
-- Ideas that were handed in.
SELECT 'ideas' AS source, CAST(a.id AS TEXT) AS row_id, NULL AS day, a.made_at AS at, a.person_id AS person_id,
  a.unit_id AS unit_id, a.campaign AS part, a.text AS what, 1 AS amount
FROM ideas a WHERE a.made_at >= :begin AND a.made_at < :end;

-- name: report_idea_adopted
-- Ideas that were adopted, by when that was decided.
SELECT 'ideas' AS source, CAST(a.id AS TEXT) AS row_id, NULL AS day, a.ruled_at AS at, a.person_id AS person_id,
  a.unit_id AS unit_id, a.campaign AS part, a.text AS what, 1 AS amount
FROM ideas a WHERE a.state = 'adopted' AND a.ruled_at >= :begin AND a.ruled_at < :end;

-- name: report_sums
-- What the rows of a source come to, by unit, by person or by row, and by part; ``{rows}`` is the query of the source.
SELECT unit_id, person_id AS subject, part, count(*) AS rows_count, sum(amount) AS total
FROM ({rows}) found GROUP BY unit_id, person_id, part;

-- name: report_unit_sums
-- The same by unit and part alone, where nobody asks how many people there were.
SELECT unit_id, NULL AS subject, part, count(*) AS rows_count, sum(amount) AS total
FROM ({rows}) found GROUP BY unit_id, part;

-- name: report_within
-- The rows of a unit and of those below it: sums of one unit need not be made of everybody's.
SELECT w.* FROM ({rows}) w
WHERE w.unit_id IN (SELECT id FROM units WHERE path = :path OR substr(path, 1, length(:path) + 1) = :path || '/')

-- name: report_sums_of_rows
-- The same for what several units share and is counted once: by row.
SELECT unit_id, row_id AS subject, part, count(*) AS rows_count, sum(amount) AS total
FROM ({rows}) found GROUP BY unit_id, row_id, part;

-- name: report_lines
-- The rows of a source within a unit and those below it (":path"; all if it is empty), of one or two parts unless ":every" is 1.
SELECT DISTINCT f.source, f.row_id, f.day, f.at, f.person_id, p.name, f.part, f.what, f.amount
FROM ({rows}) f LEFT JOIN units u ON u.id = f.unit_id LEFT JOIN people p ON p.id = f.person_id
WHERE (:path = '' OR u.path = :path OR substr(u.path, 1, length(:path) + 1) = :path || '/')
  AND (:every = 1 OR f.part IN (:part, :other_part))
ORDER BY f.day, f.at, f.source, f.row_id LIMIT :most OFFSET :after;

-- name: report_lectured
-- How many held sessions name each lecturer, by series: for quotas.
SELECT s.lecturer AS name, s.series AS part, count(*) AS n FROM sessions s
WHERE s.state = 'held' AND s.starts_at >= :begin AND s.starts_at < :end AND s.lecturer <> '' GROUP BY s.lecturer, s.series;

-- name: report_quota_sessions
-- In how many held sessions each person was or spoke, by series: for quotas.
SELECT a.person_id, s.series AS part, 'attended' AS what, count(*) AS n
FROM sessions s JOIN attendances a ON a.session_id = s.id
WHERE s.state = 'held' AND s.starts_at >= :begin AND s.starts_at < :end AND a.status IN ('present', 'late', 'make_up') GROUP BY a.person_id, s.series
UNION ALL
SELECT v.person_id, s.series AS part, 'spoke' AS what, count(DISTINCT s.id) AS n
FROM sessions s JOIN speeches v ON v.session_id = s.id
WHERE s.state = 'held' AND s.starts_at >= :begin AND s.starts_at < :end AND v.withdrawn_at IS NULL GROUP BY v.person_id, s.series;

-- name: report_quota_works
-- How many works of each kind that people lead or take part in were accepted: for quotas.
SELECT person_id, kind AS part, 'work' AS what, count(*) AS n FROM (
  SELECT w.author_id AS person_id, w.kind, w.id FROM works w
  WHERE w.phase = 'accepted' AND w.accepted_on BETWEEN :first AND :last
  UNION
  SELECT m.person_id, w.kind, w.id FROM works w JOIN work_members m ON m.work_id = w.id
  WHERE w.phase = 'accepted' AND w.accepted_on BETWEEN :first AND :last
) found GROUP BY person_id, kind;

-- name: report_quota_tasks
-- How many tasks of each template that were due were accepted of each person: for quotas.
SELECT b.person_id, t.template AS part, 'task' AS what, count(*) AS n
FROM tasks t JOIN submissions b ON b.task_id = t.id
WHERE t.due_at >= :begin AND t.due_at < :end AND b.state = 'accepted' GROUP BY b.person_id, t.template;

-- name: report_newest_entry$
-- The newest entry of the points: what a report has seen of them.
SELECT coalesce(max(id), 0) FROM ledger;

-- name: report_own_sums
-- What the rows of a source come to for one person, by part; "{rows}" is the query of the source.
SELECT unit_id, person_id AS subject, part, count(*) AS rows_count, sum(amount) AS total
FROM ({rows}) found WHERE person_id = :person_id GROUP BY unit_id, person_id, part;
