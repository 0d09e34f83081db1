"""Pairs of records that may be one pupil, compared and weighed by Splink on DuckDB, inside this process.

The model is that of Fellegi and Sunter (1969): every trait adds its weight log2(m/u), a prior is added, and
the sum is a probability. Weights are parameters and are never trained on a delivery, so that a pair's weight
does not depend on how many rows came, nor on their order; the count of a full name alone is taken from
the records. DuckDB works in memory, writes nothing to disk, loads no extension and opens no file.
"""

from __future__ import annotations

from typing import Any

import duckdb
import pandas as pd
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from phusong.persons.traits import BLOCKS, NUMBER_BLOCKS
from phusong.persons.words import Likeness, Trait
from phusong.vocabulary.parameters import Persons

#: trait → its likenesses, the nearest first, each with the SQL that tells it; the last takes the rest.
COMPARISONS: dict[Trait, tuple[tuple[Likeness, str], ...]] = {
    Trait.NAME: (
        (Likeness.UNKNOWN, "base_l = '' OR base_r = ''"),
        (Likeness.EQUAL, "name_l = name_r"),
        (Likeness.BARE, "base_l = base_r AND (bare_l OR bare_r)"),
        (Likeness.MARKS, "base_l = base_r"),
        (Likeness.TURNED, "bag_l = bag_r"),
        (Likeness.SHORT, "surname_l = surname_r AND given_l = given_r AND shortened(base_l, base_r)"),
        (Likeness.LETTER, "damerau_levenshtein(base_l, base_r) <= 1"),
        (Likeness.CORE, "surname_l = surname_r AND given_l = given_r"),
        (Likeness.OTHER, "ELSE"),
    ),
    Trait.BIRTH: (
        (Likeness.UNKNOWN, "birth_l = '' OR birth_r = ''"),
        (Likeness.EQUAL, "birth_l = birth_r"),
        (Likeness.TURNED, "birth_l = turned_r"),
        (Likeness.LETTER, "hamming(birth_l, birth_r) = 1"),
        (Likeness.YEAR, "year_l = year_r"),
        (Likeness.OTHER, "ELSE"),
    ),
    Trait.SEX: (
        (Likeness.UNKNOWN, "sex_l < 0 OR sex_r < 0"),
        (Likeness.EQUAL, "sex_l = sex_r"),
        (Likeness.OTHER, "ELSE"),
    ),
    Trait.GUARDIANS: (
        (Likeness.UNKNOWN, "incomparable(father_l, mother_l, father_r, mother_r)"),
        (Likeness.EQUAL, "count_shared(father_l, mother_l, father_r, mother_r) = 2"),
        (Likeness.ONE, "count_shared(father_l, mother_l, father_r, mother_r) = 1"),
        (Likeness.OTHER, "ELSE"),
    ),
    Trait.PHONE: (
        (Likeness.UNKNOWN, "phone_l < 0 OR phone_r < 0"),
        (Likeness.EQUAL, "phone_l = phone_r"),
        (Likeness.OTHER, "ELSE"),
    ),
    Trait.HOUSEHOLD: (
        (Likeness.UNKNOWN, "household_l < 0 OR household_r < 0"),
        (Likeness.EQUAL, "household_l = household_r"),
        (Likeness.OTHER, "ELSE"),
    ),
    Trait.PLACE: (
        (Likeness.UNKNOWN, "commune_l < 0 OR commune_r < 0"),
        (Likeness.EQUAL, "hamlet_l >= 0 AND hamlet_l = hamlet_r"),
        (Likeness.COMMUNE, "commune_l = commune_r"),
        (Likeness.OTHER, "ELSE"),
    ),
}  # fmt: skip
#: What the comparisons ask beyond DuckDB's own functions.
MACROS = (
    # every word of the shorter name stands in the longer one
    "CREATE MACRO shortened(a, b) AS len(a) <> len(b) AND (list_has_all(string_split(a, ' '), "
    "string_split(b, ' ')) OR list_has_all(string_split(b, ' '), string_split(a, ' ')))",
    "CREATE MACRO same_person(a, b) AS CAST(a <> '' AND b <> '' AND "
    "(a = b OR damerau_levenshtein(a, b) <= 1) AS INTEGER)",
    # guardians are compared whichever column they stand in
    "CREATE MACRO count_shared(a, b, c, d) AS greatest(same_person(a, c) + same_person(b, d), "
    "same_person(a, d) + same_person(b, c))",
    # a father here and a mother there say nothing
    "CREATE MACRO incomparable(a, b, c, d) AS (a = '' OR c = '') AND (b = '' OR d = '') AND "
    "count_shared(a, b, c, d) = 0",
)
#: In Splink's tables, likenesses are numbered from the last of a trait upwards; −1 is unknown.
_UNKNOWN = -1
_FOUND = ["at_l", "at_r", "match_probability", *(f"gamma_{trait}" for trait in COMPARISONS)]
_SPELT = ("base", "birth", "turned", "father", "mother")
_CODED = (
    "name",
    "bag",
    "surname",
    "given",
    "year",
    "sex",
    "phone",
    "household",
    "hamlet",
    "commune",
)


