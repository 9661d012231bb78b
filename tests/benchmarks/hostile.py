"""Thousands of hostile files through the reading room, held to the truth about each.

    python tests/benchmarks/hostile.py [--files 10000] [--first 0]

Prints uncaught exceptions, rows accepted wrongly, refusals without line or reason, files whose
rows do not add up, the median and 99th percentile of seconds a file, and growth of memory.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "intake")]
sys.path.remove(str(Path(__file__).resolve().parent))

import hostile  # noqa: E402


def main() -> None:
    """Try the files and print what was found."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--files", type=int, default=10_000)
    given.add_argument("--first", type=int, default=0)
    asked = given.parse_args()
    counts = {"uncaught": 0, "wrong": 0, "unsaid": 0, "unequal": 0}
    seconds = []
    process = psutil.Process()
    before = 0
    for done, seed in enumerate(range(asked.first, asked.first + asked.files)):
        file = hostile.make(seed)
        start = time.perf_counter()
        verdict = hostile.judge(file)
        seconds.append(time.perf_counter() - start)
        counts["uncaught"] += bool(verdict.uncaught)
        counts["wrong"] += len(verdict.wrong_rows)
        counts["unsaid"] += bool(verdict.unsaid)
        counts["unequal"] += bool(verdict.unequal)
        for fault in verdict.faults[:2]:
            print(f"{seed} ({file.what}): {fault}", flush=True)
        if done == min(200, asked.files - 1):
            # Modules and word lists are in memory by now; what comes on top is growth.
            gc.collect()
            before = process.memory_info().rss
    gc.collect()
    grown = (process.memory_info().rss - before) / 2**20
    ordered = sorted(seconds)
    print(
        f"{len(seconds):,} files: {counts['uncaught']} uncaught exceptions, "
        f"{counts['wrong']} rows accepted wrongly, {counts['unsaid']} refusals or rows set aside "
        f"without line or reason, {counts['unequal']} that do not add up; "
        f"p50 {ordered[len(ordered) // 2]:.3f} s, p99 {ordered[int(0.99 * len(ordered))]:.3f} s, "
        f"slowest {ordered[-1]:.2f} s; memory grew {grown:.0f} MiB."
    )


if __name__ == "__main__":
    main()
