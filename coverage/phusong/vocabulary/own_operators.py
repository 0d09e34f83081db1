"""The operators that a province states itself: further ones, and further names of those that are known.

They stand in its province file, one `[[operator]]` each, and hold for that province alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ConfigDict, field_validator, model_validator

from phusong.vocabulary.operators import (
    KnownOperator,
    OperatorSet,
    clean_name,
    list_further_marks,
    read_packaged,
)

#: An operator and its name in plain letters and figures, for comparing.
_PLAIN = re.compile(r"[\W_]+")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_NETWORK = re.compile(r"(\d{3})-0*(\d{1,3})")


class OwnOperator(BaseModel):
    """Hold one operator of a province, or further names of one that is known.

    Parameters
    ----------
    key : under which tables hold it; that of a known operator adds to it.
    vi, en : labels; empty: the known ones, else `vi` the key and `en` as `vi`.
    aliases : further names, in any writing.
    networks : MCC-MNC.
    colour, shape : on the map, both or neither; without them the map gives a free mark.
    source : where names and codes come from.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    key: str
    vi: str = ""
    en: str = ""
    aliases: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    colour: str = ""
    shape: str = ""
    source: str = ""

    @field_validator("key")
    @classmethod
    def _name_key(cls, key: str) -> str:
        """Take a key as tables hold a name, so that it is the same with and without this file."""
        known = {k.casefold(): k for k in read_packaged().known}
        name = known.get(key.casefold()) or clean_name(key)
        if not any(sign.isalnum() for sign in name):
            raise ValueError(f"“{key}” is no name of an operator → write letters or figures")
        if name == list(read_packaged().known)[-1]:
            raise ValueError(f"“{key}” stands for rows that name nobody → choose another key")
        return name

    @field_validator("aliases")
    @classmethod
    def _name_aliases(cls, aliases: tuple[str, ...]) -> tuple[str, ...]:
        bare = [alias for alias in aliases if not _fold(alias)]
        if bare:
            raise ValueError(f"aliases: “{bare[0]}” holds neither letter nor figure → leave it out")
        return aliases

    @field_validator("networks")
    @classmethod
    def _name_networks(cls, networks: tuple[str, ...]) -> tuple[str, ...]:
        found = [(text, _NETWORK.fullmatch(text)) for text in networks]
        wrong = [text for text, match in found if not match]
        if wrong:
            raise ValueError(f"networks: “{wrong[0]}” is no network code → write MCC-MNC, as 452-4")
        return tuple(f"{match[1]}-{int(match[2])}" for _, match in found if match)

    @model_validator(mode="after")
    def _check_mark(self) -> OwnOperator:
        if bool(self.colour) != bool(self.shape):
            raise ValueError(f"{self.key}: state both colour and shape → or neither")
        if self.colour and not _COLOUR.fullmatch(self.colour):
            raise ValueError(f"{self.key}: colour “{self.colour}” → write it as #0b6b4f")
        shapes = list_shapes()
        if self.shape and self.shape not in shapes:
            raise ValueError(
                f"{self.key}: shape “{self.shape}” → choose one of {', '.join(shapes)}"
            )
        return self


def list_shapes() -> list[str]:
    """Return the shapes that an operator may have on the map, in order."""
    marks = [*read_packaged().known.values(), *list_further_marks()]
    return sorted({mark.shape for mark in marks})


def _fold(text: str) -> str:
    """Return a name for comparing: letters and figures without case."""
    return _PLAIN.sub("", text.casefold())


class OwnOperators(BaseModel):
    """Hold all operators of a province; no two have a name, network code or mark in common."""

    model_config = ConfigDict(frozen=True)

    operator: tuple[OwnOperator, ...] = ()

    @model_validator(mode="after")
    def _apart(self) -> OwnOperators:
        join_operators(self.operator)
        return self

    def write(self) -> str:
        """Return them as text, the same for the same operators; empty where the province states none."""
        listed = [operator.model_dump(mode="json") for operator in self.operator]
        return json.dumps(listed, ensure_ascii=False, sort_keys=True) if listed else ""

    def join(self) -> OperatorSet:
        """Return the operators that are known in the province; for the same ones the same object."""
        return open_operators(self.write())


@lru_cache(maxsize=32)
def open_operators(text: str) -> OperatorSet:
    """Return the known operators with a province's own; equal text gives the same object.

    Parameters
    ----------
    text : from `OwnOperators.write`; empty: the packaged ones alone.

    Raises
    ------
    ValueError
        If a name, network code or mark is of two operators.
    """
    if not text:
        return read_packaged()
    return join_operators([OwnOperator.model_validate(entry) for entry in json.loads(text)])


def join_operators(own: Iterable[OwnOperator]) -> OperatorSet:
    """Return the known operators with further ones before the one that stands for nobody named.

    Parameters
    ----------
    own : of a province.

    Raises
    ------
    ValueError
        If a name, network code or mark is of two operators.
    """
    packaged = read_packaged()
    *known, nobody = packaged.known.values()
    joined: dict[str, KnownOperator] = {o.key: o for o in known}
    stated: set[str] = set()
    for operator in own:
        if operator.key in stated:
            raise ValueError(f"{operator.key} stands there twice → put both into one [[operator]]")
        stated.add(operator.key)
        joined[operator.key] = _join_one(joined.get(operator.key), operator)
    every = [*joined.values(), nobody]
    _check_apart(every)
    return OperatorSet({o.key: o for o in every})


def _join_one(known: KnownOperator | None, own: OwnOperator) -> KnownOperator:
    """Return an operator as the province states it, on top of what is known of it."""
    before: dict[str, Any] = {} if known is None else known.model_dump()
    label = own.vi or before.get("vi") or own.key
    return KnownOperator(
        key=own.key,
        vi=label,
        en=own.en or (own.vi or before.get("en") or label),
        aliases=(*before.get("aliases", ()), *own.aliases),
        networks=(*before.get("networks", ()), *own.networks),
        colour=own.colour or before.get("colour", ""),
        shape=own.shape or before.get("shape", ""),
        source="; ".join(filter(None, (before.get("source"), own.source))),
    )


def _check_apart(operators: Iterable[KnownOperator]) -> None:
    """Check that no name, no network code and no mark is of two operators."""
    holders: dict[tuple[str, str], str] = {}
    for operator in operators:
        names = {
            _fold(name) for name in (operator.key, operator.vi, operator.en, *operator.aliases)
        }
        mark = f"{operator.colour.lower()} {operator.shape}" if operator.colour else ""
        facts = [("name", name) for name in sorted(names)]
        facts += [("network code", code) for code in operator.networks]
        facts += [("mark", mark)] if mark else []
        for what, value in facts:
            holder = holders.setdefault((what, value), operator.key)
            if holder != operator.key:
                raise ValueError(
                    f"the {what} “{value}” is of {holder} and of {operator.key} → leave it with one of them"
                )
