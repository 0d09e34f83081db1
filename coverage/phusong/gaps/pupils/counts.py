"""Count the pupils by hamlet, commune, district, school and province, in every edition asked for.

Where a pupil is counted, and what adds up to what, for each edition, level and count:

- hamlet: whoever's address was found, or whom a person placed;
- unplaced, under the commune's code: whoever's commune alone is known;
- unplaced, under the outcome's word (AMBIGUOUS, EMPTY, …): everybody else, and those of a commune whose
  code means several communes of the edition;
- commune = its hamlets + its unplaced; district = its communes;
- province = communes + unplaced under an outcome = schools (pupils of no stated school under an empty code).

Another edition regroups whole communes, so hamlets, schools and province do not change. Level `all` also
holds pupils whose level is not known. Schools are counted where they stand: by commune, district and
province; other lines carry 0.
"""

from __future__ import annotations

import pandas as pd

from phusong.gaps.pupils.measures import MEASURES, find_counted, find_placed, measure_pupils
from phusong.gaps.pupils.schools import SCHOOL_COUNTS, count_schools
from phusong.places.editions import name_communes
from phusong.places.registers import UNASSIGNED, Register, read_register
from phusong.vocabulary.pupils import CountedUnit, Level, MatchStatus
from phusong.vocabulary.schema import conform_table, empty_table
from phusong.vocabulary.tables.pupils import ALL_LEVELS, PUPIL_COUNTS

KEY = ["unit", "unit_code", "level"]


def count_pupils(
    students: pd.DataFrame,
    schools: pd.DataFrame,
    hamlets: pd.DataFrame,
    *,
    editions: list[str],
    province: tuple[str, str],
    register: Register | None = None,
) -> pd.DataFrame:
    """Return table `pupil_counts`.

    Parameters
    ----------
    students : table `students`; those of other levels, and those who do not study, are not counted.
    schools : accepted schools, commune codes of the hamlets' edition.
    hamlets : result table; every hamlet has its lines, if only of zeros.
    editions : editions of the administrative map to report in.
    province : code and name.
    register : of the run; None: the packaged one.

    Returns
    -------
    Empty where no pupils were delivered: nothing is known, which is no zero.
    """
    if students.empty:
        return empty_table(PUPIL_COUNTS)
    counted = students[find_counted(students)]
    cells = _gather_cells(counted, hamlets)
    by_school = _sum_cells(
        measure_pupils(counted).assign(
            unit=str(CountedUnit.SCHOOL),
            unit_code=counted["school_id"].fillna(""),
            level=counted["level"].fillna(""),
        )
    )
    source = str(hamlets["edition"].iloc[0]) if len(hamlets) else editions[0]
    seats = schools.assign(edition=source)
    held = register or read_register()
    parts = [
        _count_edition(
            cells, by_school, hamlets, seats, edition=str(e), province=province, register=held
        )
        for e in editions
    ]
    day = students["as_of"].max()
    return conform_table(pd.concat(parts, ignore_index=True).assign(as_of=day), PUPIL_COUNTS)


def count_gaps(gaps: pd.DataFrame, students: pd.DataFrame) -> pd.DataFrame:
    """Return table `gaps` with the pupils of each hamlet, those without a device and those eligible.

    Parameters
    ----------
    gaps : table `hamlet_classes`.
    students : table `students`; where it has no rows nothing was delivered and nothing is known.
    """
    names = {
        "pupils": "pupils",
        "without_device": "pupils_without_device",
        "eligible": "pupils_eligible",
    }
    if students.empty:
        nothing = pd.Series(pd.NA, index=gaps.index, dtype="Int64")
        return gaps.assign(**dict.fromkeys(names.values(), nothing))
    counted = students[find_counted(students) & find_placed(students)]
    sums = measure_pupils(counted)[list(names)].groupby(counted["hamlet_id"].to_numpy()).sum()
    described = sums.reindex(gaps["hamlet_id"], fill_value=0).set_axis(gaps.index)
    return gaps.assign(**{new: described[old].astype("Int64") for old, new in names.items()})


