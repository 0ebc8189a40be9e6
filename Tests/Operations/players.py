"""Players who talk HTTP, lap by lap, and write down what was acknowledged.

A request that fails is counted and sent again under the same idempotency key until it is answered: so the ledger holds
every acknowledgement, and nothing else. A line is `command first last`, as `blame audit ledger` reads it.
"""

import asyncio
import json
import random
import time
import uuid


class Connection:
    """HTTP/1.1 over one connection that is made again when it breaks."""

    def __init__(self, host, port):
        self.address = (host, port)
        self.reader = self.writer = None

    async def send(self, method, path, body=None, headers=None, timeout=15):
        """Status, header fields and body. Raises OSError or EOFError where no answer came."""
        async with asyncio.timeout(timeout):
            if self.writer is None:
                self.reader, self.writer = await asyncio.open_connection(*self.address)
            try:
                return await self._exchange(method, path, body, headers or {})
            except BaseException:
                self.close()
                raise

    async def _exchange(self, method, path, body, headers):
        data = json.dumps(body).encode() if body is not None else b""
        lines = [f"{method} {path} HTTP/1.1", "Host: localhost", *(f"{k}: {v}" for k, v in headers.items())]
        if body is not None:
            lines += ["Content-Type: application/json", f"Content-Length: {len(data)}"]
        self.writer.write("\r\n".join([*lines, "", ""]).encode() + data)
        await self.writer.drain()
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        fields = {}
        for line in head[1:]:
            name, _, value = line.partition(":")
            fields[name.lower()] = value.strip()
        content = await self.reader.readexactly(int(fields.get("content-length", 0)))
        if fields.get("connection", "").lower() == "close":
            self.close()
        return int(head[0].split()[1]), fields, content

    def close(self):
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None


class Crowd:
    """Any number of players, and what became of their requests."""

    def __init__(self, addresses, ledger, players=24, race="2000/sample", seed=1, reads=0.3, pause=0.0):
        self.addresses = addresses
        self.ledger = open(ledger, "a", buffering=1, encoding="ascii") if ledger else None
        self.players = players
        self.race = race
        self.seed = seed
        self.reads = reads
        self.pause = pause
        self.is_over = False
        self.requests = self.acknowledged = self.refused = 0
        self.last_refusal = ""
        # Moments of acknowledgements and of failures, by the monotonic clock.
        self.moments = []
        self.failures = []
        self.slowest = 0.0

    async def play(self):
        """Plays until told that it is over."""
        async with asyncio.TaskGroup() as group:
            for number in range(self.players):
                group.create_task(Player(self, number).play())
        if self.ledger:
            self.ledger.close()

    def longest_silence(self, after):
        """The longest time without an acknowledgement from a moment on, in seconds."""
        later = [after] + [moment for moment in self.moments if moment >= after]
        return max((b - a for a, b in zip(later, later[1:])), default=0.0)


class Player:
    """One guest who plays run after run."""

    def __init__(self, crowd, number):
        self.crowd = crowd
        self.chance = random.Random(f"{crowd.seed} {number}")
        self.connections = [Connection(*address) for address in crowd.addresses]
        self.turn = number
        self.token = None

    async def play(self):
        try:
            while not self.crowd.is_over:
                if self.token is None:
                    guest = await self.ask("POST", "/api/v1/auth/guest", {})
                    self.token = guest.get("token")
                    continue
                await self.run()
        finally:
            for connection in self.connections:
                connection.close()

    async def run(self):
        """One run, until it is over or refused."""
        run = await self.command("/api/v1/simulate", {"race": self.crowd.race, "driver": "ADL"})
        path = f"/api/v1/simulate/{run.get('id')}"
        stop = self.chance.randint(15, 40)
        while run.get("status") == "running" and run.get("next") and not self.crowd.is_over:
            following = run["next"]
            lap, tyres = following["lap"], following["compounds"]
            if tyres and (lap >= stop or not following["mayStay"]) and following["decided"] is None:
                stop = 1000
                await self.command(
                    path + "/decisions", {"lap": lap, "kind": "pit", "compound": self.chance.choice(tyres)})
                run = await self.command(path + "/advance", {})
            elif lap >= run["laps"]:
                run = await self.command(path + "/finish", {})
            else:
                to = min(run["laps"] - 1, lap + self.chance.randint(0, 3), max(lap, stop - 1))
                run = await self.command(path + "/advance", {"toLap": to})
            if self.chance.random() < self.crowd.reads:
                await self.ask("GET", self.chance.choice([
                    "/api/v1/leaderboard?limit=20", "/api/v1/optimal/sample-ring/2000", "/api/v1/races"]))

    async def command(self, path, body):
        """Sends until it is answered, and writes the answer down."""
        key = str(uuid.UUID(int=self.chance.getrandbits(128), version=4))
        answer = await self.ask("POST", path, body, {"Idempotency-Key": key})
        if "firstPosition" in answer:
            self.crowd.acknowledged += 1
            self.crowd.moments.append(time.monotonic())
            if self.crowd.ledger:
                self.crowd.ledger.write(f"{answer['command']} {answer['firstPosition']} {answer['position']}\n")
        return answer

    async def ask(self, method, path, body=None, headers=None):
        """The answer's JSON; an empty one when it is over before there is an answer."""
        headers = dict(headers or {})
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        while True:
            if self.crowd.pause:
                await asyncio.sleep(self.crowd.pause)
            connection = self.connections[self.turn % len(self.connections)]
            start = time.monotonic()
            self.crowd.requests += 1
            try:
                status, _, content = await connection.send(method, path, body, headers)
                if status < 500:
                    self.crowd.slowest = max(self.crowd.slowest, time.monotonic() - start)
                    if status >= 400:
                        self.crowd.refused += 1
                        self.crowd.last_refusal = content.decode(errors="replace")
                    return json.loads(content) if content else {}
                reason = f"{status} {content[:300].decode(errors='replace')}"
            except (OSError, EOFError, TimeoutError) as error:
                reason = f"{type(error).__name__} {error}"
            self.crowd.failures.append((start, f"{method} {path}: {reason}"))
            if self.crowd.is_over:
                return {}
            self.turn += 1
            await asyncio.sleep(0.05)

