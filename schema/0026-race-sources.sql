-- Where each race came from, down to the bytes: bodies by their digest, the source of every field, and what the sources
-- tell differently.
SET LOCAL ROLE blame_owner;

CREATE TABLE app.source_bodies (
  digest        text        NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
  url           text        NOT NULL,
  size          bigint      NOT NULL CHECK (size >= 0),
  etag          text,
  last_modified text,
  fetched_at    timestamptz NOT NULL,
  checked_at    timestamptz NOT NULL,
  PRIMARY KEY (digest, url)
);
CREATE INDEX source_bodies_by_url ON app.source_bodies (url, fetched_at);
COMMENT ON TABLE app.source_bodies IS
  'Every body a race was read from: race_provenance.digest leads here, and the digest to the file in the cache';

CREATE TABLE app.race_disagreements (
  season       integer NOT NULL,
  round        integer NOT NULL,
  place        integer NOT NULL,
  driver       text,
  lap          integer,
  field        text    NOT NULL,
  kept_source  text    NOT NULL,
  kept         text,
  other_source text    NOT NULL,
  other        text,
  rule         text,
  severity     text    NOT NULL CHECK (severity IN ('info', 'warning', 'error')),
  PRIMARY KEY (season, round, place),
  FOREIGN KEY (season, round) REFERENCES app.races ON DELETE CASCADE
);
COMMENT ON TABLE app.race_disagreements IS 'Fields that the sources of a race tell differently, as last imported';

CREATE TABLE app.race_field_sources (
  season integer NOT NULL,
  round  integer NOT NULL,
  driver text    NOT NULL,
  field  text    NOT NULL,
  source text    NOT NULL,
  PRIMARY KEY (season, round, driver, field),
  FOREIGN KEY (season, round) REFERENCES app.races ON DELETE CASCADE
);
COMMENT ON TABLE app.race_field_sources IS
  'The source of a driver''s fields (field _) and the exceptions, such as lap_time_ms@1; a race of one source has none';

GRANT SELECT, INSERT, UPDATE, DELETE ON app.source_bodies, app.race_disagreements, app.race_field_sources TO blame_app;
GRANT SELECT ON app.source_bodies, app.race_disagreements, app.race_field_sources TO blame_reader;
