-- The rest of log.append, for batches in which some command is a repeat or is refused: decides each command, and
-- appends what is left by the straight way. Called under the lock.
SET LOCAL ROLE blame_owner;

CREATE FUNCTION log.append_in_part(
  commands uuid[], actors uuid[], answers bytea[], starts integer[],
  run_commands integer[], run_streams uuid[], run_starts integer[], run_expected integer[],
  types text[], data json[],
  other_commands integer[], other_streams uuid[], other_expected integer[],
  OUT recorded_at timestamptz, OUT last bigint, OUT bases integer[], OUT actor_bases integer[],
  OUT outcomes integer[], OUT repeat_firsts bigint[], OUT repeat_counts integer[], OUT repeat_answers bytea[],
  OUT refused_streams uuid[], OUT refused_expected integer[], OUT refused_found integer[]
)
LANGUAGE plpgsql AS $$
DECLARE
  size   integer := cardinality(commands);
  -- Place in the batch where each command stands first.
  origin integer[];
  live   boolean[];
  -- What each command writes and expects, one element a run and condition; streams are numbered.
  line_commands integer[];
  line_streams  uuid[];
  line_numbers  integer[];
  line_counts   integer[];
  line_expected integer[];
  -- Version of each numbered stream, as of the command that is looked at.
  versions  integer[];
  line      integer := 1;
  following integer;
  failed    integer;
  expected  integer;
  found     integer;
  -- Commands and events dropped, in all and before each command.
  gone        integer := 0;
  gone_events integer := 0;
  gone_before        integer[];
  gone_events_before integer[];
  -- What is left of the batch.
  left_commands uuid[];
  left_actors   uuid[];
  left_answers  bytea[];
  left_starts   integer[];
  left_run_commands integer[];
  left_run_streams  uuid[];
  left_run_starts   integer[];
  left_types text[];
  left_data  json[];
