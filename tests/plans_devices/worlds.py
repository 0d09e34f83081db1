"""Pupils, lots and packages small enough to check on squared paper, and every way to hand them out."""

import itertools

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from phusong.plans.devices import AllocationPolicy, allocate_devices
from phusong.vocabulary.parameters import load_parameters
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.book import DEVICES, LOTS, PACKAGES

NUMBERS = load_parameters().devices
DAY = pd.Timestamp("2021-10-15")
EDITION = "2021-01-01"
POLICY = AllocationPolicy("vp242-1", "per_student")
COMMUNES = pd.DataFrame(
    {"commune_code": ["c1", "c2"], "edition": EDITION, "district_code": ["d1", "d2"]}
)
ROLLOUT = pd.DataFrame(
    {
        "hamlet_id": ["dark-mast", "dark-fibre", "3g-fibre", "dark-nothing"],
        "wave": pd.array([1, 2, 1, None], dtype="Int64"),
        "option": ["new_site", "fibre", "fibre", "nothing"],
        "operator": ["VNPT", "VIETTEL", "VNPT", None],
    }
)
HAMLETS = {
    "fibre": "K1", "full": "K2", "part": "K3", "3g": "K4", "3g-fibre": "K4", "dark": "K5",
    "dark-mast": "K5", "dark-fibre": "KU", "dark-nothing": "K5",
}  # fmt: skip
AWARDS = pd.DataFrame({"student_key": [], "lot_id": [], "state": []}, dtype="str")

PUPIL = {
    "school_id": "s1", "level": "THCS", "grade": 8, "household_key": None, "hamlet_id": "full",
    "commune_code": "c1", "edition": EDITION, "hamlet_class": None, "connection": "none",
    "connection_adequate": False, "eligible": True, "reasons": "no_device", "tier": "T1",
    "rank": None, "device_needed": True,
}  # fmt: skip
TYPES = {"grade": "Int64", "connection_adequate": "boolean", "eligible": "boolean", "rank": "Int64"}
TABLET = {
    "kind": "tablet", "ram_gb": 3.0, "storage_gb": 32.0, "screen_in": 10.1, "camera": True,
    "microphone": True, "battery_mah": 5000.0, "modem": True, "condition": "new", "quantity": 1,
}  # fmt: skip
LAPTOP = {
    "kind": "laptop", "ram_gb": 8.0, "storage_gb": 256.0, "screen_in": 14.0, "camera": True,
    "microphone": True, "modem": False, "condition": "new", "quantity": 1,
}  # fmt: skip
PHONE = TABLET | {"kind": "smartphone", "screen_in": 6.1}


def make_pupils(*told, **columns):
    """Return pupils who differ from the plain one in what is told; ranks follow the rows."""
    rows = []
    for n, row in enumerate(told):
        one = PUPIL | {"student_key": f"p{n + 1}", "rank": n + 1} | columns | row
        one["hamlet_class"] = one["hamlet_class"] or HAMLETS.get(one["hamlet_id"])
        if one["eligible"] is not True or not one["device_needed"]:
            one["rank"] = one["rank"] if one["eligible"] is True else None
        rows.append(one)
    frame = pd.DataFrame(rows, columns=["student_key", *PUPIL])
    return frame.astype(TYPES | {"device_needed": "boolean"})


def make_lots(*told):
    """Return lots, named L1 and on."""
    rows = [{"lot_id": f"L{n + 1}", **row} for n, row in enumerate(told)]
    return conform_table(pd.DataFrame(rows, columns=LOTS.names), LOTS)


def make_packages(*told):
    """Return packages, named K1 and on."""
    rows = [
        {
            "package_id": f"K{n + 1}",
            "operator": "VNPT",
            "name": "gói",
            "quantity": 1,
            "gb_per_day": 4.0,
        }
        | row
        for n, row in enumerate(told)
    ]
    return conform_table(pd.DataFrame(rows, columns=PACKAGES.names), PACKAGES)


def make_awards(*told):
    """Return awards: pupil, lot, state."""
    return pd.DataFrame(told, columns=["student_key", "lot_id", "state"]).astype("str")


def plan(students, lots, packages=None, awards=AWARDS, rollout=ROLLOUT, **more):
    """Return the plan under plain rules; what it says of pupils keeps its schema."""
    packages = make_packages() if packages is None else packages
    told = {"policy": POLICY, "devices": NUMBERS, "as_of": DAY, "communes": COMMUNES} | more
    made = allocate_devices(students, lots, packages, awards, rollout, **told)
    conform_table(made.devices, DEVICES)
    return made


def told(made, column):
    """Return pupil → what the plan says of them, None for nothing."""
    said = made.devices.set_index("student_key")[column].astype("object")
    return said.where(said.notna(), None).to_dict()


# what follows states the rules a second time, pupil by pupil


