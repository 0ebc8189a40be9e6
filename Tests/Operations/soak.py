"""What a server needs: memory with many idle connections, growth under mixed load, and time to start on a long log."""

import argparse
import asyncio
import resource
import sys
import time

from figures import Figures
from players import Connection, Crowd
from processes import SERVICE, Blame, Cluster, Failed, Ground, run, say

MIB = 1 << 20


async def idle(server, count, figures):
    """Connections that asked once and stay open without a word."""
    before = server.process.memory()
    connections = [Connection("127.0.0.1", server.port) for _ in range(count)]
    begun = time.monotonic()
    for start in range(0, count, 200):
        answers = await asyncio.gather(*(c.send("GET", "/ready") for c in connections[start:start + 200]))
        if any(status != 200 for status, _, _ in answers):
            raise Failed("a connection was refused")
    if time.monotonic() - begun > 60:
        raise Failed("opening the connections took so long that the first ones were closed again")
    await asyncio.sleep(2)
    # All of them are still there, and a further client is answered.
    status, _, _ = await Connection("127.0.0.1", server.port).send("GET", "/ready")
    open_now = int(run(["sh", "-c", f"ss -Htn state established sport = :{server.port} | wc -l"]).stdout)
    after = server.process.memory()
    for connection in connections:
        connection.close()
    if status != 200 or open_now < count:
        raise Failed(f"{open_now} of {count} connections are open, the next answer was {status}")
    figures.add("memory.idle", after // MIB, "MiB", "<=", 300, f"resident, with {count} idle connections; "
                f"{before // MIB} MiB before", spread=[before // MIB, after // MIB])
    figures.add("memory.per_connection", (after - before) / count / 1024, "KiB")


async def mixed(server, cluster, arguments, figures):
    """Players and queries for some minutes; resident memory every ten seconds."""
    crowd = Crowd([("127.0.0.1", server.port)], None, players=arguments.players, seed=arguments.seed, reads=1,
                  pause=arguments.pause)
    first = int(cluster.query("SELECT max(position) FROM log.events"))
    playing = asyncio.create_task(crowd.play())
    samples = []
    begun = time.monotonic()
    while time.monotonic() - begun < arguments.minutes * 60:
        await asyncio.sleep(10)
        samples.append(server.process.memory())
        say(f"{time.monotonic() - begun:.0f} s: {samples[-1] // MIB} MiB, {crowd.requests} requests, "
            f"{len(crowd.failures)} failed")
    crowd.is_over = True
    await playing
    events = int(cluster.query("SELECT max(position) FROM log.events")) - first
    quarter = max(1, len(samples) // 4)
    early, late = sum(samples[:quarter]) // quarter, sum(samples[-quarter:]) // quarter
    runs = int(cluster.query(f"SELECT count(*) FROM log.events WHERE type = 'SimulationStarted' AND position > {first}"))
    figures.add("memory.mixed", late // MIB, "MiB", spread=[min(samples) // MIB, max(samples) // MIB], n=len(samples),
                note=f"resident, last quarter of {arguments.minutes:g} minutes; {crowd.requests} requests, {runs} runs, "
                f"{events} events")
    figures.add("memory.growth", (late - early) / MIB, "MiB", note="last quarter over the first; simulations are kept "
                "folded up to a bound of 20,000")
    figures.add("memory.growth_per_run", (late - early) / max(1, runs) / 1024, "KiB")
    figures.add("memory.failed", len(crowd.failures), "requests", "<=", 0, f"of {crowd.requests}")


def starts(blame, cluster, arguments, figures):
    """Start to the first answer on a long log, with a snapshot and without."""
    url = cluster.url(SERVICE)
    begun = time.monotonic()
    while (events := int(cluster.query("SELECT coalesce(max(position), 0) FROM log.events"))) < arguments.events:
        users = max(100, min(5000, (arguments.events - events) // 60))
        blame("crowd", "--users", users, "--seed", int(time.monotonic() * 1000), "--quiet", "--concurrency", "256",
              "--database-url", url, timeout=1200)
        say(f"{time.monotonic() - begun:.0f} s: {events} events and more")
    for name, prepare in (("snapshot", None), ("log", "UPDATE read.projections SET snapshot = NULL")):
        times = []
        for number in range(3):
            if prepare:
                cluster.query(prepare)
            server = blame.serve(f"start-{name}-{number}", url)
            times.append(server.ready(120))
            memory = server.process.memory()
            server.process.kill()
        times.sort()
        target = ("<=", 2) if name == "snapshot" else (None, None)
        figures.add(f"start.{name}", times[1], "s", *target, n=3, spread=[round(times[0], 2), round(times[-1], 2)],
                    note=f"process to ready, {events} events, {memory // MIB} MiB resident")


def main():
    parser = argparse.ArgumentParser(prog="script/soak", description=__doc__)
    parser.add_argument("--connections", type=int, default=10_000)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--players", type=int, default=32)
    parser.add_argument("--pause", type=float, default=0.05, help="seconds a player waits before every request")
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    figures = Figures("soak", arguments.json, arguments.seed)
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    try:
        if most < arguments.connections + 200:
            raise Failed(f"a process may have {most} files open here: too few for {arguments.connections} connections")
        with Ground() as ground:
            blame = Blame(ground)
            cluster = Cluster(ground, "a")
            cluster.start()
            cluster.create(blame)
            blame("sample", "--database-url", cluster.url(SERVICE))
            server = blame.serve("server", cluster.url(SERVICE), "--connections", arguments.connections + 100)
            server.ready()
            if arguments.connections:
                asyncio.run(idle(server, arguments.connections, figures))
            if arguments.minutes:
                asyncio.run(mixed(server, cluster, arguments, figures))
            server.process.terminate()
            if arguments.events:
                starts(blame, cluster, arguments, figures)
    except Failed as failure:
        print(f"soak: {failure}", file=sys.stderr)
        return 2
    return figures.finish()


if __name__ == "__main__":
    sys.exit(main())
