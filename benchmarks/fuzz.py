"""Files, cells and addresses changed at random: whatever comes in ends in an answer, and nothing else.

Run it from the source tree: `python -m benchmarks.fuzz [--minutes N] [--seed S] [--keep DIR]`. Each
case is made from a form that an office could fill in, or from a layer, by a few changes of a known
kind; the number of a case and the seed make it again (`--case N`). Of every case it is asserted that it
ends in accepted, refused or a question (exit 0, 2, 3), that rows and columns add up, that nothing is
warned of on the error stream, that it ends in time, and that the process stays under its memory. A case
that breaks one of these is kept as a file and named.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from benchmarks.terrain import describe_machine, print_table
from python_calamine import CalamineWorkbook

from phusong.intake.angles import parse_coordinates, parse_pairs
from phusong.intake.answers import answer_diagnosis
from phusong.intake.diagnosis import Checked, ReadOptions
from phusong.intake.door import check_source
from phusong.intake.rejected import list_rejected
from phusong.intake.values import parse_date
from phusong.places.addresses import make_gazetteer, match_addresses
from phusong.vietnamese.detection import guess_encoding
from phusong.views.kit import TEMPLATES, render_template
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.parameters import load_parameters

SEED, MINUTES = 20211130, 15.0
#: A case that takes longer hangs [s]; the process may hold so much more while it runs [MiB].
LONGEST_S, MOST_MIB = 60, 1024
#: How a case may end.
ENDS = ("accepted", "refused", "needs_answer", "broken")
#: So many cases run in one process, so that one that dies costs only itself.
CHUNK = 500
NASTY = (
    "", " ", "\ufeff", "\u200b", "0", "-1", "nan", "NaN", "inf", "-inf", "1e308", "1e999", "9" * 30,
    "99999999999999999999", "1.234", "1,234", "1.234,5", "12.345.678", "105.6", "21.3", "105,6",
    "105°36'00\"Đ", "21°18'B", "560000", "2360000", "31/02/2021", "00/00/0000", "1/1/1", "44464",
    "44464.75", "2021-13-45", "25/09/2021 25:61", "x", "có", "Không", "?", "=cmd|' /C calc'!A0",
    "+1", "@SUM(A1)", "<script>", "a|b", "a;b", "\"", "'", "\t", "\r\n", "\x00", "\x1b[31m",
    "\u202eabc", "TÃªn thÃ´n", "Th«n §ång GiÕng", "Đồng Giếng", "thôn", "xã Đạo Trù", "08914",
    "8914.0", "Viettel", "VNPT; Viettel", "4G", "3G/4G", "HSPA+", "-101", "101", "−97 dBm",
    "8500 kbps", "2147483647", "POLYGON((0 0, 1 0, 1 1, 0 0))", "POINT EMPTY", "💻", "ﬁ", "𝟏𝟐", "١٢",
    "٣", "½", "Ⅳ", "a" * 5000, "(", "[", "{", "\\", "%s", "{0}", "null", "None", "true", "#N/A",
    "#REF!",
)  # fmt: skip
ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "cp1258",
    "cp1252",
    "latin-1",
    "utf-32",
    "utf-7",
)
SEPARATORS = (",", ";", "\t", "|")
BOX = (105.3, 21.1, 105.8, 21.6)
LAYERS = (
    "communes",
    "hamlets",
    "cells",
    "coverage",
    "fibre_nodes",
    "fibre_routes",
    "roads",
    "schools",
    "measurements",
)
ADDRESSES = (
    "Thôn Đồng Giếng, xã Đạo Trù, huyện Tam Đảo, Vĩnh Phúc", "x. Đạo Trù, h. Tam Đảo",
    "TDP số 3, phường Tích Sơn, Vĩnh Yên", "Thôn Đồng Giếng - Đạo Trù", "xóm 5 thôn Phú Ngưu", "",
)  # fmt: skip


class Case(NamedTuple):
    """Hold one case: what it is of, how it was made, and the file or cells."""

    kind: str
    how: str
    ending: str
    content: bytes


class Broken(Exception):
    """Say which promise a case breaks."""


@cache
def list_tables() -> dict[str, list[list[str]]]:
    """Return the rows of each form as text, with its headings on top."""
    tables = {}
    for kind, form in TEMPLATES.items():
        book = CalamineWorkbook.from_filelike(io.BytesIO(render_template(form)))
        rows = book.get_sheet_by_index(0).to_python()
        tables[kind] = [["" if c is None else str(c) for c in row] for row in rows]
    head = [
        "Kinh độ",
        "Vĩ độ",
        "Doanh nghiệp",
        "Công nghệ",
        "Mức tín hiệu",
        "Tải xuống",
        "Thời điểm đo",
        "Thôn",
        "Xã",
    ]
    row = [
        "105.58",
        "21.31",
        "Viettel",
        "4G",
        "-101",
        "12,5",
        "25/09/2021 08:30",
        "Đồng Giếng",
        "Đạo Trù",
    ]
    return tables | {"measurements": [head, row, row]}


@cache
def list_books() -> dict[str, bytes]:
    """Return each form as the workbook that it is."""
    return {kind: render_template(form) for kind, form in TEMPLATES.items()}


def write_table(rows: list[list[str]], separator: str = ",") -> str:
    """Return rows as text with a separator."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue()


