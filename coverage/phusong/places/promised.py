"""Find the hamlets that operators' promises name, as addresses find theirs: never a guess."""

from __future__ import annotations

import pandas as pd

from phusong.places.addresses import ADDRESS_COLUMNS, gazetteer_from_hamlets
from phusong.places.commune_codes import convert_by_hamlets
from phusong.places.given_addresses import open_gazetteer, place_addresses
from phusong.places.registers import Register, name_fully, read_register
from phusong.vocabulary.pupils import MatchStatus

#: What is told of each promise beside its hamlet.
PLACED = ("place_status", "place_candidates")


def place_promises(
    commitments: pd.DataFrame,
    hamlets: pd.DataFrame,
    traced: pd.DataFrame | None = None,
    *,
    register: Register | None = None,
    province: str | None = None,
) -> pd.DataFrame:
    """Return promises with the hamlet that each speaks of, and why none was found for the others.

    A hamlet id that the province has stands; another is left out. A name is looked for inside its commune.

    Parameters
    ----------
    commitments : the table `accepted_commitments`.
    hamlets : the table `hamlets`.
    traced : the table `hamlet_lineage`: the parts of a hamlet that was split are the candidates.
    register : of the run; None: the packaged one.
    province : its code; None: see `make_gazetteer`.

    Returns
    -------
    accepted_commitments with `hamlet_id` filled in where it could be, `place_status` (a word of MatchStatus)
    and `place_candidates` (hamlet ids by |, where several fit).
    """
    stated = commitments["hamlet_id"].where(commitments["hamlet_id"].isin(hamlets["hamlet_id"]))
    found = pd.DataFrame(
        {"hamlet_id": stated, "place_status": str(MatchStatus.MATCHED), "place_candidates": ""},
        index=commitments.index,
    )
    open_ones = stated.isna()
    if open_ones.any() and len(hamlets):
        held = register or read_register()
        own = convert_by_hamlets(commitments[open_ones], hamlets, name="hamlet", register=held)
        found.loc[open_ones] = _look_for(own, hamlets, held, province)
    if traced is not None and len(traced) and "former_hamlet_id" in commitments:
        _list_parts(found, commitments, traced)
    found["hamlet_id"] = found["hamlet_id"].astype("object").where(found["hamlet_id"].notna(), None)
    return commitments.assign(**{name: found[name].astype("str") for name in PLACED}).assign(
        hamlet_id=found["hamlet_id"].astype("str")
    )


def _list_parts(found: pd.DataFrame, commitments: pd.DataFrame, traced: pd.DataFrame) -> None:
    """Leave promises for hamlets that were split since without a hamlet, with the parts as candidates."""
    split = commitments["former_hamlet_id"].notna() & commitments["hamlet_id"].isna()
    parts = traced.groupby("from_hamlet_id")["to_hamlet_id"].agg(
        lambda ids: "|".join(sorted(set(ids)))
    )
    found.loc[split, "hamlet_id"] = None
    found.loc[split, "place_status"] = str(MatchStatus.AMBIGUOUS)
    found.loc[split, "place_candidates"] = commitments.loc[split, "former_hamlet_id"].map(parts)


def _look_for(
    commitments: pd.DataFrame, hamlets: pd.DataFrame, register: Register, province: str | None
) -> pd.DataFrame:
    """Return what became of each name: hamlet_id, place_status, place_candidates."""
    edition = str(hamlets["edition"].iloc[0])
    units = register.units(edition).set_index("code")
    known = commitments["commune_code"].where(commitments["commune_code"].isin(units.index))
    addresses = pd.DataFrame("", index=commitments.index, columns=list(ADDRESS_COLUMNS))
    addresses["hamlet"] = commitments["hamlet"].fillna("")
    addresses["commune"] = _name_communes(known, units).fillna(commitments["commune"]).fillna("")
    districts = known.map(units["district"], na_action="ignore").astype("object")
    addresses["district"] = districts.fillna("")
    addresses = addresses.assign(row_id=commitments["commitment_id"], as_of="")
    rows = gazetteer_from_hamlets(hamlets)
    gazetteer = open_gazetteer(rows, register, province)
    found = place_addresses(addresses, gazetteer, rows, register)
    ids = found["hamlet_id"].astype("object").where(found["hamlet_id"] != "", None)
    return pd.DataFrame(
        {
            "hamlet_id": ids.to_numpy(),
            "place_status": found["status"].to_numpy(dtype=object),
            "place_candidates": found["candidates"].to_numpy(dtype=object),
        },
        index=commitments.index,
    )


def _name_communes(codes: pd.Series, units: pd.DataFrame) -> pd.Series:
    """Return kind and name of each commune, missing where the code is."""
    return codes.map(name_fully(units), na_action="ignore")
