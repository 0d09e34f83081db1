"""Layers: the pairs of technology and operator over which reach is computed, as columns of arrays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from phusong.vocabulary.terms import Technology

ALWAYS_ASKED = (Technology.G3, Technology.G4)


@dataclass(frozen=True)
class Layers:
    """Hold the layers in order, and which of them anybody has spoken about.

    Parameters
    ----------
    technology, operator : one entry a layer.
    listed : whether the operator delivered a complete list of this very technology, so that absence proves
        absence [layers]; a list that is silent about a technology says nothing of it.
    sampled : whether anybody delivered a cell of the layer [layers].
    """

    technology: tuple[str, ...]
    operator: tuple[str, ...]
    listed: np.ndarray
    sampled: np.ndarray

    def __len__(self) -> int:
        """Return the number of layers."""
        return len(self.technology)

    def find(self, technology: pd.Series, operator: pd.Series) -> np.ndarray:
        """Return the layer number of each pair, −1 where it is no layer."""
        number = {
            pair: i for i, pair in enumerate(zip(self.technology, self.operator, strict=True))
        }
        pairs = zip(technology, operator, strict=True)
        return np.array([number.get(pair, -1) for pair in pairs], dtype=np.int32)

    def of_technology(self, technology: str) -> np.ndarray:
        """Return the numbers of one technology's layers."""
        return np.flatnonzero(np.array(self.technology) == technology)

    @property
    def technologies(self) -> list[str]:
        """Return the technologies in order."""
        return sorted(set(self.technology))


def list_layers(
    cells: pd.DataFrame,
    coverage: pd.DataFrame,
    claims: pd.DataFrame,
    *,
    operators: Iterable[str] = (),
    complete: Iterable[tuple[str, str]] = (),
) -> Layers:
    """Return every layer that someone asked about or spoke about.

    3G and 4G are asked of every operator; other technologies of those who deliver them.

    Parameters
    ----------
    cells, coverage, claims : accepted tables.
    operators : operators whose data the province expects; silent ones are UNKNOWN.
    complete : technology and operator of lists that are stated to be complete, even where they hold no row.
    """
    spoken = pd.concat([cells, coverage, claims])[["technology", "operator"]]
    spoken = spoken[spoken["technology"] != Technology.FIBRE]
    names = sorted(set(operators) | set(spoken["operator"]))
    stated = set(complete)
    pairs = _list_pairs(spoken) | stated
    pairs |= {(str(t), o) for t in ALWAYS_ASKED for o in names}
    ordered = sorted(pairs)
    listed = stated | _list_pairs(cells[cells["complete"].astype(bool)])
    seen = _list_pairs(cells)
    return Layers(
        technology=tuple(t for t, _ in ordered),
        operator=tuple(o for _, o in ordered),
        listed=np.array([pair in listed for pair in ordered], dtype=bool),
        sampled=np.array([pair in seen for pair in ordered], dtype=bool),
    )


def _list_pairs(rows: pd.DataFrame) -> set[tuple[str, str]]:
    """Return technology and operator of every row, each pair once."""
    return set(rows[["technology", "operator"]].itertuples(index=False, name=None))
