-- How leaders come into office and how a checkpoint is stored. Both for blame_sealer alone.
SET LOCAL ROLE blame_owner;

-- A new leader of a job. Its epoch fences off every leader before it. The caller holds the job's advisory lock.
CREATE FUNCTION log.lead(job text, holder text) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = log, pg_temp AS $$
  INSERT INTO log.leaders AS l (job, epoch, holder) VALUES (lead.job, 1, lead.holder)
  ON CONFLICT ON CONSTRAINT leaders_by_job
    DO UPDATE SET epoch = l.epoch + 1, holder = excluded.holder, since = clock_timestamp()
  RETURNING l.epoch
$$;

-- What the log is called and who signs it: told once, then the same for ever. Gives what is in force.
CREATE FUNCTION log.identify(INOUT origin text, INOUT key text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = log, pg_temp AS $$
BEGIN
  INSERT INTO log.identity (origin, key) VALUES (identify.origin, identify.key)
    ON CONFLICT ON CONSTRAINT identity_once DO NOTHING;
  SELECT i.origin, i.key INTO identify.origin, identify.key FROM log.identity i;
END
$$;

-- Stores a checkpoint and the tiles that filled since the last one, together. Refuses a leader that was replaced
-- (fenced), one that believes in another last checkpoint (moved), and sizes that the log does not have (ahead).
CREATE FUNCTION log.integrate(
  leader_epoch bigint, from_size bigint, to_size bigint, to_root bytea, to_note text,
  levels integer[], indexes bigint[], roots bytea[], tiles bytea[]
) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = log, pg_temp AS $$
BEGIN
  PERFORM 1 FROM log.leaders l WHERE l.job = 'integrate' AND l.epoch = leader_epoch FOR SHARE;
  IF NOT FOUND THEN
    RETURN 'fenced';
  END IF;
  IF from_size <> coalesce((SELECT max(c.size) FROM log.checkpoints c), 0) OR to_size <= from_size THEN
    RETURN 'moved';
  END IF;
  IF NOT EXISTS (SELECT FROM log.events e WHERE e.position = to_size) THEN
    RETURN 'ahead';
  END IF;
  INSERT INTO log.tiles (level, index, root, hashes)
    SELECT t.level, t.index, t.root, t.hashes FROM unnest(levels, indexes, roots, tiles) AS t(level, index, root, hashes);
  INSERT INTO log.checkpoints (size, epoch, root, note) VALUES (to_size, leader_epoch, to_root, to_note);
  RETURN 'stored';
END
$$;

-- Keeps a witness's signature under a checkpoint; false when the checkpoint is not known.
CREATE FUNCTION log.cosign(checkpoint_size bigint, witness_name text, signature_line text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = log, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM log.checkpoints c WHERE c.size = checkpoint_size) THEN
    RETURN false;
  END IF;
  INSERT INTO log.cosignatures (size, witness, line) VALUES (checkpoint_size, witness_name, signature_line)
    ON CONFLICT ON CONSTRAINT cosignatures_once DO NOTHING;
  RETURN true;
END
$$;

REVOKE ALL ON FUNCTION log.lead, log.identify, log.integrate, log.cosign FROM PUBLIC;
GRANT EXECUTE ON FUNCTION log.lead, log.identify, log.integrate, log.cosign TO blame_sealer;
