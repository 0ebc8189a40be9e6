"""What the generator cannot know: tokens of accounts, a race that is here, runs to play with."""

import os
import random

import requests
import schemathesis

BASE = os.environ["BLAME_BASE"]
RACE = {"year": 2000, "gp": "sample", "circuit": "sample-ring", "driver": "ADL", "team": "aurora"}
chance = random.Random(20260101)


def guest():
    """A guest's token."""
    return requests.post(f"{BASE}/api/v1/auth/guest", json={}, timeout=30).json()["token"]


class World:
    """One guest with a run that goes on and one that is over."""

    def __init__(self):
        self.token = guest()
        self.user = self.ask("GET", "/auth/me")["id"]
        plan = {"race": "2000/sample", "driver": "ADL", "start": "MEDIUM", "stops": [{"lap": 25, "compound": "HARD"}]}
        self.runs = [self.run() for _ in range(4)] + [self.ask("POST", "/simulate", plan)["id"]]

    def ask(self, method, path, body=None):
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = requests.request(method, f"{BASE}/api/v1{path}", json=body, headers=headers, timeout=30)
        answer.raise_for_status()
        return answer.json()

    def run(self):
        return self.ask("POST", "/simulate", {"race": "2000/sample", "driver": "ADL", "start": "MEDIUM"})["id"]


world = None


def the_world():
    global world
    if world is None:
        world = World()
    return world


# A token is chosen for each case: nothing is kept between them.
@schemathesis.auth(refresh_interval=None)
class Tokens:
    """The guest's token; for what ends an account or its token, one of its own."""

    ENDS = ("/auth/me", "/auth/logout", "/auth/register", "/auth/refresh")

    def get(self, case, context):
        ends = case.method.upper() != "GET" and case.path.endswith(self.ENDS)
        return guest() if ends else the_world().token

    def set(self, case, data, context):
        case.headers = case.headers or {}
        case.headers["Authorization"] = f"Bearer {data}"


NOT_YET = {"position-not-reached", "not-signed"}


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """To be told that the log is not that far yet is no failure of the server, whatever the number asked for."""
    if response.status_code not in (503, 504):
        return True
    return response.json().get("code") not in NOT_YET


@schemathesis.hook
def map_case(context, case):
    """Half of the valid cases speak of what is here, so that more than refusals is tested."""
    if case.meta is None or not case.meta.generation.mode.is_positive or chance.random() < 0.5:
        return case
    here = the_world()
    for name in case.path_parameters or {}:
        if name in RACE:
            case.path_parameters[name] = RACE[name]
        elif name == "id":
            case.path_parameters[name] = chance.choice(here.runs) if "simulat" in case.path else here.user
        elif name == "user":
            case.path_parameters[name] = here.user
    if case.path.endswith("/simulate") and isinstance(case.body, dict):
        case.body["race"], case.body["driver"] = "2000/sample", "ADL"
    return case
