"""Deliveries among the sources: added or in place of others, taken out again, and never changed unseen."""

from dataclasses import replace

import pytest

from phusong.pipeline.deliveries import (
    BOOK,
    Delivery,
    Effect,
    Verdict,
    add_delivery,
    add_sources,
    build_delivery,
    check_deliveries,
    hash_delivery,
    keep_file,
    list_counting,
    read_deliveries,
    recall_answers,
)
from phusong.store.lines import ASIDE, list_damage
from phusong.vocabulary.errors import SourceFault

DECLARED = [
    {"kind": "cells", "file": "viettel.csv", "operator": "VIETTEL"},
    {"kind": "cells", "file": "all.csv", "operator": None},
    {"kind": "roads", "file": "roads.gpkg", "operator": None},
]


@pytest.fixture
def place(tmp_path):
    """The folder of deliveries of a province."""
    return tmp_path / "tinh_deliveries"


def deliver(place, effect=Effect.ADDS, verdict=Verdict.ACCEPTED, **said):
    """Keep a list of cells and decide about it."""
    name = keep_file(place, "csv", b"Ma tram\n")
    described = Delivery(
        name, "cells", hash_delivery(place, name), 1, 1, 0, str(verdict), "2021-10-01T08:00:00+00:00",
        "tk-1", "planner", "Sở TT&TT", "đủ", str(effect), said,
    )  # fmt: skip
    add_delivery(place, described)
    return described


def files(place):
    return [s["file"] for s in add_sources(DECLARED, place)]


def named(place, told):
    return f"{place.name}/{told.name}"


def test_without_deliveries_the_sources_are_those_of_the_province_file(place):
    assert add_sources(DECLARED, place) == DECLARED


def test_an_accepted_delivery_is_one_source_more(place):
    described = deliver(place, crs=9210)
    assert files(place) == ["viettel.csv", "all.csv", "roads.gpkg", named(place, described)]
    assert add_sources(DECLARED, place)[-1]["crs"] == 9210


def test_what_was_sent_back_is_none(place):
    deliver(place, verdict=Verdict.REFUSED)
    assert files(place) == ["viettel.csv", "all.csv", "roads.gpkg"]


def test_a_delivery_takes_the_place_of_its_kind(place):
    deliver(place)
    described = deliver(place, Effect.REPLACES)
    assert files(place) == ["roads.gpkg", named(place, described)]


def test_of_one_operator_it_takes_the_place_of_that_operator_alone(place):
    described = deliver(place, Effect.REPLACES, operator="VIETTEL")
    assert files(place) == ["all.csv", "roads.gpkg", named(place, described)]


def test_taken_out_again_it_leaves_what_was_there_before(place):
    described = deliver(place, Effect.REPLACES)
    add_delivery(place, replace(described, verdict=str(Verdict.WITHDRAWN)))
    assert files(place) == ["viettel.csv", "all.csv", "roads.gpkg"]
    assert not list_counting(place) and len(read_deliveries(place)) == 2


def test_a_delivery_that_the_province_file_names_already_is_one_source(place):
    described = deliver(place)
    twice = [*DECLARED, {"kind": "cells", "file": named(place, described)}]
    assert len(add_sources(twice, place)) == len(twice)


@pytest.mark.parametrize("change", [lambda p: p.write_bytes(b"Ma tram\r\n"), lambda p: p.unlink()])
def test_a_file_that_is_not_what_was_accepted_stops_the_run_in_words(place, change):
    described = deliver(place)
    check_deliveries(place)
    change(place / described.name)
    with pytest.raises(
        SourceFault, match=f"{described.name}.*not what was accepted.*take the delivery"
    ):
        check_deliveries(place)


def test_a_line_that_is_no_decision_costs_that_line_alone(place):
    described = deliver(place)
    with (place / BOOK).open("a") as book:
        book.write('{"name": "x"}\n')
    other = deliver(place)
    assert [d.name for d in read_deliveries(place)] == [described.name, other.name]
    assert list_damage(place / BOOK, build_delivery) == ["row 2 cannot be read"]


def test_a_decision_that_was_cut_off_is_set_aside_and_blocks_no_run(place):
    described = deliver(place)
    deliver(place)
    book = place / BOOK
    book.write_bytes(book.read_bytes()[:-50])
    assert files(place)[-1] == named(place, described)
    other = deliver(place)
    assert [d.name for d in read_deliveries(place)] == [described.name, other.name]
    assert book.with_name(f"{BOOK}{ASIDE}").exists()


def recall(place, declared=(), account="tk-1", organisation="Sở TT&TT", **about):
    about = {"kind": "cells", **about}
    return recall_answers(
        list(declared),
        place,
        about.pop("kind"),
        account=account,
        organisation=organisation,
        **about,
    )


def recall_read(place, declared=(), **about):
    return recall(place, declared, **about).read


def test_an_answer_about_columns_holds_for_the_next_file_of_the_sender(place):
    deliver(place, read={"Cao độ": "height_m", "Ghi chú": ""})
    deliver(place, read={"Cao độ": ""})
    deliver(place, verdict=Verdict.REFUSED, read={"Cao độ": "band"})
    assert recall_read(place) == {"Cao độ": "", "Ghi chú": ""}
    assert recall_read(place, account="tk-2") == recall_read(place), "of one organisation"
    assert recall_read(place, account="tk-2", organisation="VNPT") == {}
    assert recall_read(place, kind="fibre_nodes") == {}


def test_an_answer_for_one_operator_is_none_for_another(place):
    deliver(place, operator="VNPT", read={"Cao độ": "height_m"})
    assert recall_read(place, operator="VNPT") == {"Cao độ": "height_m"}
    assert recall_read(place, operator="VIETTEL") == {}


def test_the_province_file_speaks_for_its_publisher(place):
    declared = [{"kind": "cells", "publisher": "VNPT", "read": {"Cao độ": "height_m"}}]
    assert recall_read(place, declared, organisation="VNPT") == {"Cao độ": "height_m"}
    assert recall_read(place, declared, organisation="Sở TT&TT") == {}


def test_empty_cells_mean_in_the_next_file_what_they_meant_in_this_one(place):
    deliver(place, fill_down=["Tên xã"])
    deliver(place)
    assert recall(place).fill_down == ("Tên xã",)
    assert recall(place, account="tk-2", organisation="VNPT").fill_down == ()
    deliver(place, fill_down=["none"])
    assert recall(place).fill_down == ("Tên xã",), "that nothing is filled was said of one file"
    declared = [{"kind": "cells", "publisher": "VNPT", "fill_down": "Xã"}]
    assert recall(place, declared, account="tk-2", organisation="VNPT").fill_down == ("Xã",)
