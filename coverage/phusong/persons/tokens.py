"""Everything by which a pupil may turn up again, as keyed hashes: what an award holds, to be the only one.

A pseudonym hangs on the best number there is, and changes once when a better one is delivered. The tokens are
all the identities of all the records that a pupil was made of, so that a later delivery under another code,
another spelling or a first personal id still meets the award that stands.
"""

from __future__ import annotations

import pandas as pd

from phusong.persons.identities import list_identities
from phusong.persons.keys import TOKEN, hash_identities


def list_tokens(records: pd.DataFrame, pupils: pd.DataFrame, *, key: bytes) -> pd.DataFrame:
    """Return the tokens of every pupil.

    A token that two pupils claim is left out: a number filled down a column would refuse a child its own.

    Parameters
    ----------
    records : accepted_students.
    pupils : from `merge_records`: student_key, record_ids (by |).
    key : from `open_key`.

    Returns
    -------
    student_key, token; each token once, in order of both.
    """
    owner = pupils.set_index("student_key")["record_ids"].str.split("|").explode()
    whose = pd.Series(owner.index, index=owner.to_numpy())
    parts = list_identities(records.reset_index(drop=True))
    told = pd.concat(
        [pd.DataFrame({"record_id": records["record_id"].array, "text": p.array}) for p in parts],
        ignore_index=True,
    )
    told = told[told["text"] != ""]
    pairs = pd.DataFrame(
        {"student_key": told["record_id"].map(whose).array, "text": told["text"].array}
    ).drop_duplicates()
    alone = pairs[~pairs["text"].duplicated(keep=False)]
    hashed = alone.assign(token=hash_identities(key, TOKEN, alone["text"]))
    ordered = hashed.sort_values(["student_key", "token"], ignore_index=True)
    return ordered[["student_key", "token"]]
