"""Small worlds of pieces and hamlets, and the best plan for them found by trying everything."""

from itertools import product

import numpy as np
import pandas as pd

from phusong.plans.rollout import Facilities

FLOOR = 0.5


def make_pieces(*rows):
    """Return pieces from (piece, kind, before, likely cost); the low is half of it, the high double."""
    return pd.DataFrame(
        [
            {
                "piece": piece, "kind": kind, "operator": "VNPT", "before": before, "from_wave": 0,
                "cost_low_vnd": cost // 2, "cost_vnd": cost, "cost_high_vnd": 2 * cost,
            }
            for piece, kind, before, cost in rows
        ]
    )  # fmt: skip


def make_serves(**hamlets):
    """Return who is served: piece="h1 h2"."""
    pairs = [(piece, hamlet) for piece, served in hamlets.items() for hamlet in served.split()]
    return pd.DataFrame(pairs, columns=["piece", "hamlet_id"])


def make_hamlets(**facts):
    """Return hamlets: h1=("K5", "c1", 40)."""
    rows = [(hamlet, *fact) for hamlet, fact in facts.items()]
    return pd.DataFrame(rows, columns=["hamlet_id", "gap_class", "commune_code", "weight"])


def draw_world(seed, hamlets=5, pieces=7):
    """Return hamlets and pieces drawn at random, half of the pieces waiting for another."""
    rng = np.random.default_rng(seed)
    ids = [f"h{n}" for n in range(hamlets)]
    table = pd.DataFrame(
        {
            "hamlet_id": ids,
            "gap_class": rng.choice(["K2", "K3", "K4", "K5"], hamlets),
            "commune_code": rng.choice(["c1", "c2"], hamlets),
            "weight": rng.integers(1, 60, hamlets),
        }
    )
    rows, served = [], {}
    for n in range(pieces):
        before = f"p{rng.integers(n)}" if n and rng.random() < 0.5 else ""
        kind = "fibre" if rng.random() < 0.6 else "new_site"
        rows.append((f"p{n}", kind, before, int(rng.integers(1, 100))))
        served[f"p{n}"] = " ".join(rng.choice(ids, rng.integers(0, 3), replace=False))
    return table, Facilities(make_pieces(*rows), make_serves(**served))


def list_values(hamlets, facilities, budget):
    """Yield (pupils with nothing, floor, pupils without lessons, pupils without fibre, −cost) of every plan."""
    pieces = facilities.pieces.set_index("piece")
    served = facilities.serves.groupby("piece")["hamlet_id"].agg(set).to_dict()
    facts = hamlets.set_index("hamlet_id")
    dark = facts["gap_class"] != "K2"
    for choice in product([False, True], repeat=len(pieces)):
        built = {p for p, chosen in zip(pieces.index, choice, strict=True) if chosen}
        cost = int(pieces.loc[sorted(built), "cost_vnd"].sum())
        if cost > budget or any(pieces.at[p, "before"] not in {*built, ""} for p in built):
            continue
        lit = facts.index.isin(set().union(*(served.get(p, set()) for p in built)))
        weight = facts["weight"] * lit
        floor = sum(
            min(FLOOR * facts["weight"][mine & dark].sum(), weight[mine & dark].sum())
            for mine in (facts["commune_code"] == c for c in facts["commune_code"].unique())
        )
        yield (
            weight[facts["gap_class"] == "K5"].sum(), floor, weight[dark].sum(), weight[~dark].sum(), -cost,
        )  # fmt: skip
