"""What operators promised in autumn 2021, made up: which hamlet, by what, by when, and how far it came."""

from __future__ import annotations

import numpy as np
import pandas as pd

from phusong.vocabulary.book import CommitmentState
from phusong.vocabulary.options import OptionKind
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.book import COMMITMENTS
from phusong.vocabulary.terms import Operator, Technology

#: Operator, technology and solution of a promise, in turn.
OFFERS = (
    (Operator.VIETTEL, Technology.G4, OptionKind.NEW_SITE),
    (Operator.VNPT, Technology.FIBRE, OptionKind.FIBRE),
    (Operator.MOBIFONE, Technology.G4, OptionKind.UPGRADE),
    (Operator.VIETTEL, Technology.G4, OptionKind.SMALL_CELL),
)
#: States in turn.
STATES = (
    CommitmentState.PLANNED,
    CommitmentState.BUILDING,
    CommitmentState.ON_AIR,
    CommitmentState.PLANNED,
    CommitmentState.ACCEPTED,
)
#: Last days of what was promised: the quarter, the month, the end of the year, a day.
DUE = ("2021-09-30", "2021-10-31", "2021-12-31", "2021-11-15")
ON_AIR, AS_OF = pd.Timestamp("2021-09-18"), pd.Timestamp("2021-09-20")
OBSTACLES = (None, "chưa giải phóng mặt bằng", None, "chưa có điện 3 pha", None)
#: Every so many promises names its hamlet by its id, the others by its name.
BY_ID = 4


def promise_hamlets(hamlets: pd.DataFrame, count: int, *, rng: np.random.Generator) -> pd.DataFrame:
    """Return table `accepted_commitments`: promises for hamlets drawn from a list, each hamlet at most once.

    Parameters
    ----------
    hamlets : hamlet_id, kind, name, commune_code, commune.
    count : how many [promises].
    rng : stream of random numbers.
    """
    told_apart = hamlets[~hamlets.duplicated(["commune_code", "name"], keep=False)]
    drawn = np.sort(rng.choice(len(told_apart), min(count, len(told_apart)), replace=False))
    chosen = told_apart.iloc[drawn].reset_index(drop=True)
    number = np.arange(len(chosen))
    offers = [OFFERS[n % len(OFFERS)] for n in number]
    states = [str(STATES[n % len(STATES)]) for n in number]
    done = np.isin(states, [str(CommitmentState.ON_AIR), str(CommitmentState.ACCEPTED)])
    accepted = np.array(states) == str(CommitmentState.ACCEPTED)
    by_id = number % BY_ID == 0
    told = pd.DataFrame(
        {
            "commitment_id": [f"CK-{n + 1:03d}" for n in number],
            "operator": [str(o) for o, _, _ in offers],
            "hamlet_id": chosen["hamlet_id"].astype(object).where(by_id, None),
            "hamlet": chosen["kind"].str.capitalize() + " " + chosen["name"],
            "commune_code": chosen["commune_code"],
            "commune": chosen["commune"],
            "technology": [str(t) for _, t, _ in offers],
            "solution": [str(s) for _, _, s in offers],
            "due_on": [pd.Timestamp(DUE[n % len(DUE)]) for n in number],
            "state": states,
            "on_air_on": pd.Series([ON_AIR if d else pd.NaT for d in done], dtype="datetime64[us]"),
            "accepted_under": pd.Series(
                [f"BB-{n + 1:02d}" if a else None for n, a in enumerate(accepted)], dtype="object"
            ),
            "obstacle": [OBSTACLES[n % len(OBSTACLES)] for n in number],
            "as_of": AS_OF,
        }
    )
    return conform_table(told, COMMITMENTS)
