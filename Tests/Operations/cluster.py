"""Beyond one machine, with real processes on this one: a replica for reads, failover, a pooler."""

import argparse
import sys

import failover
import pooler
import replica
from figures import Figures
from processes import SERVICE, Blame, Cluster, Failed, Ground, say


def primary(ground, blame):
    """A cluster with the sample races."""
    cluster = Cluster(ground, "a")
    cluster.start()
    cluster.create(blame)
    blame("sample", "--users", "20", "--database-url", cluster.url(SERVICE))
    return cluster


def main():
    parts = {"replica": replica.measure, "failover": failover.measure, "pooler": pooler.measure}
    parser = argparse.ArgumentParser(prog="script/test-cluster", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"some of {', '.join(parts)}; all when left out")
    parser.add_argument("--rounds", type=int, default=2, help="failovers")
    parser.add_argument("--players", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=3, help="of load before and after what happens")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    if unknown := set(arguments.parts) - set(parts):
        parser.error(f"there is no part {', '.join(unknown)}")
    figures = Figures("test-cluster", arguments.json, arguments.seed)
    try:
        for name in arguments.parts or parts:
            say(f"== {name}")
            with Ground() as ground:
                blame = Blame(ground)
                parts[name](ground, blame, primary(ground, blame), figures, arguments)
                if name == "failover":
                    failover.control(ground, blame, figures, arguments)
    except Failed as failure:
        print(f"test-cluster: {failure}", file=sys.stderr)
        return 2
    return figures.finish()


if __name__ == "__main__":
    sys.exit(main())
