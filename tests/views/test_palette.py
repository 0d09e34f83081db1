"""Colours are told apart by every eye, and text on them can be read."""

from itertools import combinations

import numpy as np
import pytest
from tests.views.colour_vision import EYES, distance, seen

from phusong.views import palette
from phusong.vocabulary.options import PlannedWave
from phusong.vocabulary.terms import Evidence, GapClass, OfficialGap, Operator, Status

#: CIEDE2000 of 10 is a difference that a glance sees; the palette keeps a margin over it.
APART = 12.0
PALETTES = {
    "class": (palette.GAP_CLASSES, GapClass),
    "gap": (palette.OFFICIAL_GAPS, OfficialGap),
    "status": (palette.STATUSES, Status),
    "evidence": (palette.EVIDENCE, Evidence),
    "plan": (palette.WAVES, PlannedWave),
}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, -1.0, 2.0), (50.0, 0.0, 0.0), 2.3669),
        ((50.0, 2.4900, -0.0010), (50.0, -2.4900, 0.0011), 7.2195),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
    ],
)
def test_distance_agrees_with_the_published_pairs(one, other, expected):
    assert distance(one, other) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("eye", EYES)
def test_a_simulated_eye_still_sees_grey_as_grey(eye):
    assert np.abs(seen("#808080", eye)[1:]).max() < 0.1


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("name", PALETTES)
def test_every_pair_of_a_palette_is_told_apart(name, eye):
    colours = PALETTES[name][0]
    near = {
        (str(a), str(b)): round(distance(seen(colours[a], eye), seen(colours[b], eye)), 1)
        for a, b in combinations(colours, 2)
    }
    assert min(near.values()) >= APART, sorted(near.items(), key=lambda pair: pair[1])[:3]


@pytest.mark.parametrize("eye", ["protanopia", "deuteranopia"])
def test_red_against_green_would_have_failed(eye):
    assert distance(seen("#2e8b2e", eye), seen("#b8601f", eye)) < APART


@pytest.mark.parametrize("name", PALETTES)
def test_every_term_has_a_colour_and_no_two_share_one(name):
    colours, terms = PALETTES[name]
    assert list(colours) == list(terms)
    assert len(set(colours.values())) == len(colours)


def test_classes_grow_darker_from_served_to_left_out():
    ramp = [seen(palette.GAP_CLASSES[c], "typical")[0] for c in list(GapClass)[:5]]
    assert ramp == sorted(ramp, reverse=True)


@pytest.mark.parametrize("name", PALETTES)
def test_ink_on_every_colour_reads_at_level_aa(name):
    for colour in PALETTES[name][0].values():
        assert palette.contrast_ratio(colour, palette.ink_on(colour)) >= 4.5


def test_contrast_of_black_on_white_is_21():
    assert palette.contrast_ratio("#000000", "#ffffff") == pytest.approx(21.0)
    assert palette.contrast_ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_every_operator_has_a_shape_of_its_own():
    shapes = [shape for _, shape in palette.read_marks().values()] + [palette.SHARED[1]]
    assert list(palette.read_marks()) == list(Operator)
    assert len(set(shapes)) == len(shapes)


def test_the_page_is_told_every_colour_and_shape():
    told = palette.describe_palette()
    assert told["themes"]["class"][4] == ["K5", palette.GAP_CLASSES[GapClass.K5], palette.LIGHT_INK]
    assert set(told["operators"]) == set(map(str, Operator))
