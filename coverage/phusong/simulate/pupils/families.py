"""Families: pupils of one hamlet under one roof, some years apart, now and then twins."""

from __future__ import annotations

import numpy as np
import pandas as pd

from phusong.simulate.demonstration import Demonstration
from phusong.simulate.pupils.names import draw_names, draw_parents, draw_peoples, draw_surnames
from phusong.simulate.pupils.recipe import FamilyRecipe

#: A pupil of grade g was born in the year that a school year begins, less g and this.
PRESCHOOL_YEARS = 5
#: The heads of households were born between so many years before.
HEAD_YEARS = (53, 29)
#: Grades by which brothers and sisters are apart, at least.
APART = 2


def make_households(
    home: np.ndarray, grade: np.ndarray, *, recipe: FamilyRecipe, rng: np.random.Generator
) -> np.ndarray:
    """Return the household of each pupil, counted from 0 [n].

    Parameters
    ----------
    home : hamlet of each pupil [n].
    grade : 1 to 12 [n].
    recipe : how many pupils live together.
    rng : stream of random numbers.
    """
    order = np.lexsort((rng.random(len(home)), home))
    sizes = rng.choice(np.arange(1, len(recipe.sizes) + 1), len(home), p=recipe.sizes)
    starts = np.zeros(len(home), dtype=bool)
    begin = np.concatenate([[0], np.cumsum(sizes)])
    starts[begin[begin < len(home)]] = True
    starts |= np.concatenate([[True], home[order][1:] != home[order][:-1]])
    drawn = np.cumsum(starts)
    apart = np.lexsort((grade[order], drawn))
    group, age = drawn[apart], grade[order][apart]
    close = np.concatenate([[False], (group[1:] == group[:-1]) & (age[1:] - age[:-1] < APART)])
    group = np.where(close, drawn.max() + np.cumsum(close), group)
    household = np.empty(len(home), dtype=int)
    household[order[apart]] = group
    return np.unique(household, return_inverse=True)[1]


def join_twins(
    household: np.ndarray,
    home: np.ndarray,
    seats: pd.DataFrame,
    *,
    recipe: FamilyRecipe,
    rng: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray]:
    """Return the households after twins were put together, and whose twin each pupil is, or −1 [n], [n].

    Parameters
    ----------
    household, home : of each pupil [n].
    seats : school, grade.
    recipe : how many households have twins.
    rng : stream of random numbers.
    """
    twin = np.full(len(household), -1)
    alone = np.flatnonzero(np.bincount(household)[household] == 1)
    alone = alone[np.argsort(rng.random(len(alone)), kind="stable")]
    keys = pd.DataFrame(
        {
            "home": home[alone],
            "school": seats["school"].to_numpy()[alone],
            "grade": seats["grade"].to_numpy()[alone],
        }
    )
    pair = keys.groupby(list(keys)).cumcount()
    first = pd.Series(alone).where(pair % 2 == 0).groupby([keys[c] for c in keys]).ffill()
    second = np.flatnonzero(pair.to_numpy() % 2 == 1)
    wanted = second[: max(round(recipe.twins * (household.max() + 1)), 1)]
    younger, older = alone[wanted], first.to_numpy()[wanted].astype(int)
    joined = household.copy()
    joined[younger], twin[younger] = household[older], older
    return np.unique(joined, return_inverse=True)[1], twin


def raise_families(
    household: np.ndarray, home: np.ndarray, upland: np.ndarray, demonstration: Demonstration,
    *, recipe: FamilyRecipe, rng: np.random.Generator,
) -> pd.DataFrame:  # fmt: skip
    """Return one row a household: place, people, surname, father, mother, phone, code, head_year.

    Parameters
    ----------
    household, home : of each pupil [n].
    upland : of each hamlet.
    demonstration : of which province and year.
    recipe : how many are of a minority.
    rng : stream of random numbers.
    """
    count, year = int(household.max()) + 1, demonstration.day.year
    place = np.empty(count, dtype=int)
    place[household] = home
    share = np.where(upland[place], recipe.minority_hills, recipe.minority_plain)
    people = draw_peoples(rng.random(count) < share, rng)
    surname = draw_surnames(people, rng)
    father, mother = draw_parents(surname, people, rng)
    phone = np.char.add("0900000", np.char.zfill(rng.integers(0, 1000, count).astype(str), 3))
    code = np.char.add(
        f"HGD{demonstration.code}", np.char.zfill(rng.permutation(count).astype(str), 6)
    )
    return pd.DataFrame(
        {
            "place": place,
            "people": people,
            "surname": surname,
            "father": father,
            "mother": mother,
            "phone": phone.astype(object),
            "code": code.astype(object),
            "head_year": rng.integers(year - HEAD_YEARS[0], year - HEAD_YEARS[1], count),
        }
    )


def name_children(
    seats: pd.DataFrame,
    household: np.ndarray,
    twin: np.ndarray,
    families: pd.DataFrame,
    demonstration: Demonstration,
    *,
    recipe: FamilyRecipe,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Return girl, birth_date, full_name of each pupil; twins share the day, no two of a home the name.

    Parameters
    ----------
    seats : grade.
    household, twin : of each pupil [n].
    families : surname.
    demonstration : of which year.
    recipe : how many are over age.
    rng : stream of random numbers.
    """
    count = len(seats)
    first = demonstration.day.year - PRESCHOOL_YEARS
    year = first - seats["grade"].to_numpy() - (rng.random(count) < recipe.over_age)
    day = (year - 1970).astype("datetime64[Y]").astype("datetime64[D]")
    day = day + rng.integers(0, 365, count)
    born = twin >= 0
    day[born] = day[twin[born]]
    girl = rng.random(count) < 0.485
    surname = families["surname"].to_numpy()[household]
    name = draw_names(surname, girl, rng)
    while (again := pd.DataFrame({"h": household, "n": name}).duplicated().to_numpy()).any():
        name[again] = draw_names(surname[again], girl[again], rng)
    return pd.DataFrame(
        {"girl": girl, "birth_date": day.astype("datetime64[s]"), "full_name": name}
    )
