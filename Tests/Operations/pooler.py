"""PgBouncer in transaction mode in front of PostgreSQL: appends, queries and following go through it."""

import asyncio
import time

from players import Crowd
from processes import IS_ROOT, SERVICE, Failed, get, run, say, wait_until

SETTINGS = """
[databases]
blame = host={socket} dbname=blame
[pgbouncer]
listen_addr =
unix_socket_dir = {folder}
listen_port = 6432
auth_type = trust
auth_file = {folder}/users
pool_mode = transaction
default_pool_size = 8
max_client_conn = 1000
server_login_retry = 1
logfile = {folder}/log
pidfile = {folder}/pid
"""


def start(ground, primary):
    """A pooler in front of a cluster; its connection string."""
    folder = ground.unprivileged_folder("pooler")
    (folder / "users").write_text(f'"{SERVICE}" ""\n"blame_admin" ""\n')
    (folder / "pgbouncer.ini").write_text(SETTINGS.format(socket=primary.folder, folder=folder))
    if IS_ROOT:
        run(["chown", "-R", "postgres", folder])
    ground.start("pooler", ["pgbouncer", folder / "pgbouncer.ini"], unprivileged=True)
    url = f"host={folder} port=6432 user={SERVICE} dbname=blame"
    wait_until("the pooler's socket", lambda: (folder / ".s.PGSQL.6432").exists())
    return url


async def load(servers, primary, ledger, arguments):
    """A crowd on both servers, and PostgreSQL crashing in the middle of it."""
    crowd = Crowd([("127.0.0.1", s.port) for s in servers], ledger, players=arguments.players, seed=arguments.seed)
    playing = asyncio.create_task(crowd.play())
    await asyncio.sleep(arguments.seconds)
    calm = len(crowd.failures)
    crashed = time.monotonic()
    await asyncio.to_thread(primary.stop, "immediate")
    await asyncio.to_thread(primary.start)
    recovery = time.monotonic() - crashed
    await asyncio.sleep(arguments.seconds + 2)
    crowd.is_over = True
    await playing
    if not any(moment > crashed + 0.5 for moment in crowd.moments):
        raise Failed(f"nothing was acknowledged after the crash: {crowd.failures[-1:]}")
    return crowd, calm, recovery, crowd.longest_silence(crashed)


def measure(ground, blame, primary, figures, arguments):
    url = start(ground, primary)
    direct = ["--direct-database-url", primary.url(SERVICE)]
    # The second one has no direct connection: it must notice by looking, and must not lead.
    servers = [blame.serve("pooled", url, "--pooled", *direct), blame.serve("undirected", url, "--pooled")]
    for server in servers:
        server.ready()
    ledger = ground.folder / "pooled.ledger"
    crowd, calm, recovery, outage = asyncio.run(load(servers, primary, ledger, arguments))
    env = {"DATABASE_URL": url, "BLAME_POOLED": "true"}
    audit = blame.json("audit", "ledger", ledger, env=env)
    last = int(primary.query("SELECT max(position) FROM log.events"))
    for server in servers:
        wait_until(f"{server.process.log.stem} coming to event {last}", lambda: server.position() == last, 30)
    boards = {get(f"{server.url}/api/v1/leaderboard?limit=200")[1] for server in servers}
    for _, failure in crowd.failures[:5]:
        say(f"failed: {failure}")
    figures.add("pooler.failed", calm, "requests", "<=", 0, "before PostgreSQL crashed")
    figures.add("pooler.lost", audit["missing"] + audit["moved"], "commands", "<=", 0,
                f"of {audit['acknowledged']} acknowledged through the pooler, one crash of PostgreSQL")
    figures.add("pooler.double", audit["double"] + audit["gaps"], "events", "<=", 0, f"of {audit['events']}")
    figures.add("pooler.differing", len(boards) - 1, "servers", "<=", 0, "two servers, one of them only looking now and then")
    figures.add("pooler.outage", outage, "s", note=f"longest silence after the crash; PostgreSQL itself was back after {recovery:.1f} s")
    wait_until("the log being signed up to its end",
               lambda: servers[0].json("/health")["transparency"]["signed"] == last, 30)
    signing = [server.json("/health")["transparency"] for server in servers]
    leads = [found["leading"] for found in signing]
    figures.add("pooler.leaders", sum(leads), "servers", "==", 1, "the one with a direct connection signs")
    if "--direct-database-url" not in (signing[1]["problem"] or ""):
        raise Failed(f"the server without a direct connection does not say so: {signing[1]}")
    locks = primary.query("SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid) "
                          "WHERE l.locktype = 'advisory' AND a.application_name <> 'blame-direct'")
    figures.add("pooler.stray_locks", int(locks), "locks", "<=", 0, "left with server processes that others use")
    for server in servers:
        server.process.terminate()
