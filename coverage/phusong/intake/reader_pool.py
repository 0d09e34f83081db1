"""Check foreign files in confined processes, one file each, of which one waits with its libraries loaded.

A reader that takes too much, takes too long or breaks down is a refusal of its file, and nothing else.
"""

from __future__ import annotations

import io
import json
import logging
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from threading import BoundedSemaphore, Lock, Timer
from typing import Any

import geopandas as gpd
import pandas as pd

from phusong.intake.confinement import MEGABYTE, Confinement, is_confinable, make_environment
from phusong.intake.diagnosis import (
    Checked,
    ColumnReading,
    Diagnosis,
    Fault,
    Fix,
    Question,
    ReadOptions,
)
from phusong.intake.reader import make_order
from phusong.intake.refusals import refuse_source
from phusong.vocabulary.errors import ParameterFault, PhusongError
from phusong.vocabulary.parameters import Intake, Parameters

MODULE = "phusong.intake.reader"
LOG = logging.getLogger("phusong.intake")
UNCONFINED = (
    "hệ điều hành này không giới hạn được bộ nhớ và thời gian của chương trình đọc tệp: chỉ nhận tệp từ nơi "
    "tin cậy · this system cannot limit the memory and the processor time of whoever reads a file: take "
    "files from those you trust alone"
)


def check_in_child(
    kind: str,
    path: Path | str,
    options: ReadOptions,
    parameters: Parameters,
    *,
    rows: int | None = None,
) -> Checked:
    """Check one raw file as `phusong.intake.door.check_source` does, in a confined process of its own.

    Parameters
    ----------
    kind, path, options, parameters : as there.
    rows : how many rows of each table are returned; None: all of them.

    Raises
    ------
    ParameterFault
        If there is no such kind, province or edition.
    PhusongError
        If the program itself is at fault.
    """
    pool = find_pool(int(parameters.intake.number("readers_at_once")))
    return pool.check(kind, Path(path), options, parameters, rows=rows)


@lru_cache(maxsize=1)
def find_pool(most: int) -> ReaderPool:
    """Find the readers of this process.

    Parameters
    ----------
    most : how many may read at once.
    """
    return ReaderPool(most)


def compute_confinement(path: Path, intake: Intake) -> Confinement:
    """Compute what the reading of a file may take: a base, and more for each MB of the file.

    Parameters
    ----------
    path : the file.
    intake : base and share of memory and processor time, and how long one waits for the latter.
    """
    size_mb = path.stat().st_size / MEGABYTE if path.is_file() else 0.0
    memory_mb = intake.number("reader_memory_mb") + intake.number("reader_memory_share") * size_mb
    cpu_s = intake.number("reader_cpu_s") + intake.number("reader_cpu_per_size") * size_mb
    return Confinement(memory_mb, cpu_s, cpu_s * intake.number("reader_wait_share"))


class ReaderPool:
    """Hold the processes that read foreign files.

    Parameters
    ----------
    most : how many may read at once.
    module : what they run.
    """

    def __init__(self, most: int, *, module: str = MODULE) -> None:
        self.module, self.is_warm = module, False
        self._turns, self._lock = BoundedSemaphore(most), Lock()
        self._spare: Reader | None = None

    def warm_up(self) -> None:
        """Start a reader that waits for the next file, now and after each file; for a server."""
        if not is_confinable():
            LOG.warning(UNCONFINED)
        self.is_warm = True
        self._replace_spare()

    def close(self) -> None:
        """End the reader that waits, and start none in its place."""
        self.is_warm = False
        spare = self._pop_spare()
        if spare is not None:
            spare.close()

    def check(
        self,
        kind: str,
        path: Path,
        options: ReadOptions,
        parameters: Parameters,
        *,
        rows: int | None = None,
    ) -> Checked:
        """Check one raw file; see `check_in_child`."""
        confinement = compute_confinement(path, parameters.intake)
        order = make_order(kind, path, options, parameters, confinement, rows=rows)
        with self._turns:
            reader = self._pop_spare() or Reader(self.module)
            answer = reader.ask(order, confinement)
        self._replace_spare()
        if isinstance(answer, str):
            caps = {"cap": f"{confinement.memory_mb:.0f}", "seconds": f"{confinement.cpu_s:.0f}"}
            return refuse_source(kind, str(path), answer, **caps)
        return decode_answer(answer)

    def _pop_spare(self) -> Reader | None:
        """Take the reader that waits, if one does and still lives."""
        with self._lock:
            spare, self._spare = self._spare, None
        if spare is not None and spare.process.poll() is not None:
            spare.close()
            return None
        return spare

    def _replace_spare(self) -> None:
        """Start a reader that waits, where one shall and none does."""
        with self._lock:
            if self.is_warm and self._spare is None:
                self._spare = Reader(self.module)


