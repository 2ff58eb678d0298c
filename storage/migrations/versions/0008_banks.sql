CREATE TABLE banks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  added_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL
);

CREATE TABLE bank_items (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  bank_id INTEGER NOT NULL REFERENCES banks (id),
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  body TEXT NOT NULL,
  category TEXT NOT NULL DEFAULT '',
  difficulty INTEGER,
  tags TEXT NOT NULL DEFAULT '',
  retired_at BIGINT,
  UNIQUE (bank_id, text)
);
CREATE INDEX bank_items_order ON bank_items (bank_id, position);
