"""Named conditions and the ordered tiers made of them, checked over every case that can be.

A condition is a list of facts and of other conditions, any or all of which must hold; the tiers are tried
in order and the first that holds is the pupil's. The facts are few, so a policy is proved sound by trying
every combination of them with the same code that judges pupils.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, model_validator

from phusong.gaps.pupils.words import FACTS, Fact
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.pupils import Tier


class Condition(BaseModel):
    """Hold a named condition: any of some facts, or all of them.

    Parameters
    ----------
    vi, en : what it says, in both languages.
    any, all : names of facts or of other conditions; one of the two lists is given.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    vi: str
    en: str
    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _one_list(self) -> Condition:
        """Refuse a condition that says nothing, or both things at once."""
        if bool(self.any) == bool(self.all):
            raise ValueError("a condition gives either `any` or `all`")
        return self


class TierRule(BaseModel):
    """Hold one tier: its name, what it says, and the conditions that must all hold.

    Parameters
    ----------
    tier : T1…T6.
    vi, en : whom it serves, in both languages.
    all : names of conditions or facts; none means everybody left.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    tier: Tier
    vi: str
    en: str
    all: tuple[str, ...] = Field(default=())


def hold_condition(
    name: str, facts: pd.DataFrame, conditions: Mapping[str, Condition]
) -> np.ndarray:
    """Return for which rows a condition or fact holds.

    Parameters
    ----------
    name : of a condition of the policy, or of a fact.
    facts : one boolean column a fact.
    conditions : of the policy, by name.
    """
    if name not in conditions:
        return facts[name].to_numpy(dtype=bool)
    condition = conditions[name]
    parts = [hold_condition(n, facts, conditions) for n in (*condition.any, *condition.all)]
    return np.logical_or.reduce(parts) if condition.any else np.logical_and.reduce(parts)


def place_tiers(
    facts: pd.DataFrame, tiers: Sequence[TierRule], conditions: Mapping[str, Condition]
) -> np.ndarray:
    """Return the number of the first tier that holds, counted from 0; −1 where none does."""
    place = np.full(len(facts), -1)
    for number, rule in reversed(list(enumerate(tiers))):
        place[_hold_tier(rule, facts, conditions)] = number
    return place


def _hold_tier(
    rule: TierRule, facts: pd.DataFrame, conditions: Mapping[str, Condition]
) -> np.ndarray:
    """Return for which rows all of a tier's conditions hold."""
    everybody = np.ones(len(facts), dtype=bool)
    return np.logical_and.reduce(
        [everybody, *(hold_condition(n, facts, conditions) for n in rule.all)]
    )


def check_tiers(
    policy: str, tiers: Sequence[TierRule], conditions: Mapping[str, Condition]
) -> None:
    """Refuse tiers that name unknown facts, that nobody can ever be in, or that stand twice.

    Raises
    ------
    ParameterFault
        Naming the policy and the tier, and what makes it impossible.
    """
    names = [str(rule.tier) for rule in tiers]
    if names != sorted(set(names)):
        raise ParameterFault(
            f"policy {policy}: the tiers {', '.join(names)} are not in order, each once"
        )
    used = [(f"tier {r.tier}", n) for r in tiers for n in r.all]
    used += [(f"condition {c}", n) for c, v in conditions.items() for n in (*v.any, *v.all)]
    for owner, name in used:
        if name not in conditions and name not in FACTS:
            raise ParameterFault(
                f"policy {policy}: {owner} names “{name}”, which is neither a condition nor a fact; "
                f"facts are: {', '.join(FACTS)}"
            )
    _check_circles(policy, conditions)
    _check_reach(policy, tiers, conditions)


def _check_circles(policy: str, conditions: Mapping[str, Condition]) -> None:
    """Refuse a condition that shadows a fact or is made of itself."""
    for start in conditions:
        if start in FACTS:
            raise ParameterFault(f"policy {policy}: condition “{start}” has the name of a fact")
        front, seen = [start], set()
        while front:
            here = conditions[front.pop()]
            inner = [n for n in (*here.any, *here.all) if n in conditions]
            if start in inner:
                raise ParameterFault(f"policy {policy}: condition “{start}” is made of itself")
            front += [n for n in inner if n not in seen]
            seen |= set(inner)


def _check_reach(
    policy: str, tiers: Sequence[TierRule], conditions: Mapping[str, Condition]
) -> None:
    """Refuse a tier that no pupil can satisfy, or that the tiers above leave nobody."""
    cases = list_cases(tiers, conditions)
    place = place_tiers(cases, tiers, conditions)
    for number, rule in enumerate(tiers):
        if not _hold_tier(rule, cases, conditions).any():
            raise ParameterFault(
                f"policy {policy}: tier {rule.tier} contradicts itself: no pupil can be "
                f"{', '.join(rule.all)} at once"
            )
        if not (place == number).any():
            raise ParameterFault(
                f"policy {policy}: tier {rule.tier} is unreachable: the tiers above take everybody in it"
            )


def list_cases(tiers: Sequence[TierRule], conditions: Mapping[str, Condition]) -> pd.DataFrame:
    """Return every combination of the facts in use that a pupil can be in.

    A household is poor or near-poor, never both; whoever is without a device lacks an adequate one.
    """
    named = {n for r in tiers for n in r.all}
    named |= {n for c in conditions.values() for n in (*c.any, *c.all)}
    free = sorted(named & set(FACTS))
    cases = pd.DataFrame(list(itertools.product([False, True], repeat=len(free))), columns=free)
    cases = cases.reindex(columns=[*FACTS], fill_value=False)
    possible = ~(cases[Fact.POOR] & cases[Fact.NEAR_POOR])
    if Fact.DEVICE_LACKING in free:
        possible &= cases[Fact.DEVICE_LACKING] | ~cases[Fact.WITHOUT_DEVICE]
    return cases[possible].reset_index(drop=True)
