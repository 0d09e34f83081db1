"""All pupils of the made-up province as they truly are, and the households in which they live."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from phusong.simulate.demonstration import Demonstration
from phusong.simulate.pupils.families import (
    join_twins,
    make_households,
    name_children,
    raise_families,
)
from phusong.simulate.pupils.names import KINH
from phusong.simulate.pupils.need import (
    choose_without,
    connect,
    draw_hardships,
    draw_poverty,
    equip,
)
from phusong.simulate.pupils.recipe import NeedRecipe, PupilRecipe
from phusong.simulate.pupils.seats import fill_seats, send_home
from phusong.simulate.seeds import seed_part
from phusong.vocabulary.pupils import Enrolment, Level, Poverty


@dataclass(frozen=True, eq=False)
class Pupils:
    """Hold the pupils of a made-up province.

    Parameters
    ----------
    pupils : one row a pupil: school (row of schools), level, grade, class_name, place (row of hamlets),
        household (row of families), twin (row of pupils or −1), status, girl, birth_date, full_name,
        poverty, hardships (by |), device, device_kind, sharers, connection, boarder.
    families : one row a household: place, people, surname, father, mother, phone, code, head_year,
        poverty.
    recipe : by which they were made.
    demonstration : of which province and year.
    """

    pupils: pd.DataFrame
    families: pd.DataFrame
    recipe: PupilRecipe
    demonstration: Demonstration


def enrol_pupils(
    schools: pd.DataFrame,
    hamlets: pd.DataFrame,
    truth: pd.DataFrame,
    demonstration: Demonstration,
    *,
    class_size: float,
    recipe: PupilRecipe,
    seed: int,
) -> Pupils:
    """Return the pupils of all schools, level by level as many as the list of schools counts.

    Parameters
    ----------
    schools, hamlets : of the made-up world.
    truth : hidden, old_radio, fibre_ready of each hamlet.
    demonstration : of which province and year.
    class_size : pupils in a class.
    recipe : every knob about pupils.
    seed : of the world.
    """
    knobs, rng = recipe.families, seed_part(seed, "pupils")
    seats = fill_seats(schools, share=recipe.share, class_size=class_size, rng=rng)
    seats = _add_gone(seats, recipe.records.gone, rng)
    home = send_home(seats, schools, hamlets, recipe=knobs, rng=rng)
    household = make_households(home, seats["grade"].to_numpy(), recipe=knobs, rng=rng)
    household, twin = join_twins(household, home, seats, recipe=knobs, rng=rng)
    upland = hamlets["upland"].to_numpy()
    families = raise_families(
        household, home, upland, demonstration, recipe=knobs, rng=seed_part(seed, "families")
    )
    names = seed_part(seed, "names of pupils")
    children = name_children(
        seats, household, twin, families, demonstration, recipe=knobs, rng=names
    )
    pupils = seats.assign(place=home, household=household, twin=twin, **dict(children.items()))
    need = seed_part(seed, "need")
    families["poverty"] = draw_poverty(len(families), recipe=recipe.need, rng=need)
    pupils = _draw_need(pupils, families, hamlets, truth, recipe.need, need)
    pupils["boarder"] = _draw_boarders(pupils, schools, hamlets, knobs.boarders, need)
    return Pupils(pupils, families, recipe, demonstration)


def _add_gone(seats: pd.DataFrame, share: float, rng: np.random.Generator) -> pd.DataFrame:
    """Return the seats with status, and with those of pupils who are gone behind the others."""
    gone = seats.iloc[np.sort(rng.choice(len(seats), round(share * len(seats)), replace=False))]
    words = np.array([Enrolment.MOVED_OUT, Enrolment.LEFT, Enrolment.DROPPED_OUT], dtype=object)
    status = words[rng.choice(3, len(gone), p=(0.6, 0.25, 0.15))]
    studying = seats.assign(status=str(Enrolment.STUDYING))
    left = gone.assign(status=[str(s) for s in status])
    return pd.concat([studying, left], ignore_index=True)


def _draw_need(
    pupils: pd.DataFrame,
    families: pd.DataFrame,
    hamlets: pd.DataFrame,
    truth: pd.DataFrame,
    recipe: NeedRecipe,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Return the pupils with poverty, hardships, device, device_kind, sharers and connection."""
    household = pupils["household"].to_numpy()
    special = hamlets["special_difficulty"].to_numpy(bool)[families["place"]]
    minority = special & (families["people"] != KINH).to_numpy()
    words, common = draw_hardships(household, minority, recipe=recipe, rng=rng)
    poverty = families["poverty"].to_numpy()
    gone = np.zeros(len(families), dtype=bool)
    gone[household[(pupils["status"] != Enrolment.STUDYING).to_numpy()]] = True
    classes = (
        (poverty == Poverty.POOR, recipe.poor_without),
        (poverty == Poverty.NEAR_POOR, recipe.near_poor_without),
        ((poverty == Poverty.NEITHER) & common, recipe.hardship_without),
    )
    without = np.zeros(len(families), dtype=bool)
    for fitting, wanted in classes:
        without |= choose_without(household, np.asarray(fitting) & ~gone, wanted, rng)
    connection = connect(families["place"].to_numpy(), poverty, truth, recipe=recipe, rng=rng)
    equipped = equip(household, without, recipe=recipe, rng=rng)
    return pupils.assign(
        poverty=poverty[household],
        hardships=words,
        connection=connection[household],
        **dict(equipped.items()),
    )


def _draw_boarders(
    pupils: pd.DataFrame,
    schools: pd.DataFrame,
    hamlets: pd.DataFrame,
    share: float,
    rng: np.random.Generator,
) -> np.ndarray:
    """Return who boards near an upper secondary school in another commune than their own [n]."""
    home = hamlets["commune_code"].to_numpy()[pupils["place"]]
    away = home != schools["commune_code"].to_numpy()[pupils["school"]]
    upper = (pupils["level"] == Level.THPT).to_numpy()
    return away & upper & (rng.random(len(pupils)) < share)
