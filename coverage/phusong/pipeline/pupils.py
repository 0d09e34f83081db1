"""The pupils' part of the flow: records to hamlets, records to pupils, pupils to need and counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pandas as pd

from phusong.gaps.pupils.counts import count_pupils
from phusong.gaps.pupils.need import judge_need
from phusong.gaps.pupils.ranking import rank_pupils
from phusong.intake.schooling import are_continuing
from phusong.persons.households import group_households
from phusong.persons.keys import open_key
from phusong.persons.linking import link_records
from phusong.persons.merging import merge_records
from phusong.persons.pairs import PairDecision, add_joined, apply_decisions, drop_apart
from phusong.persons.poverty import match_poverty
from phusong.persons.tokens import list_tokens
from phusong.persons.vault import Vault
from phusong.pipeline.result_files import PERSONAL_FOLDER, PLACED, PUPILS, REVIEW, TOKENS
from phusong.pipeline.stage_context import StageContext
from phusong.places.addresses import Gazetteer, gazetteer_from_hamlets
from phusong.places.editions import list_reported
from phusong.places.former_addresses import add_former_names, carry_decided, carry_matches
from phusong.places.given_addresses import open_gazetteer, place_addresses
from phusong.places.hamlet_lineage import FormerHamlets
from phusong.places.registers import Register
from phusong.places.review import (
    add_aliases,
    apply_confirmations,
    group_addresses,
    queue_review,
)
from phusong.store.decisions import ALIAS, CONFIRM, ONE, PAIRS, Decision, list_standing
from phusong.vocabulary.pupils import Identity, Level, MatchStatus
from phusong.vocabulary.schema import conform_table, empty_table
from phusong.vocabulary.tables.persons import ADDRESS_COLUMNS, PERSONAL
from phusong.vocabulary.tables.results import HAMLET_CLASSES, HAMLET_LINEAGE, PUPIL_LINKS, STUDENTS

#: What stands for records whose hamlet has been looked for, and for records that have become pupils.
#: The matcher's words, told apart from a record's own status and level.
TOLD = {"status": "match_status", "level": "match_level", "flags": "match_flags"}
#: Flag of an address that tells where somebody is registered, and not where they live.
REGISTERED_ONLY = "registered_only"
#: The columns that say where, null where the address does not.
WHERE = ("hamlet_id", "commune_code", "edition")


def place_records(context: StageContext) -> None:
    """Look for the hamlet of every record's address, and queue what a person must decide."""
    traced = context.table(HAMLET_LINEAGE.name)
    decisions = carry_decisions(list_standing(context.decisions()), traced)
    aliases = pd.DataFrame([vars(d) for d in decisions if d.action == ALIAS])
    confirmed = {d.group: d.hamlet_id for d in decisions if d.action == CONFIRM}
    hamlets = add_aliases(gazetteer_from_hamlets(context.table("hamlets")), aliases)
    register = context.register
    gazetteer = open_gazetteer(add_former_names(hamlets, traced), register, context.head("code"))
    for kind, table in PERSONAL.items():
        matched = find_places(
            context.personal(table.name), table.key[0], gazetteer, hamlets, register, traced
        )
        placed = apply_confirmations(matched, confirmed, hamlets)
        if kind == "students":
            context.save_personal(REVIEW, queue_review(placed))
        silent = {c: placed[c].mask(placed[c] == "") for c in WHERE}
        context.save_personal(PLACED[kind], placed.assign(**silent))


def carry_decisions(decisions: Iterable[Decision], traced: pd.DataFrame) -> list[Decision]:
    """Return decisions with the hamlets that hold at present; one about a hamlet that was split waits again.

    Parameters
    ----------
    decisions : that stand.
    traced : table `hamlet_lineage`.
    """
    former = FormerHamlets(traced)
    changed = [(d, carry_decided(d.hamlet_id, former) if d.hamlet_id else "") for d in decisions]
    return [replace(d, hamlet_id=hamlet) for d, hamlet in changed if hamlet is not None]


