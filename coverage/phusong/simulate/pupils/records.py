"""Records: what schools know of their pupils, before it is cast into the form of a list."""

from __future__ import annotations

import numpy as np
import pandas as pd

from phusong.simulate.addresses.spelling import fold
from phusong.simulate.demonstration import Demonstration
from phusong.simulate.pupils.doubles import add_doubles
from phusong.simulate.pupils.dwellings import open_gazetteer, write_dwellings
from phusong.simulate.pupils.forms import SOFTWARE_C, plan_exports
from phusong.simulate.pupils.numbers import draw_personal_ids, draw_student_codes
from phusong.simulate.pupils.parents import name_heads
from phusong.simulate.pupils.population import Pupils
from phusong.simulate.pupils.recipe import NeedRecipe, RecordRecipe
from phusong.simulate.seeds import seed_part
from phusong.vocabulary.pupils import HomeDevice, MatchStatus, Poverty

#: Of the pupils, those with a signed form of consent.
CONSENT = 0.93
#: What is copied from the pupil as it is.
PLAIN = (
    "school", "level", "grade", "class_name", "place", "household", "status", "girl", "birth_date",
    "full_name", "poverty", "hardships", "device", "device_kind", "sharers", "connection", "boarder",
)  # fmt: skip


def write_records(
    population: Pupils, schools: pd.DataFrame, hamlets: pd.DataFrame, *, seed: int
) -> pd.DataFrame:
    """Return one row a record, in the order of the lists on which they stand.

    Parameters
    ----------
    population : pupils and their families.
    schools, hamlets : of the made-up world.
    seed : of the world.

    Returns
    -------
    records : pupil, duplicate_of (row of the first record, or −1), variant, form, file, sheet (number),
        everything of the pupil, people, father, mother, phone, household_code, student_code,
        personal_id, year_only, stated_poverty, stated_device, stated_connection, consent, the address as
        written, expected_status, noise, true_hamlet, true_commune. Texts are empty where nothing is stated.
    """
    recipe = population.recipe.records
    rng = seed_part(seed, "records of pupils")
    code = population.demonstration.code
    records = _copy_pupils(population, recipe, rng, seed_part(seed, "heads of households"))
    records = add_doubles(
        records, schools, code, share=recipe.duplicates, rng=seed_part(seed, "second records")
    )
    records = _leave_blank(records, recipe, population.recipe.need, rng)
    records = _list_records(records, schools, population.demonstration)
    gazetteer = open_gazetteer(hamlets, population.demonstration)
    dwellings = write_dwellings(
        records["place"].to_numpy(),
        records["form"].tolist(),
        records["sheet"].to_numpy(),
        gazetteer,
        recipe=recipe,
        rng=seed_part(seed, "dwellings"),
    )
    return _tell_places(records.assign(**dict(dwellings.items())), hamlets)


def _copy_pupils(
    population: Pupils,
    recipe: RecordRecipe,
    rng: np.random.Generator,
    heads_rng: np.random.Generator,
) -> pd.DataFrame:
    """Return one record for each pupil with what the family and the offices have given them."""
    pupils, families = population.pupils, population.families
    heads = name_heads(pupils, families, rng=heads_rng)
    home = pupils["household"].to_numpy()
    ids = draw_personal_ids(
        pupils["girl"].to_numpy(),
        pupils["birth_date"].to_numpy(),
        population.demonstration,
        born_here=recipe.born_here,
        rng=rng,
    )
    return pupils[list(PLAIN)].assign(
        pupil=np.arange(len(pupils)),
        people=families["people"].to_numpy()[home],
        father=heads["father"].to_numpy()[home],
        mother=heads["mother"].to_numpy()[home],
        phone=families["phone"].to_numpy()[home],
        household_code=families["code"].to_numpy()[home],
        student_code=draw_student_codes(len(pupils), population.demonstration.code, rng=rng),
        personal_id=np.where(rng.random(len(pupils)) < recipe.id_blank, "", ids),
    )


def _leave_blank(
    records: pd.DataFrame, recipe: RecordRecipe, need: NeedRecipe, rng: np.random.Generator
) -> pd.DataFrame:
    """Return the records without what clerks did not write down; a missing device is always written."""
    count = len(records)

    def _blank(name: str, share: float) -> pd.Series:
        """Return a column with a share of its cells left empty."""
        return records[name].mask(rng.random(count) < share, "")

    has_device = (records["device"] != HomeDevice.NONE).to_numpy()
    unknown = has_device & (rng.random(count) < need.device_blank)
    misstated = rng.random(count) < need.misstated
    return records.assign(
        father=_blank("father", recipe.guardian_blank),
        mother=_blank("mother", recipe.guardian_blank),
        phone=_blank("phone", recipe.phone_blank),
        household_code=_blank("household_code", recipe.code_blank),
        stated_poverty=records["poverty"].mask(misstated, str(Poverty.NEITHER)),
        stated_device=records["device"].mask(unknown, ""),
        stated_kind=records["device_kind"].mask(unknown, ""),
        stated_connection=_blank("connection", need.connection_blank),
        consent=rng.random(count) < CONSENT,
        year_only=rng.random(count) < recipe.year_only,
    )


def _list_records(
    records: pd.DataFrame, schools: pd.DataFrame, demonstration: Demonstration
) -> pd.DataFrame:
    """Return the records in the order of files, levels, schools, grades, classes and given names."""
    exports = plan_exports(schools, demonstration).reset_index(drop=True)
    planned = records.assign(
        form=exports["form"].to_numpy()[records["school"]],
        file=exports["file"].to_numpy()[records["school"]],
        by_name=[fold(f"{name.rsplit(' ', 1)[-1]} {name}") for name in records["full_name"]],
        first=np.arange(len(records)),
    )
    planned["year_only"] &= planned["form"] == SOFTWARE_C
    keys = ["file", "level", "school", "grade", "class_name", "by_name", "first"]
    listed = planned.sort_values(keys, kind="stable", ignore_index=True)
    row = np.empty(len(listed), dtype=int)
    row[listed["first"]] = np.arange(len(listed))
    before = listed["duplicate_of"].to_numpy()
    listed["duplicate_of"] = np.where(before < 0, -1, row[before])
    listed["sheet"] = listed.groupby(["file", "level"], sort=True).ngroup()
    return listed.drop(columns=["by_name", "first"])


def _tell_places(records: pd.DataFrame, hamlets: pd.DataFrame) -> pd.DataFrame:
    """Return the records with their true hamlet and commune; those who live outside have none here."""
    here = (records["expected_status"] != MatchStatus.OUT_OF_PROVINCE).to_numpy()
    place = records["place"]
    return records.assign(
        true_hamlet=np.where(here, hamlets["hamlet_id"].to_numpy()[place], ""),
        true_commune=np.where(here, hamlets["commune_code"].to_numpy()[place], ""),
    )
