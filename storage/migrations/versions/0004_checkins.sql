-- Daily check-ins and leave.
-- The sheet of a unit for a day: that there is one says that check-in was held there. Whoever is in a unit below belongs
-- to the nearest sheet above. paced_at is the account of the card's edits (see study.checkin_rules.Pace).
CREATE TABLE checkin_sheets (
  day TEXT NOT NULL,
  unit_id INTEGER NOT NULL REFERENCES units (id),
  opened_at BIGINT NOT NULL,
  late_at BIGINT NOT NULL,
  closes_at BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'interrupted')),
  paced_at BIGINT NOT NULL,
  replied_at BIGINT NOT NULL,
  PRIMARY KEY (day, unit_id)
);
CREATE INDEX checkin_sheets_open ON checkin_sheets (closes_at) WHERE state = 'open';

-- The register: one line a person and day, as it stands now.
CREATE TABLE checkins (
  day TEXT NOT NULL,
  person_id INTEGER NOT NULL REFERENCES people (id),
  unit_id INTEGER NOT NULL REFERENCES units (id),
  status TEXT NOT NULL CHECK (status IN ('on_time', 'late', 'leave', 'absent', 'excused')),
  at BIGINT,
  PRIMARY KEY (day, person_id)
);
CREATE INDEX checkins_person ON checkins (person_id, day);

-- How each line came about; only added to.
CREATE TABLE checkin_entries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  day TEXT NOT NULL,
  person_id INTEGER NOT NULL REFERENCES people (id),
  status TEXT NOT NULL,
  at BIGINT,
  cause TEXT NOT NULL CHECK (cause IN ('self', 'leave', 'close', 'mark')),
  author_id BIGINT,
  author TEXT NOT NULL,
  reason TEXT NOT NULL,
  made_at BIGINT NOT NULL
);
CREATE INDEX checkin_entries_line ON checkin_entries (person_id, day, id);

-- Days on which the bot's own absence kept people from checking in.
CREATE TABLE checkin_outages (
  day TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('missed', 'interrupted')),
  noted_at BIGINT NOT NULL
);

CREATE TABLE leaves (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id INTEGER NOT NULL REFERENCES people (id),
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  reason TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('asked', 'approved', 'declined', 'withdrawn')),
  asked_at BIGINT NOT NULL,
  decided_at BIGINT,
  decided_by BIGINT,
  decider TEXT NOT NULL,
  answer TEXT NOT NULL
);
CREATE INDEX leaves_person ON leaves (person_id, last_day);
CREATE INDEX leaves_approved ON leaves (first_day, last_day) WHERE state = 'approved';

-- Who was asked to decide, so that everybody's copy shows what was decided.
CREATE TABLE leave_notices (
  leave_id INTEGER NOT NULL REFERENCES leaves (id),
  user_id BIGINT NOT NULL,
  PRIMARY KEY (leave_id, user_id)
);
