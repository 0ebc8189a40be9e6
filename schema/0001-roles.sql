-- Who may do what. Roles belong to the cluster, not to the database, so they may be there already, and another
-- database of the cluster may be making them at this moment. The user who migrates becomes a member, so that it can
-- hand objects over.
DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['blame_owner', 'blame_app', 'blame_projector', 'blame_sealer', 'blame_reader'] LOOP
    FOR attempt IN 1 .. 50 LOOP
      BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
          EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
        END IF;
        -- From 16 on, who makes a role is a member that may hand it out but not act as it.
        IF NOT pg_has_role(current_user, wanted,
             CASE WHEN current_setting('server_version_num')::integer >= 160000 THEN 'SET' ELSE 'MEMBER' END) THEN
          EXECUTE format('GRANT %I TO CURRENT_USER', wanted);
        END IF;
        EXIT;
      EXCEPTION
        WHEN duplicate_object OR unique_violation OR internal_error OR serialization_failure THEN
          -- Another database of the cluster was faster: look again.
          IF attempt = 50 THEN
            RAISE;
          END IF;
          PERFORM pg_sleep(0.02);
        WHEN insufficient_privilege THEN
          RAISE EXCEPTION 'user % can neither make role % nor become a member of it', current_user, wanted
            USING ERRCODE = 'insufficient_privilege',
              HINT = format('As a superuser: CREATE ROLE %1$I; GRANT %1$I TO %2$I;', wanted, current_user);
      END;
    END LOOP;
  END LOOP;
END
$$;

-- blame_owner owns everything and nobody signs in as it.
CREATE SCHEMA log AUTHORIZATION blame_owner;
CREATE SCHEMA audit AUTHORIZATION blame_owner;
CREATE SCHEMA read AUTHORIZATION blame_owner;
CREATE SCHEMA app AUTHORIZATION blame_owner;

SET LOCAL ROLE blame_owner;
GRANT USAGE ON SCHEMA log TO blame_app, blame_projector, blame_sealer, blame_reader;
GRANT USAGE ON SCHEMA audit TO blame_app, blame_reader;
GRANT USAGE ON SCHEMA read TO blame_app, blame_projector, blame_reader;
GRANT USAGE ON SCHEMA app TO blame_app;
