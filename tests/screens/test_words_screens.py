"""Every sentence of the screens stands in both languages, with the same braces, and none stands there in vain."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

from phusong.screens.faults import FILE as FAULTS
from phusong.screens.speech import LANGUAGES, list_catalogues, read_file

SCREENS = Path(__file__).parents[2] / "coverage" / "phusong" / "screens"
KEYWORDS = {"say": None, "word": None, "count": (1, 2)}
BRACES = re.compile(r"\{(\w+)\}")


def said():
    found = {}
    rows = extract_from_dir(str(SCREENS), method_map=[("**.py", "python")], keywords=KEYWORDS)
    for file, line, message, *_ in rows:
        key = message if isinstance(message, str) else message[0]
        found.setdefault(key, []).append((f"{file}:{line}", message))
    return found


def kept(language):
    entries = {}
    for file in list_catalogues(language):
        for message in read_file(file, language):
            if message.id:
                key = message.id if isinstance(message.id, str) else message.id[0]
                entries.setdefault(key, []).append((file.name, message))
    return entries


SAID, KEPT = said(), {language: kept(language) for language in LANGUAGES}


def forms(message):
    return [message.string] if isinstance(message.string, str) else list(message.string)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_in_the_catalogue(language):
    assert not {m: places for m, places in SAID.items() if m not in KEPT[language]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_of_the_catalogue_is_unused(language):
    rows = {m: [f for f, _ in rows if f != FAULTS] for m, rows in KEPT[language].items()}
    assert not {m: files for m, files in rows.items() if files and m not in SAID}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_is_written_and_keeps_its_braces(language):
    wrong = []
    for key, rows in KEPT[language].items():
        for file, message in rows:
            wanted = set(BRACES.findall(key))
            texts = forms(message)
            if not all(texts) or any(set(BRACES.findall(t)) != wanted for t in texts):
                wrong.append((file, key))
            if not isinstance(message.id, str):
                assert len(texts) == (1 if language == "vi" else 2), key
    assert not wrong


def test_english_says_what_the_code_says():
    for key, rows in KEPT["en"].items():
        for _, message in rows:
            ids = [message.id] if isinstance(message.id, str) else list(message.id)
            assert forms(message) == ids, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_that_stands_twice_says_the_same(language):
    for key, rows in KEPT[language].items():
        assert len({tuple(forms(m)) for _, m in rows}) == 1, key
