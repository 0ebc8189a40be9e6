"""The primary dies under load and a synchronous standby takes over: nothing acknowledged is lost, and the servers, which
know both hosts, go on by themselves. The control has no synchronous standby, and must lose something."""

import asyncio
import os
import signal
import time

from players import Crowd
from processes import SERVICE, Cluster, Failed, get, say, wait_until


def sender(primary):
    """The process of a primary that sends to its standby."""
    pid = primary.query("SELECT pid FROM pg_stat_replication", database="postgres")
    if not pid:
        raise Failed("nothing is sent to the standby")
    return int(pid)


def crash(primary, held):
    """Ends the primary at once, with a process that is held and so cannot hear of it."""
    primary.program("pg_ctl", "stop", "-W", "-m", "immediate", "-D", primary.data)
    os.kill(held, signal.SIGKILL)
    primary.stop("immediate")


def synchronous(primary, standby):
    """Makes commits of the primary wait for the standby."""
    primary.configure({"synchronous_standby_names": f"'{standby.name}'"})
    primary.reload()
    wait_until("the standby being synchronous", lambda: primary.query(
        "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'", database="postgres") == "1")


async def fail_over(blame, primary, standby, ledger, arguments, seed):
    """Load, the primary's end in the middle of it, and the standby's promotion.

    What sends to the standby is held for a moment before: what is acknowledged in that time is lost for certain,
    unless acknowledgements wait for the standby.
    """
    servers = blame.running
    crowd = Crowd([("127.0.0.1", server.port) for server in servers], ledger, players=arguments.players, seed=seed)
    playing = asyncio.create_task(crowd.play())
    await asyncio.sleep(arguments.seconds)
    held = sender(primary)
    os.kill(held, signal.SIGSTOP)
    await asyncio.sleep(0.4)
    killed = time.monotonic()
    await asyncio.to_thread(crash, primary, held)
    promoted = await asyncio.to_thread(standby.promote)
    await asyncio.sleep(arguments.seconds + 3)
    crowd.is_over = True
    await playing
    after = [moment for moment in crowd.moments if moment > killed + 0.05]
    if not after:
        raise Failed(f"nothing was acknowledged after the failover: {crowd.failures[-1:]}")
    say(f"failover: {crowd.acknowledged} acknowledged, promotion {promoted:.2f} s, "
        f"first acknowledgement after {after[0] - killed:.2f} s, {len(crowd.failures)} requests failed and were sent again")
    return crowd, promoted, after[0] - killed


def settled(servers, cluster):
    """Both servers show the whole log, and the same."""
    last = int(cluster.query("SELECT max(position) FROM log.events"))
    for server in servers:
        wait_until(f"{server.process.log.stem} coming to event {last}", lambda: server.position() == last, 30)
    return len({get(f"{server.url}/api/v1/leaderboard?limit=200")[1] for server in servers}) == 1


def rebuilt(ground, primary, old, name):
    """A standby in place of the primary that died."""
    old.stop("immediate")
    return primary.standby(ground, name)


def measure(ground, blame, primary, figures, arguments):
    """Rounds of failover, each to a standby made from the primary of the time."""
    standby = primary.standby(ground, "b0")
    synchronous(primary, standby)
    hosts = [primary.folder, standby.folder]
    names = ["b0"]
    lost = doubled = forks = unproven = differing = 0
    outages, promotions, failures, acknowledged = [], [], 0, 0
    ledger = ground.folder / "ledger"
    keys = ground.folder / "log.pub"
    for number in range(arguments.rounds):
        url = f"host={','.join(map(str, hosts))} user={SERVICE} dbname=blame target_session_attrs=read-write"
        blame.running = [blame.serve(f"one-{number}", url), blame.serve(f"two-{number}", url)]
        for server in blame.running:
            server.ready()
        if not keys.exists():
            wait_until("the log being signed", lambda: get(f"{blame.running[0].url}/api/v1/log/checkpoint")[0] == 200)
            keys.write_bytes(get(f"{blame.running[0].url}/api/v1/log/key")[1])
        forks += witness(ground, blame, keys)
        crowd, promoted, outage = asyncio.run(
            fail_over(blame, primary, standby, ledger, arguments, arguments.seed * 1000 + number))
        promotions.append(promoted)
        outages.append(outage)
        failures += len(crowd.failures)
        env = {"DATABASE_URL": url}
        audit = blame.json("audit", "ledger", ledger, env=env)
        acknowledged = audit["acknowledged"]
        lost += audit["missing"] + audit["moved"]
        doubled += audit["double"] + audit["gaps"]
        differing += not settled(blame.running, standby)
        forks += witness(ground, blame, keys)
        unproven += blame("verify", "--key", keys, env=env, check=False).returncode != 0
        differing += blame("replay", env=env, check=False).returncode != 0
        for server in blame.running:
            server.process.terminate()
        if number + 1 < arguments.rounds:
            names.append(f"b{number + 1}")
            following = rebuilt(ground, standby, primary, names[-1])
            synchronous(standby, following)
            primary, standby = standby, following
            hosts = [primary.folder, standby.folder]
    n = arguments.rounds
    figures.add("failover.lost", lost, "commands", "<=", 0, f"of {acknowledged} acknowledged, {n} failovers", n)
    figures.add("failover.double", doubled, "events", "<=", 0, "twice, or missing between two", n)
    figures.add("failover.forks", forks, "checkpoints", "<=", 0, "a witness saw every log continue the last", n)
    figures.add("failover.unproven", unproven, "logs", "<=", 0, "every event hashed against every checkpoint", n)
    figures.add("failover.differing", differing, "states", "<=", 0, "both servers and a replay show the same", n)
    figures.add("failover.outage", sorted(outages)[n // 2], "s", n=n, spread=[round(min(outages), 2), round(max(outages), 2)],
                note="the primary's end to the next acknowledgement, promotion at once")
    figures.add("failover.promotion", sorted(promotions)[n // 2], "s", n=n,
                spread=[round(min(promotions), 2), round(max(promotions), 2)])
    figures.add("failover.resent", failures, "requests", note="answered 503 or not at all, and sent again under their keys")


def witness(ground, blame, keys):
    """1 when the log does not go on from what the witness saw before."""
    done = blame("witness", "--once", "--url", blame.running[0].url, "--log-key", keys, "--state",
                 ground.folder / "witness.checkpoint", "--key", ground.folder / "witness.key", "--name",
                 "witness.example", check=False)
    if done.returncode:
        say(f"witness: {done.stdout}{done.stderr}")
    return int(done.returncode != 0)


def control(ground, blame, figures, arguments):
    """The same without a synchronous standby: it has to lose what was acknowledged meanwhile."""
    primary = Cluster(ground, "c")
    primary.start()
    primary.create(blame)
    blame("sample", "--users", "5", "--database-url", primary.url(SERVICE))
    standby = primary.standby(ground, "d")
    url = f"host={primary.folder},{standby.folder} user={SERVICE} dbname=blame target_session_attrs=read-write"
    key = {"BLAME_LOG_KEY": str(ground.folder / "control.key")}
    blame.running = [blame.serve("control", url, env=key)]
    blame.running[0].ready()
    ledger = ground.folder / "control.ledger"
    asyncio.run(fail_over(blame, primary, standby, ledger, arguments, arguments.seed))
    audit = blame.json("audit", "ledger", ledger, env={"DATABASE_URL": url})
    blame.running[0].process.kill()
    figures.add("failover.control_lost", audit["missing"] + audit["moved"], "commands", ">=", 1,
                f"of {audit['acknowledged']} acknowledged without a synchronous standby: the test has teeth")
