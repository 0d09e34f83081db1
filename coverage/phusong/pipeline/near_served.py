"""Pupils of a run who are near to one whom the book has served: a person decides before anything is given."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

import numpy as np
import pandas as pd

from phusong.persons.pairs import NEAR, list_near_pairs
from phusong.persons.vault import Vault
from phusong.pipeline.result_files import PERSONAL_FOLDER, PUPILS, TOKENS
from phusong.pipeline.settings import find_living, read_settings
from phusong.store.decisions import TWO, Decision, list_standing, read_decisions
from phusong.vocabulary.errors import FolderFault, SourceFault
from phusong.vocabulary.parameters import load_parameters
from phusong.vocabulary.pupils import Identity
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.results import PUPIL_LINKS


def add_near_served(
    folder: Path,
    links: pd.DataFrame,
    served: Collection[str],
    province_file: Path | None = None,
) -> pd.DataFrame:
    """Return the pairs that wait for a person, with those of a pupil who is near to one who is served.

    Parameters
    ----------
    folder : output folder of a run.
    links : table `pupil_links` of the run.
    served : pseudonyms of those whom an award holds.
    province_file : beside which decisions about pairs lie; None: where the run left it. Where it is not at
        hand, every near pair waits.
    """
    if not served:
        return links
    vault = Vault(folder / PERSONAL_FOLDER)
    try:
        pupils = vault.read(PUPILS, columns=NEAR)
    except SourceFault:
        return links
    near = list_near_pairs(pupils, served)
    listed = set(zip(links["left_key"], links["right_key"], strict=True))
    pairs = list(zip(near["left_key"], near["right_key"], strict=True))
    fresh = np.array([pair not in listed for pair in pairs], dtype=bool)
    near = near[fresh].reset_index(drop=True)
    near = _drop_decided(folder, near, province_file)
    if near.empty:
        return links
    _, province, _ = read_settings(folder)
    least = load_parameters(province.parameters).persons.number("probable_probability")
    made = near.assign(verdict=str(Identity.PROBABLE), probability=least)
    return pd.concat([links, conform_table(made, PUPIL_LINKS)], ignore_index=True)


def _drop_decided(folder: Path, near: pd.DataFrame, province_file: Path | None) -> pd.DataFrame:
    """Return the pairs of which nobody has decided that they are two, by any identity of either."""
    made: list[Decision] = []
    with suppress(FolderFault):
        known = read_decisions(find_living(folder, "decisions", province_file))
        made = [d for d in list_standing(known) if d.action == TWO]
    if not made or near.empty:
        return near
    keys = sorted({*near["left_key"], *near["right_key"]})
    tokens = Vault(folder / PERSONAL_FOLDER).read(TOKENS, of=keys)
    own = tokens.groupby("student_key")["token"].agg(set).to_dict()
    sides = [(set(d.left_tokens.split("|")), set(d.right_tokens.split("|"))) for d in made]
    kept = []
    for left, right in zip(near["left_key"], near["right_key"], strict=True):
        one, other = own.get(left, set()), own.get(right, set())
        kept.append(not any((one & a and other & b) or (one & b and other & a) for a, b in sides))
    return near[kept].reset_index(drop=True)
