"""Who answers for a household: father and mother as far as they live, and its head."""

from __future__ import annotations

import numpy as np
import pandas as pd

from phusong.simulate.pupils.names import draw_parents
from phusong.vocabulary.pupils import Hardship

#: Of the households where one parent is dead, those where it is the father.
FATHER_DEAD = 0.7
#: Of the households with both parents, those whose head is the mother.
MOTHER_HEADS = 0.15


def name_heads(
    pupils: pd.DataFrame, families: pd.DataFrame, *, rng: np.random.Generator
) -> pd.DataFrame:
    """Return father, mother (empty where dead), head, head_year and spouse of each household.

    Parameters
    ----------
    pupils : household, hardships.
    families : people, surname, father, mother, head_year.
    rng : stream of random numbers.
    """
    words = "|" + pupils["hardships"] + "|"
    count = len(families)
    both, one = (_mark(words, str(w), pupils["household"], count) for w in _ORPHANS)
    dice = rng.random(count)
    no_father = both | (one & (dice < FATHER_DEAD))
    no_mother = both | (one & (dice >= FATHER_DEAD))
    father = families["father"].mask(no_father, "")
    mother = families["mother"].mask(no_mother, "")
    elder = draw_parents(families["surname"].to_numpy(), families["people"].to_numpy(), rng)
    led_by_mother = no_father | (~no_mother & (rng.random(count) < MOTHER_HEADS))
    head = father.mask(led_by_mother, mother)
    elders = pd.Series(np.where(dice < 0.5, *elder), index=families.index)
    year = families["head_year"].mask(both, families["head_year"] - 30)
    return pd.DataFrame(
        {
            "father": father,
            "mother": mother,
            "head": head.mask(both, elders),
            "head_year": year,
            "spouse": mother.mask(led_by_mother, father),
        }
    )


_ORPHANS = (Hardship.ORPHAN_BOTH, Hardship.ORPHAN_ONE)


def _mark(words: pd.Series, word: str, household: pd.Series, count: int) -> np.ndarray:
    """Return the households of which a pupil has the word [count]."""
    marked = np.zeros(count, dtype=bool)
    marked[household[words.str.contains(f"|{word}|", regex=False)]] = True
    return marked
