CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

CREATE TABLE inbox (
  update_id BIGINT PRIMARY KEY,
  chat_id BIGINT NOT NULL,
  received_at BIGINT NOT NULL,
  body TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'failed')),
  error TEXT
);
CREATE INDEX inbox_waiting ON inbox (update_id) WHERE state = 'waiting';
CREATE INDEX inbox_received ON inbox (received_at);

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  chat_id BIGINT NOT NULL,
  rank INTEGER NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('send', 'edit', 'delete')),
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  ref TEXT,
  reply_to BIGINT,
  listener TEXT,
  batch TEXT,
  state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'unknown', 'refused')),
  created_at BIGINT NOT NULL,
  sent_at BIGINT,
  message_id BIGINT,
  error TEXT
);
CREATE INDEX outbox_open ON outbox (state, rank, id) WHERE state IN ('pending', 'sending');
CREATE INDEX outbox_ref ON outbox (ref) WHERE ref IS NOT NULL AND state IN ('pending', 'sending');
CREATE INDEX outbox_sent ON outbox (sent_at) WHERE sent_at IS NOT NULL;
CREATE INDEX outbox_batch ON outbox (batch, state) WHERE batch IS NOT NULL;

CREATE TABLE messages (
  ref TEXT PRIMARY KEY,
  chat_id BIGINT NOT NULL,
  message_id BIGINT NOT NULL,
  sent_at BIGINT NOT NULL
);
CREATE INDEX messages_chat ON messages (chat_id);

CREATE TABLE alarms (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  body TEXT NOT NULL,
  due_at BIGINT NOT NULL,
  useful_until BIGINT,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'missed', 'cancelled')),
  UNIQUE (kind, key)
);
CREATE INDEX alarms_waiting ON alarms (due_at) WHERE state = 'waiting';

CREATE TABLE conversations (
  user_id BIGINT NOT NULL,
  chat_id BIGINT NOT NULL,
  topic TEXT NOT NULL,
  body TEXT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (user_id, chat_id)
);

CREATE TABLE users (
  user_id BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  username TEXT,
  language TEXT,
  reachable INTEGER NOT NULL,
  seen_at BIGINT NOT NULL
);

CREATE TABLE groups (
  chat_id BIGINT PRIMARY KEY,
  title TEXT NOT NULL,
  unit_id INTEGER,
  language TEXT,
  state TEXT NOT NULL CHECK (state IN ('active', 'gone'))
);
CREATE INDEX groups_unit ON groups (unit_id) WHERE unit_id IS NOT NULL;
