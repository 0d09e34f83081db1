"""What can be built: each piece once, with what must stand before it and whom it serves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from phusong.vocabulary.options import OptionKind

#: Low, likely and high cost of a piece.
COSTS = ("cost_low_vnd", "cost_vnd", "cost_high_vnd")
COLUMNS = ("piece", "kind", "operator", "before", "from_wave", *COSTS)


@dataclass(frozen=True)
class Facilities:
    """Hold the pieces and whom they serve.

    Parameters
    ----------
    pieces : piece (id, unique), kind (`OptionKind`), operator, before (the piece that must stand first, empty
        for none), from_wave (first wave in which it can be built), cost_low_vnd, cost_vnd, cost_high_vnd.
    serves : piece, hamlet_id.

    Raises
    ------
    ValueError
        If a piece costs less than nothing, is listed twice, or waits for one that is not there.
    """

    pieces: pd.DataFrame
    serves: pd.DataFrame

    def __post_init__(self) -> None:
        """Check the pieces."""
        pieces = self.pieces
        cheap = (pieces[list(COSTS)] < 0).any(axis=1)
        if cheap.any():
            raise ValueError(f"{pieces['piece'][cheap.idxmax()]} costs less than nothing")
        if pieces["piece"].duplicated().any():
            raise ValueError(
                f"{pieces['piece'][pieces['piece'].duplicated()].iloc[0]} is listed twice"
            )
        lost = ~pieces["before"].isin([*pieces["piece"], ""])
        if lost.any():
            raise ValueError(
                f"{pieces['piece'][lost.idxmax()]} waits for a piece that is not listed"
            )


def no_facilities() -> Facilities:
    """Return no pieces."""
    kinds = dict.fromkeys(COLUMNS[:4], "str") | dict.fromkeys(COLUMNS[4:], "int64")
    return Facilities(
        pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in kinds.items()}),
        pd.DataFrame({"piece": pd.Series(dtype="str"), "hamlet_id": pd.Series(dtype="str")}),
    )


def join_facilities(parts: list[Facilities]) -> Facilities:
    """Return several lists of pieces as one, in order of their ids.

    Parameters
    ----------
    parts : any number; ids differ.
    """
    parts = [part for part in parts if len(part.pieces)]
    if not parts:
        return no_facilities()
    pieces = pd.concat([part.pieces for part in parts], ignore_index=True)
    serves = pd.concat([part.serves for part in parts], ignore_index=True)
    return Facilities(
        pieces.sort_values("piece", ignore_index=True),
        serves.sort_values(["piece", "hamlet_id"], ignore_index=True),
    )


def list_antennas(options: pd.DataFrame, serves: pd.DataFrame) -> Facilities:
    """Return radio options as pieces; each stands alone.

    Parameters
    ----------
    options : option_id, kind, operator, capex_low_vnd, capex_vnd, capex_high_vnd.
    serves : option_id, hamlet_id.
    """
    if options.empty:
        return no_facilities()
    renamed = {"option_id": "piece"} | {
        f"capex{end}": f"cost{end}" for end in ("_low_vnd", "_vnd", "_high_vnd")
    }
    pieces = options.rename(columns=renamed).assign(before="", from_wave=0)[list(COLUMNS)]
    return Facilities(pieces, serves.rename(columns=renamed)[["piece", "hamlet_id"]])


def list_satellites(
    hamlets: pd.DataFrame, *, kit: np.ndarray, pupils_a_kit: float, from_wave: int, operator: str
) -> Facilities:
    """Return, for each hamlet, satellite terminals enough for its pupils; the last resort.

    Parameters
    ----------
    hamlets : hamlet_id, weight (pupils).
    kit : low, likely and high price of a terminal [3] [VND].
    pupils_a_kit : pupils who can follow lessons over one.
    from_wave : first wave after the licence.
    operator : who runs it.
    """
    kits = np.maximum(1, np.ceil(hamlets["weight"].to_numpy(dtype=float) / pupils_a_kit))
    cost = np.rint(kits[:, None] * kit).astype(np.int64)
    ids = "satellite-" + hamlets["hamlet_id"].astype("str")
    pieces = pd.DataFrame(
        {
            "piece": ids,
            "kind": str(OptionKind.SATELLITE),
            "operator": operator,
            "before": "",
            "from_wave": from_wave,
            **dict(zip(COSTS, cost.T, strict=True)),
        }
    )
    return Facilities(pieces, pd.DataFrame({"piece": ids, "hamlet_id": hamlets["hamlet_id"]}))
