"""How long a million answers take from memory to the committed store, beside a bare read.

    python tests/benchmarks/store.py [--rows 1000000]

Two surveys of 12 columns are made from a seed: one of ticked options only, one whose last
column holds a different text in every answer. Each is kept in a new SQLite store in a
process of its own; the yardstick is `pandas.read_csv` of the same answers in the same
process, best of three. Printed: seconds, their ratio, the most memory held, size of the store,
and the time to read the answers back.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402

from needsmap.store import keep_survey, open_store, released_surveys  # noqa: E402
from needsmap.tables import AnswerColumn, Option, Question, SurveyAnswers  # noqa: E402

_OPTIONS = tuple(f"Something people ask for, number {number}" for number in range(12))


def make(rows: int, *, words: bool) -> SurveyAnswers:
    """Return a survey of so many answers to 12 questions."""
    dice = np.random.default_rng(20260501)
    columns, questions = {}, []
    for number in range(1, 13):
        id_ = f"q{number}"
        if words and number == 12:
            codes = np.arange(rows, dtype=np.int32)
            cells = tuple(f"The bus never comes, it rains, we wait, {row}" for row in range(rows))
            options: tuple[Option, ...] = ()
            choices: tuple = ((),) * rows
            themes: tuple = (("buses",), ()) * (rows // 2) + ((),) * (rows % 2)
        else:
            codes = dice.integers(-1, len(_OPTIONS), rows).astype(np.int32)
            cells, options = _OPTIONS, tuple(Option(text) for text in _OPTIONS)
            choices = tuple(((place, 1.0),) for place in range(len(cells)))
            themes = (("green",),) * len(cells)
        columns[id_] = AnswerColumn(id_, codes, cells, choices, themes)
        questions.append(Question(id_, f"Question {number}?", "need", "one_choice", (number,),
                                  None, options, int((codes >= 0).sum())))  # fmt: skip
    keys = [hashlib.sha256(str(row).encode()).hexdigest()[:32] for row in range(rows)]
    days = np.array([f"2026-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29)])
    answers = pd.DataFrame(
        {
            "row": np.arange(2, rows + 2),
            "key": pd.array(keys, dtype="str"),
            "level": pd.array(["lsoa"] * rows, dtype="str"),
            "area_code": pd.array(dice.integers(1, 140, rows).astype(str), dtype="str"),
            "how": pd.array(["postcode"] * rows, dtype="str"),
            "answered_on": pd.array(days[dice.integers(0, len(days), rows)], dtype="str"),
        }
    )
    return SurveyAnswers("A large survey", date(2026, 5, 1), "plain", "file", "form",
                         tuple(questions), answers, columns)  # fmt: skip


def as_file(survey: SurveyAnswers) -> bytes:
    """Return the same answers as a CSV file."""
    frame = {}
    for name, column in survey.columns.items():
        cells = np.array([*column.cells, ""], dtype=object)
        frame[name] = cells[column.codes]
    return pd.DataFrame(frame).to_csv(index=False).encode()


def measure(rows: int, *, words: bool) -> dict[str, float]:
    """Keep one survey; return what it took."""
    survey = make(rows, words=words)
    file = as_file(survey)
    bare = min(_seconds(lambda: pd.read_csv(io.BytesIO(file))) for _ in range(3))
    _peak(anew=True)
    keep = []
    for _ in range(3):
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder) / "needsmap.sqlite"
            with open_store(f"sqlite:///{place}") as store:
                keep.append(_seconds(lambda store=store: keep_survey(store, "x", survey)))
                peak = _peak()
                back = _seconds(lambda store=store: released_surveys(store, "x"))
            size = place.stat().st_size
    return {"bare": bare, "keep": min(keep), "back": back, "peak": peak, "size": size}


def _peak(*, anew: bool = False) -> float:
    """Return the most memory this process held, in MiB; `anew`: from now on. Linux only."""
    if anew:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def _seconds(do: object) -> float:
    start = time.perf_counter()
    do()  # type: ignore[operator]
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--rows", type=int, default=1_000_000)
    given.add_argument("--words", choices=("yes", "no"))
    asked = given.parse_args()
    if asked.words:
        print(json.dumps(measure(asked.rows, words=asked.words == "yes")))
        return
    for words, called in (("no", "options only"), ("yes", "one text column")):
        command = [sys.executable, __file__, "--rows", str(asked.rows), "--words", words]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
        found = json.loads(done.stdout.strip().splitlines()[-1])
        print(
            f"{asked.rows:,} answers, {called}: pandas.read_csv {found['bare']:.2f} s, keep "
            f"{found['keep']:.2f} s = {found['keep'] / found['bare']:.1f} times, read back "
            f"{found['back']:.2f} s, peak {found['peak']:.0f} MiB, {found['size'] / 1e6:.0f} MB"
        )


if __name__ == "__main__":
    main()
