-- The transparency log over log.events: full tiles of hashes, signed checkpoints, what witnesses signed, and who may
-- write them. Written by the functions of 0023 alone.
SET LOCAL ROLE blame_owner;

CREATE TABLE log.identity (
  is_only boolean NOT NULL DEFAULT true,
  origin  text    NOT NULL CHECK (origin <> ''),
  key     text    NOT NULL CHECK (key <> ''),
  CONSTRAINT identity_once PRIMARY KEY (is_only),
  CONSTRAINT identity_is_only CHECK (is_only)
);
COMMENT ON TABLE log.identity IS 'What the log is called and the public key that signs its checkpoints; set once';

CREATE TABLE log.leaders (
  job    text        NOT NULL,
  epoch  bigint      NOT NULL CHECK (epoch > 0),
  holder text        NOT NULL,
  since  timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT leaders_by_job PRIMARY KEY (job)
);
COMMENT ON TABLE log.leaders IS 'Who leads each job that only one server may do; a higher epoch fences off a lower one';

CREATE TABLE log.tiles (
  index  bigint   NOT NULL CHECK (index >= 0),
  level  smallint NOT NULL CHECK (level BETWEEN 0 AND 7),
  root   bytea    NOT NULL CHECK (length(root) = 32),
  hashes bytea    NOT NULL CHECK (length(hashes) = 8192),
  CONSTRAINT tiles_by_place PRIMARY KEY (level, index)
);
-- Hashes do not compress.
ALTER TABLE log.tiles ALTER COLUMN hashes SET STORAGE EXTERNAL;
COMMENT ON TABLE log.tiles IS 'Full tiles of the Merkle tree over the log (C2SP tlog-tiles): 256 hashes each';
COMMENT ON COLUMN log.tiles.root IS 'The node over the 256 hashes, one hash of the tile above';

CREATE TABLE log.checkpoints (
  size    bigint      NOT NULL CHECK (size > 0),
  epoch   bigint      NOT NULL,
  made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  root    bytea       NOT NULL CHECK (length(root) = 32),
  note    text        NOT NULL,
  CONSTRAINT checkpoints_by_size PRIMARY KEY (size)
);
COMMENT ON TABLE log.checkpoints IS 'Signed tree heads (C2SP tlog-checkpoint): stored before anybody is shown them';

CREATE TABLE log.cosignatures (
  size        bigint      NOT NULL REFERENCES log.checkpoints (size),
  received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  witness     text        NOT NULL,
  line        text        NOT NULL,
  CONSTRAINT cosignatures_once PRIMARY KEY (size, witness)
);
COMMENT ON TABLE log.cosignatures IS 'Signatures of witnesses under checkpoints (C2SP tlog-cosignature)';

CREATE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON log.identity
  FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change();
ALTER TABLE log.identity ENABLE ALWAYS TRIGGER immutable;
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON log.tiles
  FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change();
ALTER TABLE log.tiles ENABLE ALWAYS TRIGGER immutable;
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON log.checkpoints
  FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change();
ALTER TABLE log.checkpoints ENABLE ALWAYS TRIGGER immutable;
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON log.cosignatures
  FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change();
ALTER TABLE log.cosignatures ENABLE ALWAYS TRIGGER immutable;

GRANT SELECT ON log.identity, log.leaders, log.tiles, log.checkpoints, log.cosignatures
  TO blame_app, blame_projector, blame_sealer;
GRANT SELECT ON audit.leaf TO blame_projector;
GRANT USAGE ON SCHEMA audit TO blame_projector;
