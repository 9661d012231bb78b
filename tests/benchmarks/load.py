"""Many viewers of the map page acting at the same moment, as raw WebSocket clients.

    python tests/benchmarks/load.py 50 100

Starts the real dashboard with Kindleford's spring survey in a home of its own, opens one
WebSocket a viewer as Streamlit's own page does, then lets all of them ask for another
layer at the same moment, three times. Prints for each number of viewers the median, the
95th percentile and the slowest answer in seconds (from asking to the end of the run),
errors, the server's resident memory, and its processor time a rerun, which other
work on the machine does not change. Needs websockets and psutil.
"""

from __future__ import annotations

import asyncio
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import psutil
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

PROJECT = Path(__file__).resolve().parents[2]
SURVEY = PROJECT / "data/places/kindleford/surveys/kindleford_spring_2026.csv"
ROUNDS = 3
LONGEST_WAIT = 120.0
QUERIES = (
    "theme=buses", "theme=safety", "show=index", "theme=play&show=beside", "show=heard", "by=lsoa",
)  # fmt: skip


def _asked(query: str) -> bytes:
    message = BackMsg()
    message.rerun_script.query_string = query
    return message.SerializeToString()


async def _finished(viewer: websockets.ClientConnection) -> str:
    """Wait for the end of a run; return what went wrong in it, or ""."""
    wrong = ""
    async with asyncio.timeout(LONGEST_WAIT):
        while True:
            message = ForwardMsg()
            message.ParseFromString(await viewer.recv())
            if message.WhichOneof("type") == "delta":
                element = message.delta.new_element
                if element.WhichOneof("type") in {"exception", "alert"}:
                    wrong = element.alert.body or element.exception.message
            # A run that was overtaken by the next one is not the answer.
            if (
                message.WhichOneof("type") == "script_finished"
                and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
            ):
                return wrong


async def _act(viewer: websockets.ClientConnection, query: str) -> tuple[float, str]:
    started = time.perf_counter()
    await viewer.send(_asked(query))
    wrong = await _finished(viewer)
    return time.perf_counter() - started, wrong


async def _measure(address: str, viewers: int, server: psutil.Process) -> None:
    took: list[float] = []
    errors: list[str] = []
    stream = address.replace("http", "ws") + "_stcore/stream"
    opened = [
        await websockets.connect(
            stream, subprotocols=["streamlit"], max_size=None, ping_interval=None
        )
        for _ in range(viewers)
    ]
    try:
        await asyncio.gather(*(_act(viewer, "") for viewer in opened), return_exceptions=True)
        before = sum(server.cpu_times()[:2])
        for turn in range(ROUNDS):
            answers = await asyncio.gather(
                *(
                    _act(viewer, QUERIES[(number + turn) % len(QUERIES)])
                    for number, viewer in enumerate(opened)
                ),
                return_exceptions=True,
            )
            for answer in answers:
                if isinstance(answer, BaseException):
                    errors.append(repr(answer))
                else:
                    took.append(answer[0])
                    errors += [answer[1]] if answer[1] else []
    finally:
        for viewer in opened:
            await viewer.close()
    took.sort()
    slow = took[min(len(took) - 1, int(0.95 * len(took)))] if took else float("nan")
    middle = statistics.median(took) if took else float("nan")
    memory = server.memory_info().rss / 1e6
    work = (sum(server.cpu_times()[:2]) - before) / (ROUNDS * viewers)
    print(
        f"{viewers:>8} {middle:>9.2f} {slow:>9.2f} {took[-1] if took else 0:>9.2f} "
        f"{len(errors):>7} {memory:>8.0f} {1000 * work:>9.0f}",
        flush=True,
    )
    for one in sorted(set(errors))[:5]:
        print("         ", one[:200])


def main(sizes: list[int]) -> None:
    """Measure each number of viewers on one server."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    environment = {**os.environ, "NEEDSMAP_HOME": tempfile.mkdtemp(), "PYTHONPATH": str(PROJECT)}
    subprocess.run(
        [sys.executable, "-m", "needsmap", "survey", "import", str(SURVEY), "--place",
         "kindleford", "--title", "Spring", "--asked", "2026-03-02"],
        cwd=PROJECT, env=environment, check=True, capture_output=True,
    )  # fmt: skip
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.headless=true",
         f"--server.port={port}"],
        cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}/"
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(address + "health", timeout=1).close()
                break
            except OSError:
                time.sleep(0.25)
        heads = ("median s", "p95 s", "slowest s")
        print(
            f"{'viewers':>8}",
            *(f"{head:>9}" for head in heads),
            f"{'errors':>7} {'RSS MB':>8} {'CPU ms':>9}",
        )
        # The first viewer waits for the place to be opened; that is measured elsewhere.
        asyncio.run(_measure(address, 1, psutil.Process(server.pid)))
        for viewers in sizes:
            asyncio.run(_measure(address, viewers, psutil.Process(server.pid)))
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [50, 100])
