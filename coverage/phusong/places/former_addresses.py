"""Find addresses that name former hamlets, and bring what was found to the hamlets that hold at present."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from phusong.places.hamlet_lineage import FormerHamlets
from phusong.vietnamese.keys import base_key
from phusong.vocabulary.pupils import MatchStatus

#: Stands between a former hamlet's id and the day of its change, in a gazetteer of both.
MARK = "@"
FORMER = "former"


def add_former_names(gazetteer: pd.DataFrame, traced: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a gazetteer with those of former hamlets, in the commune in which they lay.

    Parameters
    ----------
    gazetteer : hamlet_id, kind, name, commune_code, edition, aliases.
    traced : table `hamlet_lineage`; a former hamlet without name or commune is left out, and so is one whose
        name in its commune is that of the present hamlet in which it is whole: that one is found by it.
    """
    named = _drop_same_names(traced.dropna(subset=["from_hamlet", "from_commune_code"]))
    if named.empty or gazetteer.empty:
        return gazetteer
    once = named.drop_duplicates(["from_hamlet_id", "changed_on"])
    former = pd.DataFrame(
        {
            "hamlet_id": _mark_ids(once),
            "kind": once["from_kind"].fillna(once["to_kind"]).fillna(gazetteer["kind"].iloc[0]),
            "name": once["from_hamlet"],
            "commune_code": once["from_commune_code"],
            "edition": gazetteer["edition"].iloc[0],
            "aliases": "",
        }
    )
    return pd.concat([gazetteer, former], ignore_index=True)


def _drop_same_names(traced: pd.DataFrame) -> pd.DataFrame:
    """Return former hamlets less those that an address finds under the same commune, kind and name anyhow.

    Two rows of one name that lead to one hamlet would look like two hamlets, and leave an address undecided.
    """
    parts = traced.groupby(["from_hamlet_id", "changed_on"])["to_hamlet_id"].transform("size")
    before, after = (_key_names(traced, end) for end in ("from", "to"))
    again = (before + "/" + traced["to_hamlet_id"]).duplicated()
    return traced[~((parts == 1) & ((before == after) | again))]


def _key_names(traced: pd.DataFrame, end: str) -> pd.Series:
    """Return commune, kind and name of each former or present hamlet as one text."""
    columns = (traced[f"{end}_{fact}"] for fact in ("commune_code", "kind", "hamlet"))
    texts = [
        f"{commune}/{kind if isinstance(kind, str) else ''}/{base_key(name)}"
        if isinstance(name, str)
        else ""
        for commune, kind, name in zip(*columns, strict=True)
    ]
    return pd.Series(texts, index=traced.index)


def carry_matches(found: pd.DataFrame, traced: pd.DataFrame, hamlets: pd.DataFrame) -> pd.DataFrame:
    """Return the outcomes of addresses with present hamlets in the place of former ones.

    Who lived in a hamlet that was split waits for a person, with its parts as candidates: nothing tells in
    which of them a home is.

    Parameters
    ----------
    found : result of `match_addresses` against a gazetteer of both.
    traced : table `hamlet_lineage`.
    hamlets : hamlet_id, commune_code, edition of the present ones.
    """
    parts = {
        marked: sorted(set(rows["to_hamlet_id"]))
        for marked, rows in traced.groupby(_mark_ids(traced))
    }
    named = found["candidates"].where(found["hamlet_id"] == "", found["hamlet_id"])
    old = named.str.contains(MARK, regex=False)
    if not old.any():
        return found
    facts = hamlets.set_index("hamlet_id")
    rows = [_carry_match(row, parts, facts) for row in found[old].to_dict("records")]
    carried = pd.DataFrame(rows, index=found.index[old], columns=found.columns)
    result = found.copy()
    result.loc[old, list(found.columns)] = carried.astype(found.dtypes)
    return result


def _carry_match(
    row: dict[str, str], parts: Mapping[str, list[str]], facts: pd.DataFrame
) -> dict[str, str]:
    """Return one outcome with present hamlets in the place of former ones."""
    named = row["hamlet_id"] or row["candidates"]
    present = list(dict.fromkeys(p for i in named.split("|") for p in parts.get(i, [i])))
    changed = {**row, "flags": "|".join(f for f in (row["flags"], FORMER) if f)}
    if len(present) > 1:
        return changed | {
            "status": str(MatchStatus.AMBIGUOUS), "hamlet_id": "", "level": "",
            "candidates": "|".join(present),
        }  # fmt: skip
    if row["status"] not in (MatchStatus.MATCHED, MatchStatus.AMBIGUOUS):
        return changed | {"candidates": present[0]}
    own = facts.loc[present[0]]
    return changed | {
        "status": str(MatchStatus.MATCHED), "hamlet_id": present[0], "candidates": "",
        "commune_code": own["commune_code"], "edition": own["edition"],
    }  # fmt: skip


def carry_decided(hamlet_id: str, former: FormerHamlets) -> str | None:
    """Return the present hamlet of one that a person decided on; None where it was split since.

    Parameters
    ----------
    hamlet_id : as decided.
    former : of the day asked.
    """
    found = former.find(hamlet_id) or {hamlet_id: 1.0}
    return next(iter(found)) if len(found) == 1 else None


def _mark_ids(traced: pd.DataFrame) -> pd.Series:
    """Return ids under which former hamlets stand beside present ones of the same id."""
    return traced["from_hamlet_id"] + MARK + traced["changed_on"].dt.strftime("%Y%m%d")
