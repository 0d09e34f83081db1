"""The guides say the same in both languages, in the words that the program itself shows."""

import re
from pathlib import Path

import pytest

from phusong.screens.speech import read_words

GUIDES = Path(__file__).parents[2] / "docs" / "guides"
READERS = sorted({path.name.split(".")[0] for path in GUIDES.glob("*.*.md")})


def read_guide(reader, language):
    return (GUIDES / f"{reader}.{language}.md").read_text(encoding="utf-8")


def test_there_is_a_guide_for_every_reader():
    assert READERS == ["administrator", "analyst", "education", "operator", "planner"]


@pytest.mark.parametrize("reader", READERS)
def test_both_languages_have_the_same_steps_commands_and_pictures(reader):
    vietnamese, english = read_guide(reader, "vi"), read_guide(reader, "en")
    for pattern in (
        r"^(#+) ",
        r"^(\d+)\. ",
        r"`(phusong \w+(?: [a-z-]+)?)",
        r"\]\(\.\./pictures/([\w.]+)\)",
    ):
        found = [re.findall(pattern, text, re.M) for text in (vietnamese, english)]
        assert found[0] == found[1], pattern


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("reader", READERS)
def test_a_page_is_called_as_the_program_calls_it(reader, language):
    shown = {form for forms in read_words(language).values() for form in forms}
    pattern = r"[Tt]rang “([^”]+)”" if language == "vi" else r"page “([^”]+)”"
    named = re.findall(pattern, read_guide(reader, language))
    assert set(named) <= shown
    assert named or reader in ("administrator", "analyst") or language == "en"


@pytest.mark.parametrize("reader", READERS)
def test_vietnamese_is_written_with_its_accents(reader):
    text = re.sub(r"`[^`]*`|```.*?```|\([^)]*\)", "", read_guide(reader, "vi"), flags=re.S)
    words = re.findall(r"\w+", text)
    assert sum(not word.isascii() for word in words) > len(words) / 3
