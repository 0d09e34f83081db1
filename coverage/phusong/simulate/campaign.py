"""A campaign, made up: whom schools surveyed, who stands twice, and which masts came on air.

Only the totals are real: 545 pupils of poor and 734 of near-poor households and 2,099 others without a device
(domain notes §1.1); every pupil, school and mast is drawn by seed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from phusong.simulate.offices.enrolment import deliver_enrolment
from phusong.simulate.offices.labour import deliver_labour
from phusong.simulate.pupils.poor import list_poor
from phusong.simulate.pupils.population import Pupils
from phusong.simulate.pupils.records import write_records
from phusong.simulate.pupils.variants import python_stream, vary_name
from phusong.simulate.seeds import seed_part
from phusong.simulate.world import Simulated
from phusong.vocabulary.metres import WGS84, transform_xy
from phusong.vocabulary.pupils import Enrolment, HomeDevice, Poverty
from phusong.vocabulary.terms import Operator

NEW_MASTS_FILE = "mo_phong_tram_moi_phat_song.csv"
#: Pupils on the lists twice: once more with the name spelled otherwise, once more at another school.
RESPELLED, TWO_SCHOOLS = 25, 12
#: Masts that came on air, and rows of their list whose coordinates are wrong; how long after the first day.
NEW_MASTS, WRONG_ROWS = 8, 3
ON_AIR = timedelta(days=2)


@dataclass(frozen=True, eq=False)
class Survey:
    """Hold the survey of those without a device.

    Parameters
    ----------
    world : the made-up world, with those pupils alone.
    records : as schools write them, those who stand twice included.
    enrolled : how many pupils study in the whole province, by level.
    """

    world: Simulated
    records: pd.DataFrame
    enrolled: dict[str, int]


def survey_pupils(world: Simulated) -> Survey:
    """Return the pupils without a device as their schools report them: everything that was asked is answered.

    Parameters
    ----------
    world : a made-up province.
    """
    everybody = world.pupils
    every = everybody.pupils
    studying = every["status"] == Enrolment.STUDYING
    enrolled = {str(k): int(v) for k, v in every.loc[studying, "level"].value_counts().items()}
    lacking = (every["device"] == HomeDevice.NONE) & studying
    homes, household = np.unique(every.loc[lacking, "household"], return_inverse=True)
    chosen = every[lacking].assign(twin=-1, household=household).reset_index(drop=True)
    families = everybody.families.iloc[homes].reset_index(drop=True)
    exact = replace(
        everybody.recipe.records,
        duplicates=0.0,
        id_blank=0.0,
        dittos=0.0,
        address_noise=0.0,
        variants=0.0,
    )
    recipe = replace(everybody.recipe, records=exact)
    narrowed = replace(world, pupils=Pupils(chosen, families, recipe, world.demonstration))
    records = write_records(narrowed.pupils, world.schools, world.hamlets, seed=world.seed)
    told = records.assign(
        stated_poverty=records["poverty"],
        stated_device=records["device"],
        stated_kind=records["device_kind"],
        stated_connection=records["connection"],
    )
    return Survey(narrowed, repeat_records(told, world), enrolled)


def repeat_records(records: pd.DataFrame, world: Simulated) -> pd.DataFrame:
    """Return the records with some poor and near-poor pupils on them twice.

    Parameters
    ----------
    records : one a pupil.
    world : for the schools of the same list.
    """
    rng = seed_part(world.seed, "campaign")
    needy = np.flatnonzero((records["poverty"] != Poverty.NEITHER).to_numpy())
    drawn = rng.permutation(needy)
    respelled = records.iloc[np.sort(drawn[:RESPELLED])].copy()
    stream = python_stream(rng)
    varied = [vary_name(name, stream) for name in respelled["full_name"]]
    respelled["full_name"] = [name for name, _ in varied]
    respelled["variant"] = [kind for _, kind in varied]
    moved = _move_school(records, drawn[RESPELLED:], rng)
    every = pd.concat([records, respelled, moved])
    twice = every.index.duplicated(keep="first")
    every["duplicate_of"] = np.where(twice, every.index, -1)
    return every.reset_index(drop=True)


def _move_school(records: pd.DataFrame, rows: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    """Return second records of pupils at another school that delivers into the same list."""
    others = records.groupby(["file", "level", "grade"])["school"].unique()
    moved = []
    for row in rows:
        record = records.iloc[row].copy()
        schools = others[(record["file"], record["level"], record["grade"])]
        choice = schools[schools != record["school"]]
        if len(choice):
            record["school"] = int(rng.choice(choice))
            moved.append(record)
        if len(moved) == TWO_SCHOOLS:
            break
    return pd.DataFrame(moved)


def deliver_survey(survey: Survey, folder: Path) -> pd.DataFrame:
    """Write the schools' lists and the lists of the poor, in place of those of all pupils.

    Parameters
    ----------
    survey : of `survey_pupils`.
    folder : of the raw files.

    Returns
    -------
    The records as delivered, with file, sheet and row.
    """
    world = survey.world
    entries = list_poor(world.pupils, world.hamlets, seed=world.seed)
    deliver_labour(
        entries, world.hamlets, folder, world.demonstration, rng=seed_part(world.seed, "labour")
    )
    return deliver_enrolment(survey.records, world.schools, folder, world.demonstration)


def deliver_new_masts(world: Simulated, hamlet_ids: list[str], folder: Path) -> pd.DataFrame:
    """Write the list of masts that came on air, three of its rows with wrong coordinates.

    One row has them swapped, one has decimal commas, one is in metres of VN-2000: what offices do.

    Parameters
    ----------
    world : a made-up province.
    hamlet_ids : where masts were hung, one each, and as many more as rows are wrong.
    folder : of the raw files.

    Returns
    -------
    The rows as written: `Mã trạm` and, for a wrong one, what is wrong.
    """
    hamlets = world.hamlets.set_index("hamlet_id").loc[hamlet_ids]
    lon, lat = transform_xy(hamlets["x_m"], hamlets["y_m"], source=world.crs, target=WGS84)
    rows = pd.DataFrame(
        {
            "Mã trạm": [f"MOI{n:03d}" for n in range(1, len(hamlets) + 1)],
            "Doanh nghiệp": str(Operator.VIETTEL),
            "Công nghệ": "4G",
            "Băng tần (MHz)": 1800,
            "Kinh độ": [f"{v:.5f}" for v in lon],
            "Vĩ độ": [f"{v:.5f}" for v in lat],
            "Chiều cao anten (m)": 42,
            "Trạng thái": "Đang hoạt động",
            "Ngày phát sóng": (world.demonstration.day + ON_AIR).strftime("%d/%m/%Y"),
        }
    )
    swapped, comma, metres = range(len(rows) - WRONG_ROWS, len(rows))
    ends = ["Kinh độ", "Vĩ độ"]
    rows.loc[swapped, ends] = rows.loc[swapped, ends[::-1]].to_numpy()
    rows.loc[comma, ends] = [text.replace(".", ",") for text in rows.loc[comma, ends]]
    rows.loc[metres, ends] = [f"{hamlets[c].iloc[metres]:.1f}" for c in ("x_m", "y_m")]
    text = rows.to_csv(sep=";", index=False, lineterminator="\r\n")
    (folder / NEW_MASTS_FILE).write_bytes(text.encode("utf-8-sig"))
    wrong = {swapped: "lone_swapped", comma: "lone_comma", metres: "metres_among_degrees"}
    return rows[["Mã trạm"]].assign(wrong=[wrong.get(n, "") for n in range(len(rows))])
