-- What was applied; the newest is in force.
CREATE TABLE programmes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  digest TEXT NOT NULL,
  body TEXT NOT NULL,
  applied_at BIGINT NOT NULL
);

-- Points, only added to. An entry that takes another back names it; both stay. "by_hand": a person decided it, no rule.
CREATE TABLE ledger (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id INTEGER NOT NULL REFERENCES people (id),
  unit_id INTEGER NOT NULL REFERENCES units (id),
  rule TEXT NOT NULL,
  points INTEGER NOT NULL,
  worth INTEGER NOT NULL,
  day TEXT NOT NULL,
  at BIGINT NOT NULL,
  evidence TEXT NOT NULL,
  happening TEXT NOT NULL,
  turn INTEGER NOT NULL,
  reason TEXT NOT NULL,
  author_id BIGINT,
  by_hand BOOLEAN NOT NULL,
  reverses INTEGER UNIQUE REFERENCES ledger (id),
  UNIQUE (person_id, evidence, rule, turn)
);
CREATE INDEX ledger_person ON ledger (person_id, day);
CREATE INDEX ledger_newest ON ledger (person_id, id);
CREATE INDEX ledger_day ON ledger (day);
