"""One file that needs no other, and in which no text can run."""

import base64
import hashlib
import json
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.views import world

import phusong.views
from phusong.views import page, program
from phusong.views.map import render_map
from phusong.views.map_data import read_drawing

ASSETS = Path(phusong.views.__file__).parent / "assets"
VENDORED = tomllib.loads((ASSETS / "VENDORED.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def text():
    return render_map(world.tables(), world.summary())


@pytest.mark.parametrize("name", VENDORED)
def test_vendored_files_are_what_was_published(name):
    entry = VENDORED[name]
    kept = {str(f.relative_to(ASSETS)) for f in (ASSETS / name).iterdir()}
    assert set(entry["sha256"]) == kept
    for file, digest in entry["sha256"].items():
        assert hashlib.sha256((ASSETS / file).read_bytes()).hexdigest() == digest
    assert entry["version"] in (ASSETS / name / f"{name}.js").read_text(encoding="utf-8")
    assert entry["licence"].split("-")[0] in (ASSETS / name / "LICENSE").read_text(encoding="utf-8")


def test_every_asset_is_used_or_vendored():
    own = {f.name for f in (ASSETS / "page").iterdir()}
    assert own == {
        *page.SCRIPTS,
        *page.STYLES,
        *program.INSIDE,
        *program.STYLES,
        "ink.js",
        "bridge.js",
        "main.html",
        "page.html",
    }


@pytest.mark.parametrize("names", [page.SCRIPTS, program.INSIDE], ids=["file", "front end"])
def test_every_function_of_the_scripts_that_a_program_calls_is_in_it(names):
    every = {*page.SCRIPTS, *program.INSIDE}
    texts = {name: page.read_asset("page", name) for name in every}
    declares = {name: set(re.findall(r"^function (\w+)\(", texts[name], re.M)) for name in every}
    here = set().union(*(declares[name] for name in names))
    elsewhere = set().union(*declares.values()) - here
    assert len(here) > 100 and elsewhere
    called = {name: set(re.findall(r"\b\w+\b", texts[name])) & elsewhere for name in names}
    assert not {name: lost for name, lost in called.items() if lost}


def test_drawing_numbers_carry_unit_range_and_source():
    for name, entry in read_drawing().items():
        assert entry["low"] <= entry["value"] <= entry["high"], name
        assert entry["unit"]
        assert entry["source"]


def test_the_page_refers_to_nothing_outside_itself(text):
    assert not re.search(r"<link\b|<base\b|<iframe\b|@import|sourceMappingURL", text)
    assert not re.search(r"<(script|img|source|video)\b[^>]*\bsrc\s*=", text.split('id="data"')[0])
    assert not re.search(
        r"url\((?!data:)[^)]",
        re.search(r"<style>.*</style>", text, re.S)[0].replace("url(#default#VML)", ""),
    )
    assert set(re.findall(r'(?:href|action)="([^"]*)"', text.split("<script", maxsplit=1)[0])) <= {
        "#list"
    }


def test_the_policy_names_every_script_and_style_and_nothing_else(text):
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)[1]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    for kind, tag in (("script-src", "script"), ("style-src", "style")):
        blocks = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.S)
        hashes = [
            "'sha256-" + base64.b64encode(hashlib.sha256(b.encode()).digest()).decode() + "'"
            for b in blocks
        ]
        assert rules[kind].split() == hashes
    assert rules["default-src"] == "'none'"
    assert "unsafe" not in policy


def test_no_script_builds_markup_from_text():
    scripts = {*page.SCRIPTS, *program.INSIDE, "ink.js"}
    own = "\n".join(page.read_asset("page", name) for name in sorted(scripts))
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", own
    )
    assert not re.search(
        r"\b(fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|localStorage)\b", own
    )


def test_names_stand_in_the_data_and_nowhere_as_markup(text):
    assert world.IMAGE not in text
    assert world.SCRIPT not in text
    data = json.loads(re.search(r'id="data">(.*?)</script>', text, re.S)[1])
    assert data["hamlets"]["columns"]["name"]["words"][1:3] == [world.IMAGE, world.SCRIPT]


@given(st.text())
def test_no_text_can_end_the_element_that_holds_the_data(text):
    told = page.embed_json({"name": text})
    assert json.loads(told) == {"name": text}
    assert not set("<>&") & set(told)


def test_a_number_that_is_not_finite_is_refused():
    with pytest.raises(ValueError, match="JSON"):
        page.embed_json({"share": float("nan")})


@pytest.mark.parametrize("bad", ["a </script> b", "x </STYLE", "<!-- y"])
def test_a_script_that_would_end_its_own_element_is_refused(bad):
    with pytest.raises(ValueError, match="end its own element"):
        page.assemble_page(
            title="", language="vi", noscript="", map_html="", map_script=bad, data={}
        )


def test_title_and_notes_are_escaped():
    told = page.assemble_page(
        title="</title><b>", language="vi", noscript="<i>", map_html="", map_script="", data={}
    )
    assert "<title>&lt;/title&gt;&lt;b&gt;</title>" in told
    assert "&lt;i&gt;" in told