def change_cells(rows: list[list[str]], rng: random.Random) -> list[list[str]]:
    """Return a table with some cells, rows and headings changed."""
    table = [list(row) for row in rows] * rng.choice((1, 1, 2, 4))
    for _ in range(rng.choice((1, 2, 4, 12))):
        row = rng.randrange(len(table))
        if not table[row]:
            continue
        at = rng.randrange(len(table[row]))
        change = rng.randrange(8)
        if change < 4:
            table[row][at] = rng.choice(NASTY)
        elif change == 4:
            table[row][at] = table[row][at] + rng.choice(NASTY)
        elif change == 5:
            table.insert(row, list(table[rng.randrange(len(table))]))
        elif change == 6:
            table[row] = table[row][:at] + table[row][at + 1 :]
        else:
            other = rng.randrange(len(table[row]))
            table[row][at], table[row][other] = table[row][other], table[row][at]
    return table


def change_bytes(content: bytes, rng: random.Random) -> bytes:
    """Return bytes with some of them changed, left out, or put in twice."""
    data = bytearray(content)
    for _ in range(rng.choice((1, 1, 3, 10))):
        if not data:
            break
        at, length = rng.randrange(len(data)), rng.choice((1, 2, 8, 64, 512))
        change = rng.randrange(5)
        if change == 0:
            data[at] = rng.randrange(256)
        elif change == 1:
            del data[at : at + length]
        elif change == 2:
            data[at:at] = data[at : at + length]
        elif change == 3:
            data[at:at] = rng.randbytes(length)
        else:
            del data[at:]
    return bytes(data)


