"""A commune's office sees its own hamlets, and of another commune nothing: in answers, maps, deeds, deliveries."""

import json
from copy import copy
from dataclasses import replace

import pandas as pd
import pytest
from tests.access.test_matrix_access import REPORT

from phusong.access.accounts import AccountFault, make_principal
from phusong.access.actions.challenges import file_challenge
from phusong.access.actions.deliveries import decide_delivery, list_effects, look_at_file
from phusong.access.actions.reports import write_report
from phusong.access.faults import NotAllowed
from phusong.access.log import list_log
from phusong.access.networks import NETWORK_TABLES
from phusong.access.own_places import check_place
from phusong.access.principals import Principal
from phusong.access.questions.challenges import ask_challenges
from phusong.access.questions.findings import (
    ask_gaps,
    ask_history,
    ask_indicators,
    ask_network,
    ask_places,
)
from phusong.access.questions.maps import ask_map, ask_map_page
from phusong.access.questions.names import ask_names
from phusong.access.questions.poverty import COLUMNS, ask_poverty_lists
from phusong.persons.vault import Vault
from phusong.pipeline.deliveries import Effect, Verdict
from phusong.store import read_table
from phusong.vocabulary.book import Role
from phusong.vocabulary.errors import SourceFault

STATEMENT = {"technology": "4G", "operator": "", "says": "NONE", "ground": "tried"}


@pytest.fixture
def places(desk):
    """Hamlets of the results: id and commune."""
    return read_table(desk.folder, "hamlets", columns=["hamlet_id", "commune_code", "name"])


@pytest.fixture
def own(play):
    return play(Role.COMMUNE)


@pytest.fixture
def other(own, places):
    """An account of the next commune."""
    code = next(c for c in sorted(set(places["commune_code"])) if c not in own.communes)
    return replace(own, account_id="tk-other", communes=frozenset({code}))


def hamlets_of(principal, places):
    return set(places.loc[places["commune_code"].isin(principal.communes), "hamlet_id"])


def test_the_sample_account_is_of_one_commune_and_named_by_the_day(own):
    assert len(own.communes) == 1 and own.organisation == "Ủy ban nhân dân xã"


@pytest.mark.parametrize("communes", [(), ("08914", "08917")])
def test_an_account_names_its_communes(communes):
    made = {"role": "commune", "organisation": "UBND xã", "communes": communes}
    if communes:
        assert make_principal(**made).communes == frozenset(communes)
        return
    with pytest.raises(AccountFault, match="names its communes"):
        make_principal(**made)
    with pytest.raises(ValueError, match="names its communes"):
        Principal("tk", Role.COMMUNE, "UBND xã")


def test_every_answer_about_places_is_its_own(desk, own, places):
    mine = hamlets_of(own, places)
    assert mine and len(mine) < len(places)
    assert set(ask_gaps(own, desk)["hamlet_id"]) == mine
    assert set(ask_places(own, desk, "hamlets")["hamlet_id"]) == mine
    assert set(ask_places(own, desk, "communes")["commune_code"]) == own.communes
    names = ask_names(own, desk)
    assert set(names["hamlet_id"]) == mine and set(names["commune_code"]) == own.communes
    assert not names["school_id"]
    for told in (ask_indicators(own, desk), ask_history(own, desk)):
        assert set(told["area_code"]) == own.communes | {"26"}


@pytest.mark.parametrize("table", NETWORK_TABLES)
def test_of_networks_it_sees_what_reaches_its_hamlets_and_nobody_s_masts(desk, own, places, table):
    told = ask_network(own, desk, table)
    if "hamlet_id" in told:
        assert set(told["hamlet_id"]) <= hamlets_of(own, places)
    else:
        assert told.empty


def test_its_map_draws_nothing_of_another_commune(desk, own, other, places):
    drawn, page = ask_map(own, desk), ask_map_page(own, desk)
    told = json.dumps(drawn.data, ensure_ascii=False, default=str)
    foreign = set(places["hamlet_id"]) - hamlets_of(own, places)
    for text in (told, page):
        assert not [code for code in foreign if f'"{code}"' in text]
        assert all(f'"{code}"' in text for code in hamlets_of(own, places))
    assert ask_map_page(other, desk) != page


