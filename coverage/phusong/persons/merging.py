"""Make one pupil of the records that certainly are one, and give every pupil a pseudonym.

The pseudonym is the keyed hash of the best number there is: a personal id, else the ministry's student code,
else the school's own code within the school, else name, birth, school and guardians. It is the same in every
run and every delivery as long as that number is; it changes once, when a pupil without a personal id is first
delivered with one. Where two pupils claim one number, neither gets the plain hash of it: each
is told apart by the rest of what is known, so that nobody inherits what another was given.
"""

from __future__ import annotations

import pandas as pd

from phusong.persons.components import join_records
from phusong.persons.identities import list_identities
from phusong.persons.keys import STUDENT, hash_identities
from phusong.persons.pairs import Decided, drop_apart
from phusong.persons.traits import GONE
from phusong.vocabulary.pupils import Enrolment, Identity
from phusong.vocabulary.tables.persons import ADDRESS_COLUMNS, STUDENTS

#: What is taken from one record together, since its parts explain each other.
SCHOOL = ("school_id", "school_name", "level", "grade", "class_name")
DEVICE = ("device", "device_kind", "device_sharers")
ADDRESS = (*(c.name for c in ADDRESS_COLUMNS), "registered_address")
PLACED = ("hamlet_id", "commune_code", "edition", "match_status", "match_flags", "placed_by")
_STUDYING = [str(Enrolment.STUDYING), str(Enrolment.MOVED_IN)]
_SEPARATOR = "\x1f"


def merge_records(
    records: pd.DataFrame, links: pd.DataFrame, *, key: bytes, settled: Decided | None = None
) -> pd.DataFrame:
    """Return the pupils that the records are about, one row each.

    The record that stands for a pupil is the one of the school where they study, the newest of these; of one
    day that of the school to which they have moved, then the most complete, then the first by record_id: so
    school, class and address are those of the newer list, however sparse. What it leaves empty is filled from
    the others, what belongs together from one of them; an address comes with the place found for it.

    Parameters
    ----------
    records : accepted_students on 0…n−1 with hamlet_id, commune_code and what else `PLACED` names.
    links : from `link_records`.
    key : from `open_key`.
    settled : what persons have decided about pairs, see `persons.pairs`.

    Returns
    -------
    The columns of the records, and student_key, records [records], record_ids (by |), identity, and
    other_schools (by |): those that list the pupil as studying there on the same day, of which nobody has
    said that the pupil moved; on 0…m−1, ordered by student_key. The order of the records changes nothing.
    """
    settled = settled or Decided()
    ordered = records.sort_values("record_id").reset_index(drop=True)
    whose = join_records(ordered, links, settled)
    links = drop_apart(links, dict(zip(ordered["record_id"], whose, strict=True)), settled)
    ranked = _rank_records(ordered.assign(pupil=whose))
    many = ranked["pupil"].duplicated(keep=False)
    pupils = pd.concat([ranked[~many], _fill_records(ranked[many])]).set_index("pupil").sort_index()
    ids = ordered["record_id"].groupby(whose)
    merged = ids.transform("size") > 1
    joined = ordered.loc[merged, "record_id"].groupby(whose[merged]).agg("|".join)
    pupils = pupils.assign(records=ids.size(), record_ids=joined.combine_first(ids.first()))
    doubtful = {whose[at] for at in _find_open(ordered, whose, links)}
    pupils["identity"] = str(Identity.DIFFERENT)
    pupils.loc[pupils["records"] > 1, "identity"] = str(Identity.CERTAIN)
    pupils.loc[pupils.index.isin(doubtful), "identity"] = str(Identity.PROBABLE)
    pupils["other_schools"] = _list_other_schools(ranked).reindex(pupils.index)
    keyed = pupils.assign(student_key=hash_identities(key, STUDENT, name_identities(pupils)))
    return keyed.sort_values("student_key").reset_index(drop=True)


