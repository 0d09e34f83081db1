"""A policy as data: whom it serves, in which order, and what it takes an unknown for."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from phusong.gaps.pupils.conditions import Condition, TierRule, check_tiers
from phusong.gaps.pupils.words import FACTS, TieBreak
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.packaged import list_packaged, read_packaged_toml
from phusong.vocabulary.pupils import DeviceKind, Enrolment, Level
from phusong.vocabulary.terms import Edition


class Rules(BaseModel):
    """Be a frozen part of a policy; an unknown name is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Legal(Rules):
    """Hold one document that the policy rests on, and where it was read."""

    title: str
    source: str


class TieBreakRule(Rules):
    """Hold one tie-break and whether small or large values come first."""

    by: TieBreak
    order: Literal["ascending", "descending"]


class Unknown(Rules):
    """Hold what is taken for granted where a record is silent.

    Parameters
    ----------
    status : a pupil whose enrolment is not stated counts as studying, or stays unknown.
    no_data : a connection stated in a hamlet without data stays unknown, or is believed.
    unplaced : the same for a pupil whose hamlet is not known.
    """

    status: Literal["studying", "unknown"]
    no_data: Literal["unknown", "stated"]
    unplaced: Literal["unknown", "stated"]


class Closures(Rules):
    """Hold the communes under distancing orders and the schools that are closed."""

    edition: Edition
    communes: tuple[str, ...]
    schools: tuple[str, ...]


class NeedPolicy(Rules):
    """Hold who is in need under a policy, and in which order they are served.

    Parameters
    ----------
    name, version, vi, en, valid_from, legal : what the policy is and rests on.
    levels, studying : levels served, and enrolments that count as studying.
    needs : what an eligible pupil lacks, any of it.
    adequate_kinds : kinds of device that count; a device of unstated kind counts where all four do.
    shared : a shared device suffices, does not, or does where those who share it are no more than the
        shared devices of the home (`concurrent`).
    poverty_proof : the commune's list decides, or either list or school.
    hardship : the condition that makes “other hardship”.
    one_per_household : whether the policy gives one device a household.
    exam_grades : grades with an examination, first served first.
    connectivity_first : which hamlets come first in the tie-break by class.
    seed : published seed of the last tie-break.
    unknown, closures, condition, tier, tie_break : see their classes.
    """

    name: str
    version: str
    vi: str
    en: str
    valid_from: date
    legal: tuple[Legal, ...]
    levels: tuple[Level, ...]
    studying: tuple[Enrolment, ...]
    needs: tuple[Literal["device", "connection"], ...]
    adequate_kinds: tuple[DeviceKind, ...]
    shared: Literal["concurrent", "suffices", "lacks"]
    poverty_proof: Literal["list", "either"]
    hardship: str
    one_per_household: bool
    exam_grades: tuple[int, ...]
    connectivity_first: Literal["reachable", "unreachable"]
    seed: str
    unknown: Unknown
    closures: Closures
    condition: dict[str, Condition]
    tier: tuple[TierRule, ...]
    tie_break: tuple[TieBreakRule, ...]

    @model_validator(mode="after")
    def _whole(self) -> NeedPolicy:
        """Refuse empty lists, and an order that could leave two pupils equal."""
        for name in ("legal", "levels", "studying", "needs", "adequate_kinds", "tier", "seed"):
            if not getattr(self, name):
                raise ValueError(f"`{name}` is empty")
        breaks = [rule.by for rule in self.tie_break]
        if len(set(breaks)) < len(breaks):
            raise ValueError("a tie-break stands twice")
        if breaks[-1:] != [TieBreak.HASH]:
            raise ValueError(
                "the last tie-break must be the hash, which leaves no two pupils equal"
            )
        if self.hardship not in self.condition and self.hardship not in FACTS:
            raise ValueError(f"`hardship` names “{self.hardship}”, which is no condition")
        return self


def load_policy(name: str) -> NeedPolicy:
    """Return a packaged policy.

    Raises
    ------
    ParameterFault
        If there is no such policy, or its file is unsound.
    """
    if name not in list_policies():
        raise ParameterFault(
            f"no policy is called “{name}”; there are: {', '.join(list_policies())}"
        )
    return read_policy(read_packaged_toml("parameters", "policies", f"{name}.toml"), name=name)


def read_policy(told: dict[str, object], *, name: str) -> NeedPolicy:
    """Return a policy from its plain data, proved sound.

    Parameters
    ----------
    told : the policy as its file tells it.
    name : under which it was asked for.

    Raises
    ------
    ParameterFault
        With an unknown key, a tier that contradicts itself or that nobody can reach, or another name.
    """
    try:
        policy = NeedPolicy.model_validate(told)
    except ValidationError as error:
        lines = [f"{'.'.join(str(p) for p in e['loc'])}: {e['msg']}" for e in error.errors()]
        raise ParameterFault(f"policy {name}: " + "; ".join(lines)) from error
    if policy.name != name:
        raise ParameterFault(f"policy {name}: the file says it is called “{policy.name}”")
    check_tiers(policy.name, policy.tier, policy.condition)
    return policy


def list_policies() -> list[str]:
    """Return the names of the packaged policies."""
    return list_packaged("parameters", "policies", suffix=".toml")
