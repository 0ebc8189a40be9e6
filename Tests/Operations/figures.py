"""Figures in the one form in which everything that is measured is reported."""

import json
import os
import pathlib
import re
import subprocess

from processes import postgres_programs


class Figures:
    """What was measured: a table for people, one JSON object for programs."""

    def __init__(self, command, as_json, seed=None):
        self.command = command
        self.as_json = as_json
        self.seed = seed
        self.rows = []

    def add(self, name, value, unit, comparison=None, target=None, note="", n=1, spread=None):
        """Adds one; with a target it passes or not."""
        value = round(value, 3) if isinstance(value, float) else value
        row = {"name": name, "value": value, "unit": unit}
        if target is not None:
            passes = {"<=": value <= target, ">=": value >= target, "==": value == target}[comparison]
            row |= {"comparison": comparison, "target": target, "pass": passes}
        row |= {"n": n, "spread": spread or [value, value], "note": note}
        self.rows.append(row)
        if not self.as_json:
            verdict = {True: "pass", False: "MISS", None: "    "}[row.get("pass")]
            aim = f" ({comparison} {target})" if target is not None else ""
            print(f"{verdict}  {name}  {value} {unit}{aim}  {note}", flush=True)

    def finish(self):
        """Prints the JSON where it is wanted; the exit status."""
        if self.as_json:
            print(json.dumps({"command": self.command, "seed": self.seed, "machine": machine(), "figures": self.rows}))
        return 0 if all(row.get("pass", True) for row in self.rows) else 1


def machine():
    """Where it was measured."""
    model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    version = subprocess.run([postgres_programs() / "postgres", "--version"], capture_output=True, text=True, check=True)
    return {"cores": os.cpu_count(), "model": model.group(1) if model else "", "build": "release",
            "postgres": version.stdout.split()[2], "load": os.getloadavg()[0]}
