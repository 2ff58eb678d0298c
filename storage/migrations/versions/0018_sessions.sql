-- Lectures, classes, seminars, discussions: what takes place at a time and has people in it.
-- "key" names what there may be only one of (a line of a syllabus, a day of a recurring meeting, an adopted wish).
CREATE TABLE sessions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT UNIQUE,
  series TEXT NOT NULL,
  topic TEXT NOT NULL,
  title TEXT NOT NULL,
  form TEXT NOT NULL,
  lecturer TEXT NOT NULL,
  place TEXT NOT NULL,
  unit_id INTEGER REFERENCES units (id),
  audience TEXT NOT NULL,
  starts_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned', 'held', 'cancelled')),
  material TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  sign_up INTEGER NOT NULL DEFAULT 0,
  capacity INTEGER,
  told_at BIGINT,
  created_by BIGINT,
  created_at BIGINT NOT NULL
);
CREATE INDEX sessions_start ON sessions (starts_at);

-- The register of a session: one line a person, as it stands now.
CREATE TABLE attendances (
  session_id INTEGER NOT NULL REFERENCES sessions (id),
  person_id INTEGER NOT NULL REFERENCES people (id),
  unit_id INTEGER NOT NULL REFERENCES units (id),
  status TEXT NOT NULL CHECK (status IN ('present', 'late', 'leave', 'absent', 'make_up')),
  at BIGINT,
  PRIMARY KEY (session_id, person_id)
);
CREATE INDEX attendances_person ON attendances (person_id);

-- How each line came about; only added to.
CREATE TABLE attendance_entries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  session_id INTEGER NOT NULL REFERENCES sessions (id),
  person_id INTEGER NOT NULL REFERENCES people (id),
  status TEXT NOT NULL,
  at BIGINT,
  cause TEXT NOT NULL CHECK (cause IN ('self', 'leave', 'close', 'mark', 'make_up')),
  author_id BIGINT,
  author TEXT NOT NULL,
  reason TEXT NOT NULL,
  made_at BIGINT NOT NULL
);
CREATE INDEX attendance_entries_line ON attendance_entries (session_id, person_id, id);

-- Who spoke in a session; several speeches of a person are several rows. What a member registers counts once it is confirmed.
CREATE TABLE speeches (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  session_id INTEGER NOT NULL REFERENCES sessions (id),
  person_id INTEGER NOT NULL REFERENCES people (id),
  unit_id INTEGER NOT NULL REFERENCES units (id),
  topic TEXT NOT NULL,
  noted_by BIGINT NOT NULL,
  noted_at BIGINT NOT NULL,
  confirmed_by BIGINT,
  withdrawn_at BIGINT
);
CREATE INDEX speeches_session ON speeches (session_id);

-- The lecturers of a session who are on the roster.
CREATE TABLE session_lecturers (
  session_id INTEGER NOT NULL REFERENCES sessions (id),
  person_id INTEGER NOT NULL REFERENCES people (id),
  PRIMARY KEY (session_id, person_id)
);

-- What was changed about a session after it was planned, by whom; only added to.
CREATE TABLE session_changes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  session_id INTEGER NOT NULL REFERENCES sessions (id),
  what TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  author_id BIGINT,
  at BIGINT NOT NULL
);
CREATE INDEX session_changes_session ON session_changes (session_id, id);

-- Who has signed up for a session with a sign-up, in the order of "asked_at" and "id".
CREATE TABLE session_seats (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  session_id INTEGER NOT NULL REFERENCES sessions (id),
  person_id INTEGER NOT NULL REFERENCES people (id),
  state TEXT NOT NULL CHECK (state IN ('seat', 'waiting', 'left')),
  asked_at BIGINT NOT NULL,
  UNIQUE (session_id, person_id)
);

-- The menu: what the office offers ("offer" is its key in menu.toml) and what members wish for.
CREATE TABLE wishes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  offer TEXT UNIQUE,
  title TEXT NOT NULL,
  lecturer TEXT NOT NULL,
  person_id INTEGER REFERENCES people (id),
  state TEXT NOT NULL CHECK (state IN ('open', 'planned', 'closed')),
  session_id INTEGER REFERENCES sessions (id),
  created_at BIGINT NOT NULL
);

-- One vote a person and wish; withdrawn by being removed.
CREATE TABLE wish_votes (
  wish_id INTEGER NOT NULL REFERENCES wishes (id),
  person_id INTEGER NOT NULL REFERENCES people (id),
  at BIGINT NOT NULL,
  PRIMARY KEY (wish_id, person_id)
);

-- Whose turn a session of a rota was.
CREATE TABLE rota_turns (
  session_id INTEGER PRIMARY KEY REFERENCES sessions (id),
  entry TEXT NOT NULL
);
