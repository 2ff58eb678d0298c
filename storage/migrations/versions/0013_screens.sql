CREATE TABLE screens (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  digest TEXT NOT NULL UNIQUE,
  token TEXT NOT NULL,
  join_key TEXT NOT NULL UNIQUE,
  subject TEXT NOT NULL CHECK (subject IN ('group', 'tournament')),
  subject_id BIGINT NOT NULL,
  made_by BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  revoked_at BIGINT
);
CREATE UNIQUE INDEX screens_in_use ON screens (subject, subject_id) WHERE revoked_at IS NULL;
