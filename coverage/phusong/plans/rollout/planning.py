"""From pieces to a plan: aims in their order, budgets by wave, and the share of each hamlet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from phusong.plans.rollout.facilities import COSTS, Facilities, join_facilities
from phusong.plans.rollout.model import Aim, Proof, Solution, solve_aims
from phusong.plans.rollout.sharing import share_costs
from phusong.vocabulary.options import AimName, OptionKind
from phusong.vocabulary.terms import GapClass

#: Classes whose pupils cannot follow a lesson live wherever they are at home.
DARK = (GapClass.K5, GapClass.K4, GapClass.K3)
#: What a plan knows of a hamlet.
FACTS = ["hamlet_id", "gap_class", "commune_code", "weight"]


@dataclass(frozen=True)
class Plan:
    """Hold the plan.

    Parameters
    ----------
    hamlets : hamlet_id, gap_class, commune_code, weight, option, operator, wave (−1: never), piece, and its
        share of the costs: cost_low_vnd, cost_vnd, cost_high_vnd. The shares add up to what is built.
    pieces : those that are built, with wave.
    proofs : how good the plan is, aim by aim.
    budget : granted by the end of each wave [waves] [VND].
    whole_cost_vnd : least that reaches every hamlet that can be reached.
    whole_gap : how far from the least that may be, 0..1.
    unreachable : hamlets that no piece serves in time.
    """

    hamlets: pd.DataFrame
    pieces: pd.DataFrame
    proofs: list[Proof]
    budget: np.ndarray
    whole_cost_vnd: int
    whole_gap: float
    unreachable: list[str]


def declare_aims(hamlets: pd.DataFrame, *, commune_floor: float) -> list[Aim]:
    """Return whom a plan connects in the end, the most important first.

    Parameters
    ----------
    hamlets : gap_class, commune_code, weight (pupils, or persons where no pupils were delivered).
    commune_floor : share of a commune's pupils without lessons that comes before everybody else's, 0..1.
    """
    nothing, dark, lit = _split_weight(hamlets)
    communes = hamlets["commune_code"].fillna("").to_numpy()
    return [
        Aim(AimName.NOTHING, nothing),
        Aim(AimName.FLOOR, dark, groups=communes, share=commune_floor),
        Aim(AimName.DARK, dark),
        Aim(AimName.FIBRE, lit),
        Aim(AimName.SPENT),
    ]


def declare_timing(hamlets: pd.DataFrame) -> list[Aim]:
    """Return who of them comes first, the most important first; a wave earlier counts once more.

    Parameters
    ----------
    hamlets : as for `declare_aims`.
    """
    nothing, dark, lit = _split_weight(hamlets)
    return [
        Aim(AimName.NOTHING_EARLY, nothing),
        Aim(AimName.DARK_EARLY, dark),
        Aim(AimName.FIBRE_EARLY, lit),
    ]


def _split_weight(hamlets: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the weight of K5, of K3 to K5, and of all others, 0 elsewhere."""
    weight = hamlets["weight"].to_numpy(dtype=float)
    dark = hamlets["gap_class"].isin([str(c) for c in DARK]).to_numpy()
    nothing = (hamlets["gap_class"] == GapClass.K5).to_numpy()
    return weight * nothing, weight * dark, weight * ~dark


