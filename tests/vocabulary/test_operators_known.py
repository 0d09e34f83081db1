"""Operators are data: known ones under their keys, any other under its own name, marked alike every time."""

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from phusong.views.palette import describe_palette, mark_operators, read_marks
from phusong.vocabulary.operators import SEPARATOR, clean_name, read_known
from phusong.vocabulary.terms import Operator

TWO = ("Econet", "Vodacom Lesotho")


def test_known_operators_are_found_by_key_and_by_label():
    assert Operator.VIETTEL == "VIETTEL" == Operator.of("viettel").value
    assert Operator.of("VNPT VinaPhone") == Operator.VNPT and Operator.VNPT.vi == "VNPT VinaPhone"
    assert list(Operator)[-1] == Operator.OTHER == "OTHER"
    with pytest.raises(AttributeError, match="knows HARBOUR"):
        _ = Operator.HARBOUR


def test_every_known_operator_states_its_source_and_no_name_means_two():
    known = read_known().values()
    assert all(o.source for o in known)
    for names in ("aliases", "networks"):
        every = [name for o in known for name in getattr(o, names)]
        assert len(every) == len(set(every))


def test_another_name_is_an_operator_of_its_own():
    econet, vodacom = (Operator.of(name) for name in TWO)
    assert econet != vodacom and (econet.vi, vodacom.en) == TWO
    assert Operator.of("ECONET") == econet == pickle.loads(pickle.dumps(econet))
    assert TypeAdapter(list[Operator]).validate_python(["Econet", "VNPT"]) == ["Econet", "VNPT"]
    for wrong in ("", "  ", "x" * 81):
        with pytest.raises(ValueError, match="no name of an operator"):
            Operator.of(wrong)


@settings(deadline=None)
@given(st.text(min_size=1, max_size=60))
def test_a_name_is_one_line_that_stays_as_it_is_and_names_a_file_inside_its_folder(text):
    name = clean_name(text)
    assert clean_name(name) == name and SEPARATOR not in name and "\n" not in name
    if name:
        stem = Operator.of(name).file_stem
        assert stem and stem.isascii() and not set(stem) & set("/\\. ")


def test_known_operators_keep_their_files_and_others_never_share_one():
    assert (
        Operator.VIETTEL.file_stem == "viettel"
        and Operator.of(TWO[1]).file_stem == "vodacom_lesotho"
    )
    names = ("AT&T", "AT-T", "A/T", "ເທເລຄອມ", "Úc")
    assert len({Operator.of(name).file_stem for name in names}) == len(names)


def test_strange_operators_stand_behind_the_known_ones_each_with_a_mark_of_its_own():
    listed = Operator.list_with(["Vodacom Lesotho|VIETTEL", None, "Econet", ""])
    assert listed == [*Operator, *TWO]
    marks = mark_operators(listed)
    assert {name: marks[name] for name in read_marks()} == read_marks()
    assert len({marks[name] for name in listed}) == len(listed)
    assert mark_operators(listed) == marks
    assert list(describe_palette(listed)["operators"]) == [str(o) for o in listed]
