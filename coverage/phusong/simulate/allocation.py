"""A made-up allocation of any size: pupils in need, lots with earmarks, packages and a rollout."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from phusong.vocabulary.schema import empty_table
from phusong.vocabulary.tables.book import LOTS, PACKAGES

EDITION = "2021-01-01"
#: Tiers, levels, classes and connections with their shares.
TIERS = {"T1": 0.02, "T2": 0.15, "T3": 0.03, "T4": 0.2, "T5": 0.2, "T6": 0.4}
LEVELS = {"TH": 0.53, "THCS": 0.33, "THPT": 0.14}
GRADES = {"TH": (1, 5), "THCS": (6, 9), "THPT": (10, 12)}
CLASSES = {"K1": 0.5, "K2": 0.25, "K3": 0.08, "K4": 0.07, "K5": 0.07, "KU": 0.03}
CONNECTED = 0.25
#: Kinds with their share, whether they have a modem, and what is stated of them.
KINDS = {
    "tablet": (0.5, 0.8, {"ram_gb": 3.0, "storage_gb": 32.0, "screen_in": 10.1, "battery_mah": 6000.0}),
    "laptop": (0.2, 0.2, {"ram_gb": 8.0, "storage_gb": 256.0, "screen_in": 14.0}),
    "desktop": (0.1, 0.0, {"ram_gb": 8.0, "storage_gb": 256.0}),
    "smartphone": (0.2, 1.0, {"ram_gb": 3.0, "storage_gb": 32.0, "screen_in": 6.2}),
}  # fmt: skip
#: Pupils to a hamlet, a commune, a school; communes to a district; pupils to a household.
HAMLET, COMMUNE, SCHOOL, DISTRICT, HOUSEHOLD = 20, 200, 80, 16, 1.4
#: Share of lots with an earmark of each kind, and devices for how many of those in need.
EARMARKED = {"only_district": 0.1, "only_communes": 0.2, "only_schools": 0.15, "only_levels": 0.1}
STOCKED, PACKAGED = 0.6, 0.3


@dataclass(frozen=True)
class AllocationWorld:
    """Hold what an allocation is made from, as `allocate_devices` takes it."""

    students: pd.DataFrame
    lots: pd.DataFrame
    packages: pd.DataFrame
    awards: pd.DataFrame
    rollout: pd.DataFrame
    communes: pd.DataFrame


def make_allocation(pupils: int, lots: int, *, seed: int) -> AllocationWorld:
    """Return a made-up allocation.

    Parameters
    ----------
    pupils : all of them in need of a device.
    lots : about as many devices as `STOCKED` says.
    seed : of the random numbers.
    """
    rng = np.random.default_rng(seed)
    students = _make_students(pupils, rng)
    communes = pd.DataFrame({"commune_code": students["commune_code"].cat.categories})
    number = np.arange(len(communes))
    communes = communes.assign(
        edition=EDITION, district_code=[f"{n // DISTRICT:03d}" for n in number]
    )
    return AllocationWorld(
        students,
        _make_lots(lots, pupils, students, communes, rng),
        _make_packages(pupils),
        pd.DataFrame({"student_key": [], "lot_id": [], "state": []}, dtype="str"),
        _make_rollout(students, rng),
        communes,
    )


def _draw(shares: dict[str, float], count: int, rng: np.random.Generator) -> pd.Categorical:
    """Return words drawn by their shares."""
    words = list(shares)
    codes = rng.choice(len(words), size=count, p=np.array(list(shares.values())))
    return pd.Categorical.from_codes(codes, categories=words)


def _name(prefix: str, codes: np.ndarray) -> pd.Categorical:
    """Return numbered names."""
    names = [f"{prefix}{n:06d}" for n in range(int(codes.max(initial=0)) + 1)]
    return pd.Categorical.from_codes(codes, categories=names)


def _make_students(pupils: int, rng: np.random.Generator) -> pd.DataFrame:
    """Return pupils in need, ranked by tier and then by lot."""
    hamlet = rng.integers(0, max(1, pupils // HAMLET), pupils)
    commune = hamlet * HAMLET // COMMUNE
    school = np.minimum(hamlet * HAMLET // SCHOOL + rng.integers(0, 3, pupils), pupils // SCHOOL)
    level, tier = _draw(LEVELS, pupils, rng), _draw(TIERS, pupils, rng)
    lit = _draw(CLASSES, max(1, pupils // HAMLET), rng)
    low, high = np.array(list(GRADES.values())).T
    order = np.lexsort([rng.random(pupils), tier.codes])
    rank = np.empty(pupils, dtype=np.int64)
    rank[order] = np.arange(1, pupils + 1)
    connected = rng.random(pupils) < CONNECTED
    every = np.ones(pupils, dtype=bool)
    return pd.DataFrame(
        {
            "student_key": pd.Series(_key(rng.permutation(pupils)), dtype="str"),
            "school_id": _name("S", school),
            "level": level,
            "grade": pd.array(rng.integers(low[level.codes], high[level.codes] + 1), dtype="Int64"),
            "household_key": _name("H", rng.integers(0, int(pupils / HOUSEHOLD) + 1, pupils)),
            "hamlet_id": _name("V", hamlet),
            "commune_code": _name("C", commune),
            "edition": _name("", np.zeros(pupils, dtype=int)).rename_categories([EDITION]),
            "hamlet_class": pd.Categorical.from_codes(lit.codes[hamlet], categories=lit.categories),
            "connection": pd.Categorical.from_codes(
                np.where(connected, rng.integers(0, 2, pupils), 2),
                categories=["fixed", "mobile_4g", "none"],
            ),
            "connection_adequate": pd.array(connected, dtype="boolean"),
            "eligible": pd.array(every, dtype="boolean"),
            "reasons": _name("", np.zeros(pupils, dtype=int)).rename_categories(["no_device"]),
            "tier": tier,
            "rank": pd.array(rank, dtype="Int64"),
            "device_needed": pd.array(every, dtype="boolean"),
        }
    )


def _key(numbers: np.ndarray) -> np.ndarray:
    """Return pseudonyms of sixteen digits."""
    return np.char.zfill(numbers.astype("U16"), 16)


def _make_lots(
    count: int,
    pupils: int,
    students: pd.DataFrame,
    communes: pd.DataFrame,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Return lots, the earmarked ones small."""
    kinds = list(KINDS)
    schools = students["school_id"].cat.categories
    drawn = rng.choice(len(kinds), size=count, p=[KINDS[k][0] for k in kinds])
    mark = rng.choice(
        [*EARMARKED, ""], size=count, p=[*EARMARKED.values(), 1 - sum(EARMARKED.values())]
    )
    size = rng.uniform(0.2, 1.8, count) * np.where(mark == "", 1.0, 0.2)
    size = np.maximum(1, np.rint(size / max(size.sum(), 1e-9) * pupils * STOCKED)).astype(int)
    rows = []
    for n in range(count):
        _, modem, told = KINDS[kinds[drawn[n]]]
        row = {"lot_id": f"L{n:04d}", "kind": kinds[drawn[n]], "quantity": int(size[n])}
        row |= {"camera": True, "microphone": True, "condition": "new", **told}
        row["modem"] = bool(rng.random() < modem)
        some = {
            "only_district": communes["district_code"],
            "only_communes": communes["commune_code"],
            "only_schools": schools,
            "only_levels": list(LEVELS),
        }
        if mark[n]:
            row[str(mark[n])] = "|".join(sorted(set(rng.choice(some[str(mark[n])], 2))))
        rows.append(row)
    table = pd.DataFrame(rows).reindex(columns=LOTS.names)
    return table.astype({c.name: c.dtype for c in LOTS.columns if c.name in table and c.nullable})


def _make_packages(pupils: int) -> pd.DataFrame:
    """Return one data package of each of three operators."""
    names = ("MOBIFONE", "VIETTEL", "VNPT")
    rows = [
        {
            "package_id": f"P-{name}",
            "operator": name,
            "name": name,
            "quantity": int(pupils * PACKAGED / len(names)),
            "gb_per_day": 4.0,
            "months": 3,
        }
        for name in names
    ]
    typed = empty_table(PACKAGES).dtypes
    return pd.DataFrame(rows).reindex(columns=PACKAGES.names).astype(typed)


def _make_rollout(students: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Return a wave and an option for half of the hamlets."""
    hamlets = students["hamlet_id"].cat.categories
    chosen = hamlets[rng.random(len(hamlets)) < 0.5]
    return pd.DataFrame(
        {
            "hamlet_id": chosen,
            "wave": pd.array(rng.integers(1, 4, len(chosen)), dtype="Int64"),
            "option": rng.choice(["fibre", "new_site"], len(chosen)),
        }
    )