def plan_rollout(
    hamlets: pd.DataFrame,
    facilities: Facilities,
    *,
    waves: int,
    budget_vnd: float | None = None,
    budgets_vnd: dict[str, float] | None = None,
    kept: dict[str, int] | None = None,
    commune_floor: float,
    gap: float,
) -> Plan:
    """Return who builds what for which hamlet in which wave: first whom, then when.

    Parameters
    ----------
    hamlets : to be connected: hamlet_id, gap_class, commune_code, weight.
    facilities : what can be built for them.
    waves : number of waves; a budget is granted in equal parts, and what is left goes on to the next.
    budget_vnd : for all waves together; None: the least that reaches everybody who can be reached.
    budgets_vnd : operator → what it can spend on its own pieces in all waves together.
    kept : piece → wave by whose end it was promised.
    commune_floor, gap : see `declare_aims` and `solve_aims`.

    Raises
    ------
    ValueError
        If nothing satisfies promises and budget together.
    """
    ordered = hamlets.sort_values("hamlet_id", ignore_index=True)[FACTS]
    ids = ordered["hamlet_id"]
    facilities = drop_late(join_facilities([facilities]), waves=waves)
    served = ids.isin(facilities.serves["hamlet_id"])
    whole = _reach_all(ordered, facilities, gap=gap)
    cost = int(facilities.pieces["cost_vnd"].to_numpy()[whole.piece_wave >= 0].sum())
    total = float(cost) if budget_vnd is None else float(budget_vnd)
    parts = np.ceil(total * np.arange(1, waves + 1) / waves)
    by_operator = {
        name: np.ceil(sum_ * np.arange(1, waves + 1) / waves)
        for name, sum_ in (budgets_vnd or {}).items()
    }
    chosen = solve_aims(
        _make_ready(facilities),
        ids,
        declare_aims(ordered, commune_floor=commune_floor),
        waves=1,
        budget=parts[-1:],
        budgets={name: sums[-1:] for name, sums in by_operator.items()},
        kept=dict.fromkeys(kept or {}, 0),
        must=served.to_numpy() if budget_vnd is None and not budgets_vnd else None,
        gap=gap,
    )
    facilities = _keep_chosen(facilities, chosen)
    solution = solve_aims(
        facilities,
        ids,
        declare_timing(ordered),
        waves=waves,
        budget=parts,
        budgets=by_operator,
        kept=dict.fromkeys(facilities.pieces["piece"], waves - 1) | (kept or {}),
        must=chosen.hamlet_wave >= 0,
        gap=gap,
    )
    told = _tell_hamlets(ordered, facilities, solution)
    built = facilities.pieces.assign(wave=solution.piece_wave)
    built = built[built["wave"] >= 0].reset_index(drop=True)
    return Plan(
        hamlets=told.join(share_costs(told, facilities, built)),
        pieces=built,
        proofs=chosen.proofs + solution.proofs,
        budget=parts,
        whole_cost_vnd=cost,
        whole_gap=whole.proofs[-1].gap,
        unreachable=ids[~served].tolist(),
    )


def _keep_chosen(facilities: Facilities, chosen: Solution) -> Facilities:
    """Return the pieces that are built in the end."""
    pieces = facilities.pieces[chosen.piece_wave >= 0].reset_index(drop=True)
    serves = facilities.serves[facilities.serves["piece"].isin(pieces["piece"])]
    return Facilities(pieces, serves.reset_index(drop=True))


def drop_late(facilities: Facilities, *, waves: int) -> Facilities:
    """Return the pieces that can stand by the end of the last wave, with all before them.

    Parameters
    ----------
    facilities : what can be built.
    waves : number of waves.
    """
    late = set(facilities.pieces.loc[facilities.pieces["from_wave"] >= waves, "piece"])
    while True:
        pieces = facilities.pieces
        more = set(pieces.loc[pieces["before"].isin(late), "piece"]) - late
        if not more:
            break
        late |= more
    kept = ~pieces["piece"].isin(late)
    serves = facilities.serves[~facilities.serves["piece"].isin(late)]
    return Facilities(pieces[kept].reset_index(drop=True), serves.reset_index(drop=True))


def _reach_all(hamlets: pd.DataFrame, facilities: Facilities, *, gap: float) -> Solution:
    """Return what it takes to reach everybody who can be reached, all in one wave that comes late enough."""
    aims = [Aim(AimName.REACHED, np.ones(len(hamlets))), Aim(AimName.SPENT)]
    return solve_aims(_make_ready(facilities), hamlets["hamlet_id"], aims, waves=1, gap=gap)


def _make_ready(facilities: Facilities) -> Facilities:
    """Return the pieces as if each could be built at once."""
    return Facilities(facilities.pieces.assign(from_wave=0), facilities.serves)


def _tell_hamlets(
    hamlets: pd.DataFrame, facilities: Facilities, solution: Solution
) -> pd.DataFrame:
    """Return each hamlet with the piece that connects it first; fibre before radio where both do at once."""
    pieces = facilities.pieces.assign(wave=solution.piece_wave)
    serving = facilities.serves.merge(pieces[pieces["wave"] >= 0], on="piece")
    serving = serving.assign(air=serving["kind"] != OptionKind.FIBRE)
    first = serving.sort_values(["hamlet_id", "wave", "air", "piece"]).drop_duplicates("hamlet_id")
    told = hamlets.merge(
        first[["hamlet_id", "piece", "kind", "operator", "wave"]], on="hamlet_id", how="left"
    )
    return told.rename(columns={"kind": "option"}).assign(
        option=lambda t: t["option"].fillna(str(OptionKind.NOTHING)),
        operator=lambda t: t["operator"].fillna(""),
        piece=lambda t: t["piece"].fillna(""),
        wave=lambda t: t["wave"].fillna(-1).astype("int64"),
    )


def spend_by_wave(pieces: pd.DataFrame, *, waves: int) -> pd.DataFrame:
    """Return what is spent in each wave: wave, operator, kind and the three costs.

    Parameters
    ----------
    pieces : built, with wave.
    waves : number of waves.
    """
    sums = pieces.groupby(["wave", "operator", "kind"], as_index=False)[list(COSTS)].sum()
    return sums[sums["wave"] < waves].reset_index(drop=True)
