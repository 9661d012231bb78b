"""How long a large survey takes from bytes to committed store, beside a bare read.

    python tests/benchmarks/intake.py [--rows 1000000] [--small 10000]

A Google Forms file of 12 columns is made from a seed. In one process each, so that memory
is that step's own: `pandas.read_csv` of the same bytes, and inspect + prepare + keep. Printed
are, for each size, the ratio of the two by the clock and by processor time (the fairer one
on a busy machine), the peak of memory, the cost a row, and the longest wait without a word of
progress. Beside it stands what pandas takes when it keeps every cell as it is written. The small
file is also taken by a process that has taken one before, as a server has. The last line parts
the cost: what every row adds, what any file costs whatever its rows (a form's options, its
language and its tables of the store), and what a new process adds once (modules, lists of words
and themes).
"""

from __future__ import annotations

import argparse
import io
import itertools
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

HEADINGS = (
    "Timestamp",
    "What would make the biggest difference where you live? (tick all)",
    "What is the most important thing to change here?",
    "What is good about living here?",
    "How satisfied are you with the area?",
    "How safe do you feel after dark?",
    "Which ward do you live in?",
    "Your postcode",
    "How old are you?",
    "What is your gender?",
    "Do you own or rent your home?",
    "Anything else you want to say?",
)
NEEDS = (
    "Parks, gardens and squares", "Buses at night", "Doctors and dentists", "Jobs nearby",
    "Somewhere for young people", "Homes people can afford", "Cleaner streets", "Feeling safe",
    "A place to meet", "Help with bills",
)  # fmt: skip
_WORDS = (  # noqa: SIM905
    "the bus never comes when it rains and we wait for an hour by the road park is lovely but "
    "benches are broken children need somewhere to go after school rents are too high for us "
    "doctor has no appointments more lights please clean up litter near canal thank you all"
).split()


