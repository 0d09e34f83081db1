"""Addresses that find their hamlet, for lists typed by hand."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from phusong.places.addresses import gazetteer_from_hamlets, make_gazetteer
from phusong.places.addresses import match_addresses as match


def match_addresses(
    addresses: Iterable[str] | pd.DataFrame, hamlets: pd.DataFrame, *, province: str | None = None
) -> pd.DataFrame:
    """Return what the matcher made of each address.

    Parameters
    ----------
    addresses : lines of text, or a table with row_id, address and, where the source is columnar, hamlet,
        commune, district, province, as_of.
    hamlets : table `hamlets`.
    province : code of the province that the addresses are of, read in the edition of the hamlets; None: the
        smallest on whose ground they lie.

    Returns
    -------
    address, status, hamlet_id, commune_code, edition, level (the key that found it), flags and candidates
    (apart by `|`).

    Examples
    --------
    >>> hamlets = ps.read_results(folder)["hamlets"]
    >>> ps.match_addresses(["", "Xã Đạo Trù, huyện Tam Đảo"], hamlets)["status"].tolist()
    ['EMPTY', 'COMMUNE_ONLY']
    """
    if not isinstance(addresses, pd.DataFrame):
        lines = list(addresses)
        addresses = pd.DataFrame({"row_id": [str(i) for i in range(len(lines))], "address": lines})
    gazetteer = make_gazetteer(gazetteer_from_hamlets(hamlets), province=province)
    found = match(addresses, gazetteer, most_candidates=None)
    return found.drop(columns="row_id").assign(address=addresses["address"])[
        ["address", *(c for c in found.columns if c != "row_id")]
    ]
