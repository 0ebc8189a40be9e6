"""Backup and restore, done for real: after each restore the log verifies, is dense, and goes on from what a witness saw.

1. base backup and archived WAL, back to the end, and back to a moment before a mistake;
2. dump and restore into a fresh cluster;
3. an archive of segments, verified and replayed without a database;
4. an old backup put in place of a newer database: the witness has to see it.
"""

import argparse
import asyncio
import sys

from figures import Figures
from processes import SERVICE, Blame, Cluster, Failed, Ground, as_owner, get, run, say, timed, wait_until
from replica import load


class Drill:
    """The ground of the drills: a primary that archives its WAL, a server, a witness, and what clients were told."""

    def __init__(self, ground, blame, figures, arguments):
        self.ground, self.blame, self.figures, self.arguments = ground, blame, figures, arguments
        self.wal = ground.unprivileged_folder("wal")
        self.ledger = ground.folder / "ledger"
        self.key = ground.folder / "log.pub"
        self.number = 0
        self.took = {}
        archive = f"'test ! -f {self.wal}/%f && cp %p {self.wal}/%f.part && mv {self.wal}/%f.part {self.wal}/%f'"
        self.primary = Cluster(ground, "p", {"archive_mode": "on", "archive_command": archive})
        self.primary.start()
        self.primary.create(blame)
        blame("sample", "--users", "20", "--database-url", self.primary.url(SERVICE))
        # Enough for a sealed segment.
        if arguments.users:
            say(f"== {arguments.users} players a race")
            blame("crowd", "--users", arguments.users, "--seed", 7, "--quiet", "--database-url", self.primary.url(SERVICE))

    def play(self, cluster, seconds=None, ledger=None):
        """Serves, lets a crowd play, signs to the end, shows the log to the witness, and stops."""
        self.number += 1
        server = self.blame.serve(f"server-{self.number}", cluster.url(SERVICE))
        server.ready()
        crowd = asyncio.run(load([("127.0.0.1", server.port)], ledger, seconds or self.arguments.seconds,
                                 self.arguments.seed + self.number))
        seen = self.shown(server, cluster)
        server.process.terminate()
        if not seen:
            raise Failed("the witness does not believe a log that was not touched")
        return crowd

    def shown(self, server, cluster):
        """Whether the witness believes the log, signed up to its end. Keeps the log's key the first time."""
        last = int(cluster.query("SELECT max(position) FROM log.events"))
        wait_until("the log being signed", lambda: signed(server) >= last or refused(server), 30)
        if not self.key.exists():
            self.key.write_bytes(get(f"{server.url}/api/v1/log/key")[1])
        done = self.blame("witness", "--once", "--url", server.url, "--log-key", self.key, "--state",
                          self.ground.folder / "witness.checkpoint", "--key", self.ground.folder / "witness.key",
                          "--name", "witness.example", check=False)
        self.verdict = (done.stdout + done.stderr).strip().splitlines()[-1]
        return done.returncode == 0

    def check(self, name, cluster, ledger):
        """What has to hold after a restore: proofs, positions, what was acknowledged, and the witness."""
        env = {"DATABASE_URL": cluster.url(SERVICE)}
        problems = []
        proof = self.blame.json("verify", "--key", self.key, env=env)
        if not proof["valid"]:
            problems.append(f"not proven: {proof['reason']}")
        audit = self.blame.json("audit", "ledger", ledger, env=env)
        if audit["missing"] + audit["moved"]:
            problems.append(f"{audit['missing']} acknowledged commands missing, {audit['moved']} moved")
        if audit["gaps"] or audit["double"]:
            problems.append(f"{audit['gaps']} gaps, {audit['double']} twice")
        if self.blame("replay", env=env, check=False).returncode:
            problems.append("a replay gives another state")
        self.number += 1
        server = self.blame.serve(f"server-{self.number}", cluster.url(SERVICE))
        ready = server.ready()
        if not self.shown(server, cluster):
            problems.append(f"witness: {self.verdict}")
        if server.json("/health")["status"] != "ok":
            problems.append("not healthy")
        server.process.terminate()
        self.figures.add(f"drill.{name}.broken", len(problems), "promises", "<=", 0,
                         "; ".join(problems) or f"{audit['events']} events, {audit['acknowledged']} acknowledgements")
        self.figures.add(f"drill.{name}.restore", self.took[name], "s", note=self.notes[name])
        self.figures.add(f"drill.{name}.ready", ready, "s", note="start of the server to its first answer")

    notes = {
        "pitr": "base backup copied back, archived WAL replayed, promoted",
        "moment": "the same, to a named moment before a mistake",
        "dump": "pg_restore into a fresh cluster", "old": "an old dump in place of the database",
    }


