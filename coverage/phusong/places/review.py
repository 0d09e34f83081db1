"""What a person must decide about addresses: grouped, so that one decision places many pupils.

Addresses that say the same words below the district, in whatever case, order or separators and whatever
house number stands before them, are one group; words without their diacritics may be others and are a group
of their own.
A decision is about a group, or gives a hamlet one more name; it never moves anybody to another commune.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import pandas as pd

from phusong.places.addresses import Gazetteer
from phusong.places.addresses.reading import COLUMNS, read_cells
from phusong.places.addresses.roles import Roles, assign_roles
from phusong.vocabulary.pupils import MatchStatus, PlacedBy

#: Outcomes that a person can settle from the text.
WAITING = (MatchStatus.AMBIGUOUS, MatchStatus.COMMUNE_ONLY, MatchStatus.CONFLICT)
QUEUE = (
    "group", "status", "commune_code", "edition", "text", "records", "candidates", "example", "schools",
)  # fmt: skip
_GROUP_BYTES = 5


def group_addresses(
    addresses: pd.DataFrame, found: pd.DataFrame, gazetteer: Gazetteer | None
) -> pd.DataFrame:
    """Return the group and the telling words of each address that waits for a person.

    Parameters
    ----------
    addresses : address, hamlet, commune, district, province; as they were matched.
    found : result of `match_addresses`, on the same index.
    gazetteer : as it was matched against; None: nothing was searched, and nobody is asked.

    Returns
    -------
    group (empty where nobody can decide: no words below the commune, or nothing to decide), text, on the
    addresses' index.
    """
    if gazetteer is None:
        return pd.DataFrame("", index=addresses.index, columns=["group", "text"], dtype="str")
    waits = found["status"].isin([str(s) for s in WAITING])
    texts = addresses.loc[waits, list(COLUMNS)].fillna("")
    rows = list(zip(*(texts[c].tolist() for c in COLUMNS), strict=True))
    described = {row: _read_words(row, gazetteer) for row in dict.fromkeys(rows)}
    words = pd.DataFrame(
        [described[row] for row in rows], columns=["text", "above"], index=texts.index
    )
    named = words["text"] != ""
    outcome = found.loc[waits, ["status", "commune_code", "edition"]]
    # a commune that is known is the same with its district or without
    above = words["above"].where(outcome["commune_code"] == "", outcome["commune_code"])
    parts = zip(outcome["status"], outcome["commune_code"], above, words["text"], strict=True)
    groups = [_name_group(*part) for part in parts]
    result = pd.DataFrame({"group": groups, "text": words["text"]}, index=texts.index, dtype="str")
    return result.where(named, "").reindex(addresses.index, fill_value="")


def _read_words(texts: tuple[str, ...], gazetteer: Gazetteer) -> tuple[str, str]:
    """Return the words that should name the hamlet, and those that name commune and district."""
    stated = read_cells(texts, gazetteer)
    roles: Roles = assign_roles(stated.list_cells(), gazetteer.register, modern=False)
    text = ", ".join(f"{f.kind} {_spell(f)}".strip() for f in roles.rest if f.base)
    above = " ".join([*(f.base for f in roles.communes), *sorted(roles.districts or ())])
    return text, above


def _spell(field: object) -> str:
    """Return the words of a field with their diacritics, spaced."""
    return " ".join(word.tone for word in field.words)  # type: ignore[attr-defined]


def _name_group(*parts: str) -> str:
    """Return a short lasting name for what a group has in common."""
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=_GROUP_BYTES).hexdigest()


def apply_confirmations(
    placed: pd.DataFrame, confirmed: Mapping[str, str], hamlets: pd.DataFrame
) -> pd.DataFrame:
    """Return records with the hamlet that persons have decided, and with what placed them.

    Parameters
    ----------
    placed : records with match_status, group, hamlet_id, commune_code, edition.
    confirmed : group → hamlet_id.
    hamlets : hamlet_id, commune_code, edition.

    Returns
    -------
    the records with placed_by; a decision about a hamlet that no longer exists places nobody, and what the
    matcher said stands beside it.
    """
    facts = hamlets.set_index("hamlet_id")[["commune_code", "edition"]]
    decided = placed["group"].map(confirmed).astype("str")
    decided = decided.where(decided.isin(facts.index))
    by_address = placed["match_status"] == MatchStatus.MATCHED
    placed_by = pd.Series(str(PlacedBy.NOTHING), index=placed.index)
    placed_by = placed_by.mask(by_address, str(PlacedBy.ADDRESS))
    placed_by = placed_by.mask(decided.notna(), str(PlacedBy.DECISION))
    described = {c: decided.map(facts[c]).astype("str").fillna(placed[c]) for c in facts}
    return placed.assign(
        placed_by=placed_by, hamlet_id=decided.fillna(placed["hamlet_id"]), **described
    )


def queue_review(placed: pd.DataFrame) -> pd.DataFrame:
    """Return the groups that wait for a person, those that place most records first.

    Parameters
    ----------
    placed : from `apply_confirmations`, with the addresses as written, the registered one too where there is
        one.

    Returns
    -------
    group, status, commune_code, edition, text, records, candidates (hamlet ids by `|`), example (one address
    as it was written), schools (ids by `|`, of those whose pupils they are).
    """
    open_ = placed[(placed["group"] != "") & (placed["placed_by"] == PlacedBy.NOTHING)]
    cells = zip(*(open_[name].fillna("") for name in COLUMNS), strict=True)
    current = pd.Series([", ".join(filter(None, row)) for row in cells], open_.index, dtype="str")
    registered = open_.get("registered_address", current).fillna("")
    shown = open_.assign(example=current.where(current != "", registered))
    shown = shown.assign(school_id=open_.get("school_id", "")).sort_values(["group", "example"])
    queue = shown.groupby("group", sort=True).agg(
        status=("match_status", "first"),
        commune_code=("commune_code", "first"),
        edition=("edition", "first"),
        text=("text", "first"),
        records=("group", "size"),
        candidates=("candidates", "first"),
        example=("example", "first"),
        schools=("school_id", _join_codes),
    )
    queue = queue.reset_index().sort_values(["records", "group"], ascending=[False, True])
    return queue[list(QUEUE)].reset_index(drop=True)


def _join_codes(codes: pd.Series) -> str:
    """Return the codes that stand in a column, each once, by `|`."""
    return "|".join(sorted(codes.dropna().unique()))


def add_aliases(hamlets: pd.DataFrame, aliases: pd.DataFrame) -> pd.DataFrame:
    """Return the gazetteer's rows with the names that persons have added.

    Parameters
    ----------
    hamlets : hamlet_id, …, aliases (by `|`).
    aliases : hamlet_id, text; empty where nobody has added any.
    """
    if aliases.empty:
        return hamlets
    more = aliases.groupby("hamlet_id")["text"].agg("|".join)
    added = hamlets["hamlet_id"].map(more).fillna("")
    joined = hamlets["aliases"].fillna("") + "|" + added
    return hamlets.assign(aliases=joined.str.strip("|"))
