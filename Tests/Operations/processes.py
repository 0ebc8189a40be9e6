"""Real processes for the tests of operations: PostgreSQL clusters, servers, proxies, poolers.

Everything lies in one temporary folder and ends with the test, each process by its own id. Programs that refuse to be
root run as `postgres` when the test is root.
"""

import contextlib
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
IS_ROOT = os.geteuid() == 0
SERVICE = "blame_service"


class Failed(Exception):
    """It could not be measured or did not hold; the text says why."""


def say(text):
    """Progress, for people."""
    print(text, file=sys.stderr, flush=True)


def wait_until(what, holds, seconds=60, pause=0.05):
    """Waits until something holds; how long it took, in seconds."""
    start = time.monotonic()
    while not holds():
        if time.monotonic() - start > seconds:
            raise Failed(f"{what} did not happen within {seconds} s")
        time.sleep(pause)
    return time.monotonic() - start


def free_port():
    """A port of this machine that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def get(url, timeout=5):
    """Status and body; None for the status when nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=timeout) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()
    except OSError:
        return None, b""


class Ground:
    """A folder of its own, and the processes that were started in it."""

    def __init__(self):
        # The path of a unix socket may have 107 bytes.
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="blame-ops-", dir="/tmp"))
        self.folder.chmod(0o755)
        self.processes = []
        self.clusters = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in self.processes:
            process.kill()
        for cluster in self.clusters:
            cluster.stop("immediate")
        if os.environ.get("BLAME_KEEP"):
            say(f"kept: {self.folder}")
        else:
            shutil.rmtree(self.folder, ignore_errors=True)

    def unprivileged_folder(self, name):
        """A folder that belongs to whoever runs PostgreSQL, closed to others."""
        folder = self.folder / name
        folder.mkdir()
        folder.chmod(0o700)
        if IS_ROOT:
            shutil.chown(folder, "postgres", "postgres")
        return folder

    def start(self, name, command, env=None, unprivileged=False):
        """A process that ends with the ground."""
        process = Process(self.folder / f"{name}.log", as_owner(command) if unprivileged else command, env)
        self.processes.append(process)
        return process


class Process:
    """A process with its output in a file."""

    def __init__(self, log, command, env=None):
        self.log = pathlib.Path(log)
        self.sink = open(log, "ab")
        self.popen = subprocess.Popen(
            [str(word) for word in command], stdin=subprocess.DEVNULL, stdout=self.sink, stderr=self.sink,
            env={**os.environ, **(env or {})})

    @property
    def pid(self):
        return self.popen.pid

    @property
    def is_alive(self):
        return self.popen.poll() is None

    @property
    def text(self):
        return self.log.read_text(errors="replace")

    def terminate(self, seconds=60):
        """Asks it to end and waits; how long that took, in seconds."""
        start = time.monotonic()
        self.popen.send_signal(signal.SIGTERM)
        try:
            status = self.popen.wait(seconds)
        except subprocess.TimeoutExpired as error:
            raise Failed(f"{self.log.stem} did not end within {seconds} s: {self.text[-500:]}") from error
        if status not in (0, -signal.SIGTERM):
            raise Failed(f"{self.log.stem} ended with status {status}: {self.text[-500:]}")
        return time.monotonic() - start

    def kill(self):
        """Ends it at once."""
        if self.is_alive:
            self.popen.kill()
        self.popen.wait()
        self.sink.close()

    def memory(self):
        """Resident memory, bytes."""
        for line in pathlib.Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
        raise Failed(f"{self.log.stem} has no memory: it ended")


def as_owner(command):
    """The command as run by whoever may run PostgreSQL."""
    # In place of this process, so that its number is that of the command.
    identity = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
    return [*identity, *command] if IS_ROOT else list(command)


def run(command, env=None, check=True, timeout=600):
    """Runs a command to its end; its output."""
    done = subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, timeout=timeout, stdin=subprocess.DEVNULL,
        env={**os.environ, **(env or {})}, check=False)
    if check and done.returncode != 0:
        raise Failed(f"{' '.join(str(w) for w in command[:6])}… ended with {done.returncode}: "
                     f"{(done.stderr or done.stdout)[-800:]}")
    return done


def postgres_programs():
    """The folder of PostgreSQL's programs: PG_BIN, else the newest that is installed."""
    if os.environ.get("PG_BIN"):
        return pathlib.Path(os.environ["PG_BIN"])
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda p: float(p.parts[-3]))
    if not found:
        raise Failed("no PostgreSQL server is installed; install postgresql or set PG_BIN")
    return found[-1].parent


