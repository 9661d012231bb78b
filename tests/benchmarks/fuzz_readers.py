"""Coverage-guided fuzzing of the readers: any bytes give a survey, a table, or a refusal in words.

    nice python tests/benchmarks/fuzz_readers.py [--minutes 15] [--keep FOLDER]

atheris (libFuzzer for Python) follows which branches of needsmap.intake run and mutates on what
reaches new ones. Tried are CSV in any encoding, workbooks, lists of codes and the whole way from
bytes to answers ready to be kept. It starts from exports of every form tool, hostile files and
workbooks. A crash, a refusal without words, rows that do not add up, or an input of more than
5 s ends the run with exit code 1 and leaves that input in the folder given with --keep.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "intake")]
sys.path.remove(str(Path(__file__).resolve().parent))

_SLOWEST = 5
_LONGEST = 8_000
_SEEDS = 120
_TOLD = re.compile(r"#(\d+)\t.*cov: (\d+) ft: (\d+) corp: (\d+)")


class Tries:
    """The readers under test, and the slowest input they met."""

    def __init__(self, notes: Path) -> None:
        import atheris

        with atheris.instrument_imports(include=["needsmap.intake"]):
            from needsmap.errors import NeedsmapError
            from needsmap.intake import workbook, workbook_child
            from needsmap.intake.choices import Choices
            from needsmap.intake.codes import read_codes
            from needsmap.intake.files import read_table
            from needsmap.intake.survey import inspect, prepare
            from needsmap.intake.understanding import understand
        from needsmap.places.pack import open_pack

        self._refusal = NeedsmapError
        self._readers: tuple[Callable[[bytes], object], ...] = (
            lambda data: understand(read_table(data, "answers.csv"), Choices()),
            lambda data: read_codes(data, "codes.csv"),
            lambda data: self._equal(prepare(inspect(data, "answers.csv", pack=self._pack))),
        )
        self._pack = open_pack(ROOT / "data" / "places" / "testham")
        self._child = workbook_child
        workbook._ask_child = lambda data, sheet, progress=None: asked_here(
            workbook, workbook_child, data, sheet
        )
        self._notes = notes
        self.tried = 0
        self.slowest = 0.0
        self.seconds = 0.0

    def __call__(self, data: bytes) -> None:
        """Try one input; which readers it meets depends on its bytes alone."""
        start = time.process_time()
        # The whole way takes many times as long as reading, so one input in six goes it.
        which = (0, 0, 0, 0, 1, 2)[zlib.crc32(data) % 6]
        try:
            self._readers[which](data)
        except self._refusal as refusal:
            if not refusal.what or not refusal.fix:
                raise AssertionError(f"refused without a reason: {refusal!r}") from refusal
        took = time.process_time() - start
        self.tried += 1
        self.seconds += took
        if took > self.slowest:
            self.slowest = took
            (self._notes / "slowest.bin").write_bytes(data)
            self._note()
        elif self.tried % 500 == 0:
            self._note()
        if took > _SLOWEST:
            raise AssertionError(f"took {took:.1f} s")

    def _note(self) -> None:
        found = {"tried": self.tried, "slowest": self.slowest, "seconds": self.seconds}
        (self._notes / "tries.json").write_text(json.dumps(found))

    def _equal(self, ready: Any) -> None:
        if ready.read != len(ready.survey.answers) + ready.set_aside:
            raise AssertionError(f"{ready.read} rows do not add up")


def asked_here(workbook: Any, child: Any, data: bytes, sheet: str | None) -> dict[str, Any]:
    """Do what the child process does with a workbook, so that its branches are followed too.

    A workbook may abort the process that opens it: that is why the app opens it in another.
    So a forked copy of this process tries first, within the child's limits; only what it
    survived is opened here.
    """
    with tempfile.NamedTemporaryFile(suffix=".workbook") as copy:
        copy.write(data)
        copy.flush()
        twin = os.fork()
        if not twin:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            os._exit(0 if _opened(child, copy.name, sheet, guarded=True) is not None else 1)
        _, ended = os.waitpid(twin, 0)
        answer = _opened(child, copy.name, sheet, guarded=False) if ended == 0 else None
    if answer is None or ("rows" not in answer and "refused" not in answer):
        raise workbook._too_large()
    return workbook._told(answer, sheet)


def _opened(child: Any, path: str, sheet: str | None, *, guarded: bool) -> dict[str, Any] | None:
    """Return what the child prints; None when it fails as only a child may."""
    out, was, limit = io.StringIO(), sys.stdout, child.limit
    sys.stdout = out
    if guarded:
        resource.setrlimit(resource.RLIMIT_AS, (4 * 1024**3, 4 * 1024**3))
        resource.setrlimit(resource.RLIMIT_CPU, (_SLOWEST, _SLOWEST))
    child.limit = lambda: None
    try:
        child.main(path, sheet)
    except BaseException as error:
        # calamine raises errors of many types, and panics are no Exception at all. A fault
        # in the child's own lines is another thing: that would be ours.
        frame = error.__traceback__
        while frame is not None and frame.tb_next is not None:
            frame = frame.tb_next
        ours = frame is not None and frame.tb_frame.f_code.co_filename == child.__file__
        if ours and not guarded and "calamine" not in type(error).__module__:
            named = type(error).__name__
            if named not in {"PanicException", "OSError", "ValueError", "MemoryError"}:
                raise
        return None
    finally:
        sys.stdout, child.limit = was, limit
    return json.loads(out.getvalue())


def mutated(data: bytes, most: int, seed: int) -> bytes:
    """Return changed bytes. Of a workbook one part is changed: changed as it is, it won't open."""
    import atheris

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    except Exception:  # zipfile raises many types; all mean that it is no zip
        return atheris.Mutate(data, most)
    if not parts or seed % 16 == 0:
        return atheris.Mutate(data, most)
    cells = [name for name in parts if "sheet" in name or "shared" in name or "content" in name]
    chosen = sorted(cells or parts)[seed % len(cells or parts)]
    if seed % 5 == 0:
        chosen = sorted(parts)[seed % len(parts)]
    parts[chosen] = atheris.Mutate(parts[chosen], max(len(parts[chosen]) + 200, 1))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue() if file.tell() <= most else data


