-- The log itself. Columns of fixed width come first, so that no byte of a row is padding; audit.events gives them in
-- reading order.
SET LOCAL ROLE blame_owner;

CREATE TABLE log.events (
  position      bigint      NOT NULL,
  recorded_at   timestamptz NOT NULL,
  version       integer     NOT NULL,
  actor_version integer,
  stream        uuid        NOT NULL,
  command       uuid        NOT NULL,
  actor         uuid,
  type          text        NOT NULL,
  data          json        NOT NULL,
  CONSTRAINT events_by_position PRIMARY KEY (position),
  CONSTRAINT events_by_stream UNIQUE (stream, version),
  CONSTRAINT events_by_actor UNIQUE (actor, actor_version),
  CONSTRAINT events_are_numbered CHECK (position > 0 AND version > 0 AND actor_version > 0),
  CONSTRAINT events_of_actors_are_numbered CHECK ((actor IS NULL) = (actor_version IS NULL))
) WITH (
  -- Nothing dies here, so inserts alone drive vacuum: it keeps the visibility map, and freezes while pages are warm.
  autovacuum_vacuum_insert_scale_factor = 0.0,
  autovacuum_vacuum_insert_threshold = 200000,
  autovacuum_freeze_min_age = 0,
  autovacuum_analyze_scale_factor = 0.05
);

COMMENT ON TABLE log.events IS 'What happened, in one order without gaps. Written by log.append alone; never changed.';
COMMENT ON COLUMN log.events.position IS 'Place in the order, dense from 1; position - 1 is the Merkle leaf index';
COMMENT ON COLUMN log.events.recorded_at IS 
  'Clock of the database inside the append; never falls with position; decides nothing';
COMMENT ON COLUMN log.events.version IS 'Dense from 1 within the stream';
COMMENT ON COLUMN log.events.actor_version IS 'Dense from 1 within the actor: a list 1..n is complete';
COMMENT ON COLUMN log.events.command IS 'Idempotency key of the command that caused it';
COMMENT ON COLUMN log.events.actor IS 'Account that caused it; null for the system';
COMMENT ON COLUMN log.events.data IS 'Canonical JSON; these very bytes are hashed, hence json and not jsonb';

GRANT SELECT ON log.events TO blame_app, blame_projector, blame_sealer;
