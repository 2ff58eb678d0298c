CREATE TABLE units (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  parent_id INTEGER REFERENCES units (id),
  name TEXT NOT NULL,
  path TEXT NOT NULL UNIQUE
);
CREATE INDEX units_parent ON units (parent_id);

CREATE TABLE people (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  unit_id INTEGER NOT NULL REFERENCES units (id),
  level TEXT NOT NULL,
  title TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('member', 'organiser', 'judge', 'observer', 'admin')),
  user_id BIGINT UNIQUE,
  added_at BIGINT NOT NULL,
  joined_at BIGINT,
  left_at BIGINT
);
CREATE INDEX people_unit ON people (unit_id);
