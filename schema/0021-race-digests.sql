-- One race in the few figures that teams, seasons and heatmaps are added up from: computed once for a race's content and
-- a model version.
SET LOCAL ROLE blame_owner;

CREATE TABLE app.race_digests (
  record_digest bytea       NOT NULL CHECK (length(record_digest) = 32),
  model_version text        NOT NULL,
  bytes         bytea       NOT NULL,
  made_at       timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (record_digest, model_version)
);
COMMENT ON TABLE app.race_digests IS 'All autopsies of a race in short: what teams and seasons are added up from';

GRANT SELECT, INSERT, UPDATE, DELETE ON app.race_digests TO blame_app;