def find_places(
    records: pd.DataFrame,
    key: str,
    gazetteer: Gazetteer | None,
    hamlets: pd.DataFrame,
    register: Register,
    traced: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return records with the outcome of their addresses, and the group in which a person decides.

    Parameters
    ----------
    records : accepted students or poverty entries.
    key : name of their id.
    gazetteer : of the province's hamlets, former ones too, with the aliases that people have added; None:
        nothing is searched.
    hamlets : the present ones of which it is made.
    register : of the run.
    traced : table `hamlet_lineage`, where the gazetteer holds former hamlets.
    """
    addresses = read_addresses(records, key)
    found = place_addresses(addresses.drop(columns="registered"), gazetteer, hamlets, register)
    if traced is not None and len(traced):
        found = carry_matches(found, traced, hamlets)
    found = doubt_registered(found, addresses["registered"])
    groups = group_addresses(addresses, found, gazetteer)
    return records.join(found.drop(columns="row_id").rename(columns=TOLD)).join(groups)


def read_addresses(records: pd.DataFrame, key: str) -> pd.DataFrame:
    """Return the current residences of records; the registered one where no current one is written.

    Parameters
    ----------
    records : accepted students or poverty entries.
    key : name of their id.

    Returns
    -------
    the matcher's columns, and registered : whether the address is where somebody is registered, which is not
    always where they live.
    """
    names = [column.name for column in ADDRESS_COLUMNS]
    current = records[names].fillna("")
    silent = (current == "").all(axis=1)
    if "registered_address" in records:
        registered = records["registered_address"].fillna("")
        current["address"] = current["address"].where(~silent, registered)
    day = records["as_of"].dt.strftime("%Y-%m-%d").fillna("")
    described = silent & (current["address"] != "")
    return current.assign(row_id=records[key], as_of=day, registered=described)


def doubt_registered(found: pd.DataFrame, registered: pd.Series) -> pd.DataFrame:
    """Return outcomes in which a place that is only registered waits for a person to confirm it.

    A child lives where the family lives, which for one in ten is not where it is registered: coverage counts
    the current residence, so the registered one is a candidate and no more.

    Parameters
    ----------
    found : result of `match_addresses`.
    registered : whether nothing but the registered address is known, on its index.
    """
    sure = registered & found["status"].isin(
        [str(MatchStatus.MATCHED), str(MatchStatus.COMMUNE_ONLY)]
    )
    flags = found["flags"].where(found["flags"] == "", found["flags"] + "|") + REGISTERED_ONLY
    return found.assign(
        status=found["status"].mask(sure, str(MatchStatus.AMBIGUOUS)),
        candidates=found["candidates"].mask(sure & (found["hamlet_id"] != ""), found["hamlet_id"]),
        hamlet_id=found["hamlet_id"].mask(sure, ""),
        level=found["level"].mask(sure, ""),
        flags=found["flags"].mask(sure, flags),
    )


def identify_pupils(context: StageContext) -> None:
    """Make one pupil of the records that are one, with household and poverty, and list the pairs in doubt."""
    persons = context.parameters.persons
    records, poverty = context.personal(PLACED["students"]), context.personal(PLACED["poverty"])
    if records.empty:
        context.save_personal(PUPILS, records)
        context.save_personal(TOKENS, pd.DataFrame({"student_key": [], "token": []}, dtype="str"))
        context.save_table(PUPIL_LINKS.name, empty_table(PUPIL_LINKS))
        return
    key = open_key(context.key_path)
    decided = apply_decisions(records, read_pairs(context.decisions()), key=key)
    links = add_joined(link_records(records, persons=persons), decided)
    pupils = merge_records(records, links, key=key, settled=decided)
    pupils = pupils.join(group_households(pupils, key=key, persons=persons))
    listed = match_poverty(pupils, poverty, persons=persons)
    stated = pupils["poverty"].rename("poverty_stated")
    pupils = pupils.drop(columns="poverty").join(listed).join(stated)
    context.save_personal(PUPILS, pupils)
    context.save_personal(TOKENS, list_tokens(records, pupils, key=key))
    owner = pupils.set_index("student_key")["record_ids"].str.split("|").explode()
    links = drop_apart(links, dict(zip(owner, owner.index, strict=True)), decided)
    context.save_table(PUPIL_LINKS.name, tell_links(links, pupils))


def read_pairs(decisions: Iterable[Decision]) -> list[PairDecision]:
    """Return what persons have decided about pairs of pupils, as far as it stands.

    Parameters
    ----------
    decisions : every line of the file, oldest first.
    """
    return [
        PairDecision(
            d.action == ONE,
            frozenset(d.left_tokens.split("|")),
            frozenset(d.right_tokens.split("|")),
        )
        for d in list_standing(decisions)
        if d.action in PAIRS
    ]


def tell_links(links: pd.DataFrame, pupils: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of pupils that a person must look at, by pseudonym.

    Parameters
    ----------
    links : pairs of records.
    pupils : with the records of each, separated by `|`.
    """
    owner = pupils.set_index("student_key")["record_ids"].str.split("|").explode()
    key_of = pd.Series(owner.index, index=owner.to_numpy())
    pairs = links[links["verdict"] == Identity.PROBABLE]
    ends = pd.DataFrame({s: pairs[s].map(key_of).to_numpy() for s in ("left", "right")})
    described = pairs[["verdict", "probability", "reasons"]].reset_index(drop=True)
    described["left_key"], described["right_key"] = ends.min(axis=1), ends.max(axis=1)
    described = described[described["left_key"] != described["right_key"]]
    described = described.sort_values(
        ["probability", "left_key", "right_key"], ascending=[False, True, True]
    )
    once = described.drop_duplicates(["left_key", "right_key"])
    return conform_table(once, PUPIL_LINKS) if len(once) else empty_table(PUPIL_LINKS)


def judge_pupils(context: StageContext) -> None:
    """Judge each pupil's need by what they have and what their hamlet can carry, and rank the eligible."""
    pupils, hamlets = context.personal(PUPILS), context.table("hamlets")
    if pupils.empty:
        context.save_table(STUDENTS.name, empty_table(STUDENTS))
        return
    pupils = follow_schools(pupils, context.table("accepted_schools"))
    policy, classes = context.policy(), context.table(HAMLET_CLASSES.name)
    learning = context.parameters.learning
    judged = judge_need(pupils, hamlets, classes, policy=policy, learning=learning)
    ranked = rank_pupils(judged, policy=policy).assign(policy=policy.name, as_of=context.as_of)
    context.save_table(STUDENTS.name, conform_table(ranked[STUDENTS.names], STUDENTS))


def follow_schools(pupils: pd.DataFrame, schools: pd.DataFrame) -> pd.DataFrame:
    """Return pupils at the level of their school where that gives continuing education, whatever their class.

    Parameters
    ----------
    pupils : with school_id and level.
    schools : table `accepted_schools`: school_id, name, level.
    """
    named = are_continuing(schools["level"]) | are_continuing(schools["name"])
    continuing = pupils["school_id"].isin(schools.loc[named, "school_id"])
    return pupils.assign(level=pupils["level"].mask(continuing, str(Level.GDTX)))


def count_all_pupils(context: StageContext) -> None:
    """Count the pupils by hamlet, commune, district and school, in the sources' edition and the newest."""
    register = context.register
    described = list_reported(context.head("edition"), context.head("code"), register)
    counts = count_pupils(
        context.table("students"),
        context.table("accepted_schools"),
        context.table("hamlets"),
        editions=[str(e) for e in described],
        province=(context.head("code"), context.head("name")),
        register=register,
    )
    context.save_table("pupil_counts", counts)


def read_tokens(folder: Path) -> dict[str, tuple[str, ...]]:
    """Return the identities of every pupil of a run as keyed hashes, by pseudonym.

    Parameters
    ----------
    folder : output folder of the run.
    """
    described = Vault(folder / PERSONAL_FOLDER).read(TOKENS)
    return described.groupby("student_key")["token"].agg(tuple).to_dict()
