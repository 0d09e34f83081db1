"""The bench on which a stage works: the province, its parameters, and the tables made so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from phusong.persons.vault import Vault
from phusong.pipeline.challenges import read_checks
from phusong.pipeline.province import Province, decisions_path, key_path
from phusong.reach.terrain import Terrain
from phusong.store import Commit, read_table, read_terrain_grid, write_table, write_terrain_grid
from phusong.store.tables import TERRAIN_NAME
from phusong.vocabulary.parameters import Parameters
from phusong.vocabulary.tables.persons import PERSONAL

#: Folder of what names persons, closed to everybody but its owner.
PERSONAL_FOLDER = "personal"
QUARANTINE_FOLDER = "quarantine"


def personal_name(name: str) -> str:
    """Return where a personal table lies in the output folder."""
    return f"{PERSONAL_FOLDER}/{name}.parquet"


@dataclass
class Bench:
    """Hold what a stage may look at, and where it puts what it makes.

    Parameters
    ----------
    province : the province file.
    raw : folder of the raw files.
    parameters : in force, scenario and province overlays included.
    scenario : name of the scenario, or empty.
    commit : the run's results so far.
    path : the province file, beside which the key and the decisions lie.
    """

    province: Province
    raw: Path
    parameters: Parameters
    scenario: str
    commit: Commit
    path: Path
    _tables: dict[str, pd.DataFrame] = field(default_factory=dict)

    @property
    def crs(self) -> int:
        """Return the province's metric system."""
        return self.province.province.metric_crs

    @property
    def as_of(self) -> pd.Timestamp:
        """Return the day the question is asked."""
        return pd.Timestamp(self.province.province.as_of)

    @property
    def key_path(self) -> Path:
        """Return where the key of the pseudonyms lies."""
        return key_path(self.path, self.province)

    @property
    def decisions_path(self) -> Path:
        """Return where the decisions about addresses lie."""
        return decisions_path(self.path, self.province)

    def table(self, name: str) -> pd.DataFrame:
        """Return the newest version of a table; empty where nothing was delivered."""
        if name not in self._tables:
            staged = self.commit.path_of(Path("tables") / f"{name}.parquet")
            self._tables[name] = read_table(staged.parent.parent, name)
        return self._tables[name]

    def checks(self) -> pd.DataFrame:
        """Return what was found on the spot and accepted until the day the question is asked."""
        return read_checks(self.path, until=self.as_of)

    def personal(self, name: str) -> pd.DataFrame:
        """Return the newest version of a table that names persons."""
        path = self.commit.path_of(Path(personal_name(name)))
        return Vault(path.parent).read(name)

    def keep_personal(self, name: str, frame: pd.DataFrame) -> None:
        """Keep a table that names persons where its owner alone can read it."""
        Vault(self.commit.staging / PERSONAL_FOLDER).write(name, frame)

    def open_quarantine(self, kind: str) -> Path:
        """Return the folder for rows turned away; for rows that name persons it lies in their store."""
        if kind in PERSONAL:
            return Vault(self.commit.staging / PERSONAL_FOLDER).open_room(QUARANTINE_FOLDER)
        folder = self.commit.staging / QUARANTINE_FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def terrain(self) -> Terrain | None:
        """Return the terrain, or None where none was delivered."""
        return read_terrain_grid(self.commit.path_of(Path("tables") / TERRAIN_NAME).parent.parent)

    def keep_table(self, name: str, frame: pd.DataFrame) -> None:
        """Keep a table that a stage has made."""
        write_table(frame, name, self.commit.staging)
        self._tables[name] = frame

    def keep_terrain(self, terrain: Terrain) -> None:
        """Keep the terrain that intake has read."""
        write_terrain_grid(terrain, self.commit.staging, crs=self.crs)

    def keep_text(self, name: str, text: str) -> None:
        """Keep a file of text, such as a page or a summary, under a path in the output folder."""
        path = self.commit.staging / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
