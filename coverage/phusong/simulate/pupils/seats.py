"""Seats: every pupil that a school counts, the class, and the hamlet from which the pupil comes."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from phusong.simulate.pupils.recipe import FamilyRecipe
from phusong.simulate.sharing import share_persons
from phusong.vocabulary.pupils import Level

#: Column of the list of schools, level, first and last grade.
LEVELS = (
    ("pupils_primary", str(Level.TH), 1, 5),
    ("pupils_lower", str(Level.THCS), 6, 9),
    ("pupils_upper", str(Level.THPT), 10, 12),
)


def fill_seats(
    schools: pd.DataFrame, *, share: float, class_size: float, rng: np.random.Generator
) -> pd.DataFrame:
    """Return one row a pupil, in the order of the schools, levels and classes.

    Parameters
    ----------
    schools : pupils_primary, pupils_lower, pupils_upper.
    share : of the pupils counted, those of whom there are records; shared out among schools.
    class_size : pupils in a class.
    rng : stream of random numbers.

    Returns
    -------
    seats : school (row of schools), level, grade, class_name.
    """
    parts = []
    for column, level, first, last in LEVELS:
        counted = schools[column].to_numpy()
        wanted = share_persons(round(share * int(counted.sum())), counted.astype(float))
        for school in np.flatnonzero(wanted):
            grades = share_persons(int(wanted[school]), rng.uniform(0.93, 1.07, last - first + 1))
            parts += [
                _seat_class(int(school), level, first + i, int(count), class_size)
                for i, count in enumerate(grades)
            ]
    return pd.concat(parts, ignore_index=True).sort_values(
        "school", kind="stable", ignore_index=True
    )


def _seat_class(school: int, level: str, grade: int, count: int, class_size: float) -> pd.DataFrame:
    """Return the pupils of one grade in classes of even size: 3A, 3B, 3C."""
    classes = max(round(count / class_size), 1)
    letter = np.array([chr(ord("A") + i) for i in range(classes)], dtype=object)
    name = np.char.add(str(grade), letter[np.arange(count) * classes // max(count, 1)].astype(str))
    return pd.DataFrame(
        {"school": school, "level": level, "grade": grade, "class_name": name.astype(object)}
    )


def send_home(
    seats: pd.DataFrame,
    schools: pd.DataFrame,
    hamlets: pd.DataFrame,
    *,
    recipe: FamilyRecipe,
    rng: np.random.Generator,
) -> np.ndarray:
    """Return the hamlet from which each pupil comes, as its row [seats].

    Parameters
    ----------
    seats : of `fill_seats`.
    schools : commune_code, district, x_m, y_m.
    hamlets : commune_code, district, population, x_m, y_m.
    recipe : how far pupils go.
    rng : stream of random numbers.
    """
    near = _list_near(hamlets, recipe.near_communes)
    people = hamlets["population"].to_numpy(float)
    code, district = hamlets["commune_code"].to_numpy(), hamlets["district"].to_numpy()
    home = np.empty(len(seats), dtype=int)
    upper = (seats["level"] == Level.THPT).to_numpy()
    for school, rows in seats.groupby("school").indices.items():
        at = schools.iloc[int(school)]
        own, area = code == at["commune_code"], district == at["district"]
        around = np.isin(code, near[at["commune_code"]])
        rest = 1 - recipe.own_commune - recipe.near_commune
        weight = recipe.own_commune * _spread(people * own)
        weight = weight + recipe.near_commune * _spread(people * around)
        weight = weight + rest * _spread(people * area)
        away = np.hypot(hamlets["x_m"] - at["x_m"], hamlets["y_m"] - at["y_m"]).to_numpy()
        far = _spread(people * area * np.exp(-away / recipe.upper_reach_m))
        for mask, chance in ((upper[rows], far), (~upper[rows], weight)):
            mine = rows[mask]
            home[mine] = rng.choice(len(hamlets), len(mine), p=chance / chance.sum())
    return home


def _spread(weight: np.ndarray) -> np.ndarray:
    """Return weights that add up to one, or to nothing where there are none."""
    return weight / max(weight.sum(), 1e-9)


def _list_near(hamlets: pd.DataFrame, count: int) -> dict[str, np.ndarray]:
    """Return the communes whose middles are nearest to each commune's."""
    middle = hamlets.groupby("commune_code", sort=True)[["x_m", "y_m"]].mean()
    reach = min(count + 1, len(middle))
    near = (
        cKDTree(middle.to_numpy()).query(middle.to_numpy(), k=reach)[1].reshape(len(middle), reach)
    )
    codes = middle.index.to_numpy()
    return {code: codes[row[1:]] for code, row in zip(codes, near, strict=True)}
