"""``python -m benchmarks NAME`` measures one thing and renews its page; ``all`` measures all.

Each benchmark is a module that can be run by itself. It runs in a process of its own here, so that
no benchmark meets the memory, the threads or the settings that another one left behind.
"""

import subprocess
import sys

BENCHMARKS = ("training", "graphs", "grading", "grading_scale", "capstone")


def main(arguments: list[str]) -> int:
    """Run the benchmarks that were asked for, and hand on all further arguments."""
    name, *further = arguments or ["all"]
    if name not in (*BENCHMARKS, "all"):
        print(f"usage: python -m benchmarks [{'|'.join(BENCHMARKS)}|all] …", file=sys.stderr)
        return 2
    for benchmark in BENCHMARKS if name == "all" else [name]:
        print(f"— {benchmark}", flush=True)
        status = subprocess.call([sys.executable, "-m", f"benchmarks.{benchmark}", *further])
        if status:
            return status
    return 0


sys.exit(main(sys.argv[1:]))
