-- How far each projection has come. Its rows and this line change in one transaction, and only from the position that
-- the writer believes in (… WHERE position = $from): no row updated means that somebody else writes, and the writer
-- stops.
SET LOCAL ROLE blame_owner;

CREATE TABLE read.projections (
  name       text        NOT NULL,
  version    integer     NOT NULL CHECK (version > 0),
  position   bigint      NOT NULL CHECK (position >= 0),
  state_hash bytea       NOT NULL,
  snapshot   bytea,
  saved_at   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (name, version)
);
-- Snapshots are compressed already.
ALTER TABLE read.projections ALTER COLUMN snapshot SET STORAGE EXTERNAL;

COMMENT ON TABLE read.projections IS 'Position, state hash and snapshot of each projection';
GRANT SELECT ON read.projections TO blame_app, blame_reader;
GRANT SELECT, INSERT, UPDATE, DELETE ON read.projections TO blame_projector;
