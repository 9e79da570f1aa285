"""The tables of the practice network, and nothing else.

`seq` orders things by acceptance; `id` is what the outside sees. Counters stand on the post, because the feed shows
them for thirty posts at once. AUTOINCREMENT keeps numbers growing after a reset, so that a reader who asks
"since 41" never misses what comes later.
"""

TABLES = """
CREATE TABLE IF NOT EXISTS channels (
    id INTEGER PRIMARY KEY AUTOINCREMENT, handle TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
    about TEXT NOT NULL DEFAULT '', followers INTEGER NOT NULL DEFAULT 0,
    profile_views INTEGER NOT NULL DEFAULT 0, created_at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS tokens (
    access_hash BLOB PRIMARY KEY, refresh_hash BLOB NOT NULL UNIQUE, channel_id INTEGER NOT NULL REFERENCES channels,
    expires_at REAL NOT NULL, is_expired_by_fault INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS reviews (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, channel_id INTEGER NOT NULL REFERENCES channels,
    stranger TEXT NOT NULL, stars INTEGER NOT NULL CHECK (stars BETWEEN 1 AND 5), text TEXT NOT NULL,
    created_at TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS reviews_by_channel ON reviews (channel_id, seq);
CREATE TABLE IF NOT EXISTS posts (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('post', 'reply', 'review_reply')),
    channel_id INTEGER REFERENCES channels, stranger TEXT,
    text TEXT NOT NULL, media TEXT NOT NULL DEFAULT '[]', key TEXT, fingerprint BLOB,
    parent_seq INTEGER, root_seq INTEGER, review_seq INTEGER REFERENCES reviews,
    is_imported INTEGER NOT NULL DEFAULT 0, created_at TEXT NOT NULL, deleted_at TEXT, hidden_at TEXT,
    views INTEGER NOT NULL DEFAULT 0, likes INTEGER NOT NULL DEFAULT 0, replies INTEGER NOT NULL DEFAULT 0,
    reposts INTEGER NOT NULL DEFAULT 0, CHECK ((channel_id IS NULL) <> (stranger IS NULL)));
CREATE INDEX IF NOT EXISTS posts_by_channel ON posts (channel_id, seq);
CREATE INDEX IF NOT EXISTS posts_by_key ON posts (channel_id, key) WHERE key IS NOT NULL;
CREATE INDEX IF NOT EXISTS posts_by_parent ON posts (parent_seq) WHERE parent_seq IS NOT NULL;
CREATE INDEX IF NOT EXISTS posts_by_review ON posts (review_seq) WHERE review_seq IS NOT NULL;
CREATE INDEX IF NOT EXISTS posts_by_channel_time ON posts (channel_id, created_at, seq) WHERE kind = 'post';
CREATE INDEX IF NOT EXISTS posts_by_time ON posts (created_at, seq) WHERE kind = 'post';
CREATE TABLE IF NOT EXISTS media (
    id TEXT PRIMARY KEY, channel_id INTEGER NOT NULL REFERENCES channels, mime TEXT NOT NULL,
    alt_text TEXT NOT NULL, body BLOB NOT NULL, created_at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS captions (
    media_id TEXT PRIMARY KEY REFERENCES media, language TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS reactions (
    post_seq INTEGER NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('like', 'repost')), name TEXT NOT NULL,
    PRIMARY KEY (post_seq, kind, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS follows (
    channel_id INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (channel_id, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS notices (
    id INTEGER PRIMARY KEY AUTOINCREMENT, channel_id INTEGER NOT NULL REFERENCES channels, kind TEXT NOT NULL,
    at TEXT NOT NULL, actor_handle TEXT, actor_name TEXT NOT NULL,
    post_seq INTEGER, about_seq INTEGER, review_seq INTEGER);
CREATE INDEX IF NOT EXISTS notices_by_channel ON notices (channel_id, id);
"""

EMPTIED_BY_RESET = ("notices", "reactions", "follows", "posts", "reviews", "captions", "media")
"""Tables a reset empties, in an order that respects their references."""
