-- The one way into the log. A batch of commands comes as arrays.
-- One element a command: commands; actors, null for the system; answers; starts, the place of the command's first event
-- in the batch, counted from 1.
-- One element a run, that is consecutive events of one command on one stream: run_commands, counted from 1;
-- run_streams; run_starts, the place of its first event; run_expected, in a command's first run on a stream, what the
-- stream's version must be before it: n, exactly that; 0, no such stream; -1, it exists; null, any.
-- One element an event: types, data.
-- One element a condition on a stream that its command does not write: other_commands, other_streams, other_expected.
-- Every command is decided in order and on its own: a known one gets its first answer again, a refused one takes no
-- other with it. A command that comes twice in a batch gets one outcome twice.
-- Who says flushed_later releases the lock before the commit is on disk, and must flush the write-ahead log (by any
-- later transaction that waits for its own commit) before it acknowledges.
SET LOCAL ROLE blame_owner;

CREATE FUNCTION log.append(
  commands uuid[], actors uuid[], answers bytea[], starts integer[],
  run_commands integer[], run_streams uuid[], run_starts integer[], run_expected integer[],
  types text[], data json[],
  other_commands integer[], other_streams uuid[], other_expected integer[],
  flushed_later boolean DEFAULT false,
  OUT recorded_at timestamptz,
  -- Position of the event before the first one appended.
  OUT last bigint,
  -- One element a run of the commands accepted: versions of its stream and of its actor before it.
  OUT bases integer[], OUT actor_bases integer[],
  -- One element a command, or null when all are new and accepted: 0 accepted, 1 a repeat, 2 refused;
  -- the first answer of a repeat; the condition that failed and what it found.
  OUT outcomes integer[],
  OUT repeat_firsts bigint[], OUT repeat_counts integer[], OUT repeat_answers bytea[],
  OUT refused_streams uuid[], OUT refused_expected integer[], OUT refused_found integer[]
)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = log, pg_temp
-- The arrays are looked up in a table of any size: always by index, whatever the statistics say, by one plan for all.
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  is_sound boolean;
  in_part  boolean;
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'log.append needs READ COMMITTED, not %', upper(current_setting('transaction_isolation'))
      USING ERRCODE = 'invalid_transaction_state';
  END IF;
  -- A statement of its own: the next one takes a new snapshot, which sees every append that held the lock before.
  PERFORM pg_advisory_xact_lock(4774451407296217165);
  IF flushed_later THEN
    PERFORM set_config('synchronous_commit', 'off', true);
  END IF;

  SELECT e.position, e.recorded_at INTO last, recorded_at FROM log.events e ORDER BY e.position DESC LIMIT 1;
  last := coalesce(last, 0);
  recorded_at := greatest(clock_timestamp(), recorded_at);

  SELECT array_agg(n.base) FILTER (WHERE n.run > 0), array_agg(n.actor_base) FILTER (WHERE n.run > 0),
         coalesce(bool_or(CASE n.expected WHEN -1 THEN n.base = 0 ELSE n.base <> n.expected END), false),
         -- Every run has events, lies within its command, and every command begins with a run.
         bool_and(n.run = 0 OR n.count > 0 AND n.start >= append.starts[n.command]
           AND n.start + n.count <= coalesce(append.starts[n.command + 1], cardinality(append.types) + 1))
           AND count(*) FILTER (WHERE n.start = append.starts[n.command]) = cardinality(append.commands)
    INTO bases, actor_bases, in_part, is_sound
    FROM (SELECT * FROM log.numbered(append.actors, append.run_commands, append.run_streams, append.run_starts,
            append.run_expected, cardinality(append.types), append.other_commands, append.other_streams,
            append.other_expected) ORDER BY run) n;
  IF is_sound IS NOT TRUE THEN
    RAISE EXCEPTION 'log.append: starts of commands and runs do not divide the events'
      USING ERRCODE = 'invalid_parameter_value';
  END IF;

  IF NOT in_part THEN
    -- A repeat is the rare case, so it is noticed by the index rather than looked for.
    BEGIN
      INSERT INTO log.commands (command, first, count, answer)
      SELECT c.command, last + c.start, coalesce(c.next, cardinality(append.types) + 1) - c.start, c.answer
        FROM unnest(append.commands, append.starts, append.starts[2:], append.answers) 
          AS c(command, start, next, answer);
    EXCEPTION WHEN unique_violation THEN
      in_part := true;
    END;
  END IF;

  IF in_part THEN
    SELECT * FROM log.append_in_part(append.commands, append.actors, append.answers, append.starts, append.run_commands,
      append.run_streams, append.run_starts, append.run_expected, append.types, append.data, append.other_commands,
      append.other_streams, append.other_expected)
      INTO recorded_at, last, bases, actor_bases, outcomes, repeat_firsts, repeat_counts, repeat_answers,
        refused_streams, refused_expected, refused_found;
    RETURN;
  END IF;

  INSERT INTO log.events (position, recorded_at, version, actor_version, stream, command, actor, type, data)
  SELECT last + e.place, append.recorded_at, bases[e.run] + 1 + e.place - append.run_starts[e.run],
         actor_bases[e.run] + 1 + e.place - append.run_starts[e.run], append.run_streams[e.run],
         append.commands[append.run_commands[e.run]], append.actors[append.run_commands[e.run]], e.type, e.data
    FROM (SELECT n.type, n.data, n.place::integer, width_bucket(n.place::integer, append.run_starts) AS run
            FROM unnest(append.types, append.data) WITH ORDINALITY AS n(type, data, place) OFFSET 0) e;
END
$$;
REVOKE ALL ON FUNCTION log.append FROM PUBLIC;
GRANT EXECUTE ON FUNCTION log.append TO blame_app;
