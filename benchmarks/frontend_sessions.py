"""Sessions of the front end without a browser: signed in, they ask over the line for runs of its pages.

Run it from the source tree: `python -m benchmarks.frontend_sessions [DIR] [SESSIONS …]`. DIR is the output
folder of a run with a book; without it the demonstration province is taken. A row a page and role: kilobytes
sent, seconds of processor time of the server and seconds of the clock of one run of the page, median of
`ROUNDS` runs after one that does not count. The overview in the same run is the measure: `times_overview` is
processor time over that of the overview, and is the figure that a busy machine does not spoil. Then, for 20
and 50 sessions at once (or as many as are named), each going through the pages of its role with a pause
between them as people make it: the median and the 95th percentile of the seconds of a run.
"""

from __future__ import annotations

import http.client
import os
import statistics
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import numpy as np
from benchmarks.terrain import describe_machine, print_table
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

LARGEST = 2**24
ROUNDS, PAUSE_S = 5, 8.0
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
KILO = 1_000
#: Pages by the role that works with them.
WORK = {
    "planner": ("overview", "scenarios", "deliveries"),
    "education": ("overview", "pupils", "devices", "contributions", "review"),
    "approver": ("pupils", "devices", "contributions"),
    "focal_point": ("devices", "contributions", "overview"),
    "school": ("pupils", "devices"),
}


@dataclass(frozen=True)
class PageRun:
    """Hold one run of a page.

    Parameters
    ----------
    seconds : from asking to the end of the script [s].
    sent : what the server sent meanwhile [bytes].
    """

    seconds: float
    sent: int


def sign_in(address: str, role: str = "planner") -> str:
    """Return the cookie of a session."""
    line = http.client.HTTPConnection(urlsplit(address).netloc, timeout=120)
    headers = {"Origin": address, "Content-Type": "application/x-www-form-urlencoded"}
    line.request("POST", "/sign-in", urlencode({"role": role, "to": "/", "lang": "vi"}), headers)
    answer = line.getresponse()
    answer.read()
    return str(answer.headers["set-cookie"]).split(";", maxsplit=1)[0]


@contextmanager
def open_session(address: str, role: str = "planner") -> Iterator[ClientConnection]:
    """Give the line of a session that has just signed in."""
    with connect(
        f"ws://{urlsplit(address).netloc}/_stcore/stream",
        additional_headers={"Cookie": sign_in(address, role)},
        origin=address,  # type: ignore[arg-type]
        subprotocols=["streamlit"],  # type: ignore[list-item]
        max_size=LARGEST,
    ) as line:
        yield line


def run_page(line: ClientConnection, page: str = "overview") -> PageRun:
    """Return what one run of a page takes."""
    asked = BackMsg()
    asked.rerun_script.query_string = "lang=vi"
    asked.rerun_script.page_name = "" if page == "overview" else page
    start, sent = time.perf_counter(), 0
    line.send(asked.SerializeToString())
    while True:
        told = line.recv()
        sent += len(told)
        if ForwardMsg.FromString(told).WhichOneof("type") == "script_finished":  # type: ignore[arg-type]
            return PageRun(time.perf_counter() - start, sent)


def run_pages(address: str, rounds: int) -> list[float]:
    """Return how long each of some runs of the overview took, from asking to the end of the script [s]."""
    with open_session(address) as line:
        return [run_page(line).seconds for _ in range(rounds)]


def read_processor_time(address: str) -> float:
    """Return the processor time of the process that listens at an address [s]."""
    port = f":{urlsplit(address).port:04X}"
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    inode = next(row[9] for row in rows if row[1].endswith(port) and row[3] == "0A")
    for process in Path("/proc").glob("[0-9]*"):
        try:
            sockets = {str(handle.readlink()) for handle in (process / "fd").iterdir()}
        except OSError:
            continue
        if f"socket:[{inode}]" in sockets:
            fields = (process / "stat").read_text().rsplit(")", 1)[1].split()
            return (int(fields[11]) + int(fields[12])) / TICKS
    raise RuntimeError(f"nobody listens at {address}")


def measure_pages(address: str) -> list[dict[str, Any]]:
    """Return what each page takes alone, beside the overview in the same run."""
    rows = []
    for role, pages in WORK.items():
        for page in pages:
            with open_session(address, role) as line:
                run_page(line, page)
                before = read_processor_time(address)
                runs = [run_page(line, page) for _ in range(ROUNDS)]
                spent = (read_processor_time(address) - before) / ROUNDS
            rows.append(
                {
                    "what": f"{page}, {role}",
                    "kb": round(max(r.sent for r in runs) / KILO, 1),
                    "processor_s": round(spent, 3),
                    "median_s": round(statistics.median(r.seconds for r in runs), 2),
                }
            )
    measure = next(r["processor_s"] for r in rows if r["what"] == "overview, planner") or 1 / TICKS
    return [{**row, "times_overview": round(row["processor_s"] / measure, 1)} for row in rows]


def measure_sessions(address: str, sessions: int) -> dict[str, Any]:
    """Return how long a run of a page takes where many work at once."""
    roles = list(WORK)

    def _work(number: int) -> list[float]:
        role = roles[number % len(roles)]
        pauses = np.random.default_rng(number)
        told = []
        with open_session(address, role) as line:
            for page in WORK[role] * 2:
                time.sleep(float(pauses.uniform(0, 2 * PAUSE_S)))
                told.append(run_page(line, page).seconds)
        return told

    with ThreadPoolExecutor(sessions) as pool:
        seconds = np.concatenate(list(pool.map(_work, range(sessions))))
    return {
        "what": f"{sessions} sessions, {len(seconds)} runs of their pages",
        "median_s": round(float(np.median(seconds)), 2),
        "p95_s": round(float(np.quantile(seconds, 0.95)), 2),
        "worst_s": round(float(seconds.max()), 2),
    }


def run(directory: Path | None = None, crowds: tuple[int, ...] = (20, 50)) -> dict[str, Any]:
    """Return the report: start and first visitor, each page alone, and many at once."""
    from benchmarks.frontend import DEMO, serve  # noqa: PLC0415  (it needs a browser's driver)

    folder = Path(directory) if directory is not None else DEMO
    command = (sys.executable, "-m", "phusong", "app", "--port", "{port}", "--results", str(folder))
    start = time.perf_counter()
    with serve(*command) as address:
        ready = time.perf_counter() - start
        begun = time.perf_counter()
        with open_session(address, "education") as line:
            first = run_page(line, "pupils")
            visited = time.perf_counter() - begun
        rows: list[dict[str, Any]] = [
            {"what": "until the port answers", "median_s": round(ready, 2)},
            {"what": "first visitor: sign-in and pupils", "median_s": round(visited, 2)},
            {"what": "of which the page", "median_s": round(first.seconds, 2)},
        ]
        rows += measure_pages(address)
        rows += [measure_sessions(address, sessions) for sessions in crowds]
    return {"name": "frontend_sessions", "machine": describe_machine(), "rows": rows}


if __name__ == "__main__":
    named = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    print_table(run(named, tuple(int(n) for n in sys.argv[2:]) or (20, 50)))