def weigh_pairs(traits: pd.DataFrame, *, persons: Persons) -> pd.DataFrame:
    """Return the pairs of records that share a number, and those that are likely one pupil.

    Parameters
    ----------
    traits : from `describe_records`, on 0…n−1.
    persons : parameters.

    Returns
    -------
    left, right (positions, left < right), probability, and a column of `Likeness` for each trait; ordered by
    left and right.
    """
    least = persons.number("probable_probability")
    with _connect(persons) as database:
        numbered = _predict(database, traits, NUMBER_BLOCKS, persons, least=0)
        likely = _predict(database, traits, BLOCKS, persons, least=least)
    pairs = pd.concat([numbered, likely], ignore_index=True)
    named = pairs.drop_duplicates(["at_l", "at_r"]).rename(
        columns={"at_l": "left", "at_r": "right", "match_probability": "probability"}
    )
    for trait in COMPARISONS:
        named[str(trait)] = _name_levels(named.pop(f"gamma_{trait}"), trait)
    ends = named[["left", "right"]].astype("int64")
    left, right = ends.min(axis=1), ends.max(axis=1)
    return named.assign(left=left, right=right).sort_values(["left", "right"], ignore_index=True)


def _connect(persons: Persons) -> duckdb.DuckDBPyConnection:
    """Return a database in memory that reaches neither files nor the network."""
    threads = int(persons.number("threads"))
    options: dict[str, Any] = {
        "memory_limit": f"{int(persons.number('memory_mb'))}MB",
        "temp_directory": "",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    if threads:
        options["threads"] = str(threads)
    database = duckdb.connect(":memory:", config=options)
    database.execute("SET enable_external_access = false")
    for macro in MACROS:
        database.execute(macro)
    return database


def _predict(
    database: duckdb.DuckDBPyConnection,
    traits: pd.DataFrame,
    blocks: tuple[str, ...],
    persons: Persons,
    *,
    least: float,
) -> pd.DataFrame:
    """Return Splink's table of pairs: at_l, at_r, match_probability and a gamma for each trait."""
    api = DuckDBAPI(connection=database)
    table = _lay_out(traits[traits[list(blocks)].notna().any(axis=1)], blocks)
    if table.empty:
        return pd.DataFrame(columns=_FOUND, dtype="float64")
    linker = Linker(api.register(table), _settle_model(blocks, persons), log_level=None)
    counts = api.register(_count_names(traits["base"], persons))
    linker.table_management.register_term_frequency_lookup(counts, "base")
    found = linker.inference.predict(
        threshold_match_probability=least or None, warning_mode="never"
    )
    pairs = found.as_duckdbpyrelation().select(*_FOUND).df()
    linker.table_management.delete_tables_created_by_splink_from_db()
    return pairs


def _lay_out(traits: pd.DataFrame, blocks: tuple[str, ...]) -> pd.DataFrame:
    """Return what is compared, as numbers (−1: unknown) wherever only equality is asked."""
    table = traits[[*_SPELT, *blocks]].assign(
        at=traits.index, bare=traits["name"] == traits["base"]
    )
    for name in _CODED:
        known = traits[name].where(traits[name] != "", None)
        table[name] = pd.factorize(known)[0].astype("int32")
    return table


def _count_names(names: pd.Series, persons: Persons) -> pd.DataFrame:
    """Return how common each name is: its share of the records, drawn towards the share set beforehand."""
    known, share = persons.number("name_known_records"), persons.number("name_repeated_share")
    counts = names.value_counts().sort_index()
    tf = (counts + known * share) / (len(names) + known)
    return pd.DataFrame({"base": counts.index, "tf_base": tf.to_numpy()})


def _settle_model(blocks: tuple[str, ...], persons: Persons) -> SettingsCreator:
    """Return the model: what is compared, what it weighs, where pairs are looked for."""
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="at",
        probability_two_random_records_match=2.0 ** persons.number("prior_bits"),
        comparisons=[_compare(trait, persons) for trait in COMPARISONS],
        blocking_rules_to_generate_predictions=[block_on(name) for name in blocks],
        retain_matching_columns=True,
    )


def _compare(trait: Trait, persons: Persons) -> dict[str, Any]:
    """Return a trait's comparison."""
    levels = [_weigh_level(trait, how, sql, persons) for how, sql in COMPARISONS[trait]]
    return {"output_column_name": str(trait), "comparison_levels": levels}


def _weigh_level(trait: Trait, how: Likeness, sql: str, persons: Persons) -> dict[str, Any]:
    """Return one level with the m and u that make its weight; only their ratio is ever used."""
    level: dict[str, Any] = {"sql_condition": sql, "label_for_charts": str(how)}
    if how == Likeness.UNKNOWN:
        return level | {"is_null_level": True}
    bits = persons.number(f"{trait}_{how}_bits")
    if trait == Trait.NAME and how in (Likeness.EQUAL, Likeness.BARE):
        share = persons.number("name_repeated_share")
        counted = {"tf_adjustment_column": "base", "disable_tf_exact_match_detection": True}
        return (
            level | counted | {"m_probability": min(1.0, share * 2.0**bits), "u_probability": share}
        )
    heavier = 2.0 ** -abs(bits)
    m, u = (1.0, heavier) if bits >= 0 else (heavier, 1.0)
    return level | {"m_probability": m, "u_probability": u}


def _name_levels(gamma: pd.Series, trait: Trait) -> pd.Series:
    """Return likenesses for Splink's numbers."""
    rising = [how for how, _ in reversed(COMPARISONS[trait]) if how != Likeness.UNKNOWN]
    known = {number: str(how) for number, how in enumerate(rising)}
    return gamma.map({_UNKNOWN: str(Likeness.UNKNOWN), **known})
