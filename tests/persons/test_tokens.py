"""A pupil who turns up again under another number, school or spelling still meets the award that stands."""

import pandas as pd
from tests.persons.families import KEY, PERSONS, make_records

from phusong.persons.keys import TOKEN, hash_identities, hash_identity
from phusong.persons.linking import link_records
from phusong.persons.merging import merge_records
from phusong.persons.tokens import list_tokens


def tell(*changes):
    """Return pupil → tokens."""
    records = make_records(*changes)
    pupils = merge_records(records, link_records(records, persons=PERSONS), key=KEY)
    tokens = list_tokens(records, pupils, key=KEY)
    assert tokens["token"].is_unique and tokens["token"].str.startswith("dd-").all()
    return tokens.groupby("student_key")["token"].agg(set).to_dict()


def test_every_record_of_a_pupil_gives_its_identities():
    (alone,) = tell({}).values()
    # the ministry's code, the school's own with it, and who she is
    assert len(alone) == 3
    (both,) = tell({}, {"school_id": "26-TH-02", "full_name": "NGUYEN THI KHANH HA"}).values()
    assert alone < both


def test_a_better_number_changes_the_pseudonym_and_keeps_the_tokens():
    ((first, before),) = tell({}).items()
    ((second, after),) = tell({"personal_id": "026211000123"}).items()
    assert first != second and before < after


def test_a_number_filled_down_a_column_is_nobodys():
    twins = tell(
        {"student_code": "2601000001", "full_name": "Trần Văn Bình", "birth_date": "2010-01-01"},
        {"student_code": "2601000001", "full_name": "Lê Thị Cúc", "birth_date": "2012-02-02"},
    )
    first, second = twins.values()
    assert first and second and not first & second
    assert not (first | second) & set().union(*tell({"full_name": "Phạm Văn Sáu"}).values())


def test_nobody_has_no_tokens_and_rows_in_another_order_have_the_same():
    rows = [{}, {"full_name": "Lê Thị Cúc", "student_code": "2601000002"}]
    assert tell(*rows) == tell(*rows[::-1])
    records = make_records({})
    pupils = merge_records(records, link_records(records, persons=PERSONS), key=KEY)
    none = list_tokens(records.iloc[:0], pupils.iloc[:0], key=KEY)
    assert none.empty and list(none.columns) == ["student_key", "token"]
    assert isinstance(none, pd.DataFrame)


def test_many_are_hashed_as_one_by_one():
    texts = ["", "Nguyễn Thị Hạ", "024", *(f"hs{n}" for n in range(70_000))]
    many = hash_identities(KEY, TOKEN, texts)
    assert many[:500] == [hash_identity(KEY, TOKEN, t) for t in texts[:500]]
    assert many[-500:] == [hash_identity(KEY, TOKEN, t) for t in texts[-500:]]
    assert hash_identities(KEY, TOKEN, []) == []