def test_what_is_anothers_is_refused_and_logged(desk, own, other, places):
    foreign = sorted(hamlets_of(other, places))[0]
    for asked in (
        {"commune": next(iter(other.communes)), "hamlet": ""},
        {"commune": "", "hamlet": foreign},
    ):
        with pytest.raises(NotAllowed):
            check_place(own, desk, **asked, name="ask_places")
        line = list_log(desk.register, last=1).iloc[0]
        assert bool(line["refused"]) and line["account_id"] == own.account_id
    mine = sorted(hamlets_of(own, places))[0]
    check_place(own, desk, commune=next(iter(own.communes)), hamlet=mine, name="ask_places")
    with pytest.raises(NotAllowed):
        file_challenge(own, desk, hamlet_id=foreign, **STATEMENT)
    for form, about in (("weekly", ""), ("operator", "VIETTEL"), ("school", "26VP0001")):
        with pytest.raises(NotAllowed):
            write_report(own, desk, form, about=about, **REPORT)


def lines_of(principal):
    code = next(iter(principal.communes))
    head = "Tên thôn,Mã xã,Số hộ\n"
    return (head + f"Thôn Thử Một,{code},12\n").encode()


def test_it_delivers_its_own_list_of_hamlets_and_no_other(desk_to_write, own, other):
    desk = desk_to_write
    looked = look_at_file(own, desk, "hamlets", "csv", lines_of(own))
    assert looked.diagnosis.rows_accepted == 1 and set(looked.communes) == own.communes
    assert list_effects(own) == [Effect.ADDS]
    decide_delivery(own, desk, looked, Verdict.ACCEPTED, why="danh sách thôn")
    with pytest.raises(NotAllowed, match="cán bộ Ủy ban nhân dân xã"):
        look_at_file(own, desk, "hamlets", "csv", lines_of(other))
    with pytest.raises(NotAllowed):
        look_at_file(own, desk, "cells", "csv", b"x")
    with pytest.raises(NotAllowed):
        decide_delivery(own, desk, looked, Verdict.ACCEPTED, why="x", effect=Effect.REPLACES)


def test_reports_of_weak_signal_are_seen_by_the_commune_that_they_are_about(
    desk_to_write, own, other, play, places
):
    desk, mine = desk_to_write, sorted(hamlets_of(own, places))[0]
    filed = file_challenge(play(Role.PLANNER), desk, hamlet_id=mine, **STATEMENT)
    assert filed.number in set(ask_challenges(own, desk)["number"])
    assert filed.number not in set(ask_challenges(other, desk)["number"])
    own_report = file_challenge(own, desk, hamlet_id=mine, **STATEMENT | {"technology": "3G"})
    assert own_report.number in set(ask_challenges(own, desk)["number"])
    with pytest.raises((NotAllowed, SourceFault)):
        file_challenge(own, desk, hamlet_id="none", **STATEMENT)


@pytest.fixture
def desk_to_write(desk, office, tmp_path):
    """The desk over a copy of the province file, so that what is delivered lies beside the copy alone."""
    from phusong.pipeline.settings import find_province_file

    path = find_province_file(office)
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    key = path.with_suffix(".key")
    if key.exists():
        (tmp_path / key.name).write_bytes(key.read_bytes())
        (tmp_path / key.name).chmod(0o600)
    return replace(desk, province_file=copy)


def test_it_sees_whether_its_list_of_the_poor_is_there_and_nobody_s_name(desk, own, other):
    told = ask_poverty_lists(own, desk)
    assert set(told["commune_code"]) <= own.communes and list(told) == COLUMNS
    assert not set(told["commune_code"]) & set(ask_poverty_lists(other, desk)["commune_code"])
    entries = Vault(desk.folder / "personal").read("placed_poverty")
    assert told["households"].sum() == entries["commune_code"].isin(own.communes).sum()


def test_frames_are_cut_by_the_first_column_that_says_where(desk, own):
    from phusong.access.own_places import cut_to_communes

    frame = pd.DataFrame({"site_id": ["a"]})
    assert cut_to_communes(desk.folder, desk.stamp, frame, own.communes).empty


def test_an_account_without_communes_sees_nothing_and_not_everything(desk, own):
    nobody = copy(own)
    object.__setattr__(nobody, "communes", frozenset())  # no such account can be made
    assert ask_gaps(nobody, desk).empty and ask_places(nobody, desk, "hamlets").empty
    assert not any(ask_names(nobody, desk).values())