def seeds(folder: Path) -> int:
    """Write the inputs to start from; return how many."""
    import form_exports
    import hostile
    import openpyxl

    from needsmap.intake.forms import known_forms, load_form
    from needsmap.intake.themes import load_themes
    from needsmap.report.forms import as_entry, as_xlsform

    given = [file.data for file in map(hostile.make, range(_SEEDS))]
    for form in (load_form(name, load_themes()) for name in known_forms()):
        said = form_exports.answers(form, 6, seed=3)
        made = [getattr(form_exports, tool)(form, said) for tool in ("google", "kobo")]
        given += made
        given += [as_entry(form), as_xlsform(form)]
    for text in given[:40]:
        rows = [line.split(",") for line in text.decode("utf-8", "replace").splitlines()]
        book, file = openpyxl.Workbook(), io.BytesIO()
        for row in rows[:12]:
            book.active.append([re.sub(r"[\x00-\x08\x0b-\x1f]", "", cell) for cell in row[:12]])
        book.save(file)
        given.append(file.getvalue())
    given.append(b"code,label\n1,Buses\n2,Parks\n")
    for number, data in enumerate(given):
        if len(data) <= _LONGEST:
            (folder / f"seed-{number:03d}").write_bytes(data)
    return len(list(folder.iterdir()))


def fuzz(corpus: Path, keep: Path, notes: Path, minutes: float) -> None:
    """Fuzz in this process until the time is up or something fails; never returns."""
    import atheris

    options = [
        sys.argv[0], str(corpus), f"-max_total_time={int(60 * minutes)}", f"-max_len={_LONGEST}",
        # Wall time, on a machine that may be busy; the processor's time is held to 5 s above.
        f"-timeout={24 * _SLOWEST}", "-rss_limit_mb=4096", f"-artifact_prefix={keep}/", "-seed=49",
        "-print_final_stats=1",
    ]  # fmt: skip
    atheris.Setup(options, Tries(notes), custom_mutator=mutated)
    atheris.Fuzz()


def main() -> int:
    """Fuzz in a process of its own and say what came of it."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--minutes", type=float, default=15)
    given.add_argument("--keep", type=Path, default=Path("fuzzed"), help="for what fails")
    given.add_argument("--child", nargs=2, type=Path, help=argparse.SUPPRESS)
    asked = given.parse_args()
    asked.keep.mkdir(parents=True, exist_ok=True)
    if asked.child:
        fuzz(asked.child[0], asked.keep, asked.child[1], asked.minutes)
    with tempfile.TemporaryDirectory() as scratch:
        corpus, notes = Path(scratch) / "corpus", Path(scratch) / "notes"
        corpus.mkdir()
        notes.mkdir()
        started = seeds(corpus)
        command = [sys.executable, __file__, "--minutes", str(asked.minutes), "--keep",
                   str(asked.keep), "--child", str(corpus), str(notes)]  # fmt: skip
        done = subprocess.run(command, stderr=subprocess.PIPE, text=True, errors="replace")
        (asked.keep / "log.txt").write_text(done.stderr)
        last = [match for line in done.stderr.splitlines() if (match := _TOLD.search(line))]
        tries = json.loads((notes / "tries.json").read_text())
        (asked.keep / "slowest.bin").write_bytes((notes / "slowest.bin").read_bytes())
    if done.returncode:
        print(done.stderr[-3000:])
    ran, edges, features, kept = last[-1].groups() if last else ("0", "0", "0", "0")
    print(
        f"{int(ran):,} inputs in {asked.minutes:g} minutes from {started} to start with; "
        f"{int(edges):,} branches and {int(features):,} ways through them reached, "
        f"{int(kept):,} inputs kept for that; slowest {tries['slowest']:.2f} s and on average "
        f"{1000 * tries['seconds'] / max(tries['tried'], 1):.1f} ms of processor time; "
        + ("no crash, no hang." if not done.returncode else "STOPPED: see above.")
    )
    return int(bool(done.returncode))


if __name__ == "__main__":
    sys.exit(main())
