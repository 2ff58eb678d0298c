CREATE TABLE seasons (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  unit_id INTEGER REFERENCES units (id),
  places TEXT NOT NULL,
  opened_by BIGINT NOT NULL,
  opened_at BIGINT NOT NULL
);

CREATE TABLE season_entries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  season_id INTEGER NOT NULL REFERENCES seasons (id),
  at BIGINT NOT NULL,
  author_id BIGINT NOT NULL,
  event TEXT NOT NULL,
  subject TEXT NOT NULL CHECK (subject IN ('unit', 'team', 'person')),
  name TEXT NOT NULL,
  place INTEGER,
  points INTEGER NOT NULL,
  reason TEXT NOT NULL,
  reverses INTEGER UNIQUE REFERENCES season_entries (id)
);
CREATE INDEX season_entries_of ON season_entries (season_id);

CREATE TABLE season_drafts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  season_id INTEGER NOT NULL REFERENCES seasons (id),
  author_id BIGINT NOT NULL,
  body TEXT NOT NULL,
  at BIGINT NOT NULL
);

CREATE TABLE season_omissions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  season_id INTEGER NOT NULL REFERENCES seasons (id),
  at BIGINT NOT NULL,
  author_id BIGINT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('contest', 'tournament')),
  item_id INTEGER NOT NULL,
  omitted INTEGER NOT NULL,
  reason TEXT NOT NULL
);
