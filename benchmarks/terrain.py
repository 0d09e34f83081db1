"""Terrain: links a second over profiles of 10 km, beside itmlogic on the same profiles.

Run it from the source tree: `python -m benchmarks.terrain [DIR]`, DIR a folder of P.1812 validation
profiles and logs. The peer is handed its profiles ready made; ours is measured both so, on the very
same profiles, and as it is used, walking each profile over the terrain grid itself. The two models are
not the same physics (delta-Bullington against Longley–Rice), so the figures compare the cost of a
terrain-aware link, not its value.
"""

from __future__ import annotations

import csv
import math
import platform
import re
import statistics
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numba
import numpy as np
from itmlogic.misc.qerfi import qerfi
from itmlogic.preparatory_subroutines.qlrpfl import qlrpfl
from itmlogic.preparatory_subroutines.qlrps import qlrps
from itmlogic.statistics.avar import avar
from scipy import ndimage

from phusong.reach.diffraction import delta_bullington_db, delta_terms_db, effective_earth_radius_m
from phusong.reach.links import links_excess_db
from phusong.reach.pathloss import MODEL_FREE_SPACE, MODEL_HATA
from phusong.reach.spherical import VERTICAL
from phusong.reach.terrain import Terrain, profile

LENGTH_M, STEP_M, FREQUENCY_MHZ, MAST_M, RECEIVER_M = 10_000.0, 90.0, 1800.0, 42.0, 10.0
EARTH_RADIUS_M = 8_494_700.0
MASTS, LINKS, PEER_LINKS, ROUNDS = 100, 20_000, 100, 9


def hills(cells: int = 1200) -> Terrain:
    """Return made-up hills, of all sizes from one cell to a third of the map, to 1,000 m."""
    rng = np.random.default_rng(20210921)
    ground = np.zeros((cells, cells))
    for size in (1, 4, 16, 64, 256):
        noise = ndimage.gaussian_filter(rng.standard_normal((cells, cells)), size, mode="wrap")
        ground += noise / noise.std() * size**0.7
    ground -= ground.min()
    return Terrain(
        ground / ground.max() * 1000.0, west_m=0.0, north_m=cells * STEP_M, cell_m=STEP_M
    )


