"""Where the rows of a delivery lie: whose communes they are about, before anybody may accept it."""

from __future__ import annotations

import pandas as pd

from phusong.access.desk import Desk
from phusong.pipeline.pupils import find_places
from phusong.pipeline.settings import read_settings
from phusong.places.addresses import gazetteer_from_hamlets
from phusong.places.given_addresses import open_gazetteer
from phusong.store import has_table, read_table
from phusong.vocabulary.tables.persons import PERSONAL

#: Kinds whose rows say themselves in which commune they lie.
STATES_PLACE = ("schools", "hamlets")


def find_row_communes(desk: Desk, kind: str, rows: pd.DataFrame, *, by_address: bool) -> pd.Series:
    """Return the code of the commune that each row is about; empty where the row does not tell.

    A school's and a hamlet's row says it itself; a pupil belongs to the school they attend, and by address
    alone where no school is known; a household to its address.

    Parameters
    ----------
    desk : where.
    kind : source kind of the education offices and communes.
    rows : as they were accepted.
    by_address : whether addresses are looked up too, which takes longer.
    """
    if kind in STATES_PLACE:
        return rows["commune_code"].fillna("").astype("str")
    codes = pd.Series("", index=rows.index, dtype="str")
    if "school_id" in rows and has_table(desk.folder, "accepted_schools"):
        columns = ["school_id", "commune_code"]
        schools = read_table(desk.folder, "accepted_schools", columns=columns)
        lying = schools.drop_duplicates("school_id").set_index("school_id")["commune_code"]
        codes = rows["school_id"].map(lying).fillna("").astype("str")
    silent = codes == ""
    if not by_address or not silent.any():
        return codes
    hamlets = gazetteer_from_hamlets(read_table(desk.folder, "hamlets"))
    head = read_settings(desk.folder)[1].province
    register = head.unit_register
    unplaced = rows[silent].reset_index(drop=True)
    gazetteer = open_gazetteer(hamlets, register, head.code)
    found = find_places(unplaced, PERSONAL[kind].key[0], gazetteer, hamlets, register)
    codes[silent] = found["commune_code"].fillna("").astype("str").to_numpy()
    return codes
