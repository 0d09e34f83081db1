"""The knobs of the made-up pupils; where a figure was published, its source stands with it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SchoolConfig:
    """Say which schools there are: the province's figures for 2020–21 (domain notes §3.1).

    Parameters
    ----------
    primary, lower, upper, primary_lower, lower_upper : schools by level.
    pupils_primary, pupils_lower, pupils_upper : pupils by level.
    class_size : pupils in a class.
    near_m : a school stands within this distance of a hamlet's centre.
    satellite_share : primary schools in hill communes with satellite sites.
    offline : schools without Internet, in hill communes.
    """

    primary: int = 145
    lower: int = 132
    upper: int = 29
    primary_lower: int = 16
    lower_upper: int = 1
    pupils_primary: int = 125_578
    pupils_lower: int = 79_210
    pupils_upper: int = 32_292
    class_size: float = 36.0
    near_m: float = 450.0
    satellite_share: float = 0.7
    offline: int = 4


@dataclass(frozen=True)
class FamilyRecipe:
    """Say how pupils live together.

    Parameters
    ----------
    sizes : share of households drawn with 1, 2, 3 and 4 pupils; some of them are split again because no
        family has two children within a year, which leaves about a quarter with two or more.
    twins : share of households to which a twin is added.
    minority_hills, minority_plain : share of households of a minority in hill hamlets and elsewhere; about
        4 % of all (domain notes §3.1: 4–5 % of the population, mostly in the communes at the ridge).
    own_commune, near_commune : of the pupils of primary and lower secondary schools, those who live in the
        school's commune and in a commune next to it; the rest live anywhere in the district.
    near_communes : communes that count as next to a school's.
    upper_reach_m : pupils of upper secondary schools come from the district, the fewer the farther.
    boarders : of those who live in another commune than their upper secondary school, those who board.
    over_age : pupils a year older than their class.
    """

    sizes: tuple[float, float, float, float] = (0.64, 0.28, 0.06, 0.02)
    twins: float = 0.006
    minority_hills: float = 0.22
    minority_plain: float = 0.003
    own_commune: float = 0.92
    near_commune: float = 0.075
    near_communes: int = 4
    upper_reach_m: float = 6000.0
    boarders: float = 0.04
    over_age: float = 0.012


@dataclass(frozen=True)
class NeedRecipe:
    """Say what pupils lack.

    The counts without a device are those of the campaign in autumn 2021 (domain notes §1.1: 545 poor, 734
    near-poor, 2,099 in other hardship). How many poor and near-poor pupils there were was not published:
    the shares are assumptions under which the counts are a part, as are all shares below them.

    Parameters
    ----------
    poor_without, near_poor_without, hardship_without : pupils without any device, by class.
    poor, near_poor : share of households with pupils.
    hardships : share of households, or for disability of pupils, with each hardship of the closed list.
    own : of the pupils with a device at home, those with one of their own, where one pupil lives alone and
        where several do.
    kinds : share of desktop, laptop, tablet, smartphone.
    fixed, fixed_poor : of the households in a hamlet ready for fibre, those with a fixed line.
    mobile, mobile_poor : of the others where there is a signal, those with mobile data.
    device_blank, connection_blank : pupils of whom the school did not write it down.
    misstated : poor or near-poor pupils of whom the school does not know it.
    """

    poor_without: int = 545
    near_poor_without: int = 734
    hardship_without: int = 2099
    poor: float = 0.009
    near_poor: float = 0.014
    hardships: tuple[tuple[str, float], ...] = (
        ("orphan_both", 0.0006),
        ("orphan_one", 0.008),
        ("covid_orphan", 0.0001),
        ("meritorious", 0.005),
        ("policy_family", 0.003),
        ("income_loss", 0.012),
        ("other_hardship", 0.008),
        ("disability", 0.004),
        ("severe_disability", 0.0008),
    )
    own: tuple[float, float] = (0.8, 0.35)
    kinds: tuple[float, float, float, float] = (0.12, 0.2, 0.07, 0.61)
    fixed: float = 0.66
    fixed_poor: float = 0.22
    mobile: float = 0.85
    mobile_poor: float = 0.6
    device_blank: float = 0.03
    connection_blank: float = 0.03
    misstated: float = 0.03


@dataclass(frozen=True)
class RecordRecipe:
    """Say what becomes of pupils on paper.

    Parameters
    ----------
    address_noise : share of records with a noisy address (domain notes §5.10: 12–18 %).
    dittos : share of records whose address says “as above”.
    duplicates : share of pupils with a second record in another school (domain notes §5.10: 0.3 %).
    gone : pupils who moved out of the province or left, in share of those who study.
    id_blank : pupils without a personal number on their record (domain notes §5.1: often blank in 2021).
    born_here : of the personal numbers, those registered in the province.
    guardian_blank, phone_blank, code_blank : records without a parent, a telephone, a household's code.
    year_only : of the records of one form, those that give the year of birth alone.
    variants : share of poor households with a name spelled otherwise (domain notes §5.8 and §7.2).
    childless : households without pupils on the lists of the poor, in share of those with.
    shared_codes : households that the commune knows by the school's code.
    """

    address_noise: float = 0.147
    dittos: float = 0.003
    duplicates: float = 0.003
    gone: float = 0.0025
    id_blank: float = 0.35
    born_here: float = 0.94
    guardian_blank: float = 0.04
    phone_blank: float = 0.12
    code_blank: float = 0.3
    year_only: float = 0.03
    variants: float = 0.065
    childless: float = 0.4
    shared_codes: float = 0.08


@dataclass(frozen=True)
class PupilRecipe:
    """Hold every knob about pupils.

    Parameters
    ----------
    share : of the pupils that the list of schools counts, those of whom there are records.
    families, need, records : where they live, what they lack, what is written of them.
    """

    share: float = 1.0
    families: FamilyRecipe = FamilyRecipe()
    need: NeedRecipe = NeedRecipe()
    records: RecordRecipe = RecordRecipe()


#: A few hundred pupils for the smallest world, with some of every class.
SMALL = PupilRecipe(
    share=0.12,
    need=NeedRecipe(
        poor_without=7, near_poor_without=9, hardship_without=12, poor=0.05, near_poor=0.07
    ),
    records=RecordRecipe(duplicates=0.025, gone=0.02, variants=0.08),
)
