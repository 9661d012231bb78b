"""Coverage-guided fuzzing of the readers: any bytes give a table or a refusal in words.

    nice python tests/benchmarks/fuzz_readers.py [--minutes 15]

Uses atheris where it is installed; otherwise a corpus of small hostile exports is mutated
from a seed, and what reaches new lines of needsmap/intake is kept and mutated on. A
crash or more than 5 s stops the run.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path
from types import CodeType

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "intake")]
sys.path.remove(str(Path(__file__).resolve().parent))

import hostile  # noqa: E402

from needsmap.errors import NeedsmapError  # noqa: E402
from needsmap.intake.choices import Choices  # noqa: E402
from needsmap.intake.codes import read_codes  # noqa: E402
from needsmap.intake.files import read_table  # noqa: E402
from needsmap.intake.understanding import understand  # noqa: E402

_SLOWEST = 5.0
_LONGEST = 20_000
_FOLLOWED = 3
_ROOM = str(ROOT / "needsmap" / "intake")


def try_bytes(data: bytes) -> None:
    """Read bytes as a survey and as a list of codes; only refusals in words may come out."""
    for read in (
        lambda: understand(read_table(data, "answers.csv"), Choices()),
        lambda: read_codes(data, "codes.csv"),
    ):
        try:
            read()
        except NeedsmapError as refusal:
            if not refusal.what or not refusal.fix:
                raise AssertionError(f"refused without a reason: {refusal!r}") from refusal


class Lines:
    """Which lines of the reading room have run."""

    def __init__(self) -> None:
        self.seen: set[tuple[CodeType, int]] = set()

    def trace(self, frame, event, arg):
        """Note a line; frames outside the room are not followed."""
        if not frame.f_code.co_filename.startswith(_ROOM):
            return None
        self.seen.add((frame.f_code, frame.f_lineno))
        return self.trace


def mutated(chance: random.Random, data: bytes, others: list[bytes]) -> bytes:
    """Return bytes with one to six small changes: flips, cuts, copies, splices, odd marks."""
    made = bytearray(data[:_LONGEST])
    marks = (
        b'"',
        b",",
        b"\n",
        b"\r",
        b"\x00",
        b";",
        b"\t",
        b"'",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"/",
        b"[",
    )
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(made) + 1)
        how = chance.randrange(5)
        if how == 0 and made:
            made[at % len(made)] = chance.randrange(256)
        elif how == 1:
            made[at:at] = chance.choice(marks) * chance.choice((1, 1, 2, 30))
        elif how == 2:
            del made[at : at + chance.randint(1, 40)]
        elif how == 3:
            made[at:at] = made[at : at + chance.randint(1, 200)]
        else:
            other = chance.choice(others)
            start = chance.randrange(len(other) + 1)
            made[at:at] = other[start : start + chance.randint(1, 300)]
    return bytes(made[:_LONGEST])


def guided(minutes: float) -> None:
    """Mutate a growing corpus, keeping what reaches new lines, for so many minutes."""
    chance = random.Random(49)
    corpus = [file.data[:_LONGEST] for file in map(hostile.make, range(120))]
    lines = Lines()
    slowest = 0.0
    tried = 0
    end = time.monotonic() + 60 * minutes
    while time.monotonic() < end:
        data = mutated(chance, chance.choice(corpus), corpus)
        before = len(lines.seen)
        start = time.process_time()
        # Lines are looked at in every third try: following them is slow.
        follow = tried % _FOLLOWED == 0
        if follow:
            sys.settrace(lines.trace)
        try:
            try_bytes(data)
        except BaseException:
            sys.settrace(None)
            Path("fuzz_crash.bin").write_bytes(data)
            print(f"crashed on {data[:300]!r}")
            raise
        sys.settrace(None)
        took = time.process_time() - start
        slowest = max(slowest, 0.0 if follow else took)
        if not follow and took > _SLOWEST:
            raise SystemExit(f"took {took:.1f} s: {data[:300]!r}")
        if len(lines.seen) > before:
            corpus.append(data)
        tried += 1
    print(
        f"{tried:,} files in {minutes:g} minutes, {len(corpus) - 120} of them reached new lines "
        f"({len(lines.seen):,} lines in all); no crash; slowest {slowest:.2f} s of processor time."
    )


def main() -> None:
    """Fuzz for the time asked."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--minutes", type=float, default=15)
    asked = given.parse_args()
    try:
        import atheris
    except ImportError:
        guided(asked.minutes)
        return
    atheris.instrument_all()
    atheris.Setup([sys.argv[0], f"-max_total_time={int(60 * asked.minutes)}"], try_bytes)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