def _gather_cells(counted: pd.DataFrame, hamlets: pd.DataFrame) -> pd.DataFrame:
    """Return the counts of the smallest places: hamlets, communes without hamlet, outcomes; by level."""
    placed = find_placed(counted) & counted["hamlet_id"].isin(hamlets["hamlet_id"])
    known = (counted["match_status"] == MatchStatus.COMMUNE_ONLY) & ~placed
    known &= counted["commune_code"].notna() & counted["edition"].notna()
    home = hamlets.set_index("hamlet_id")
    cells = measure_pupils(counted).assign(
        hamlet_id=counted["hamlet_id"].where(placed, ""),
        commune_code=counted["commune_code"].where(known, ""),
        edition=counted["edition"].where(known, ""),
        outcome=counted["match_status"].mask(placed, str(MatchStatus.MATCHED)),
        level=counted["level"].fillna(""),
    )
    keys = ["hamlet_id", "commune_code", "edition", "outcome", "level"]
    sums = cells.groupby(keys, as_index=False, sort=True)[list(MEASURES)].sum()
    inside = sums["hamlet_id"] != ""
    for column in ("commune_code", "edition"):
        sums[column] = sums[column].mask(inside, sums["hamlet_id"].map(home[column]))
    return sums


def _count_edition(
    cells: pd.DataFrame,
    by_school: pd.DataFrame,
    hamlets: pd.DataFrame,
    schools: pd.DataFrame,
    *,
    edition: str,
    province: tuple[str, str],
    register: Register,
) -> pd.DataFrame:
    """Return the counts of one edition."""
    units = _name_units(edition, register)
    described = cells.assign(commune=convert_safely(cells, edition=edition, register=register))
    homes = convert_safely(hamlets, edition=edition, register=register)
    seats = schools.assign(commune=convert_safely(schools, edition=edition, register=register))
    lines = _line_up(described, units, province[0])
    sums = pd.concat([_sum_cells(lines), by_school], ignore_index=True)
    names = _list_lines(units, hamlets, seats, [*described["commune"], *homes], province)
    levels = [str(n) for n in Level if (sums["level"] == n).any()]
    whole = _add_levels(sums, names, levels)
    teaching = count_schools(
        seats, by_school, units["district"], levels=levels, province=province[0]
    )
    whole = whole.join(teaching, on=KEY)
    counts = [*SCHOOL_COUNTS]
    return (
        whole.fillna(dict.fromkeys(counts, 0))
        .astype(dict.fromkeys(counts, "int64"))
        .assign(edition=edition)
    )


def convert_safely(
    table: pd.DataFrame, *, edition: str, register: Register | None = None
) -> pd.Series:
    """Return commune codes in another edition, empty where there is none, or several older ones.

    A commune that went to several is `UNASSIGNED`, which is counted like a commune, so that sums hold.

    Parameters
    ----------
    table : with commune_code and edition, either possibly empty.
    edition : the edition to report in.
    register : of the run; None: the packaged one.
    """
    held = register or read_register()
    codes = pd.Series("", index=table.index, dtype="str")
    for source in sorted(set(table["edition"].dropna()) - {""}):
        trace = held.lineage(str(source), edition)
        several = trace["from_code"].duplicated(keep=False)
        moves = trace[~several].set_index("from_code")["to_code"].to_dict()
        if str(source) < edition:
            moves |= dict.fromkeys(trace.loc[several, "from_code"], UNASSIGNED)
        rows = (table["edition"] == source).to_numpy(dtype=bool)
        moved = table.loc[rows, "commune_code"].map(moves)
        codes[rows] = moved.astype("str").fillna("")
    return codes


def _name_units(edition: str, register: Register) -> pd.DataFrame:
    """Return each commune's full name and its district, by code."""
    units = register.units(edition).set_index("code")
    names = name_communes(edition, register)
    return pd.DataFrame(
        {
            "name": names,
            "district": units["district_code"].reindex(names.index),
            "district_name": units["district"].reindex(names.index),
        }
    )


