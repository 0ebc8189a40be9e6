-- What one machine fetched, none fetches again: bodies as they came, with what their server said of them.
SET LOCAL ROLE blame_owner;

ALTER TABLE app.telemetry_cache
  ADD COLUMN etag text,
  ADD COLUMN last_modified text,
  ADD COLUMN checked_at timestamptz NOT NULL DEFAULT now(),
  ADD CONSTRAINT telemetry_cache_digest_of_bytes CHECK (digest = sha256(bytes));
COMMENT ON TABLE app.telemetry_cache IS
  'Bodies of timing sources as they came, shared by all machines; rows may be deleted at any time and are fetched again';
COMMENT ON COLUMN app.telemetry_cache.source IS 'The host that gave it';
COMMENT ON COLUMN app.telemetry_cache.key IS 'The address, without anything secret';
COMMENT ON COLUMN app.telemetry_cache.checked_at IS 'When the source last gave it or said that it is still the same';
