"""Poor and near-poor households as communes certify them, with pupils and without."""

from __future__ import annotations

from random import Random

import numpy as np
import pandas as pd

from phusong.simulate.addresses.places import Book
from phusong.simulate.addresses.shapes import write_ordinary
from phusong.simulate.pupils.dwellings import open_gazetteer
from phusong.simulate.pupils.names import draw_names, draw_parents, draw_surnames
from phusong.simulate.pupils.parents import name_heads
from phusong.simulate.pupils.population import Pupils
from phusong.simulate.pupils.variants import python_stream, vary_name
from phusong.simulate.seeds import seed_part
from phusong.vocabulary.pupils import HomeConnection, HomeDevice, Poverty

#: Of the households with pupils, those with a child too young for school.
TODDLER = 0.25
#: Toddlers were born in so many years before, and old people without pupils between so many.
TODDLER_YEARS, OLD_YEARS = 5, (86, 49)
#: Of the households without pupils, those that lack telecommunications, and a means of information.
LACKS_ALONE = (0.5, 0.35)
#: And those of two.
COUPLES = 0.4


def list_poor(population: Pupils, hamlets: pd.DataFrame, *, seed: int) -> pd.DataFrame:
    """Return the households that are poor or near poor, by class, commune and hamlet.

    Parameters
    ----------
    population : pupils and their families.
    hamlets : of the made-up world.
    seed : of the world.

    Returns
    -------
    entries : household (row of families, or −1 without pupils), place, poverty, code, head, head_year,
        people, hamlet, commune (as written), members (names and years, by |), persons, lacks_telecom,
        lacks_information, variant (how a name is spelled otherwise), shared_code.
    """
    recipe, rng = population.recipe.records, seed_part(seed, "lists of the poor")
    heads = name_heads(
        population.pupils, population.families, rng=seed_part(seed, "heads of households")
    )
    with_pupils = _gather_families(population, heads, rng)
    alone = _add_childless(with_pupils, recipe.childless, population.demonstration.day.year, rng)
    entries = pd.concat([with_pupils, alone], ignore_index=True)
    book = open_gazetteer(hamlets, population.demonstration)
    entries = _write_places(entries, hamlets, book, python_stream(rng))
    entries = _number_households(entries, hamlets, recipe.shared_codes, rng)
    return _respell(entries, recipe.variants, python_stream(rng))