def make(rows: int, path: Path) -> None:
    """Write a file of so many rows; one answer in five has something to say in words."""
    say = random.Random(20250301)
    wards = [f"Ward {name}" for name in ("North", "South", "East", "West", "Hill", "Vale", "Mill")]
    scale = ["Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "Very satisfied"]
    safe = ["Very unsafe", "Unsafe", "Neutral", "Safe", "Very safe"]
    ages = ["16-24", "25-34", "35-49", "50-64", "65+"]
    words = [" ".join(say.choices(_WORDS, k=say.randint(4, 18))) for _ in range(rows // 5 + 1)]
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(f'"{heading}"' for heading in HEADINGS) + "\r\n")
        for row in range(rows):
            ticked = ", ".join(sorted(say.sample(NEEDS, say.randint(1, 3)), key=NEEDS.index))
            moment = 1_740_000_000 + row * 7
            day = time.strftime("%d/%m/%Y %H:%M:%S", time.gmtime(moment))
            letters = say.choice("ABDEFGHJLNPQRSTUWXYZ") + say.choice("ABDEFGHJLNPQRSTUWXYZ")
            place = f"M{say.randint(1, 44)} {say.randint(1, 9)}{letters}"
            comment = words[row // 5] if row % 5 == 0 else ""
            file.write(
                f'{day},"{ticked}",{say.choice(NEEDS[1:])},{say.choice(NEEDS[1:])},'
                f"{say.choice(scale)},{say.choice(safe)},{say.choice(wards)},{place},"
                f"{say.choice(ages)},{say.choice(('Female', 'Male', 'Other'))},"
                f'{say.choice(("Own", "Rent", "Other"))},"{comment}"\r\n'
            )


def run_bare(path: Path, **how: Any) -> dict[str, float]:
    """Read the file with pandas and nothing else."""
    import pandas as pd

    data = path.read_bytes()
    before, busy = time.perf_counter(), time.process_time()
    frame = pd.read_csv(io.BytesIO(data), **how)
    return {
        "seconds": time.perf_counter() - before, "processor": time.process_time() - busy,
        "rows": len(frame),
    }  # fmt: skip


def run_texts(path: Path) -> dict[str, float]:
    """Read the file with pandas so that every cell stays as it is written, as a survey needs.

    A bare read guesses: "007" becomes 7, "1.10" becomes 1.1, "None" and "NA" nothing.
    """
    return run_bare(path, dtype=str, keep_default_na=False)


def run_again(path: Path) -> dict[str, float]:
    """Take the file for two places of a store, opened for each as a server does, and measure
    the second time."""
    with tempfile.TemporaryDirectory() as folder:
        _kept(path, Path(folder), "elsewhere")
        return _kept(path, Path(folder), "somewhere")


def run_ours(path: Path) -> dict[str, float]:
    """Take the file from bytes to the committed store."""
    with tempfile.TemporaryDirectory() as folder:
        return _kept(path, Path(folder), "somewhere")


def _kept(path: Path, folder: Path, place: str) -> dict[str, float]:
    from needsmap.intake.survey import inspect, prepare
    from needsmap.store.database import open_store
    from needsmap.store.surveys import keep_survey

    data = path.read_bytes()
    clock = time.perf_counter
    with open_store(f"sqlite:///{folder}/needsmap.sqlite") as store:
        before, busy = time.perf_counter(), time.process_time()
        told = [before]
        inspection = inspect(data, path.name, progress=lambda *_: told.append(clock()))
        inspected = time.perf_counter()
        ready = prepare(inspection, progress=lambda *_: told.append(clock()))
        prepared = time.perf_counter()
        receipt = keep_survey(store, place, ready.survey, progress=lambda *_: told.append(clock()))
        kept, used = time.perf_counter(), time.process_time() - busy
    waits = [later - sooner for sooner, later in itertools.pairwise([*told, kept])]
    if ready.read != receipt.kept + receipt.already_known + ready.set_aside:
        raise SystemExit("Rows were lost on the way.")
    return {
        "seconds": kept - before, "inspect": inspected - before,
        "prepare": prepared - inspected, "keep": kept - prepared, "rows": receipt.kept,
        "processor": used, "wait": max(waits),
    }  # fmt: skip


def run_floor(path: Path) -> dict[str, float]:
    """Do, one after the other in one thread, only what no reading of the file can leave out.

    plain: Arrow parses all cells, as a bare read does. distinct: what telling them apart
    adds. marks: quotation marks and line ends are looked at, so that no row is taken
    wrongly. digest: the file is told again. moments: the unlike cells are hashed, so that
    an answer is known when it comes again.
    """
    import hashlib

    import numpy as np
    import pyarrow as pa

    from needsmap.intake.csv_marks import regular_lines
    from needsmap.intake.csv_pieces import parsed
    from needsmap.siphash import hash_texts

    data, busy = path.read_bytes(), time.process_time
    whole, spent = memoryview(data), {}
    begun = busy()
    lines = regular_lines(np.frombuffer(data, np.uint8), ",")
    spent["marks"] = busy() - begun
    if lines is None:
        raise SystemExit("The file is not regular.")
    cuts = [int(end) + 1 for end in lines.ends[:: max(1, 2_000_000 // 167)]]
    pieces = list(itertools.pairwise([*cuts, len(data)]))
    told_apart = (1, 2, 3, 4, 5, 6, 8, 9, 10, 11)
    for name, encoded in (("plain", ()), ("distinct", told_apart)):
        begun = busy()
        tables = [
            parsed(whole[a:b], ",", len(HEADINGS), block_bytes=b - a + 1, encoded=encoded)
            for a, b in pieces
            if b > a
        ]
        spent[name] = busy() - begun
    spent["distinct"] -= spent["plain"]
    begun = busy()
    hashlib.sha256(data).hexdigest()
    spent["digest"] = busy() - begun
    begun = busy()
    for table in filter(None, tables):
        hash_texts(pa.concat_arrays(table.column(0).chunks), "0123456789abcdef")
    spent["moments"] = busy() - begun
    return {**spent, "processor": sum(spent.values())}


def measured(step: str, path: Path) -> dict[str, float]:
    """Run one step in a process of its own and return what it says."""
    done = subprocess.run(
        [sys.executable, __file__, "--step", step, "--file", str(path)],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def main() -> None:
    """Measure and print."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--rows", type=int, default=1_000_000)
    given.add_argument("--small", type=int, default=10_000)
    given.add_argument("--step", choices=("bare", "texts", "ours", "again", "floor"))
    given.add_argument("--file", type=Path)
    asked = given.parse_args()
    if asked.step:
        steps = {
            "bare": run_bare, "texts": run_texts, "ours": run_ours, "again": run_again,
            "floor": run_floor,
        }  # fmt: skip
        found = steps[asked.step](asked.file)
        found["peak_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps(found))
        return
    with tempfile.TemporaryDirectory() as folder:
        for rows in (asked.small, asked.rows):
            path = Path(folder) / f"answers_{rows}.csv"
            make(rows, path)
            bare = measured("bare", path)
            ours = measured("ours", path)
            print(
                f"{rows:>9,} rows, {path.stat().st_size / 1e6:.0f} MB: "
                f"pandas.read_csv {bare['seconds']:.2f} s, ours {ours['seconds']:.2f} s "
                f"(inspect {ours['inspect']:.2f}, prepare {ours['prepare']:.2f}, "
                f"keep {ours['keep']:.2f}) = {ours['seconds'] / bare['seconds']:.1f} times; "
                f"processor {bare['processor']:.2f} s and {ours['processor']:.2f} s "
                f"= {ours['processor'] / bare['processor']:.1f} times; "
                f"{1e6 * ours['processor'] / rows:.1f} µs a row; "
                f"longest wait {ours['wait']:.1f} s; "
                f"peak {ours['peak_mib']:.0f} MiB (pandas {bare['peak_mib']:.0f})",
                flush=True,
            )
            texts = measured("texts", path)
            print(
                f"{rows:>9,} rows, every cell kept as it is written: pandas.read_csv "
                f"{texts['seconds']:.2f} s, ours = {ours['seconds'] / texts['seconds']:.1f} times",
                flush=True,
            )
            if rows == asked.rows:
                floor = measured("floor", path)
                parts = ("plain", "distinct", "marks", "digest", "moments")
                print(
                    f"{rows:>9,} rows, what no reading can leave out, in one thread: processor "
                    + ", ".join(f"{part} {floor[part]:.2f}" for part in parts)
                    + f" s, together {floor['processor'] / bare['processor']:.1f} bare reads",
                    flush=True,
                )
            if rows == asked.small:
                first, again = ours["processor"], measured("again", path)
                print(
                    f"{rows:>9,} rows by a process that took one before: "
                    f"{again['seconds']:.2f} s, processor {again['processor']:.2f} s, "
                    f"{1e6 * again['processor'] / rows:.1f} µs a row",
                    flush=True,
                )
    a_row = (ours["processor"] - first) / (asked.rows - asked.small)
    fixed = again["processor"] - asked.small * a_row
    print(
        f"processor: {1e6 * a_row:.1f} µs for every row, {fixed:.2f} s for any file, "
        f"{first - again['processor']:.2f} s once for a new process"
    )


if __name__ == "__main__":
    main()
