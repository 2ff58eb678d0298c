-- Items that people take on. What may happen to one is said by study/claim_rules.py; the log of it is item_steps.
CREATE TABLE items (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source TEXT NOT NULL UNIQUE,
  pool TEXT NOT NULL,
  work TEXT NOT NULL,
  title TEXT NOT NULL,
  measure TEXT NOT NULL,
  unit_id INTEGER REFERENCES units (id),
  leader_id INTEGER REFERENCES people (id),
  wanted_unit_id INTEGER REFERENCES units (id),
  wanted_person_id INTEGER REFERENCES people (id),
  deadline TEXT,
  created_by BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  state TEXT NOT NULL DEFAULT 'open',
  holder_id INTEGER REFERENCES people (id),
  period TEXT NOT NULL DEFAULT '',
  since TEXT,
  reached INTEGER NOT NULL DEFAULT 0,
  report TEXT NOT NULL DEFAULT 'none',
  version INTEGER NOT NULL DEFAULT 0,
  report_late INTEGER NOT NULL DEFAULT 0,
  late INTEGER NOT NULL DEFAULT 0,
  finished INTEGER NOT NULL DEFAULT 0,
  reopened TEXT,
  reason TEXT NOT NULL DEFAULT ''
);
CREATE INDEX items_holder ON items (holder_id, pool, period);
CREATE INDEX items_pool ON items (pool, state);

-- Every step of an item, in order; nothing is ever changed here.
CREATE TABLE item_steps (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  item_id INTEGER NOT NULL REFERENCES items (id),
  event TEXT NOT NULL,
  body TEXT NOT NULL,
  author BIGINT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX item_steps_item ON item_steps (item_id, id);

-- Every report that was handed in, a row a version.
CREATE TABLE item_reports (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  item_id INTEGER NOT NULL REFERENCES items (id),
  version INTEGER NOT NULL,
  milestone TEXT NOT NULL,
  person_id INTEGER NOT NULL REFERENCES people (id),
  text TEXT NOT NULL,
  files TEXT NOT NULL,
  late INTEGER NOT NULL,
  handed_in_at BIGINT NOT NULL,
  UNIQUE (item_id, version)
);

-- What a holder is writing.
CREATE TABLE item_drafts (
  item_id INTEGER PRIMARY KEY REFERENCES items (id),
  person_id INTEGER NOT NULL REFERENCES people (id),
  text TEXT NOT NULL,
  files TEXT NOT NULL,
  card INTEGER NOT NULL,
  album TEXT NOT NULL
);

-- Two-way choice: what people wish for, whom the office would take, and what came of both.
CREATE TABLE item_wishes (
  person_id INTEGER NOT NULL REFERENCES people (id),
  item_id INTEGER NOT NULL REFERENCES items (id),
  place INTEGER NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (person_id, item_id)
);
CREATE INDEX item_wishes_item ON item_wishes (item_id);
CREATE TABLE item_choices (
  item_id INTEGER NOT NULL REFERENCES items (id),
  person_id INTEGER NOT NULL REFERENCES people (id),
  place INTEGER NOT NULL,
  author BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (item_id, person_id)
);
CREATE TABLE item_matches (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pool TEXT NOT NULL,
  seed BIGINT NOT NULL,
  body TEXT NOT NULL,
  made_by BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  confirmed_by BIGINT,
  confirmed_at BIGINT
);

-- Ideas, who votes for them, and what was done with them.
CREATE TABLE ideas (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source TEXT NOT NULL UNIQUE,
  campaign TEXT NOT NULL,
  person_id INTEGER NOT NULL REFERENCES people (id),
  unit_id INTEGER NOT NULL REFERENCES units (id),
  text TEXT NOT NULL,
  category TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  item_id INTEGER REFERENCES items (id),
  made_at BIGINT NOT NULL,
  ruled_at BIGINT
);
CREATE INDEX ideas_campaign ON ideas (campaign, state);
CREATE TABLE idea_votes (
  idea_id INTEGER NOT NULL REFERENCES ideas (id),
  person_id INTEGER NOT NULL REFERENCES people (id),
  at BIGINT NOT NULL,
  PRIMARY KEY (idea_id, person_id)
);
CREATE TABLE idea_steps (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  idea_id INTEGER NOT NULL REFERENCES ideas (id),
  event TEXT NOT NULL,
  reason TEXT NOT NULL,
  author BIGINT NOT NULL,
  at BIGINT NOT NULL
);