def links(terrain: Terrain) -> tuple[np.ndarray, np.ndarray]:
    """Return the ends of links of equal length, mast by mast, each round the compass [m]."""
    rng = np.random.default_rng(242)
    side = terrain.cell_m * terrain.elevation.shape[0]
    masts = rng.uniform(LENGTH_M, side - LENGTH_M, (MASTS, 2))
    start = np.repeat(masts, LINKS // MASTS, axis=0)
    angle = np.tile(np.linspace(0.0, 2.0 * math.pi, LINKS // MASTS, endpoint=False), MASTS)
    return start, start + LENGTH_M * np.column_stack([np.cos(angle), np.sin(angle)])


def run_ours(
    terrain: Terrain, ends: tuple[np.ndarray, np.ndarray], model: int, threads: int | None
) -> np.ndarray:
    """Return the terrain excess of every link [dB]."""
    return links_excess_db(
        terrain,
        *ends,
        mast_height_m=MAST_M,
        frequency_mhz=FREQUENCY_MHZ,
        receiver_height_m=1.5,
        clutter_height_m=RECEIVER_M,
        effective_earth_radius_m=EARTH_RADIUS_M,
        profile_step_m=STEP_M,
        model=model,
        threads=threads,
    )


@numba.njit
def run_ready(distance_m: np.ndarray, heights_m: np.ndarray, times: int) -> float:
    """Return the sum of the delta-Bullington losses over ready profiles, taken so many times [dB]."""
    total, bare = 0.0, np.zeros_like(distance_m)
    for _ in range(times):
        for height in heights_m:
            ends = height[0] + MAST_M, height[-1] + RECEIVER_M
            actual, smooth, sphere = delta_terms_db(
                distance_m, height, bare, *ends, EARTH_RADIUS_M, FREQUENCY_MHZ, VERTICAL, 0.0
            )
            total += actual + max(sphere - smooth, 0.0)
    return total


def run_peer(profiles: list[list[float]]) -> list[float]:
    """Return the median loss of itmlogic's point-to-point mode over each profile [dB]."""
    losses = []
    for heights in profiles:
        wave, curvature, refractivity, ground = qlrps(FREQUENCY_MHZ, 0, 314, 1, 15, 0.005)
        prop: dict[str, Any] = {
            "eps": 15, "sgm": 0.005, "klim": 5, "ens0": 314, "lvar": 5, "gma": 157e-9,
            "fmhz": FREQUENCY_MHZ, "d": LENGTH_M / 1000, "hg": [MAST_M, RECEIVER_M], "ipol": 1,
            "pfl": [len(heights) - 1, LENGTH_M / (len(heights) - 1), *heights],
            "kwx": 0, "wn": wave, "ens": refractivity, "gme": curvature, "zgnd": ground,
            "klimx": 0, "mdvarx": 11,
        }  # fmt: skip
        prop = qlrpfl(prop)
        middle = qerfi([0.5])[0]
        beyond, prop = avar(middle, 0, middle, prop)
        losses.append(8.685890 * math.log(2 * prop["wn"] * prop["dist"]) + float(np.real(beyond)))
    return losses


def timed(work: Any, count: int) -> tuple[float, float]:
    """Return links per wall second and per CPU second of one run of some work."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return count / (time.perf_counter() - wall), count / (time.process_time() - cpu)


def compare_speed() -> list[dict[str, Any]]:
    """Return rows of links a second: ours and the peer's, alternating round by round."""
    terrain = hills()
    ends = links(terrain)
    some = [
        profile(terrain, *a, *b, step_m=STEP_M)[1].tolist() for a, b in zip(*ends, strict=True)
    ][:PEER_LINKS]
    peer = f"itmlogic {version('itmlogic')}, profile ready made"
    ready = np.linspace(0.0, LENGTH_M, len(some[0])), np.array(some)
    contestants: dict[str, tuple[Any, int]] = {
        peer: (lambda: run_peer(some), PEER_LINKS),
        "phusong delta-Bullington, profile ready made, 1 thread": (
            lambda: run_ready(*ready, LINKS // PEER_LINKS),
            LINKS,
        ),
    }
    for title, model in (("excess", MODEL_HATA), ("delta-Bullington", MODEL_FREE_SPACE)):
        for threads in (1, None):
            crew = f"{threads or numba.get_num_threads()} thread" + ("" if threads else "s")

            def work(model: int = model, threads: int | None = threads) -> None:
                run_ours(terrain, ends, model, threads)

            contestants[f"phusong {title}, profile walked, {crew}"] = (work, LINKS)
    speeds: dict[str, list[tuple[float, float]]] = {name: [] for name in contestants}
    for work, _ in contestants.values():
        work()
    for _ in range(ROUNDS):
        for name, (work, count) in contestants.items():
            speeds[name].append(timed(work, count))
    return [describe_speed(name, speeds[name], speeds[peer]) for name in contestants]


def describe_speed(
    name: str, ours: list[tuple[float, float]], peer: list[tuple[float, float]]
) -> dict[str, Any]:
    """Return one row: medians, and the ratio to the peer per CPU second over the rounds."""
    ratios = sorted(a[1] / b[1] for a, b in zip(ours, peer, strict=True))
    return {
        "model": name,
        "links_per_s": round(statistics.median(s[0] for s in ours)),
        "links_per_cpu_s": round(statistics.median(s[1] for s in ours)),
        "ratio_per_cpu": round(statistics.median(ratios), 1),
        "ratio_low": round(ratios[0], 1),
        "ratio_high": round(ratios[-1], 1),
        "rounds": len(ratios),
    }


def list_logs(folder: Path) -> list[Path]:
    """Return the logs of a validation folder, in order."""
    return sorted(folder.glob("result_*.csv"))


def read_log(path: Path) -> dict[str, float]:
    """Return the values of a log by name; names that come again also by name and equation."""
    values: dict[str, float] = {}
    with path.open(encoding="utf-8") as file:
        for name, reference, _, value, *_ in (r for r in csv.reader(file) if len(r) > 3):
            if re.fullmatch(r"\s*[-+]?[\d.]+(e[-+]?\d+)?\s*", value, re.IGNORECASE):
                values.setdefault(name.strip(), float(value))
                values[f"{name.strip()} {reference.strip()}"] = float(value)
    return values


def read_profile(log: Path) -> dict[str, np.ndarray]:
    """Return the profile that a log was computed on: distance, ground and clutter [m]."""
    name = re.sub(r"^result_(.*)_\d+$", r"profile_\1.csv", log.stem)
    with (log.parent / name).open(encoding="utf-8") as file:
        rows = list(csv.reader(file))
    start = next(i for i, row in enumerate(rows) if row and row[0] == "{Begin of Profile}")
    points = np.array([r[:5] for r in rows[start + 2 : start + 2 + int(rows[start + 1][1])]], float)
    return {
        "distance_m": points[:, 0] * 1000.0,
        "height_m": points[:, 1],
        "clutter_m": points[:, 3],
    }


def compare_logs(folder: Path) -> list[dict[str, Any]]:
    """Return one row a log: the median delta-Bullington loss, reference and ours [dB].

    The whole of P.1812 is not built, so its basic transmission loss Lb is not claimed.
    """
    rows = []
    for path in list_logs(folder):
        log, ground = read_log(path), read_profile(path)
        loss = delta_bullington_db(
            **ground,
            transmitter_height_m=log["htg (m)"],
            receiver_height_m=log["hrg (m)"],
            frequency_mhz=log["f (GHz)"] * 1000.0,
            earth_radius_m=effective_earth_radius_m(log["DN"]),
            polarisation=int(log["pol"]),
            sea_share=log["w"],
        ).total_db
        rows.append(
            {
                "result": path.stem,
                "ld50_reference_db": log["Ld50 (dB)"],
                "ld50_db": loss,
                "deviation_db": loss - log["Ld50 (dB)"],
            }
        )
    return rows


def describe_machine() -> str:
    """Return what the figures were measured on."""
    return (
        f"{platform.machine()}, {numba.get_num_threads()} threads, "
        f"Python {platform.python_version()}, numba {numba.__version__}"
    )


def run(directory: Path | None = None) -> dict[str, Any]:
    """Return the report of `phusong bench terrain`."""
    rows = compare_speed() + (compare_logs(Path(directory)) if directory is not None else [])
    return {"name": "terrain", "machine": describe_machine(), "rows": rows}


def print_table(report: dict[str, Any]) -> None:
    """Print the rows, a line each."""
    print(f"{report['name']}: {report['machine']}")
    for row in report["rows"]:
        print("  " + ", ".join(f"{name} {value}" for name, value in row.items()))


if __name__ == "__main__":
    print_table(run(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
