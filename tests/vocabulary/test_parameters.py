"""Parameters refuse what they do not know, and overlays change what they name."""

from datetime import date

import pytest
from pydantic import ValidationError

from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.parameters import Parameter, load_parameters, load_scenario


def test_the_packaged_parameters_load_and_are_frozen():
    parameters = load_parameters()
    assert parameters.policy.count_3g_until.value == date(2028, 9, 1)
    with pytest.raises(ValidationError):
        parameters.radio.edge_4g_dbm.value = -90


def test_an_overlay_changes_what_it_names_and_nothing_else():
    plain, changed = load_parameters(), load_parameters({"radio": {"edge_4g_dbm": -108}})
    assert changed.radio.number("edge_4g_dbm") == -108
    assert changed.radio.edge_3g_dbm == plain.radio.edge_3g_dbm and changed.fibre == plain.fibre


@pytest.mark.parametrize(
    ("overlay", "words"),
    [
        ({"radar": {"x": 1}}, "no parameters are called “radar”"),
        ({"radio": {"edge_6g_dbm": 1}}, "no parameter “edge_6g_dbm”"),
        ({"radio": {"edge_4g_dbm": -20}}, "outside -115.0…-105.0"),
        ({"radio": {"edge_4g_dbm": "strong"}}, "radio.edge_4g_dbm"),
    ],
)
def test_a_wrong_overlay_is_refused_in_words(overlay, words):
    with pytest.raises(ParameterFault, match=None) as fault:
        load_parameters(overlay)
    assert words in str(fault.value)


def test_an_unknown_scenario_names_the_known_ones():
    with pytest.raises(ParameterFault, match="3g_off"):
        load_scenario("5g_everywhere")


def test_a_number_without_a_range_is_refused():
    with pytest.raises(ValidationError, match="low and high"):
        Parameter(value=3.0, unit="m", source="a ruler")
