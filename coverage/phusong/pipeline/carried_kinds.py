"""Which kinds of source name hamlets, and how their rows follow a hamlet that changes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Carrying:
    """Say how the rows of a kind follow their hamlets.

    Parameters
    ----------
    key : column that identifies a row.
    day : column of the day on which a row was true.
    name : column of the hamlet's name as written.
    repeat : whether what was true of a hamlet that was split is true of each part.
    counts : columns that are divided among the parts.
    """

    key: str
    day: str
    name: str
    repeat: bool = False
    counts: tuple[str, ...] = ()


#: Kinds whose rows name hamlets. A statement about a whole hamlet holds of each of its parts; a promise or a
#: measurement is one, so that of a hamlet that was split nobody knows for which part it is.
CARRIED = {
    "claims": Carrying(
        "claim_id", "as_of", "hamlet_name", repeat=True, counts=("households_passed",)
    ),
    "commitments": Carrying("commitment_id", "as_of", "hamlet"),
    "measurements": Carrying("measurement_id", "measured_at", "hamlet_name"),
}
