"""What operators promised, made up: which hamlet, by what, by when, and how far it came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from phusong.simulate.demonstration import Demonstration
from phusong.vocabulary.book import CommitmentState
from phusong.vocabulary.options import OptionKind
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.book import COMMITMENTS
from phusong.vocabulary.terms import NetworkStatus, Operator, Technology

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
DUE = ((9, 30), (10, 31), (12, 31), (11, 15))
ON_AIR, AS_OF = (9, 18), (9, 20)
OBSTACLES = (None, "chưa giải phóng mặt bằng", None, "chưa có điện 3 pha", None)
#: Every so many promises names its hamlet by its id, the others by its name.
BY_ID = 4


DayOfYear = tuple[int, int] | tuple[int, int, int]


@dataclass(frozen=True)
class Course:
    """Say how one promise of a campaign has gone.

    Parameters
    ----------
    served : whether the hamlet has fibre by now, so that the promise can be seen to be kept.
    technology, solution : what was promised; a site for 4G goes to hamlets that no mast reaches.
    state : how far it has come.
    due_on, done_on : month, day and, in another year than the demonstration's, how many years later; None:
        none was named, or not yet.
    obstacle : what stands in the way, as operators write it.
    """

    served: bool
    technology: Technology
    solution: OptionKind
    state: CommitmentState
    due_on: DayOfYear | None
    done_on: DayOfYear | None = None
    obstacle: str | None = None


_FIBRE = (Technology.FIBRE, OptionKind.FIBRE)
_SITE = (Technology.G4, OptionKind.NEW_SITE)
_PLANNED, _BUILDING = CommitmentState.PLANNED, CommitmentState.BUILDING
#: The promises of the campaign in turn: kept, kept late, open for this year and the next ones, overdue,
#: on air and not seen, without a date, withdrawn.
COURSES = (
    Course(False, *_FIBRE, _BUILDING, (12, 31)),
    Course(True, *_FIBRE, CommitmentState.ACCEPTED, (8, 31), (8, 20)),
    Course(False, *_FIBRE, _PLANNED, (6, 30), None, "chưa giải phóng mặt bằng"),
    Course(False, *_FIBRE, _PLANNED, (6, 30, 1)),
    Course(False, *_SITE, _PLANNED, (12, 31)),
    Course(True, *_FIBRE, CommitmentState.ACCEPTED, (6, 30), (8, 25)),
    Course(False, *_FIBRE, _BUILDING, (8, 31), None, "thiếu cáp, chờ hàng về"),
    Course(False, *_FIBRE, CommitmentState.ON_AIR, (9, 15), (9, 10)),
    Course(False, *_SITE, _BUILDING, (7, 31), None, "chưa có điện 3 pha"),
    Course(False, *_FIBRE, _PLANNED, (12, 31, 1)),
    Course(False, *_FIBRE, _PLANNED, None),
    Course(False, *_FIBRE, CommitmentState.WITHDRAWN, (12, 31), None, "không đủ hiệu quả đầu tư"),
)
#: Who promises, in turn, where no live node says whose the hamlet is.
PROMISERS = (Operator.VNPT, Operator.VIETTEL)


def promise_in_campaign(
    hamlets: pd.DataFrame,
    truth: pd.DataFrame,
    nodes: pd.DataFrame,
    count: int,
    demonstration: Demonstration,
    *,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Return table `accepted_commitments`: promises that went as `COURSES` say, one a hamlet.

    Parameters
    ----------
    hamlets : hamlet_id, kind, name, commune_code, commune, x_m, y_m.
    truth : hamlet_id, hidden, fibre_ready.
    nodes : fibre nodes with status, operator, x_m, y_m.
    count : how many [promises], or as many as there are hamlets for.
    demonstration : for the edition and the days.
    rng : stream of random numbers.
    """
    told_apart = hamlets[~hamlets.duplicated(["commune_code", "name"], keep=False)]
    known = told_apart.merge(truth[["hamlet_id", "hidden", "fibre_ready"]], on="hamlet_id")
    served = known["fibre_ready"].astype(bool)
    groups = {
        "served": known[served],
        "dark": known[~served & known["hidden"].astype(bool)],
        "cabled": known[~served & ~known["hidden"].astype(bool)],
    }
    waiting = {
        name: group.iloc[rng.permutation(len(group))].to_dict("records")
        for name, group in groups.items()
    }
    rows: list[dict[str, Any]] = []
    for number in range(count):
        course = COURSES[number % len(COURSES)]
        group = (
            "served"
            if course.served
            else "dark"
            if course.technology == Technology.G4
            else "cabled"
        )
        if waiting[group]:
            rows.append(_promise(waiting[group].pop(), course, len(rows), nodes, demonstration))
    return conform_table(pd.DataFrame(rows, columns=COMMITMENTS.names), COMMITMENTS)


def _promise(
    hamlet: dict[str, Any],
    course: Course,
    number: int,
    nodes: pd.DataFrame,
    demonstration: Demonstration,
) -> dict[str, Any]:
    """Return one promise as a row of `accepted_commitments`."""
    accepted = course.state == CommitmentState.ACCEPTED
    operator = PROMISERS[number % len(PROMISERS)]
    if course.served:
        live = nodes[(nodes["status"] == NetworkStatus.LIVE) & nodes["access"].astype(bool)]
        far = np.hypot(live["x_m"] - hamlet["x_m"], live["y_m"] - hamlet["y_m"])
        operator = Operator.of(str(live["operator"].iloc[int(np.argmin(far.to_numpy()))]))
    return {
        "commitment_id": f"CK-{number + 1:03d}",
        "operator": str(operator),
        "hamlet_id": hamlet["hamlet_id"] if number % BY_ID == 0 else None,
        "hamlet": f"{str(hamlet['kind']).capitalize()} {hamlet['name']}",
        "commune_code": hamlet["commune_code"],
        "edition": demonstration.edition,
        "commune": hamlet["commune"],
        "technology": str(course.technology),
        "solution": str(course.solution),
        "due_on": demonstration.stamp(*course.due_on) if course.due_on else pd.NaT,
        "state": str(course.state),
        "on_air_on": demonstration.stamp(*course.done_on) if course.done_on else pd.NaT,
        "accepted_under": f"BB-{number + 1:02d}" if accepted else None,
        "obstacle": course.obstacle,
        "as_of": demonstration.stamp(*AS_OF),
    }


def promise_hamlets(
    hamlets: pd.DataFrame, count: int, demonstration: Demonstration, *, rng: np.random.Generator
) -> pd.DataFrame:
    """Return table `accepted_commitments`: promises for hamlets drawn from a list, each hamlet at most once.

    Parameters
    ----------
    hamlets : hamlet_id, kind, name, commune_code, commune.
    count : how many [promises].
    demonstration : for the edition and the days.
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
            "edition": demonstration.edition,
            "commune": chosen["commune"],
            "technology": [str(t) for _, t, _ in offers],
            "solution": [str(s) for _, _, s in offers],
            "due_on": [demonstration.stamp(*DUE[n % len(DUE)]) for n in number],
            "state": states,
            "on_air_on": pd.Series(
                [demonstration.stamp(*ON_AIR) if d else pd.NaT for d in done],
                dtype="datetime64[us]",
            ),
            "accepted_under": pd.Series(
                [f"BB-{n + 1:02d}" if a else None for n, a in enumerate(accepted)], dtype="object"
            ),
            "obstacle": [OBSTACLES[n % len(OBSTACLES)] for n in number],
            "as_of": demonstration.stamp(*AS_OF),
        }
    )
    return conform_table(told, COMMITMENTS)
