-- name: bulletin_add^
-- A new version of a bulletin; nothing if there is one with this number.
INSERT INTO bulletins (report, period, scope, unit_id, version, state, figures, lists, taken_at, newest_entry, created_at)
VALUES (:report, :period, :scope, :unit_id, :version, 'draft', :figures, :lists, :taken_at, :newest_entry, :taken_at)
ON CONFLICT DO NOTHING RETURNING id;

-- name: bulletin_get^
-- One bulletin.
SELECT id, report, period, unit_id, version, state, figures, lists, taken_at, newest_entry, reason, submitted_by, submitter,
  approved_by, approver, created_at, posted_at
FROM bulletins WHERE id = :id;

-- name: bulletin_newest^
-- The newest version of the bulletin of a period and a unit ("scope" is the unit's id, 0 for the whole programme).
SELECT id, report, period, unit_id, version, state, figures, lists, taken_at, newest_entry, reason, submitted_by, submitter,
  approved_by, approver, created_at, posted_at
FROM bulletins WHERE report = :report AND period = :period AND scope = :scope ORDER BY version DESC LIMIT 1;

-- name: bulletins_recent
-- The newest bulletins first, without their figures.
SELECT id, report, period, unit_id, version, state, posted_at FROM bulletins ORDER BY period DESC, id DESC LIMIT :most;

-- name: bulletin_recount!
-- Figures are counted anew, as long as it is a draft.
UPDATE bulletins SET figures = :figures, lists = :lists, taken_at = :taken_at, newest_entry = :newest_entry
WHERE id = :id AND state = 'draft';

-- name: bulletin_lists!
-- The lists as somebody has edited them, as long as it is a draft.
UPDATE bulletins SET lists = :lists WHERE id = :id AND state = 'draft';

-- name: bulletin_submit^
-- A draft waits for approval; once.
UPDATE bulletins SET state = 'submitted', submitted_by = :by, submitter = :name, reason = ''
WHERE id = :id AND state = 'draft' RETURNING id;

-- name: bulletin_return^
-- It goes back with a reason; once.
UPDATE bulletins SET state = 'draft', reason = :reason WHERE id = :id AND state = 'submitted' RETURNING id;

-- name: bulletin_post^
-- It is approved and goes out; once.
UPDATE bulletins SET state = 'posted', approved_by = :by, approver = :name, posted_at = :now
WHERE id = :id AND state = 'submitted' RETURNING id;

-- name: bulletin_text_put!
-- What somebody wrote for a chapter takes the place of what stood there.
INSERT INTO bulletin_texts (bulletin_id, chapter, text, author_id, author, at)
VALUES (:bulletin_id, :chapter, :text, :author_id, :author, :at)
ON CONFLICT (bulletin_id, chapter) DO UPDATE
SET text = excluded.text, author_id = excluded.author_id, author = excluded.author, at = excluded.at;

-- name: bulletin_texts_of
-- What was written for a bulletin.
SELECT chapter, text FROM bulletin_texts WHERE bulletin_id = :bulletin_id ORDER BY chapter;

-- name: bulletin_texts_copy!
-- A correction begins with the texts of what it corrects.
INSERT INTO bulletin_texts (bulletin_id, chapter, text, author_id, author, at)
SELECT :bulletin_id, chapter, text, author_id, author, at FROM bulletin_texts WHERE bulletin_id = :old_id
ON CONFLICT (bulletin_id, chapter) DO NOTHING;

-- name: bulletin_rows_put!
-- The rows behind the figures of a source.
INSERT INTO bulletin_rows (bulletin_id, source, body) VALUES (:bulletin_id, :source, :body)
ON CONFLICT (bulletin_id, source) DO UPDATE SET body = excluded.body;

-- name: bulletin_rows_of^
-- The rows behind the figures of a source.
SELECT body FROM bulletin_rows WHERE bulletin_id = :bulletin_id AND source = :source;

-- name: bulletin_entry_add!
-- Something happened to a bulletin.
INSERT INTO bulletin_entries (bulletin_id, kind, author_id, author, reason, at)
VALUES (:bulletin_id, :kind, :author_id, :author, :reason, :at);
