-- Personal data lives here and nowhere else: events know an account by its opaque id, and erasing one deletes its row.
SET LOCAL ROLE blame_owner;

CREATE TABLE app.users (
  id            uuid        NOT NULL PRIMARY KEY,
  email         text,
  name          text        NOT NULL CHECK (length(name) BETWEEN 1 AND 64),
  password_hash text,
  kind          text        NOT NULL CHECK (kind IN ('registered', 'guest', 'synthetic')),
  is_pro        boolean     NOT NULL DEFAULT false,
  created_at    timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX users_by_email ON app.users (lower(email));
CREATE UNIQUE INDEX users_by_name ON app.users (lower(name)) WHERE kind <> 'guest';
COMMENT ON TABLE app.users IS 'Accounts with their personal data';

CREATE TABLE app.tokens (
  hash       bytea       NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
  account    uuid        NOT NULL REFERENCES app.users ON DELETE CASCADE,
  kind       text        NOT NULL CHECK (kind IN ('bearer', 'refresh')),
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz
);
CREATE INDEX tokens_by_account ON app.tokens (account);
CREATE INDEX tokens_by_expiry ON app.tokens (expires_at);
COMMENT ON TABLE app.tokens IS 'SHA-256 of each token given out; the token itself is never stored';

CREATE TABLE app.disclosures (
  account       uuid        NOT NULL,
  season        integer     NOT NULL,
  round         integer     NOT NULL,
  what          text        NOT NULL,
  first_seen_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (account, season, round)
);
COMMENT ON TABLE app.disclosures IS 'When an account first saw how a race went; a run after that is not ranked';

GRANT SELECT, INSERT, UPDATE, DELETE ON app.users, app.tokens, app.disclosures TO blame_app;