def signed(server):
    return server.json("/health")["transparency"]["signed"]


def refused(server):
    return server.json("/health")["transparency"]["refused"]


def restored(drill, name, backup, target):
    """A cluster out of a base backup and the archived WAL, up to a target."""
    cluster = Cluster(drill.ground, name, make=False)
    run(as_owner(["cp", "-a", str(backup), str(cluster.data)]))
    cluster.configure({**cluster.settings, "archive_mode": "off", "restore_command": f"'cp {drill.wal}/%f %p'",
                       "recovery_target_action": "'promote'", **target})
    cluster.write("recovery.signal", "")
    cluster.start()
    wait_until("the end of recovery",
               lambda: cluster.query("SELECT pg_is_in_recovery()", database="postgres") == "f", 120)
    return cluster


def archived(drill):
    """Everything so far is in the archive of WAL."""
    drill.primary.query("SELECT pg_switch_wal()", database="postgres")
    wait_until("the WAL being archived", lambda: drill.primary.query(
        "SELECT coalesce(last_archived_wal >= pg_walfile_name(pg_current_wal_lsn() - 1), false) FROM pg_stat_archiver",
        database="postgres") == "t", 60)


def point_in_time(drill):
    """A base backup under way while players play; back to the end, and back to the moment before a mistake."""
    drill.play(drill.primary, ledger=drill.ledger)
    backup = drill.primary.folder / "backup"
    with timed(drill.took, "backup"):
        drill.primary.base_backup(backup)
    drill.figures.add("drill.backup", drill.took["backup"], "s", note=f"pg_basebackup of {size(drill.primary)} MB")
    drill.play(drill.primary, ledger=drill.ledger)
    before = drill.ground.folder / "before.ledger"
    before.write_bytes(drill.ledger.read_bytes())
    drill.primary.query("SELECT pg_create_restore_point('before the mistake')", database="postgres")
    drill.primary.query("CREATE TABLE public.mistake ()")
    archived(drill)
    with timed(drill.took, "moment"):
        moment = restored(drill, "m", backup, {"recovery_target_name": "'before the mistake'"})
    if moment.query("SELECT to_regclass('public.mistake') IS NULL") != "t":
        raise Failed("the restored database has the mistake in it")
    drill.check("moment", moment, before)
    moment.stop()
    with timed(drill.took, "pitr"):
        end = restored(drill, "e", backup, {})
    if end.query("SELECT to_regclass('public.mistake') IS NULL") == "t":
        raise Failed("the database restored to the end is without what came last")
    drill.check("pitr", end, drill.ledger)
    end.stop()


def dump(drill):
    """A dump into a fresh cluster, which then goes on."""
    file = drill.primary.folder / "dump"
    with timed(drill.took, "dumping"):
        drill.primary.program("pg_dump", "-Fc", "-h", drill.primary.folder, "-U", "blame_admin", "-f", file, "blame")
    drill.figures.add("drill.dumping", drill.took["dumping"], "s", note=f"pg_dump of {size(drill.primary)} MB")
    drill.check("dump", from_dump(drill, "d", "dump", file), drill.ledger)
    return file