class Reader:
    """Hold one process that reads one file.

    Parameters
    ----------
    module : what it runs.
    """

    def __init__(self, module: str) -> None:
        self.folder = tempfile.mkdtemp(prefix="phusong-reader-")
        self.is_late = False
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what a library complains of may name a pupil
            env=make_environment(self.folder),
        )

    def ask(self, order: bytes, confinement: Confinement) -> bytes | str:
        """Give the order, and return the answer, or the rule by which its file is refused.

        Parameters
        ----------
        order : from `make_order`.
        confinement : how long one waits, and how large an answer may be.
        """
        timer = Timer(confinement.wait_s, self._stop_late)
        timer.daemon = True
        timer.start()
        try:
            answer = self._exchange(order, int(confinement.memory_mb * MEGABYTE))
        finally:
            timer.cancel()
            self.close()
        return self._name_death() if not answer else _find_limit(answer) or answer

    def _exchange(self, order: bytes, cap: int) -> bytes:
        """Write the order and read the answer; nothing where the process ended without one."""
        if self.process.stdin is None or self.process.stdout is None:
            return b""
        with suppress(BrokenPipeError):
            self.process.stdin.write(order)
            self.process.stdin.close()
        answer = self.process.stdout.read(cap)
        self.process.wait()
        return answer if self.process.returncode == 0 and len(answer) < cap else b""

    def _stop_late(self) -> None:
        """End a process that was waited for too long."""
        self.is_late = True
        self.process.kill()

    def _name_death(self) -> str:
        """Name the rule by which a file is refused over which its reader died."""
        spent = (-getattr(signal, "SIGXCPU", 0), -getattr(signal, "SIGKILL", 0))
        late = self.is_late or self.process.returncode in spent
        return "reader_too_long" if late else "reader_died"

    def close(self) -> None:
        """End the process, if it has not ended, and remove what it left."""
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def _find_limit(answer: bytes) -> str:
    """Find the rule by which a reader says itself that it passed a limit; empty where it did not."""
    return "reader_too_large" if answer.startswith(b'{"limit"') else ""


def decode_answer(answer: bytes) -> Checked:
    """Decode what a reader wrote; of what it cannot have written in good order, nothing is believed.

    Parameters
    ----------
    answer : a line of JSON, then the tables.

    Raises
    ------
    ParameterFault
        If the reader was asked for a kind, province or edition that there is not.
    PhusongError
        If the program itself is at fault.
    """
    line, _, tables = answer.partition(b"\n")
    head = json.loads(line)
    if "fault" in head:
        fault = ParameterFault if head["fault"] == ParameterFault.__name__ else PhusongError
        raise fault(head["message"])
    size = head["accepted"] or 0
    accepted = None
    if head["accepted"] is not None:
        accepted = _decode_table(tables[:size], shapes=head["shapes"])
    quarantined = _decode_table(tables[size : size + head["quarantined"]])
    return Checked(_decode_diagnosis(head["diagnosis"]), accepted, quarantined)


def _decode_table(content: bytes, *, shapes: bool = False) -> pd.DataFrame:
    """Decode a table from Parquet."""
    return (gpd if shapes else pd).read_parquet(io.BytesIO(content))


def _decode_diagnosis(report: dict[str, Any]) -> Diagnosis:
    """Decode a diagnosis from what `Diagnosis.as_dict` wrote."""
    question = report["question"]
    parts = {
        "columns": [ColumnReading(**column) for column in report["columns"]],
        "fixes": [Fix(**fix) for fix in report["fixes"]],
        "faults": [Fault(**fault) for fault in report["faults"]],
        "question": Question(**question) if question else None,
    }
    return Diagnosis(**(report | parts))