def list_open_links(pupils: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of pupils that a person must look at.

    Parameters
    ----------
    pupils : from `merge_records`.
    links : from `link_records`; one that would have joined two pupils with different numbers is open too.

    Returns
    -------
    The columns of `PUPIL_LINKS`: left_key < right_key, verdict (probable), probability, reasons; each pair
    once, with its likeliest records.
    """
    record = pupils["record_ids"].str.split("|").explode()
    whose = pd.Series(pupils["student_key"].loc[record.index].to_numpy(), index=record.to_numpy())
    keys = [links[side].map(whose) for side in ("left", "right")]
    both = pd.concat(keys, axis=1)
    pairs = links.assign(
        left_key=both.min(axis=1), right_key=both.max(axis=1), verdict=str(Identity.PROBABLE)
    )
    pairs = pairs[pairs["left_key"] != pairs["right_key"]]
    best = pairs.sort_values(
        ["left_key", "right_key", "probability", "reasons"], ascending=[True, True, False, True]
    )
    columns = ["left_key", "right_key", "verdict", "probability", "reasons"]
    return best.drop_duplicates(["left_key", "right_key"])[columns].reset_index(drop=True)


def name_identities(pupils: pd.DataFrame) -> list[str]:
    """Return the text by which each pupil is known, no two the same.

    Parameters
    ----------
    pupils : columns of accepted_students and record_ids.
    """
    parts = list_identities(pupils)
    text = pd.Series("", index=pupils.index, dtype="str")
    for part in reversed(parts):
        text = part.where(part != "", text)
    for part in [*parts, pupils["record_ids"].astype("str")]:
        again = text.duplicated(keep=False) | (text == "")
        text = text.where(~again, text + _SEPARATOR + part)
    return text.tolist()


def _rank_records(records: pd.DataFrame) -> pd.DataFrame:
    """Return the records ordered by pupil, the one that stands for the pupil first."""
    status = records["status"]
    standing = pd.Series(1, index=records.index).mask(status.isin(_STUDYING), 0)
    ranked = records.assign(
        _standing=standing.mask(status.isin(GONE), 2),
        _newest=records["as_of"],
        _stayed=(status != str(Enrolment.MOVED_IN)).astype("int64"),
        _empty=records[[c for c in STUDENTS.names if c in records]].isna().sum(axis=1),
    )
    order = ["pupil", "_standing", "_newest", "_stayed", "_empty", "record_id"]
    ranked = ranked.sort_values(order, ascending=[True, True, False, True, True, True])
    return ranked.drop(columns=["_standing", "_empty", "_newest", "_stayed"])


def _list_other_schools(ranked: pd.DataFrame) -> pd.Series:
    """Return the schools that list a pupil as studying on the day of the record that stands for them, by |.

    Where that record says that the pupil moved in, or is newer, there is no question.
    """
    first = ranked.drop_duplicates("pupil").set_index("pupil")
    beside = ranked.join(
        first[["school_id", "as_of", "status"]], on="pupil", suffixes=("", "_first")
    )
    same_day = beside["as_of"].eq(beside["as_of_first"]) | (
        beside["as_of"].isna() & beside["as_of_first"].isna()
    )
    both = beside["status"].eq(str(Enrolment.STUDYING)) & beside["status_first"].eq(
        str(Enrolment.STUDYING)
    )
    other = beside["school_id"].notna() & beside["school_id_first"].notna()
    other &= beside["school_id"] != beside["school_id_first"]
    found = beside[(same_day & both & other).fillna(value=False).astype(bool)]
    return found.groupby("pupil")["school_id"].agg(lambda s: "|".join(sorted(set(s)))).astype("str")


def _fill_records(ranked: pd.DataFrame) -> pd.DataFrame:
    """Return the first record of each pupil, with what it lacks from the others.

    A school that the pupil has left says neither where they learn nor where they live now.
    """
    filled = ranked.groupby("pupil", as_index=False).first()
    here = ~ranked["status"].isin(GONE)
    placed = tuple(c for c in PLACED if c in ranked)
    for columns, leads in (
        (("status",), here | True),
        (SCHOOL, ranked["school_id"].notna() & here),
        (DEVICE, ranked["device"].notna()),
        ((*ADDRESS, *placed), ranked[list(ADDRESS)].notna().any(axis=1) & here),
    ):
        source = ranked.assign(_led=~leads).sort_values(["pupil", "_led"], kind="stable")
        first = source.drop_duplicates("pupil")
        for column in columns:
            filled[column] = first[column].to_numpy()
    types = {c: ranked[c].dtype for c in filled.columns}
    return filled[list(ranked.columns)].astype(types)


def _find_open(records: pd.DataFrame, whose: pd.Series, links: pd.DataFrame) -> set[int]:
    """Return the positions of records of which a link to another pupil is left."""
    at = pd.Series(records.index, index=records["record_id"])
    left, right = at.loc[links["left"]].to_numpy(), at.loc[links["right"]].to_numpy()
    apart = whose.to_numpy()[left] != whose.to_numpy()[right]
    return {int(position) for side in (left, right) for position in side[apart]}
