-- Broadcasts and who acknowledged them.
CREATE TABLE broadcasts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sender_id BIGINT NOT NULL,
  sender TEXT NOT NULL,
  unit TEXT NOT NULL,
  content TEXT NOT NULL,
  audience TEXT NOT NULL,
  wants_ack INTEGER NOT NULL,
  reminds BIGINT REFERENCES broadcasts (id),
  state TEXT NOT NULL CHECK (state IN ('draft', 'cancelled', 'sending', 'stopped', 'done')),
  version INTEGER NOT NULL,
  previewed TEXT,
  unjoined INTEGER NOT NULL,
  card TEXT,
  reminders INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  sent_at BIGINT,
  finished_at BIGINT
);
CREATE INDEX broadcasts_sender ON broadcasts (sender_id, id);

CREATE TABLE broadcast_recipients (
  broadcast_id BIGINT NOT NULL REFERENCES broadcasts (id),
  position INTEGER NOT NULL,
  chat_id BIGINT NOT NULL,
  person_id BIGINT REFERENCES people (id),
  state TEXT NOT NULL CHECK (state IN ('listed', 'waiting', 'queued', 'called_off')),
  acknowledged_at BIGINT,
  PRIMARY KEY (broadcast_id, position)
);
CREATE UNIQUE INDEX broadcast_recipients_chat ON broadcast_recipients (broadcast_id, chat_id);
CREATE INDEX broadcast_recipients_waiting ON broadcast_recipients (broadcast_id, position) WHERE state = 'waiting';
