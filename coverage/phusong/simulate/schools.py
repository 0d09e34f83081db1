"""Schools: the province's real numbers of schools and pupils, at made-up places."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

from phusong.simulate.demonstration import Demonstration
from phusong.simulate.pupils.recipe import SchoolConfig
from phusong.simulate.sharing import share_persons
from phusong.vocabulary.metres import WGS84, transform_xy

PRIMARY, LOWER, UPPER = "Tiểu học", "THCS", "THPT"
PRIMARY_LOWER, LOWER_UPPER = "TH và THCS", "THCS và THPT"

#: Which pupils sit in which kind of school.
TEACHES = {
    PRIMARY: ("primary",),
    LOWER: ("lower",),
    UPPER: ("upper",),
    PRIMARY_LOWER: ("primary", "lower"),
    LOWER_UPPER: ("lower", "upper"),
}


def open_schools(
    hamlets: gpd.GeoDataFrame,
    demonstration: Demonstration,
    *,
    recipe: SchoolConfig,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Return the schools of the province.

    Every commune has a primary and a lower secondary school or one that is both; what is left goes
    where most people are. Upper secondary schools stand in the largest communes of every district.

    Parameters
    ----------
    hamlets : commune_code, commune, commune_kind, district, upland, population, x_m, y_m; with a crs.
    demonstration : for the codes of schools.
    recipe : how many schools and pupils.
    rng : stream of random numbers.

    Returns
    -------
    schools : school_id, name, level, ownership, commune_code, commune, district, address, place, lon,
        lat, x_m, y_m, satellites, classes, pupils, pupils_primary, pupils_lower, pupils_upper,
        has_internet.
    """
    people = hamlets.groupby("commune_code", sort=True)["population"].sum()
    posts = _assign_levels(people, hamlets, recipe)
    schools = pd.DataFrame(posts, columns=["commune_code", "level"])
    rows = hamlets.groupby("commune_code", sort=True).indices
    place = np.array([rng.choice(rows[code]) for code in schools["commune_code"]])
    angle = rng.uniform(0, 2 * np.pi, len(schools))
    reach = recipe.near_m * np.sqrt(rng.uniform(0.02, 1, len(schools)))
    home = hamlets.iloc[place].reset_index(drop=True)
    x = home["x_m"] + reach * np.cos(angle)
    y = home["y_m"] + reach * np.sin(angle)
    lon, lat = transform_xy(x, y, source=hamlets.crs.to_epsg(), target=WGS84)
    schools = schools.assign(
        place=place,
        x_m=x,
        y_m=y,
        lon=np.round(lon, 6),
        lat=np.round(lat, 6),
        commune=home["commune"],
        district=home["district"],
        upland=home["upland"],
        address=home["kind"].str.capitalize() + " " + home["name"],
    )
    schools = _fill_classes(schools, people, recipe, rng)
    return _name_schools(schools, home["commune_kind"], demonstration.code, recipe)


def _assign_levels(
    people: pd.Series, hamlets: pd.DataFrame, recipe: SchoolConfig
) -> list[tuple[str, str]]:
    """Return one pair of commune and level for each school."""
    small = people.sort_values(kind="stable").index.tolist()
    large = small[::-1]
    joint = small[: min(recipe.primary_lower, len(small))]
    apart = [c for c in large if c not in joint]
    posts = [(c, PRIMARY_LOWER) for c in _repeat(joint, recipe.primary_lower)]
    posts += [(c, PRIMARY) for c in _repeat(apart or large, recipe.primary)]
    posts += [(c, LOWER) for c in _repeat(apart or large, recipe.lower)]
    posts += [(c, UPPER) for c in _repeat(_in_turn(large, hamlets), recipe.upper)]
    posts += [(c, LOWER_UPPER) for c in _repeat(large, recipe.lower_upper)]
    return sorted(posts)


def _repeat(communes: list[str], count: int) -> list[str]:
    """Return the communes over and over until there are that many."""
    return (communes * (count // max(len(communes), 1) + 1))[:count]


def _in_turn(large: list[str], hamlets: pd.DataFrame) -> list[str]:
    """Return communes, the largest of every district first, then the second of each."""
    district = hamlets.drop_duplicates("commune_code").set_index("commune_code")["district"]
    order = pd.DataFrame({"code": large, "district": district.reindex(large).to_numpy()})
    order["rank"] = order.groupby("district").cumcount()
    return order.sort_values("rank", kind="stable")["code"].tolist()


def _fill_classes(
    schools: pd.DataFrame, people: pd.Series, recipe: SchoolConfig, rng: np.random.Generator
) -> pd.DataFrame:
    """Return the schools with pupils that add up, level by level."""
    totals = {
        "primary": recipe.pupils_primary,
        "lower": recipe.pupils_lower,
        "upper": recipe.pupils_upper,
    }
    filled = schools.copy()
    weight = people.reindex(schools["commune_code"]).to_numpy(dtype=float)
    weight = weight * rng.uniform(0.8, 1.25, len(schools))
    for level, total in totals.items():
        teaches = schools["level"].map(lambda name, level=level: level in TEACHES[name]).to_numpy()
        in_commune = schools["commune_code"].map(schools["commune_code"][teaches].value_counts())
        share = np.where(teaches, weight / in_commune.fillna(1).to_numpy(), 0.0)
        share = np.where(teaches & (level == "upper"), np.sqrt(weight), share)
        filled[f"pupils_{level}"] = share_persons(total, share) if teaches.any() else 0
    filled["pupils"] = filled[[f"pupils_{level}" for level in totals]].sum(axis=1)
    filled["classes"] = np.maximum(np.rint(filled["pupils"] / recipe.class_size), 1).astype(int)
    satellites = filled["upland"] & filled["pupils_primary"].gt(0)
    scattered = satellites & (rng.random(len(filled)) < recipe.satellite_share)
    filled["satellites"] = np.where(scattered, rng.integers(1, 4, len(filled)), 0)
    return filled


def _name_schools(
    schools: pd.DataFrame, commune_kind: pd.Series, code: str, recipe: SchoolConfig
) -> pd.DataFrame:
    """Return the schools with codes and names that cannot be taken for real ones."""
    number = schools.groupby(["commune_code", "level"]).cumcount()
    again = schools.duplicated(["commune_code", "level"], keep=False)
    suffix = (" số " + (number + 1).astype(str)).where(again, "")
    name = "Trường " + schools["level"] + " " + commune_kind.to_numpy() + " " + schools["commune"]
    remote = schools["upland"].to_numpy() & (schools["level"] != UPPER).to_numpy()
    offline = np.flatnonzero(remote)[: recipe.offline]
    named = schools.assign(
        school_id=[f"MP{code}{i + 1:04d}" for i in range(len(schools))],
        name=name + suffix + " (mô phỏng)",
        ownership="Công lập",
        has_internet=True,
    )
    named.loc[named.index[offline], "has_internet"] = False
    return named
