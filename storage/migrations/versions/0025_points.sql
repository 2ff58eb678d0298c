-- What the ledger adds up to, kept in the transaction of each entry: points by person, month (YYYY-MM) and rule …
CREATE TABLE ledger_sums (
  person_id INTEGER NOT NULL REFERENCES people (id),
  month TEXT NOT NULL,
  rule TEXT NOT NULL,
  points INTEGER NOT NULL,
  PRIMARY KEY (person_id, month, rule)
);

-- … and by person and period ('all', YYYY, YYYY-MM), in the order of a ranking.
CREATE TABLE ledger_totals (
  period TEXT NOT NULL,
  person_id INTEGER NOT NULL REFERENCES people (id),
  points INTEGER NOT NULL,
  PRIMARY KEY (period, person_id)
);
CREATE INDEX ledger_totals_rank ON ledger_totals (period, points, person_id);

-- How many people have a total in a period: counting 50,000 of them for every look at a ranking would be slow.
CREATE TABLE ledger_periods (
  period TEXT PRIMARY KEY,
  people INTEGER NOT NULL
);
CREATE INDEX people_left ON people (left_at) WHERE left_at IS NOT NULL;

-- A dispute about an entry, only added to: step 0 is what the person says, step 1 the ruling. There is one of each at most.
CREATE TABLE dispute_entries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  entry_id INTEGER NOT NULL REFERENCES ledger (id),
  person_id INTEGER NOT NULL REFERENCES people (id),
  step INTEGER NOT NULL CHECK (step IN (0, 1)),
  kind TEXT NOT NULL CHECK (kind IN ('opened', 'upheld', 'rejected')),
  author_id BIGINT,
  author TEXT NOT NULL,
  reason TEXT NOT NULL,
  at BIGINT NOT NULL,
  UNIQUE (entry_id, step)
);
CREATE INDEX dispute_entries_person ON dispute_entries (person_id);

-- Who was asked to rule on a dispute.
CREATE TABLE dispute_cards (
  entry_id INTEGER NOT NULL REFERENCES ledger (id),
  user_id BIGINT NOT NULL,
  PRIMARY KEY (entry_id, user_id)
);

-- Points by hand that wait for their confirmation.
CREATE TABLE award_drafts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id INTEGER NOT NULL REFERENCES people (id),
  author_id BIGINT NOT NULL,
  points INTEGER NOT NULL,
  reason TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'dropped')),
  made_at BIGINT NOT NULL
);

-- Members who asked for the removal of what is stored about them, and what became of it.
CREATE TABLE removals (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id INTEGER NOT NULL REFERENCES people (id),
  state TEXT NOT NULL CHECK (state IN ('asked', 'done', 'declined', 'withdrawn')),
  asked_at BIGINT NOT NULL,
  decided_at BIGINT,
  decided_by BIGINT
);
CREATE UNIQUE INDEX removals_open ON removals (person_id) WHERE state = 'asked';