def change_parts(content: bytes, rng: random.Random) -> bytes:
    """Return a workbook with the XML of one part changed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        names = old.namelist()
        chosen = rng.choice(names)
        for name in names:
            data = old.read(name)
            if name == chosen:
                if rng.random() < 0.1:
                    continue
                data = change_bytes(data, rng)
            new.writestr(name, data)
    return out.getvalue()


def make_layer(rng: random.Random) -> dict[str, Any]:
    """Return a layer as GeoJSON, of shapes that may be anything."""

    def spot() -> list[Any]:
        near = [rng.uniform(BOX[0], BOX[2]), rng.uniform(BOX[1], BOX[3])]
        odd = [
            [None, 1],
            ["x", 2],
            [1e308, -1e308],
            [0, 0],
            [],
            [21.3, 105.6],
            [105.6, 21.3, float("nan")],
            [181, 91],
        ]
        return near if rng.random() < 0.8 else rng.choice(odd)

    def shape() -> Any:
        spots = [spot() for _ in range(rng.randrange(6))]
        forms = (
            {"type": "Point", "coordinates": spot()},
            {"type": "LineString", "coordinates": spots},
            {"type": "Polygon", "coordinates": [[*spots, *spots[:1]]]},
            {"type": "MultiPoint", "coordinates": spots},
            {"type": "GeometryCollection", "geometries": []},
            {"type": "CircularString", "coordinates": spots},
            {"type": "Polygon", "coordinates": []},
            None,
            {"type": "Point"},
            "x",
        )
        return rng.choice(forms)

    names = (
        "ten",
        "ten_thon",
        "Mã xã",
        "operator",
        "technology",
        "status",
        "id",
        "ma_tuyen",
        "RSRP",
        "Thời điểm đo",
    )
    features = [
        {
            "type": rng.choice(("Feature",) * 9 + ("X",)),
            "properties": {
                n: rng.choice((*NASTY, 1, 1.5, None, [], {}, True)) for n in rng.sample(names, 5)
            },
            "geometry": shape(),
        }
        for _ in range(rng.randrange(8))
    ]
    return {"type": "FeatureCollection", "features": features}


def make_case(number: int, seed: int) -> Case:
    """Return a case by its number."""
    rng = random.Random(f"{seed}/{number}")
    if rng.random() < 0.2:
        text = json.dumps(make_layer(rng), ensure_ascii=False).encode("utf-8", "surrogatepass")
        content = change_bytes(text, rng) if rng.random() < 0.2 else text
        return Case(rng.choice(LAYERS), "layer", ".geojson", content)
    if rng.random() < 0.25:
        kind = rng.choice(list(list_books()))
        change = rng.choice((change_bytes, change_parts, change_parts))
        return Case(kind, change.__name__, ".xlsx", change(list_books()[kind], rng))
    kind = rng.choice(list(list_tables()))
    text_of = write_table(change_cells(list_tables()[kind], rng), rng.choice(SEPARATORS))
    content = text_of.encode(rng.choice(ENCODINGS) if rng.random() < 0.2 else "utf-8", "replace")
    content = change_bytes(content, rng) if rng.random() < 0.25 else content
    return Case(kind, "table", rng.choice((".csv", ".csv", ".txt", ".xlsx")), content)


def check_case(case: Case, folder: Path) -> str:
    """Check one file and return its status.

    Raises
    ------
    Broken
        Naming the promise.
    """
    path = folder / f"case{case.ending}"
    path.write_bytes(case.content)
    checked = check_source(case.kind, path, ReadOptions(), load_parameters())
    diagnosis = checked.diagnosis
    if diagnosis.exit_code not in (0, 2, 3):
        raise Broken(f"exit {diagnosis.exit_code}")
    if diagnosis.rows_in != diagnosis.rows_accepted + diagnosis.rows_quarantined:
        raise Broken("rows do not add up")
    if len(checked.quarantined) != diagnosis.rows_quarantined:
        raise Broken("rows set aside are not those that are counted")
    check_columns(checked)
    for language in ("vi", "en"):
        answer_diagnosis(diagnosis, language, confirm_share=0.2)
        if sum(map(len, list_rejected(checked, language).values())) != diagnosis.rows_quarantined:
            raise Broken("rows that go back are not those that were set aside")
    json.dumps(diagnosis.as_dict(), ensure_ascii=False).encode("utf-8", "surrogatepass")
    return diagnosis.status


def check_columns(checked: Checked) -> None:
    """Assert that every column of the file is told of once, read or not; where columns are told of at all."""
    described = getattr(checked.diagnosis, "columns", None)
    if not described or checked.raw is None:
        return
    headings = Counter(str(c.heading) for c in described)
    if any(headings[str(c)] == 0 for c in checked.raw.frame.columns):
        raise Broken("a column of the file is not told of")


@cache
def find_gazetteer() -> Any:
    """Return a few hamlets against which addresses are matched."""
    names = [
        ("T1", "Đồng Giếng", "08914"),
        ("T2", "Phú Ngưu", "08914"),
        ("T3", "Số 3", "08707"),
        ("T4", "Số 3A", "08707"),
    ]
    rows = [(i, "thôn", n, c, "2021-01-01", "") for i, n, c in names]
    return make_gazetteer(
        pd.DataFrame(
            rows, columns=["hamlet_id", "kind", "name", "commune_code", "edition", "aliases"]
        )
    )


def check_texts(rng: random.Random) -> None:
    """Read made-up texts as coordinates, dates, encodings and addresses: each is read, or is none."""
    texts = [mix_text(rng) for _ in range(20)]
    cells = pd.Series(texts, dtype="str").str.strip()
    for frame, columns in (
        (parse_coordinates(cells), ["value"]),
        (parse_pairs(cells), ["first", "second"]),
    ):
        numbers = frame[columns].to_numpy(dtype=float)
        if len(numbers) != len(cells) or np.isinf(numbers).any():
            raise Broken("a coordinate without end")
    for text in texts:
        parse_date(text)
        guess_encoding(text.encode("utf-8", "surrogatepass"))
    rows = [rng.choice(ADDRESSES) + rng.choice(("", ", ", " ")) + text for text in texts]
    found = match_addresses(
        pd.DataFrame({"row_id": range(len(rows)), "address": rows}), find_gazetteer()
    )
    if len(found) != len(rows):
        raise Broken("addresses do not add up")


def mix_text(rng: random.Random) -> str:
    """Return a text of nasty pieces."""
    return "".join(rng.choice(NASTY)[:40] for _ in range(rng.randrange(1, 4)))


@contextmanager
def watch(longest_s: int) -> Iterator[None]:
    """Let nothing pass in silence: warnings and words on the error stream break, and so does a hang."""

    def _stop(*_: Any) -> None:
        raise Broken(f"it takes more than {longest_s} s")

    before = signal.signal(signal.SIGALRM, _stop)
    signal.alarm(longest_s)
    try:
        with warnings.catch_warnings(record=True) as caught, listen() as stated:
            warnings.simplefilter("always")
            yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
    loud = [w for w in caught if not issubclass(w.category, DeprecationWarning | ResourceWarning)]
    words = [str(w.message) for w in loud] + stated
    if words:
        raise Broken(f"on the error stream: {words[0][:200]}")


@contextmanager
def listen() -> Iterator[list[str]]:
    """Yield what will have been written on the error stream, by Python or by a library below it."""
    stated: list[str] = []
    sys.stderr.flush()
    kept = os.dup(2)
    with tempfile.TemporaryFile() as file:
        os.dup2(file.fileno(), 2)
        try:
            yield stated
        finally:
            sys.stderr.flush()
            os.dup2(kept, 2)
            os.close(kept)
            file.seek(0)
            stated += [line for line in file.read().decode("utf-8", "replace").splitlines() if line]


def run_case(number: int, seed: int, folder: Path, longest_s: int = LONGEST_S) -> tuple[str, str]:
    """Run a case and return its status and what it breaks; the latter empty where it breaks nothing."""
    case, held, before = make_case(number, seed), measure_held(), measure_peak()
    (folder / "last").write_text(str(number), encoding="utf-8")
    try:
        with watch(longest_s):
            status = check_case(case, folder)
            check_texts(random.Random(f"{seed}/{number}/texts"))
    except Broken as broken:
        return "broken", f"{case.kind} {case.how}: {broken}"
    except ParameterFault as fault:
        return "broken", f"{case.kind} {case.how}: {fault}"
    except Exception as error:  # whatever is raised is what is sought
        return "broken", f"{case.kind} {case.how}: {type(error).__name__}: {error}"[:300]
    peak = measure_peak()
    grown = peak - held if peak > before else 0.0  # the peak may be of what ran before
    if grown > MOST_MIB:
        return "broken", f"{case.kind} {case.how}: {grown:.0f} MiB"
    return status, ""


def measure_peak() -> float:
    """Return the most memory that this process has ever held [MiB]."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure_held() -> float:
    """Return the memory that this process holds now [MiB]; its peak where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return measure_peak()
    return pages * resource.getpagesize() / 2**20


def run_chunk(first: int, count: int, seed: int, until: float, keep: Path) -> dict[str, Any]:
    """Run cases one after another until the time is over, and return what became of them."""
    statuses: Counter[str] = Counter()
    broken: dict[int, str] = {}
    number = first
    with tempfile.TemporaryDirectory() as name:
        for number in range(first, first + count):
            status, fault = run_case(number, seed, Path(name))
            statuses[status] += 1
            if fault:
                broken[number] = fault
                case = make_case(number, seed)
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{number}_{case.kind}{case.ending}").write_bytes(case.content)
            if time.time() > until:
                break
    peak = measure_peak()
    return {"next": number + 1, "statuses": dict(statuses), "broken": broken, "peak": peak}


def run_process(first: int, seed: int, until: float, keep: Path) -> dict[str, Any]:
    """Run a chunk in a process of its own; one that dies is a broken promise too."""
    words = [sys.executable, "-m", "benchmarks.fuzz", "--chunk", str(first), "--seed", str(seed)]
    words += ["--until", str(until), "--keep", str(keep)]
    fault = "the process does not end"
    with suppress(subprocess.TimeoutExpired):
        left = max(until - time.time(), 0.0) + 4 * LONGEST_S
        done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=left)
        with suppress(ValueError, IndexError):
            return dict(json.loads(done.stdout.splitlines()[-1]))
        fault = f"the process ended with {done.returncode}: {done.stderr[-200:]}"
    return {"next": first + CHUNK, "statuses": {"broken": 1}, "broken": {first: fault}, "peak": 0}


def run(
    minutes: float = MINUTES, seed: int = SEED, keep: Path = Path("fuzz_found")
) -> dict[str, Any]:
    """Run cases for some minutes and return how many ended how, and which broke a promise."""
    begun, number = time.time(), 0
    statuses: Counter[str] = Counter()
    broken: dict[str, str] = {}
    peak = 0.0
    while time.time() < begun + 60 * minutes:
        part = run_process(number, seed, begun + 60 * minutes, keep)
        statuses.update(part["statuses"])
        broken |= {str(k): v for k, v in part["broken"].items()}
        number, peak = part["next"], max(peak, part["peak"])
    row = {
        "seed": seed,
        "cases": sum(statuses.values()),
        **{name: statuses[name] for name in ENDS},
        "minutes": f"{(time.time() - begun) / 60:.1f}",
        "peak MiB": f"{peak:.0f}",
    }
    return {"name": "fuzz", "machine": describe_machine(), "rows": [row], "broken": broken}


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument(
        "--keep", type=Path, default=Path("fuzz_found"), help="folder for cases that break"
    )
    parser.add_argument("--case", type=int, help="run this case alone")
    parser.add_argument("--chunk", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--until", type=float, default=0.0, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.case is not None:
        with tempfile.TemporaryDirectory() as folder:
            print(*run_case(given.case, given.seed, Path(folder)))
    elif given.chunk is not None:
        print(json.dumps(run_chunk(given.chunk, CHUNK, given.seed, given.until, given.keep)))
    else:
        described = run(given.minutes, given.seed, given.keep)
        print_table(described)
        for number, fault in described["broken"].items():
            print(f"{number}: {fault}")
        sys.exit(1 if described["broken"] else 0)


if __name__ == "__main__":
    main()
