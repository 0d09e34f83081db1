"""Pictures of validation for `docs/methods.md`: ours beside a truth that can be worked out, or beside a peer.

Run it from the source tree: `python -m benchmarks.validation [DIR]`; DIR holds Steiner instances with
`optimum.csv`, as for `benchmarks.steiner`; without it that picture is left as it is. Prints what they show.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from benchmarks import addresses, steiner
from scipy.special import fresnel

import phusong as ps
from phusong.reach.diffraction import knife_edge_loss_db

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
EDGES = np.arange(-0.7, 4.01, 0.1)
OURS, TRUTH, LEFT, WRONG = "#0b4f8a", "#e07b39", "#c9ccd1", "#b02a4a"


def exact_edge_loss_db(nu: np.ndarray) -> np.ndarray:
    """Return the loss over a knife edge by Fresnel's integrals [dB].

    J(ν) = −20·log(√((1 − C(ν) − S(ν))² + (C(ν) − S(ν))²)/2).

    Parameters
    ----------
    nu : as for `knife_edge_loss_db`.

    References
    ----------
    Recommendation ITU-R P.526-15, equation 30.
    """
    sine, cosine = fresnel(nu)
    return np.asarray(-20 * np.log10(np.hypot(1 - cosine - sine, cosine - sine) / 2))


def draw_edge() -> str:
    """Draw the loss over one edge, and return how far it is from the exact one."""
    own, exact = knife_edge_loss_db(EDGES), exact_edge_loss_db(EDGES)
    names = {"Fresnel's integrals": exact, "ours (P.526-15, equation 31)": own}
    ps.draw_curves(
        {name: pd.Series(loss, index=EDGES.round(2)) for name, loss in names.items()},
        title="Loss over one edge",
        across="how far the edge stands in the line of sight, ν",
        up="dB",
        colours=dict(zip(names, (TRUTH, OURS), strict=True)),
    ).save(FOLDER / "validation_edge.svg")
    return f"edge: {np.abs(own - exact).max():.2f} dB apart at most, for ν from −0.7 to 4"


def draw_addresses() -> str:
    """Draw what becomes of 20,000 addresses, ours beside rapidfuzz, and return the shares."""
    rows = [
        row
        for row in addresses.run()["rows"]
        if "recall" in row and "layouts" not in row["matcher"]
    ]
    matched = [row["recall"] / row["precision"] for row in rows]
    table = pd.DataFrame(
        {
            "right hamlet": [100 * row["recall"] for row in rows],
            "left to a person": [100 * (1 - m) for m in matched],
            "wrong hamlet": [
                100 * (m - row["recall"]) for m, row in zip(matched, rows, strict=True)
            ],
        },
        index=[row["matcher"] for row in rows],
    ).clip(lower=0)
    ps.draw_bars(
        table,
        title="20,000 addresses, three in twenty spoilt",
        colours=dict(zip(table, (OURS, LEFT, WRONG), strict=True)),
        unit="%",
    ).save(FOLDER / "validation_addresses.svg")
    return table.round(2).to_string()


def draw_trees(directory: Path) -> str:
    """Draw how far trees are above the proven optimum, ours below Mehlhorn's, and return the figures."""
    rows = pd.DataFrame(steiner.run(directory)["rows"]).set_index("instance")
    own = 100 * (rows["cost"] / rows["optimum"] - 1)
    peer = 100 * (rows["mehlhorn_cost"] / rows["optimum"] - 1)
    table = pd.DataFrame({"ours": own, "Mehlhorn's, further": (peer - own).clip(lower=0)})
    ps.draw_bars(
        table,
        title="Steiner trees: cost above the optimum",
        colours=dict(zip(table, (OURS, TRUTH), strict=True)),
        unit="%",
    ).save(FOLDER / "validation_trees.svg")
    bound = 100 * (1 - rows["lower_bound"] / rows["optimum"])
    return table.assign(bound_below=bound).round(3).to_string()


if __name__ == "__main__":
    print(draw_edge())
    print(draw_addresses())
    if len(sys.argv) > 1:
        print(draw_trees(Path(sys.argv[1])))