def _gather_families(
    population: Pupils, heads: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Return the poor and near-poor households with pupils, with all their members."""
    families, pupils = population.families.assign(**dict(heads.items())), population.pupils
    poor = families[families["poverty"] != Poverty.NEITHER]
    mine = pupils[pupils["household"].isin(poor.index)].sort_values("birth_date", kind="stable")
    told = mine["full_name"] + " (" + mine["birth_date"].dt.year.astype(str) + ")"
    children = told.groupby(mine["household"]).agg("|".join).reindex(poor.index)
    offline = (mine["connection"] == HomeConnection.NONE).groupby(mine["household"]).all()
    unequipped = (mine["device"] == HomeDevice.NONE).groupby(mine["household"]).all()
    adults = _tell_adults(poor, rng)
    toddler = _tell_toddlers(poor, population.demonstration.day.year, rng)
    return pd.DataFrame(
        {
            "household": poor.index,
            "place": poor["place"],
            "poverty": poor["poverty"],
            "code": poor["code"],
            "head": poor["head"],
            "head_year": poor["head_year"],
            "people": poor["people"],
            "members": adults + "|" + children + toddler,
            "lacks_telecom": offline.reindex(poor.index),
            "lacks_information": unequipped.reindex(poor.index),
        }
    )


def _tell_adults(poor: pd.DataFrame, rng: np.random.Generator) -> pd.Series:
    """Return the head and, where there is one, the spouse, each with a year of birth."""
    spouse_year = poor["head_year"] + rng.integers(-3, 6, len(poor))
    head = poor["head"] + " (" + poor["head_year"].astype(str) + ")"
    spouse = "|" + poor["spouse"] + " (" + spouse_year.astype(str) + ")"
    return head + spouse.where(poor["spouse"] != "", "")


def _tell_toddlers(poor: pd.DataFrame, year: int, rng: np.random.Generator) -> pd.Series:
    """Return a child too young for school in some of the households."""
    names = draw_names(poor["surname"].to_numpy(), rng.random(len(poor)) < 0.5, rng)
    born = rng.integers(year - TODDLER_YEARS, year, len(poor)).astype(str)
    told = pd.Series("|" + names + " (" + born + ")", index=poor.index)
    return told.where(rng.random(len(poor)) < TODDLER, "")


def _add_childless(
    with_pupils: pd.DataFrame, share: float, this_year: int, rng: np.random.Generator
) -> pd.DataFrame:
    """Return households without pupils: old people, alone or two, in the hamlets of the others."""
    count = round(share * len(with_pupils))
    like = with_pupils.iloc[rng.integers(0, len(with_pupils), count)].reset_index(drop=True)
    people = like["people"].to_numpy()
    old_men, old_women = draw_parents(draw_surnames(people, rng), people, rng)
    led_by_woman = rng.random(count) < 0.5
    head = np.where(led_by_woman, old_women, old_men)
    spouse = np.where(led_by_woman, old_men, old_women)
    year = rng.integers(this_year - OLD_YEARS[0], this_year - OLD_YEARS[1], count)
    second = "|" + spouse + " (" + (year + rng.integers(-4, 5, count)).astype(str) + ")"
    couple = rng.random(count) < COUPLES
    telecom, information = (rng.random(count) < part for part in LACKS_ALONE)
    return like.assign(
        household=-1,
        code="",
        head=head,
        head_year=year,
        members=head + " (" + year.astype(str) + ")" + np.where(couple, second, ""),
        lacks_telecom=telecom,
        lacks_information=information,
    )


def _write_places(
    entries: pd.DataFrame, hamlets: pd.DataFrame, book: Book, stream: Random
) -> pd.DataFrame:
    """Return the entries in the order of their lists, with hamlet and commune as communes write them."""
    listed = entries.assign(
        lies_in=hamlets["commune_code"].to_numpy()[entries["place"]],
        poor_first=entries["poverty"].ne(Poverty.POOR),
    ).sort_values(["poor_first", "lies_in", "place", "head"], kind="stable", ignore_index=True)
    written = [write_ordinary(book.places[i], stream, columns=True) for i in listed["place"]]
    listed["hamlet"] = [w.hamlet for w in written]
    listed["commune"] = [
        f"{book.places[i].unit.kind.capitalize()} {book.places[i].unit.name}"
        for i in listed["place"]
    ]
    return listed.drop(columns=["lies_in", "poor_first"])


def _number_households(
    entries: pd.DataFrame, hamlets: pd.DataFrame, share: float, rng: np.random.Generator
) -> pd.DataFrame:
    """Return the entries with the commune's own codes, a few of them those that schools know too."""
    commune = pd.Series(hamlets["commune_code"].to_numpy()[entries["place"]])
    mark = entries["poverty"].map({str(Poverty.POOR): "HN", str(Poverty.NEAR_POOR): "HCN"})
    number = (entries.groupby([commune, mark]).cumcount() + 1).astype(str).str.zfill(3)
    shared = (entries["code"] != "") & (rng.random(len(entries)) < share)
    own = mark + "-" + commune + "-" + number
    persons = entries["members"].str.count(r"\|") + 1
    return entries.assign(
        code=entries["code"].where(shared, own), shared_code=shared, persons=persons
    )


def _respell(entries: pd.DataFrame, share: float, stream: Random) -> pd.DataFrame:
    """Return the entries with one name of some households spelled otherwise than schools spell it."""
    heads, members, variants = [], [], []
    for listed in entries["members"]:
        names, kind = listed.split("|"), ""
        if stream.random() < share:
            at = stream.randrange(len(names))
            name, year = names[at].rsplit(" ", 1)
            changed, kind = vary_name(name, stream)
            names[at] = f"{changed} {year}"
        heads.append(names[0].rsplit(" ", 1)[0])
        members.append("|".join(names))
        variants.append(kind)
    return entries.assign(head=heads, members=members, variant=variants)
