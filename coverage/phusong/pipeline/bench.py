"""The bench on which a stage works: the province, its parameters, and the tables made so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from phusong.pipeline.province import Province
from phusong.reach.terrain import Terrain
from phusong.store import Commit, read_table, read_terrain_grid, write_table, write_terrain_grid
from phusong.store.tables import TERRAIN_NAME
from phusong.vocabulary.parameters import Parameters


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
    """

    province: Province
    raw: Path
    parameters: Parameters
    scenario: str
    commit: Commit
    _tables: dict[str, pd.DataFrame] = field(default_factory=dict)

    @property
    def crs(self) -> int:
        """Return the province's metric system."""
        return self.province.province.metric_crs

    @property
    def as_of(self) -> pd.Timestamp:
        """Return the day the question is asked."""
        return pd.Timestamp(self.province.province.as_of)

    def table(self, name: str) -> pd.DataFrame:
        """Return the newest version of a table; empty where nothing was delivered."""
        if name not in self._tables:
            staged = self.commit.path_of(Path("tables") / f"{name}.parquet")
            self._tables[name] = read_table(staged.parent.parent, name)
        return self._tables[name]

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
