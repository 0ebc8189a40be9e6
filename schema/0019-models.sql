-- What is computed once for a race's content and a model version, and loaded ever after.
SET LOCAL ROLE blame_owner;

CREATE TABLE app.race_artefacts (
  record_digest bytea       NOT NULL CHECK (length(record_digest) = 32),
  model_version text        NOT NULL,
  hash          bytea       NOT NULL CHECK (length(hash) = 32),
  bytes         bytea       NOT NULL,
  made_at       timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (record_digest, model_version)
);
COMMENT ON TABLE app.race_artefacts IS 'The fitted race: pace, wear, pit loss, ghosts';
COMMENT ON COLUMN app.race_artefacts.hash IS 'SHA-256 of bytes';

CREATE TABLE app.crowd_references (
  record_digest bytea       NOT NULL CHECK (length(record_digest) = 32),
  model_version text        NOT NULL,
  bytes         bytea       NOT NULL,
  made_at       timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (record_digest, model_version)
);
COMMENT ON TABLE app.crowd_references IS 'What windows are measured against: the prior and the undercut of the model';

CREATE TABLE app.race_autopsies (
  record_digest bytea       NOT NULL CHECK (length(record_digest) = 32),
  model_version text        NOT NULL,
  driver        text        NOT NULL,
  bytes         bytea       NOT NULL,
  made_at       timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (record_digest, model_version, driver)
);
COMMENT ON TABLE app.race_autopsies IS 'Who lost the race, and why: one answer for each driver';

CREATE TABLE app.telemetry_cache (
  source     text        NOT NULL,
  key        text        NOT NULL,
  digest     bytea       NOT NULL CHECK (length(digest) = 32),
  bytes      bytea       NOT NULL,
  fetched_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (source, key)
);
COMMENT ON TABLE app.telemetry_cache IS 'Answers of timing sources as they came, so that nothing is fetched twice';

GRANT SELECT, INSERT, UPDATE, DELETE
  ON app.race_artefacts, app.crowd_references, app.race_autopsies, app.telemetry_cache TO blame_app;
GRANT SELECT ON app.race_artefacts, app.crowd_references TO blame_projector;
