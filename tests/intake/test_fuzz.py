"""A few of the cases of `python -m benchmarks.fuzz`, always the same: whatever comes in ends in an answer."""

import warnings

import pytest
from benchmarks.fuzz import SEED, Broken, make_case, run_case, watch

#: So many take some seconds; the minutes are in `docs/benchmarks.md`.
CASES = 36
SHARE = 6
#: Cases that broke a promise once, with their seed: masts without any code, places beyond all numbers, bytes
#: like UTF-16, a shape whose box has no middle that is a number.
FOUND = ((SEED, 66), (SEED, 211), (SEED, 318), (SEED, 575), (424242, 1407))


@pytest.mark.parametrize("first", range(0, CASES, SHARE))
def test_a_file_changed_at_random_ends_in_an_answer(tmp_path, first):
    described = [run_case(number, SEED, tmp_path) for number in range(first, first + SHARE)]
    assert [fault for _, fault in described if fault] == []


@pytest.mark.parametrize(("seed", "number"), FOUND)
def test_what_was_found_once_is_repaired(tmp_path, seed, number):
    assert run_case(number, seed, tmp_path)[1] == ""


def test_a_case_is_made_again_by_its_number():
    assert make_case(7, SEED) == make_case(7, SEED) != make_case(8, SEED)


def test_a_warning_and_a_timeout_break_a_case():
    with pytest.raises(Broken, match="error stream"), watch(60):
        warnings.warn("beware", UserWarning, stacklevel=1)
    with pytest.raises(Broken, match="more than 1 s"), watch(1):
        while True:
            pass