def suits(pupil, lot, *, hotspots=False):
    """Return misfits to level and signal, and whether a hotspot is needed; None where it may not be."""
    own = {
        "only_levels": pupil["level"],
        "only_schools": pupil["school_id"],
        "only_communes": pupil["commune_code"],
        "only_district": {"c1": "d1", "c2": "d2"}[pupil["commune_code"]],
    }
    if any(lot[mark] and mine not in lot[mark].split("|") for mark, mine in own.items()):
        return None
    upper, early = pupil["level"] == "THPT", pupil["level"] == "TH" and pupil["grade"] <= 2
    level = {
        "tablet": 1 if upper else 0,
        "smartphone": 3,
        "laptop": 0 if upper else 2 if early else 1,
        "desktop": 0 if upper else 2,
    }[lot["kind"]]
    computer = lot["kind"] in ("laptop", "desktop")
    if pupil["connection_adequate"]:
        own_sim = pupil["connection"] in ("mobile_3g", "mobile_4g")
        return level, int(own_sim and not lot["modem"]), False
    signal = {"K2": 0, "K3": int(computer), "K4": 2 * int(computer)}.get(pupil["hamlet_class"])
    if signal is not None:
        if not lot["modem"] and not hotspots:
            return None
        return level, signal + 2 * (not lot["modem"]), not lot["modem"]
    mast_comes = pupil["hamlet_id"] == "dark-mast"
    return level, 2 * int(mast_comes and not lot["modem"]), False


def list_assignments(students, lots, *, hotspots=None):
    """Yield every assignment there is: the lot of each pupil (None: waits), and both misfits."""
    pupils = students.astype("object").to_dict("records")
    shelf = lots.astype("object").where(lots.notna(), None).to_dict("records")
    choices = []
    for pupil in pupils:
        some = [(None, (0, 0, False))]
        for n, lot in enumerate(shelf):
            fit = suits(pupil, lot, hotspots=hotspots is not None)
            some += [(n, fit)] if fit else []
        choices.append(some)
    for each in itertools.product(*choices):
        used = [lot for lot, _ in each if lot is not None]
        if all(used.count(n) <= shelf[n]["quantity"] for n in set(used)) and (
            hotspots is None or sum(fit[2] for _, fit in each) <= hotspots
        ):
            yield each


def value(students, each, *, floor=None):
    """Return by what an assignment is judged, larger is better: floor, tiers, order, fits."""
    served = [lot is not None for lot, _ in each]
    tiers = students["tier"].tolist()
    counts = tuple(
        sum(s for s, t in zip(served, tiers, strict=True) if t == k) for k in sorted(set(tiers))
    )
    fits = -sum(f[0] for _, f in each), -sum(f[1] for _, f in each)
    if floor is None:
        return (counts, tuple(served), *fits)
    homes = students["commune_code"].tolist()
    held = 0
    for home in set(homes):
        mine = [s for s, h in zip(served, homes, strict=True) if h == home]
        held += min(sum(mine), int(np.ceil(floor * len(mine) - 1e-9)))
    order = -sum(n for n, s in enumerate(served) if s)
    return (held, counts, order, *fits)


def judge(students, lots, made, *, floor=None, hotspots=None):
    """Return the value of a plan, and that of the best assignment there is."""
    place = {name: n for n, name in enumerate(lots["lot_id"])}
    shelf = lots.astype("object").where(lots.notna(), None).to_dict("records")
    got = told(made, "lot_id")
    each = []
    for pupil in students.astype("object").to_dict("records"):
        lot = got[pupil["student_key"]]
        fit = (
            suits(pupil, shelf[place[lot]], hotspots=hotspots is not None) if lot else (0, 0, False)
        )
        each.append((place.get(lot), fit))
    best = max(
        value(students, e, floor=floor) for e in list_assignments(students, lots, hotspots=hotspots)
    )
    return value(students, each, floor=floor), best


@st.composite
def worlds(draw, most_pupils=6, most_lots=4, most_devices=3):
    """Draw pupils in need, first served first, and lots with earmarks."""
    count = draw(st.integers(1, most_pupils))
    tiers = sorted(
        draw(st.lists(st.sampled_from(["T1", "T2", "T4"]), min_size=count, max_size=count))
    )
    rows = []
    for tier in tiers:
        level = draw(st.sampled_from(["TH", "THCS", "THPT"]))
        own = draw(st.sampled_from([None, None, "fixed", "mobile_4g"]))
        rows.append(
            {
                "tier": tier,
                "level": level,
                "grade": {"TH": draw(st.integers(1, 5)), "THCS": 8, "THPT": 11}[level],
                "hamlet_id": draw(st.sampled_from(list(HAMLETS))),
                "commune_code": draw(st.sampled_from(["c1", "c2"])),
                "school_id": draw(st.sampled_from(["s1", "s2"])),
                "connection": own or "none",
                "connection_adequate": own is not None,
            }
        )
    lots = []
    for _ in range(draw(st.integers(1, most_lots))):
        base = draw(st.sampled_from([TABLET, LAPTOP, PHONE, LAPTOP | {"kind": "desktop"}]))
        modem = True if base is PHONE else draw(st.booleans())
        mark = draw(
            st.sampled_from(
                [{}, {}, {}, {"only_district": "d1"}, {"only_communes": "c2"}, {"only_schools": "s1"},
                 {"only_levels": "THPT|TH"}]
            )
        )  # fmt: skip
        lots.append(base | mark | {"modem": modem, "quantity": draw(st.integers(1, most_devices))})
    return make_pupils(*rows), make_lots(*lots)
