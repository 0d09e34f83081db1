"""What is proven about a pupil: the facts that a policy's conditions are made of."""

from __future__ import annotations

import numpy as np
import pandas as pd

from phusong.gaps.pupils.policy import NeedPolicy
from phusong.gaps.pupils.words import Fact
from phusong.vocabulary.pupils import Hardship, HomeDevice, Identity, Poverty

#: Which poverty weighs more where list and school differ and either is proof.
WEIGHT = {str(Poverty.POOR): 2, str(Poverty.NEAR_POOR): 1, str(Poverty.NEITHER): 0}


def settle_poverty(pupils: pd.DataFrame, *, policy: NeedPolicy) -> pd.DataFrame:
    """Return each pupil's poverty as far as it is proven, and where a person must confirm it.

    A certain match with the commune's list decides, and so does a probable one that says what the school
    says. Where there is no list, the school's word stands. Anything else is to be confirmed, and proves
    nothing until then.

    Parameters
    ----------
    pupils : with poverty and, where a list was matched, poverty_verdict and poverty_stated.
    policy : whether the school's word alone is proof.

    Returns
    -------
    poverty (empty: not known), poverty_probable.
    """
    listed = pupils["poverty"]
    empty = pd.Series(None, index=pupils.index, dtype="str")
    stated = pupils.get("poverty_stated", empty)
    verdict = pupils.get("poverty_verdict", empty)
    doubtful = (verdict == Identity.PROBABLE) & _is_poor(listed) & (listed != stated)
    settled = listed.fillna(stated).mask(doubtful)
    if policy.poverty_proof == "either":
        heavier = stated.map(WEIGHT).fillna(0) > settled.map(WEIGHT).fillna(0)
        return pd.DataFrame({"poverty": settled.mask(heavier, stated), "poverty_probable": False})
    claimed = _is_poor(stated) & ~_is_poor(settled)
    return pd.DataFrame({"poverty": settled, "poverty_probable": (doubtful | claimed).astype(bool)})


def _is_poor(poverty: pd.Series) -> pd.Series:
    """Return who is poor or near-poor."""
    return poverty.isin([str(Poverty.POOR), str(Poverty.NEAR_POOR)])


def gather_facts(
    pupils: pd.DataFrame, poverty: pd.Series, special: pd.Series, lacking: pd.DataFrame
) -> pd.DataFrame:
    """Return one boolean column a fact; what is not known is not proven.

    Parameters
    ----------
    pupils : with device and hardships, words separated by `|`.
    poverty : as settled.
    special : whether the pupil's hamlet is one of special difficulty.
    lacking : device and connection, true where it is known to be lacking.
    """
    facts = {
        Fact.POOR: poverty == Poverty.POOR,
        Fact.NEAR_POOR: poverty == Poverty.NEAR_POOR,
        Fact.SPECIAL_DIFFICULTY: special,
        Fact.WITHOUT_DEVICE: pupils["device"] == HomeDevice.NONE,
        Fact.DEVICE_LACKING: lacking["device"],
        Fact.CONNECTION_LACKING: lacking["connection"],
    }
    known = {
        str(n): pd.Series(v).fillna(value=False).to_numpy(dtype=bool) for n, v in facts.items()
    }
    return pd.DataFrame(known | read_hardships(pupils["hardships"]), index=pupils.index)


def read_hardships(hardships: pd.Series) -> dict[str, np.ndarray]:
    """Return, for each hardship of the closed list, who has it."""
    codes, distinct = pd.factorize(hardships.fillna(""))
    words = [set(str(text).split("|")) for text in distinct]
    return {str(h): np.array([h in w for w in words], dtype=bool)[codes] for h in Hardship}
