-- Work in the background that survives the process which does it: who does it and is still alive, when it is due, and
-- that somebody wants it to stop.
SET LOCAL ROLE blame_owner;

ALTER TABLE app.jobs
  ADD COLUMN payload      text        NOT NULL DEFAULT '{}',
  ADD COLUMN attempts     integer     NOT NULL DEFAULT 0,
  ADD COLUMN run_after    timestamptz NOT NULL DEFAULT now(),
  ADD COLUMN worker       text,
  ADD COLUMN heartbeat_at timestamptz,
  ADD COLUMN is_cancelled boolean     NOT NULL DEFAULT false,
  ADD COLUMN error        text;

COMMENT ON COLUMN app.jobs.payload IS 'What the kind of job needs to know, as JSON';
COMMENT ON COLUMN app.jobs.attempts IS 'How often somebody began';
COMMENT ON COLUMN app.jobs.run_after IS 'Not begun before';
COMMENT ON COLUMN app.jobs.worker IS 'Who does it, or did it last';
COMMENT ON COLUMN app.jobs.heartbeat_at IS 'When the worker last said that it is alive; a job whose worker is silent is taken over';
COMMENT ON COLUMN app.jobs.is_cancelled IS 'Somebody wants it to stop';
COMMENT ON COLUMN app.jobs.error IS 'Why the last attempt came to nothing';

CREATE INDEX jobs_waiting ON app.jobs (run_after, id) WHERE state = 'queued';
CREATE INDEX jobs_under_way ON app.jobs (heartbeat_at) WHERE state = 'running';
CREATE INDEX jobs_finished ON app.jobs (finished_at) WHERE state IN ('done', 'failed');

GRANT SELECT ON app.jobs TO blame_reader;
