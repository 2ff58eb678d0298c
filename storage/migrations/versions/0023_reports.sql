-- A bulletin of a period and a unit (no unit: the whole programme), a row a version; a correction is a new version.
-- "figures" is what was counted at "taken_at", frozen; "lists" who was praised and who has to improve, as edited.
CREATE TABLE bulletins (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  report TEXT NOT NULL,
  period TEXT NOT NULL,
  scope INTEGER NOT NULL,
  unit_id INTEGER REFERENCES units (id),
  version INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'posted')),
  figures TEXT NOT NULL,
  lists TEXT NOT NULL,
  taken_at BIGINT NOT NULL,
  newest_entry INTEGER NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  submitted_by BIGINT,
  submitter TEXT NOT NULL DEFAULT '',
  approved_by BIGINT,
  approver TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  posted_at BIGINT,
  UNIQUE (report, period, scope, version)
);

-- What a person wrote for a chapter of a bulletin.
CREATE TABLE bulletin_texts (
  bulletin_id INTEGER NOT NULL REFERENCES bulletins (id),
  chapter TEXT NOT NULL,
  text TEXT NOT NULL,
  author_id BIGINT,
  author TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (bulletin_id, chapter)
);

-- The rows behind the figures as they were at the snapshot, packed, a row a source; persons by their ids alone.
-- The entries of the points are not copied: nothing there ever changes, so the newest entry of the snapshot says all.
CREATE TABLE bulletin_rows (
  bulletin_id INTEGER NOT NULL REFERENCES bulletins (id),
  source TEXT NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (bulletin_id, source)
);

-- What happened to a bulletin.
CREATE TABLE bulletin_entries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  bulletin_id INTEGER NOT NULL REFERENCES bulletins (id),
  kind TEXT NOT NULL CHECK (kind IN ('drafted', 'recounted', 'submitted', 'returned', 'posted')),
  author_id BIGINT,
  author TEXT NOT NULL,
  reason TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX bulletin_entries_of ON bulletin_entries (bulletin_id, id);

-- The points of a period are summed by unit, person and rule from the index alone: a lookup of each entry took most of the time.
DROP INDEX ledger_day;
CREATE INDEX ledger_day ON ledger (day, unit_id, person_id, rule, points);
