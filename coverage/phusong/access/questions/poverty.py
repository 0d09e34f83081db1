"""How it stands with the lists of poor households: per commune and year, how many households, as of when."""

from __future__ import annotations

import pandas as pd

from phusong.access.authorisation import authorise
from phusong.access.desk import Desk
from phusong.access.own_places import cut_to_own
from phusong.access.principals import Principal
from phusong.persons.vault import Vault
from phusong.pipeline.result_files import PERSONAL_FOLDER, PLACED

KEYS = ["commune_code", "list_year", "poverty"]
COLUMNS = [*KEYS, "households", "as_of"]


@authorise
def ask_poverty_lists(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return how many households the lists of one's communes hold, by year and kind; nobody's name.

    Parameters
    ----------
    principal, desk : who asks, and where.

    Returns
    -------
    commune_code, list_year, poverty, households, as_of; empty where no list was delivered.

    Raises
    ------
    NotAllowed
        If the role sees none.
    """
    vault, name = Vault(desk.folder / PERSONAL_FOLDER), PLACED["poverty"]
    if name not in vault.tables():
        return pd.DataFrame(columns=COLUMNS)
    entries = vault.read(name, columns=[*KEYS, "as_of"])
    own = cut_to_own(principal, desk, "ask_poverty_lists", entries)
    groups = own.groupby(KEYS, dropna=False)["as_of"].agg(["size", "max"]).reset_index()
    return groups.rename(columns={"size": "households", "max": "as_of"})[COLUMNS]