class Cluster:
    """A PostgreSQL cluster on a unix socket of its own."""

    def __init__(self, ground, name, settings=None, make=True):
        self.bin = postgres_programs()
        self.name = name
        self.folder = ground.unprivileged_folder(name)
        self.data = self.folder / "data"
        self.settings = {
            "listen_addresses": "''", "unix_socket_directories": f"'{self.folder}'", "max_connections": "200",
            "shared_buffers": "'128MB'", "max_wal_size": "'2GB'", "log_min_messages": "warning",
            "wal_keep_size": "'512MB'", **(settings or {}),
        }
        ground.clusters.append(self)
        if make:
            self.program("initdb", "-D", self.data, "-U", "blame_admin", "--auth=trust", "-E", "UTF8",
                         "--locale=C.UTF-8", "--no-instructions")
            self.configure(self.settings)

    def program(self, name, *arguments, check=True, timeout=600):
        """Runs one of PostgreSQL's programs as its owner."""
        return run(as_owner([str(self.bin / name), *map(str, arguments)]), check=check, timeout=timeout)

    def write(self, name, text, append=False):
        """Writes a file into the data folder, for its owner."""
        command = ["tee", *(["-a"] if append else []), str(self.data / name)]
        subprocess.run(as_owner(command), input=text, text=True, stdout=subprocess.DEVNULL, check=True)

    def configure(self, settings):
        """Settings of PostgreSQL for the next start or reload."""
        self.write("postgresql.auto.conf", "".join(f"{k} = {v}\n" for k, v in settings.items()), append=True)

    def start(self, seconds=60):
        """Starts and waits until it takes connections; how long that took."""
        begun = time.monotonic()
        self.program("pg_ctl", "start", "-w", "-t", seconds, "-D", self.data, "-l", self.folder / "log")
        return time.monotonic() - begun

    def stop(self, mode="fast"):
        """Stops, as a crash would with `immediate`."""
        self.program("pg_ctl", "stop", "-w", "-t", 60, "-m", mode, "-D", self.data, check=False)

    def reload(self):
        self.program("pg_ctl", "reload", "-D", self.data)

    def promote(self):
        """Makes a standby the primary; how long that took."""
        begun = time.monotonic()
        self.program("pg_ctl", "promote", "-w", "-t", 60, "-D", self.data)
        return time.monotonic() - begun

    def query(self, sql, database="blame", user="blame_admin"):
        """The answer of a query as text, columns by |, rows by lines."""
        return self.program("psql", "-h", self.folder, "-U", user, "-d", database, "-AtXq", "-v", "ON_ERROR_STOP=1",
                            "-c", sql).stdout.strip()

    def url(self, user="blame_admin"):
        return f"host={self.folder} user={user} dbname=blame"

    def base_backup(self, target, *options):
        """A copy of the running cluster into another one's folder; how long that took."""
        begun = time.monotonic()
        self.program("pg_basebackup", "-h", self.folder, "-U", "blame_admin", "-D", target, "-c", "fast", *options)
        return time.monotonic() - begun

    def standby(self, ground, name, settings=None):
        """A streaming standby of this cluster, running."""
        other = Cluster(ground, name, settings, make=False)
        self.base_backup(other.data, "-R")
        other.configure({**other.settings, "primary_conninfo":
                         f"'host={self.folder} user=blame_admin application_name={name}'"})
        other.start()
        return other

    def create(self, blame):
        """The product's database: schema, login, sample races and crowd."""
        self.program("createdb", "-h", self.folder, "-U", "blame_admin", "blame")
        blame("migrate", "--database-url", self.url(), "--service-role", SERVICE)


class Blame:
    """The program under test."""

    def __init__(self, ground):
        path = os.environ.get("BLAME_PROGRAM")
        if not path or not os.access(path, os.X_OK):
            raise Failed("BLAME_PROGRAM does not name the program")
        self.path = path
        self.ground = ground
        self.env = {"BLAME_SCHEMA": str(ROOT / "schema"), "BLAME_LOG_KEY": str(ground.folder / "log.key"),
                    "BLAME_WEB": str(ROOT / "web" / "dist")}

    def __call__(self, *arguments, check=True, env=None, timeout=600):
        """Runs a command to its end."""
        return run([self.path, *arguments], env={**self.env, **(env or {})}, check=check, timeout=timeout)

    def json(self, *arguments, **options):
        """Runs a command and reads its one JSON document, whatever its exit status."""
        done = self(*arguments, "--json", check=False, **options)
        try:
            return json.loads(done.stdout)
        except json.JSONDecodeError as error:
            raise Failed(f"blame {arguments[0]} said no JSON: {done.stderr[-500:]}{done.stdout[-200:]}") from error

    def serve(self, name, url, *flags, port=0, env=None):
        """A server; not ready yet."""
        process = self.ground.start(
            name, [self.path, "serve", "--port", port, "--database-url", url, *flags], env={**self.env, **(env or {})})
        return Server(process, port)


class Server:
    """A running `blame serve`."""

    def __init__(self, process, port):
        self.process = process
        self.port = port

    @property
    def url(self):
        if not self.port:
            for line in self.process.text.splitlines():
                if line.startswith("BlameEngine serves http://"):
                    self.port = int(line.split()[2].rsplit(":", 1)[1])
        return f"http://127.0.0.1:{self.port}" if self.port else None

    def is_ready(self):
        if not self.process.is_alive:
            raise Failed(f"{self.process.log.stem} ended: {self.process.text[-500:]}")
        return bool(self.url) and get(f"{self.url}/ready")[0] == 200

    def ready(self, seconds=60):
        """Waits until it is; how long that took."""
        return wait_until(f"{self.process.log.stem} being ready", self.is_ready, seconds, 0.02)

    def json(self, path):
        status, body = get(self.url + path)
        if status is None:
            raise Failed(f"{self.process.log.stem} does not answer {path}")
        return json.loads(body)

    def position(self):
        """What queries of this server see."""
        return self.json("/ready")["position"]


@contextlib.contextmanager
def timed(into, name):
    """Notes how long a block took, in seconds."""
    start = time.monotonic()
    yield
    into[name] = time.monotonic() - start