def from_dump(drill, name, step, file):
    """A fresh cluster with the roles, which belong to no dump, and the database out of a dump."""
    cluster = Cluster(drill.ground, name)
    cluster.start()
    with timed(drill.took, step):
        cluster.create(drill.blame)
        cluster.program("dropdb", "-h", cluster.folder, "-U", "blame_admin", "blame")
        cluster.program("createdb", "-h", cluster.folder, "-U", "blame_admin", "-T", "template0", "blame")
        cluster.program("pg_restore", "--exit-on-error", "-j", 2, "-h", cluster.folder, "-U", "blame_admin", "-d",
                        "blame", file)
    return cluster


def segments(drill):
    """The log as files: complete, proven, and folded to the same state as the database."""
    folder = drill.ground.folder / "archive"
    env = {"DATABASE_URL": drill.primary.url(SERVICE)}
    with timed(drill.took, "segments"):
        exported = drill.blame.json("archive", "export", folder, env=env)
    found = drill.blame.json("archive", "verify", folder, "--key", drill.key)
    state = drill.blame.json("archive", "replay", folder)
    live = drill.blame.json("replay", env=env)
    problems = []
    if drill.arguments.users and not exported["segments"]:
        problems.append("there is no sealed segment")
    if not found["valid"] or found["events"] != exported["position"]:
        problems.append(f"verify: {found}")
    if state["replayed"] != live["replayed"]:
        problems.append("the archive folds to another state than the database")
    damaged = next(folder.glob("*segment*"), None) or max(folder.iterdir(), key=lambda path: path.stat().st_size)
    content = bytearray(damaged.read_bytes())
    content[len(content) // 2] ^= 1
    damaged.write_bytes(content)
    if drill.blame.json("archive", "verify", folder, "--key", drill.key)["valid"]:
        problems.append("one flipped bit was not noticed")
    drill.figures.add("drill.segments.broken", len(problems), "promises", "<=", 0,
                      "; ".join(problems) or f"{exported['position']} events, {exported['segments']} sealed segments, a flipped bit is noticed")
    drill.figures.add("drill.segments.export", drill.took["segments"], "s")


def old(drill, file):
    """A dump from before the last hour of play, put in place: acknowledged commands are gone, and it has to be seen."""
    drill.play(drill.primary, ledger=drill.ledger)
    cluster = from_dump(drill, "o", "old", file)
    audit = drill.blame.json("audit", "ledger", drill.ledger, env={"DATABASE_URL": cluster.url(SERVICE)})
    drill.number += 1
    server = drill.blame.serve(f"server-{drill.number}", cluster.url(SERVICE))
    server.ready()
    shorter = not drill.shown(server, cluster)
    said = drill.verdict
    # It must not help that the log grows past what the witness saw.
    asyncio.run(load([("127.0.0.1", server.port)], None, drill.arguments.seconds + 2, drill.arguments.seed + 99))
    longer = not drill.shown(server, cluster)
    server.process.terminate()
    drill.figures.add("drill.old.missing", audit["missing"], "commands", ">=", 1,
                      f"of {audit['acknowledged']} acknowledged: the client's ledger shows it")
    drill.figures.add("drill.old.seen", int(shorter) + int(longer), "times", "==", 2,
                      f"by the witness, while the log is shorter and once it has grown: {said}; {drill.verdict}")


def size(cluster):
    """Of the database, megabytes."""
    return int(cluster.query("SELECT pg_database_size('blame') >> 20"))


def main():
    parser = argparse.ArgumentParser(prog="script/drill", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=3, help="of play between two steps")
    parser.add_argument("--users", type=int, default=1000, help="bots that fill the log before, for a sealed segment")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    figures = Figures("drill", arguments.json, arguments.seed)
    try:
        with Ground() as ground:
            drill = Drill(ground, Blame(ground), figures, arguments)
            say("== base backup and archived WAL")
            point_in_time(drill)
            say("== dump")
            file = dump(drill)
            say("== segments")
            segments(drill)
            say("== an old backup")
            old(drill, file)
    except Failed as failure:
        print(f"drill: {failure}", file=sys.stderr)
        return 2
    return figures.finish()


if __name__ == "__main__":
    sys.exit(main())
