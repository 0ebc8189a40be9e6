-- Work done in the background, with its progress.
SET LOCAL ROLE blame_owner;

CREATE TABLE app.jobs (
  id          uuid        NOT NULL PRIMARY KEY,
  kind        text        NOT NULL,
  subject     text        NOT NULL,
  state       text        NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'done', 'failed')),
  done        integer     NOT NULL DEFAULT 0,
  total       integer     NOT NULL DEFAULT 0,
  message     text        NOT NULL DEFAULT '',
  account     uuid,
  created_at  timestamptz NOT NULL DEFAULT now(),
  started_at  timestamptz,
  finished_at timestamptz
);
-- One job at a time for each subject.
CREATE UNIQUE INDEX jobs_unfinished ON app.jobs (kind, subject) WHERE state IN ('queued', 'running');

COMMENT ON TABLE app.jobs IS 'Imports, autopsies and replays: waiting, under way and finished';
GRANT SELECT, INSERT, UPDATE, DELETE ON app.jobs TO blame_app;
