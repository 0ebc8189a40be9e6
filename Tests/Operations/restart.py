"""Two servers behind one proxy, restarted one after the other under load: no request may fail.

The proxy takes a server out when `/ready` says so or a connection is refused, and sends a request that got no answer to
the other server again: commands carry an idempotency key, so that is safe.
"""

import argparse
import asyncio
import sys
import time

from figures import Figures
from players import Crowd
from processes import SERVICE, Blame, Cluster, Failed, Ground, free_port, get, run, say, wait_until

PROXY = """
global
  maxconn 4096
defaults
  mode http
  timeout connect 2s
  timeout client 30s
  timeout server 30s
  retries 3
  option redispatch
  retry-on conn-failure empty-response
frontend public
  bind 127.0.0.1:{port}
  default_backend servers
backend servers
  balance leastconn
  option httpchk GET /ready
  # A command without a key must not be sent twice.
  http-request disable-l7-retry if METH_POST !{{ req.hdr(idempotency-key) -m found }} !{{ path_beg /api/v1/auth/guest }}
  default-server check inter 200ms fall 1 rise 1
  server one 127.0.0.1:{one}
  server two 127.0.0.1:{two}
"""


async def measure(ground, blame, cluster, arguments, figures):
    ports = {"one": free_port(), "two": free_port()}
    url = cluster.url(SERVICE)
    servers = {name: blame.serve(name, url, port=port) for name, port in ports.items()}
    for server in servers.values():
        server.ready()
    public = free_port()
    (ground.folder / "proxy.cfg").write_text(PROXY.format(port=public, **ports))
    run(["haproxy", "-c", "-q", "-f", ground.folder / "proxy.cfg"])
    ground.start("proxy", ["haproxy", "-db", "-f", ground.folder / "proxy.cfg"])
    wait_until("the proxy finding its servers", lambda: get(f"http://127.0.0.1:{public}/ready")[0] == 200)

    ledger = ground.folder / "ledger"
    crowd = Crowd([("127.0.0.1", public)], ledger, players=arguments.players, seed=arguments.seed)
    playing = asyncio.create_task(crowd.play())
    begun = time.monotonic()
    drains, gaps = [], []
    for round_number in range(arguments.rounds):
        for name in servers:
            await asyncio.sleep(1.5)
            before = time.monotonic()
            drains.append(await asyncio.to_thread(servers[name].process.terminate))
            servers[name] = blame.serve(f"{name}-{round_number}", url, port=ports[name])
            gaps.append(drains[-1] + await asyncio.to_thread(servers[name].ready))
            # The proxy finds it within a check's time; only then may the other one go.
            await asyncio.sleep(0.6)
            say(f"round {round_number + 1}: {name} restarted, {len(crowd.failures)} failures in "
                f"{crowd.requests} requests, longest silence {crowd.longest_silence(before):.2f} s")
    await asyncio.sleep(1)
    crowd.is_over = True
    await playing
    seconds = time.monotonic() - begun
    for _, failure in crowd.failures[:10]:
        say(f"failed: {failure}")
    if crowd.acknowledged < 100:
        raise Failed(f"only {crowd.acknowledged} commands were acknowledged: {crowd.last_refusal}")
    audit = blame.json("audit", "ledger", ledger, "--database-url", url)
    figures.add("restart.failed", len(crowd.failures), "requests", "<=", 0,
                f"of {crowd.requests} by {arguments.players} players, {len(drains)} restarts, {seconds:.0f} s", len(drains))
    figures.add("restart.lost", audit["missing"] + audit["moved"], "commands", "<=", 0,
                f"of {audit['acknowledged']} acknowledged")
    figures.add("restart.double", audit["double"] + audit["gaps"], "events", "<=", 0, f"of {audit['events']}")
    figures.add("restart.drain", sorted(drains)[len(drains) // 2], "s", note="SIGTERM to the end of the process",
                n=len(drains), spread=[round(min(drains), 2), round(max(drains), 2)])
    figures.add("restart.back", sorted(gaps)[len(gaps) // 2], "s", note="SIGTERM to ready again", n=len(gaps),
                spread=[round(min(gaps), 2), round(max(gaps), 2)])
    figures.add("restart.slowest", crowd.slowest, "s", note="the slowest request of all")


def main():
    parser = argparse.ArgumentParser(prog="script/test-restart", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--players", type=int, default=24)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    figures = Figures("test-restart", arguments.json, arguments.seed)
    try:
        with Ground() as ground:
            blame = Blame(ground)
            cluster = Cluster(ground, "a")
            cluster.start()
            cluster.create(blame)
            blame("sample", "--users", "20", "--database-url", cluster.url(SERVICE))
            asyncio.run(measure(ground, blame, cluster, arguments, figures))
    except Failed as failure:
        print(f"test-restart: {failure}", file=sys.stderr)
        return 2
    return figures.finish()


if __name__ == "__main__":
    sys.exit(main())
