"""Whether a pupil has what to learn with, and how many devices a home is short of.

Own devices serve their owners. Those who share are served where the home has as many shared devices as
pupils who share, since their lessons fall together. n pupils who each say that s persons share a device
stand for Σ 1/s devices, rounded up; where s is not said, the sharing pupils share one device among
themselves. Adults do not count as learners.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from phusong.gaps.pupils.policy import NeedPolicy
from phusong.vocabulary.pupils import DeviceKind, HomeDevice

#: What keeps a sum of thirds from being rounded up past the whole that it is.
CRUMB = 1e-9


def judge_devices(pupils: pd.DataFrame, learning: pd.Series, *, policy: NeedPolicy) -> pd.DataFrame:
    """Return what each pupil's device is worth, and what their home is short of.

    Parameters
    ----------
    pupils : with student_key, household_key, device, device_kind and, where known, device_sharers.
    learning : whether the pupil learns under the policy; others' shares do not count.
    policy : which kinds count, and what a shared device is worth.

    Returns
    -------
    device_adequate (empty: not known), device_suits (False: of a kind that does not count; empty: kind
    not stated), home_learners [pupils], home_devices [devices], home_short [devices] lacking for those
    who share.
    """
    suits = _judge_kinds(pupils, policy)
    home = _home_of(pupils)
    count = _count_home(pupils, learning, suits, home)
    enough = _judge_sharing(count, policy)
    device = pupils["device"]
    adequate = pd.Series(pd.NA, index=pupils.index, dtype="boolean")
    adequate = adequate.mask(device == HomeDevice.OWN, suits)
    adequate = adequate.mask(device == HomeDevice.SHARED, suits & enough)
    adequate = adequate.mask(device == HomeDevice.NONE, other=False)
    short = (count["sharing"] - count["shared"]).clip(lower=0)
    return pd.DataFrame(
        {
            "device_adequate": adequate,
            "device_suits": suits,
            "home_learners": count["learners"],
            "home_devices": count["own"] + count["shared"],
            "home_short": short if policy.shared == "concurrent" else count["sharing"],
        }
    )


def _judge_kinds(pupils: pd.DataFrame, policy: NeedPolicy) -> pd.Series:
    """Return whether the device at home is of a kind that counts; true where every kind does."""
    kind = pupils["device_kind"]
    told = kind.isin([str(k) for k in policy.adequate_kinds]).astype("boolean")
    if set(policy.adequate_kinds) == set(DeviceKind):
        return pd.Series(data=True, index=pupils.index, dtype="boolean")
    return told.mask(kind.isna())


def _home_of(pupils: pd.DataFrame) -> np.ndarray:
    """Return the number of each pupil's home; whoever has no household key is a home of their own."""
    return pd.factorize(pupils["household_key"].fillna(pupils["student_key"]))[0]


def _count_home(
    pupils: pd.DataFrame, learning: pd.Series, suits: pd.Series, home: np.ndarray
) -> pd.DataFrame:
    """Return each pupil's home: learners, sharing pupils, own and shared devices."""
    learns = learning.fillna(value=True).to_numpy(dtype=bool)
    counts = suits.fillna(value=True).to_numpy(dtype=bool)
    device = pupils["device"]
    shares = (device == HomeDevice.SHARED).to_numpy(dtype=bool) & learns & counts
    owns = (device == HomeDevice.OWN).to_numpy(dtype=bool) & learns & counts
    sharing = np.bincount(home, shares)[home]
    alone = np.maximum(sharing, 1)
    sharers = _read_sharers(pupils).fillna(pd.Series(alone, index=pupils.index)).to_numpy()
    shared = np.ceil(np.bincount(home, shares / sharers)[home] - CRUMB)
    told = {
        "learners": np.bincount(home, learns)[home],
        "sharing": sharing,
        "own": np.bincount(home, owns)[home],
        "shared": shared,
    }
    return pd.DataFrame(told, index=pupils.index).astype(int)


def _read_sharers(pupils: pd.DataFrame) -> pd.Series:
    """Return how many persons share a device, empty where nobody says."""
    if "device_sharers" not in pupils:
        return pd.Series(np.nan, index=pupils.index)
    return pupils["device_sharers"].astype("float64")


def _judge_sharing(count: pd.DataFrame, policy: NeedPolicy) -> pd.Series:
    """Return whether a shared device is enough for whoever shares it."""
    if policy.shared == "concurrent":
        return (count["sharing"] <= count["shared"]).astype("boolean")
    return pd.Series(policy.shared == "suffices", index=count.index, dtype="boolean")
