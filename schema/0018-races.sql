-- Races as imported. The record's canonical bytes are what everything is computed from; the laps beside them are for
-- reading.
SET LOCAL ROLE blame_owner;

CREATE TABLE app.races (
  season       integer     NOT NULL,
  round        integer     NOT NULL,
  slug         text        NOT NULL,
  name         text        NOT NULL,
  circuit      text        NOT NULL,
  date         date,
  laps         integer     NOT NULL CHECK (laps > 0),
  digest       bytea       NOT NULL CHECK (length(digest) = 32),
  is_synthetic boolean     NOT NULL,
  source       text        NOT NULL,
  record       bytea       NOT NULL,
  imported_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (season, round),
  UNIQUE (season, slug)
);
COMMENT ON TABLE app.races IS 'Each Grand Prix as last imported';
COMMENT ON COLUMN app.races.digest IS 'SHA-256 of record';

CREATE TABLE app.laps (
  season        integer NOT NULL,
  round         integer NOT NULL,
  driver        text    NOT NULL,
  lap           integer NOT NULL CHECK (lap > 0),
  time_ms       bigint,
  sector1_ms    bigint,
  sector2_ms    bigint,
  sector3_ms    bigint,
  elapsed_ms    bigint,
  compound      text,
  tyre_life     integer,
  stint         integer,
  place         integer,
  track_status  text    NOT NULL DEFAULT '',
  pit_in_ms     bigint,
  pit_out_ms    bigint,
  is_counted    boolean NOT NULL DEFAULT true,
  PRIMARY KEY (season, round, driver, lap),
  FOREIGN KEY (season, round) REFERENCES app.races ON DELETE CASCADE
);
COMMENT ON TABLE app.laps IS
  'One row for each driver and lap, for reading with SQL; milliseconds, elapsed from the race''s start';

CREATE TABLE app.race_provenance (
  season   integer NOT NULL,
  round    integer NOT NULL,
  place    integer NOT NULL,
  part     text    NOT NULL,
  source   text    NOT NULL,
  location text    NOT NULL,
  digest   text    NOT NULL,
  PRIMARY KEY (season, round, place),
  FOREIGN KEY (season, round) REFERENCES app.races ON DELETE CASCADE
);
COMMENT ON TABLE app.race_provenance IS 'Which file or address each part of a race came from, in the order read';

GRANT SELECT, INSERT, UPDATE, DELETE ON app.races, app.laps, app.race_provenance TO blame_app;
GRANT SELECT ON app.races, app.laps, app.race_provenance TO blame_projector, blame_reader;
GRANT USAGE ON SCHEMA app TO blame_projector, blame_reader;
