"""Read Steiner-tree instances in the text format of SteinLib and the PACE 2018 challenge.

Sections open with `SECTION name` and close with `END`; of the graph's, `Nodes n` gives the number of
vertices and `E u v cost` an edge; of the terminals', `T v` a terminal. Vertices count from 1 in the file
and from 0 in what is returned.
"""

from __future__ import annotations

import csv
import gzip
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from phusong.vocabulary.errors import SourceFault

#: Words of a line that says something of the graph, the keyword included.
WORDS = {"nodes": 2, "e": 4, "t": 2}
GZIP_START = b"\x1f\x8b"


@dataclass(frozen=True, eq=False)
class SteinerInstance:
    """Hold a graph and what is to be joined in it.

    Parameters
    ----------
    name : of the file, without endings.
    vertices : number of vertices.
    tail, head : ends of the edges [edges].
    cost : of the edges [edges].
    terminals : vertices to be joined [terminals].
    """

    name: str
    vertices: int
    tail: np.ndarray
    head: np.ndarray
    cost: np.ndarray
    terminals: np.ndarray


def read_steiner_instance(path: Path) -> SteinerInstance:
    """Return the instance in a `.gr` or `.stp` file, packed with gzip or plain.

    Raises
    ------
    SourceFault
        If the file cannot be unpacked, a line does not say what it should, or a vertex is named that there
        is not.
    """
    rows: dict[str, list[list[float]]] = {word: [] for word in WORDS}
    for number, line in enumerate(_unpack(path).splitlines(), start=1):
        words = line.split()
        keyword = words[0].lower() if words else ""
        if keyword == "a":
            raise SourceFault("the graph is directed", file=path.name, row=number)
        if keyword in WORDS:
            rows[keyword].append(_numbers(words, WORDS[keyword], path.name, number))
    if len(rows["nodes"]) != 1:
        raise SourceFault("the number of vertices is not given once", file=path.name)
    edges = np.array(rows["e"], np.float64).reshape(-1, 3)
    terminals = np.array(rows["t"], np.float64).reshape(-1)
    vertices = int(rows["nodes"][0][0])
    for named in (edges[:, :2], terminals):
        if not ((named >= 1) & (named <= vertices) & (named == np.floor(named))).all():
            raise SourceFault(f"a vertex is named outside 1 to {vertices}", file=path.name)
    if not (edges[:, 2] >= 0).all():
        raise SourceFault("an edge has no cost ≥ 0", file=path.name)
    tail, head = (edges[:, :2].T - 1).astype(np.int64)
    return SteinerInstance(
        path.name.split(".")[0],
        vertices,
        tail,
        head,
        edges[:, 2],
        terminals.astype(np.int64) - 1,
    )


def read_steiner_optima(path: Path) -> dict[str, float]:
    """Return the cost of a cheapest tree by instance, where it is proven.

    Parameters
    ----------
    path : table with the columns instance (a file name), lower and upper.

    Raises
    ------
    SourceFault
        If a column is missing or a bound is no number.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    try:
        found = {r["instance"]: (float(r["lower"]), float(r["upper"])) for r in rows}
    except (KeyError, TypeError, ValueError) as error:
        raise SourceFault(f"no instance, lower and upper: {error}", file=path.name) from error
    return {name.split(".")[0]: low for name, (low, high) in found.items() if low == high}


def _unpack(path: Path) -> str:
    """Return the text of a file, unpacked where it is packed."""
    data = path.read_bytes()
    try:
        return (gzip.decompress(data) if data.startswith(GZIP_START) else data).decode("utf-8")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise SourceFault(f"it cannot be read as text: {error}", file=path.name) from error


def _numbers(words: list[str], count: int, file: str, row: int) -> list[float]:
    """Return the numbers after a keyword."""
    try:
        found = [float(word) for word in words[1:]]
    except ValueError:
        found = []
    if len(found) != count - 1:
        raise SourceFault(
            f"“{words[0]}” is not followed by {count - 1} numbers", file=file, row=row
        )
    return found
