-- Sealed segments: 65,536 consecutive events each, in compressed columns, under the root that the tree has over them.
SET LOCAL ROLE blame_owner;

CREATE TABLE log.segments (
  number    bigint      NOT NULL CHECK (number >= 0),
  sealed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  root      bytea       NOT NULL CHECK (length(root) = 32),
  bytes     bytea       NOT NULL,
  CONSTRAINT segments_by_number PRIMARY KEY (number)
);
-- Compressed already.
ALTER TABLE log.segments ALTER COLUMN bytes SET STORAGE EXTERNAL;
COMMENT ON TABLE log.segments IS 'Sealed parts of the log; segment n holds positions n * 65536 + 1 and on';

CREATE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON log.segments
  FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change();
ALTER TABLE log.segments ENABLE ALWAYS TRIGGER immutable;

-- Stores the next segment. Refuses a leader that was replaced (fenced), a segment that is not the next (moved), and one
-- that no checkpoint covers (ahead).
CREATE FUNCTION log.seal(leader_epoch bigint, segment_number bigint, segment_root bytea, segment_bytes bytea)
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = log, pg_temp AS $$
BEGIN
  PERFORM 1 FROM log.leaders l WHERE l.job = 'integrate' AND l.epoch = leader_epoch FOR SHARE;
  IF NOT FOUND THEN
    RETURN 'fenced';
  END IF;
  IF segment_number <> coalesce((SELECT max(s.number) + 1 FROM log.segments s), 0) THEN
    RETURN 'moved';
  END IF;
  IF (segment_number + 1) * 65536 > coalesce((SELECT max(c.size) FROM log.checkpoints c), 0) THEN
    RETURN 'ahead';
  END IF;
  INSERT INTO log.segments (number, root, bytes) VALUES (segment_number, segment_root, segment_bytes);
  RETURN 'stored';
END
$$;
REVOKE ALL ON FUNCTION log.seal FROM PUBLIC;
GRANT EXECUTE ON FUNCTION log.seal TO blame_sealer;
GRANT SELECT ON log.segments TO blame_app, blame_projector, blame_sealer;
