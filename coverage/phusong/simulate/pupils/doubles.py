"""Second records: pupils who went to another school and stand in the lists of both."""

from __future__ import annotations

import numpy as np
import pandas as pd

from phusong.simulate.pupils.numbers import draw_student_codes
from phusong.simulate.pupils.variants import python_stream, vary_name
from phusong.vocabulary.pupils import Enrolment

#: Of the second records: in a school of the same district; with the name spelled otherwise; that know of
#: the move; with the code of the first record, with one of their own, the rest with none.
SAME_DISTRICT, RESPELLED, TOLD, SAME_CODE, OWN_CODE = 0.7, 0.5, 0.5, 0.45, 0.3


def add_doubles(
    records: pd.DataFrame,
    schools: pd.DataFrame,
    province: str,
    *,
    share: float,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Return the records with second ones behind them; those of whom both schools know have moved in.

    Parameters
    ----------
    records : one a pupil, on 0…n−1: school, level, grade, class_name, status, full_name, student_code.
    schools : district, on 0…m−1.
    province : its code, for new codes of pupils.
    share : of the pupils who study, those with a second record.
    rng : stream of random numbers.

    Returns
    -------
    records : with duplicate_of (row of the first record, or −1) and variant (how the name is spelled).
    """
    classes = _list_classes(records)
    taught: dict[tuple[str, int], list[int]] = {}
    for level, grade, school in classes:
        taught.setdefault((level, grade), []).append(school)
    studying = np.flatnonzero(records["status"] == Enrolment.STUDYING)
    movable = _list_movable(records, rng.permutation(studying), taught)
    first = np.sort(np.array(movable[: round(share * len(studying))], dtype=int))
    before = records.assign(duplicate_of=-1, variant="")
    if not len(first):
        return before
    second = records.iloc[first].assign(duplicate_of=first)
    second["school"], second["class_name"] = _find_seats(second, taught, classes, schools, rng)
    second["full_name"], second["variant"] = _respell(second["full_name"], rng)
    second["student_code"] = _recode(second["student_code"].to_numpy(), province, rng)
    told = rng.random(len(second)) < TOLD
    second.loc[told, "status"] = str(Enrolment.MOVED_OUT)
    before.loc[first[told], "status"] = str(Enrolment.MOVED_IN)
    return pd.concat([before, second], ignore_index=True)


def _list_classes(records: pd.DataFrame) -> dict[tuple[str, int, int], np.ndarray]:
    """Return the class of each pupil by level, grade and school."""
    grouped = records.groupby(["level", "grade", "school"])["class_name"]
    return {
        (str(level), int(grade), int(school)): own.to_numpy()
        for (level, grade, school), own in grouped
    }


def _list_movable(
    records: pd.DataFrame, rows: np.ndarray, taught: dict[tuple[str, int], list[int]]
) -> list[int]:
    """Return those of some rows whose level and grade another school teaches too."""
    mine = records.iloc[rows]
    keys = zip(rows.tolist(), mine["level"], mine["grade"], strict=True)
    return [i for i, level, grade in keys if len(taught[level, grade]) > 1]


def _find_seats(
    second: pd.DataFrame,
    taught: dict[tuple[str, int], list[int]],
    classes: dict[tuple[str, int, int], np.ndarray],
    schools: pd.DataFrame,
    rng: np.random.Generator,
) -> tuple[list[int], list[str]]:
    """Return another school for each record, mostly in the same district, and a class of it."""
    district = schools["district"].to_numpy()
    seats, names = [], []
    for row in second.itertuples(index=False):
        others = np.array([s for s in taught[row.level, row.grade] if s != row.school])
        near = others[district[others] == district[row.school]]
        choice = near if len(near) and rng.random() < SAME_DISTRICT else others
        school = int(rng.choice(choice))
        seats.append(school)
        names.append(str(rng.choice(classes[row.level, row.grade, school])))
    return seats, names


def _respell(names: pd.Series, rng: np.random.Generator) -> tuple[list[str], list[str]]:
    """Return the names, half of them spelled otherwise, and how."""
    stream = python_stream(rng)
    told = [vary_name(n, stream) if stream.random() < RESPELLED else (n, "") for n in names]
    return [name for name, _ in told], [kind for _, kind in told]


def _recode(codes: np.ndarray, province: str, rng: np.random.Generator) -> np.ndarray:
    """Return codes of which some are new and some are missing [n]."""
    dice = rng.random(len(codes))
    changed = np.where(dice < SAME_CODE, codes, draw_student_codes(len(codes), province, rng=rng))
    return np.where(dice < SAME_CODE + OWN_CODE, changed, "")
