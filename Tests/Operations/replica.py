"""Queries from a streaming replica: a server that only reads."""

import asyncio
import json
import statistics
import time
import urllib.error
import urllib.request

from players import Crowd
from processes import SERVICE, Failed, get, say, wait_until


async def load(addresses, ledger, seconds, seed, players=16):
    """A crowd that plays for some seconds."""
    crowd = Crowd(addresses, ledger, players=players, seed=seed)
    playing = asyncio.create_task(crowd.play())
    await asyncio.sleep(seconds)
    crowd.is_over = True
    await playing
    if crowd.acknowledged < 20:
        raise Failed(f"only {crowd.acknowledged} commands were acknowledged: {crowd.last_refusal}{crowd.failures[:2]}")
    return crowd


def post(url):
    """Status and code of a command."""
    request = urllib.request.Request(url, data=b"{}", method="POST", headers={"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, ""
    except urllib.error.HTTPError as error:
        return error.code, json.load(error).get("code")


def lag(main, reader):
    """From the answer to a command until a query of the other server shows it, in milliseconds."""
    times = []
    for _ in range(40):
        request = urllib.request.Request(
            f"{main.url}/api/v1/auth/guest", data=b"{}", method="POST", headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            answer.read()
        position = main.position()
        start = time.monotonic()
        status, body = get(f"{reader.url}/api/v1/leaderboard?limit=1&minPosition={position}", timeout=10)
        if status != 200:
            raise Failed(f"the replica did not come to event {position}: {status} {body[:200]}")
        times.append((time.monotonic() - start) * 1000)
    return sorted(times)


PATHS = ["/api/v1/leaderboard?limit=50", "/api/v1/optimal/sample-ring/2000", "/api/v1/races", "/api/v1/teams?year=2000",
         "/api/v1/races/2000/sample/pitlaps/ADL", "/api/v1/autopsy/2000/sample/BOK",
         "/api/v1/log/checkpoint", "/api/v1/audit/decisions/12/receipt"]


def measure(ground, blame, primary, figures, arguments):
    replica = primary.standby(ground, "replica")
    main = blame.serve("main", primary.url(SERVICE))
    main.ready()
    reader = blame.serve("reader", replica.url(SERVICE), "--read-only")
    reader.ready()
    crowd = asyncio.run(load([("127.0.0.1", main.port)], ground.folder / "ledger", arguments.seconds, arguments.seed))
    wait_until("the replica coming to the end of the log", lambda: reader.position() >= main.position(), 20)
    failed = []
    for path in PATHS:
        status, body = get(f"{reader.url}{path}", timeout=30)
        if status != 200:
            failed.append(f"{path}: {status} {body[:200]}")
    figures.add("replica.failed_queries", len(failed), "queries", "<=", 0, "; ".join(failed) or f"of {len(PATHS)} kinds")
    same = sum(get(main.url + path)[1] != get(reader.url + path)[1] for path in PATHS[:2])
    figures.add("replica.differing", same, "answers", "<=", 0, f"after {crowd.acknowledged} commands")
    refusals = [post(f"{reader.url}/api/v1/{path}") for path in ("auth/guest", "simulate", "log/cosignatures")]
    wrong = [found for found in refusals if found != (503, "read-only")]
    figures.add("replica.commands_not_refused", len(wrong), "commands", "<=", 0, f"{wrong}" if wrong else "503 read-only")
    times = lag(main, reader)
    figures.add("replica.lag", statistics.median(times), "ms", n=len(times),
                spread=[round(times[0], 1), round(times[-1], 1)], note="acknowledged to visible on the replica's server")
    say(f"replica: {crowd.requests} requests, {len(crowd.failures)} failed")
    main.process.terminate()
    reader.process.terminate()