BEGIN
  SELECT array_agg(c.origin ORDER BY c.place), array_agg(k.command IS NULL AND c.origin = c.place ORDER BY c.place),
         array_agg(CASE WHEN k.command IS NULL THEN 0 ELSE 1 END ORDER BY c.place),
         array_agg(k.first ORDER BY c.place), array_agg(k.count ORDER BY c.place), array_agg(k.answer ORDER BY c.place)
    INTO origin, live, outcomes, repeat_firsts, repeat_counts, repeat_answers
    FROM (SELECT u.command, u.place, min(u.place) OVER (PARTITION BY u.command)::integer AS origin
            FROM unnest(append_in_part.commands) WITH ORDINALITY AS u(command, place)) c
    LEFT JOIN log.commands k ON k.command = c.command;
  refused_streams := array_fill(NULL::uuid, ARRAY[size]);
  refused_expected := array_fill(NULL::integer, ARRAY[size]);
  refused_found := refused_expected;

  SELECT array_agg(l.command ORDER BY l.command, l.run), array_agg(l.stream ORDER BY l.command, l.run),
         array_agg(l.number ORDER BY l.command, l.run), array_agg(l.count ORDER BY l.command, l.run),
         array_agg(l.expected ORDER BY l.command, l.run)
    INTO line_commands, line_streams, line_numbers, line_counts, line_expected
    FROM (SELECT n.*, dense_rank() OVER (ORDER BY n.stream)::integer AS number
            FROM log.numbered(append_in_part.actors, append_in_part.run_commands, append_in_part.run_streams,
                   append_in_part.run_starts, append_in_part.run_expected, cardinality(append_in_part.types),
                   append_in_part.other_commands, append_in_part.other_streams, append_in_part.other_expected) n) l;
  -- In the order of the numbers, which is that of the streams.
  SELECT array_agg(coalesce(v.version, 0) ORDER BY s.stream) INTO versions
    FROM (SELECT DISTINCT u.stream FROM unnest(line_streams) AS u(stream)) s
    LEFT JOIN LATERAL (SELECT e.version FROM log.events e WHERE e.stream = s.stream
                        ORDER BY e.version DESC LIMIT 1) v ON true;

  FOR place IN 1 .. size LOOP
    failed := NULL;
    following := line;
    WHILE line_commands[following] = place LOOP
      found := versions[line_numbers[following]];
      expected := line_expected[following];
      IF failed IS NULL AND (expected = -1 AND found = 0 OR expected >= 0 AND found <> expected) THEN
        failed := following;
      END IF;
      following := following + 1;
    END LOOP;
    IF live[place] AND failed IS NULL THEN
      FOR written IN line .. following - 1 LOOP
        versions[line_numbers[written]] := versions[line_numbers[written]] + line_counts[written];
      END LOOP;
    ELSIF live[place] THEN
      live[place] := false;
      outcomes[place] := 2;
      refused_streams[place] := line_streams[failed];
      refused_expected[place] := line_expected[failed];
      refused_found[place] := versions[line_numbers[failed]];
    END IF;
    line := following;
  END LOOP;

  -- What is left moves up: by so many commands and so many events.
  FOR place IN 1 .. size LOOP
    gone_before[place] := gone;
    gone_events_before[place] := gone_events;
    IF NOT live[place] THEN
      gone := gone + 1;
      gone_events := gone_events + coalesce(starts[place + 1], cardinality(types) + 1) - starts[place];
    END IF;
  END LOOP;

  IF gone < size THEN
    SELECT array_agg(c.command ORDER BY c.place), array_agg(c.actor ORDER BY c.place),
           array_agg(c.answer ORDER BY c.place), array_agg(c.start - c.moved ORDER BY c.place)
      INTO left_commands, left_actors, left_answers, left_starts
      FROM unnest(append_in_part.commands, append_in_part.actors, append_in_part.answers, append_in_part.starts,
             gone_events_before, live) WITH ORDINALITY AS c(command, actor, answer, start, moved, lives, place)
     WHERE c.lives;
    SELECT array_agg(r.command - gone_before[r.command] ORDER BY r.run), array_agg(r.stream ORDER BY r.run),
           array_agg(r.start - gone_events_before[r.command] ORDER BY r.run)
      INTO left_run_commands, left_run_streams, left_run_starts
      FROM unnest(append_in_part.run_commands, append_in_part.run_streams, append_in_part.run_starts) WITH ORDINALITY
             AS r(command, stream, start, run)
     WHERE live[r.command];
    SELECT array_agg(e.type ORDER BY e.place), array_agg(e.data ORDER BY e.place)
      INTO left_types, left_data
      FROM unnest(append_in_part.types, append_in_part.data) WITH ORDINALITY AS e(type, data, place)
     WHERE live[append_in_part.run_commands[width_bucket(e.place::integer, append_in_part.run_starts)]];
    SELECT a.recorded_at, a.last, a.bases, a.actor_bases INTO recorded_at, last, bases, actor_bases
      FROM log.append(left_commands, left_actors, left_answers, left_starts, left_run_commands, left_run_streams,
             left_run_starts, NULL, left_types, left_data, NULL, NULL, NULL) a;
  END IF;

  -- The same command again in the batch gets what its first occurrence got.
  FOR place IN 1 .. size LOOP
    IF outcomes[place] = 0 AND NOT live[place] THEN
      outcomes[place] := 1;
      IF outcomes[origin[place]] = 2 THEN
        outcomes[place] := 2;
        refused_streams[place] := refused_streams[origin[place]];
        refused_expected[place] := refused_expected[origin[place]];
        refused_found[place] := refused_found[origin[place]];
      ELSE
        repeat_firsts[place] := last + starts[origin[place]] - gone_events_before[origin[place]];
        repeat_counts[place] := coalesce(starts[origin[place] + 1], cardinality(types) + 1) - starts[origin[place]];
        repeat_answers[place] := answers[origin[place]];
      END IF;
    END IF;
  END LOOP;
END
$$;
REVOKE ALL ON FUNCTION log.append_in_part FROM PUBLIC;