def _line_up(told: pd.DataFrame, units: pd.DataFrame, province: str) -> pd.DataFrame:
    """Return each cell once for every unit that it is part of."""
    inside = told["hamlet_id"] != ""
    placed = told["commune"] != ""
    district = told["commune"].map(units["district"])
    outcome = told["commune"].where(placed, told["outcome"])
    views = [
        (CountedUnit.PROVINCE, pd.Series(province, index=told.index), placed | ~placed),
        (CountedUnit.DISTRICT, district, district.notna()),
        (CountedUnit.COMMUNE, told["commune"], placed),
        (CountedUnit.HAMLET, told["hamlet_id"], inside),
        (CountedUnit.UNPLACED, outcome, ~inside),
    ]
    lines = [
        told.loc[rows, [*MEASURES, "level"]].assign(unit=str(unit), unit_code=code[rows])
        for unit, code, rows in views
    ]
    return pd.concat(lines, ignore_index=True)


def _sum_cells(lines: pd.DataFrame) -> pd.DataFrame:
    """Return one row a unit and level."""
    return lines.groupby(KEY, as_index=False, sort=True)[list(MEASURES)].sum()


def _list_lines(
    units: pd.DataFrame,
    hamlets: pd.DataFrame,
    schools: pd.DataFrame,
    communes: list[str],
    province: tuple[str, str],
) -> pd.Series:
    """Return the name of every line that the edition has, by unit and code."""
    there = sorted({*communes, *schools["commune"]} & set(units.index))
    lying = units.loc[there].dropna(subset=["district"]).drop_duplicates("district")
    full = hamlets["kind"].astype("str") + " " + hamlets["name"]
    named = {
        CountedUnit.PROVINCE: pd.Series({province[0]: province[1]}),
        CountedUnit.DISTRICT: lying.set_index("district")["district_name"],
        CountedUnit.COMMUNE: units["name"].reindex(there),
        CountedUnit.HAMLET: pd.Series(full.to_numpy(), index=hamlets["hamlet_id"]),
        CountedUnit.SCHOOL: pd.Series(schools["name"].to_numpy(), index=schools["school_id"]),
        CountedUnit.UNPLACED: pd.concat(
            [pd.Series({str(s): s.vi for s in MatchStatus}), units["name"].reindex(there)]
        ),
    }
    keyed = {str(unit): names.astype("str") for unit, names in named.items()}
    return pd.concat(keyed, names=["unit", "unit_code"])


def _add_levels(sums: pd.DataFrame, names: pd.Series, levels: list[str]) -> pd.DataFrame:
    """Return the lines of every level and of `all`, named, with zeros where nobody is counted.

    Unplaced lines stand only where somebody is unplaced.
    """
    total = sums.assign(level=ALL_LEVELS).groupby(KEY)[list(MEASURES)].sum()
    known = sums[sums["level"].isin(levels)].set_index(KEY)[list(MEASURES)]
    filled = pd.concat([known, total])
    wanted = pd.MultiIndex.from_tuples(
        [(*line, level) for line in _choose_lines(total, names) for level in (*levels, ALL_LEVELS)],
        names=KEY,
    )
    whole = filled.reindex(wanted, fill_value=0).reset_index()
    lines = pd.MultiIndex.from_frame(whole[["unit", "unit_code"]])
    return whole.assign(unit_name=names.reindex(lines).fillna("").to_numpy())


def _choose_lines(total: pd.DataFrame, names: pd.Series) -> list[tuple[str, str]]:
    """Return every line that has a name or a pupil, in the order of `CountedUnit`."""
    met = {(unit, code) for unit, code, _ in total.index}
    optional = str(CountedUnit.UNPLACED)
    named = {line for line in names.index if line[0] != optional}
    place = {str(unit): n for n, unit in enumerate(CountedUnit)}
    return sorted(met | named, key=lambda line: (place[line[0]], line[1]))
