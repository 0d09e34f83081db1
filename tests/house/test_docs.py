"""What the guides point at is there: links, commands, kinds, packaged names."""

import json
import re
import shlex
from pathlib import Path

import pytest

from phusong.cli import commands
from phusong.intake.registry import KINDS
from phusong.views.kit import TEMPLATES

ROOT = Path(__file__).parents[2]
GUIDES = sorted(
    p
    for p in [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *ROOT.glob("notebooks/*.md"),
        ROOT / "data/raw/README.md",
    ]
)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
COMMAND = re.compile(r"`phusong ([a-z][^`]*)`|^phusong ([a-z].*)$", re.M)
COMMANDS = {name: commands.load_command(name) for name in commands.COMMANDS}


def text_of(path):
    return path.read_text(encoding="utf-8")


def anchors(path):
    heads = re.findall(r"^#+ (.*)$", text_of(path), re.M)
    plain = (re.sub(r"[^\w\- ]", "", head.lower().replace("`", "")) for head in heads)
    return {head.replace(" ", "-") for head in plain}


@pytest.mark.parametrize("path", GUIDES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(path):
    lost = []
    for target in LINK.findall(text_of(path)):
        if "://" in target or target.startswith("mailto:"):
            continue
        name, _, anchor = target.partition("#")
        there = (path.parent / name).resolve() if name else path
        if not there.exists() or (
            anchor and there.suffix == ".md" and anchor not in anchors(there)
        ):
            lost.append(target)
    assert not lost


@pytest.mark.parametrize("path", GUIDES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_command_that_a_guide_names_exists(path):
    strange = []
    for quoted, alone in COMMAND.findall(text_of(path)):
        words = (quoted or alone).replace("\\", " ").split()
        command = COMMANDS.get(words[0])
        if command is None:
            strange.append(words[0])
            continue
        group = getattr(command, "commands", {})
        if group and len(words) > 1 and words[1].islower() and words[1].isalpha():
            command = group.get(words[1], command)
        known = {o for p in command.params for o in (*p.opts, *p.secondary_opts)} | {"--help"}
        known |= {o for sub in group.values() for p in sub.params for o in p.opts}
        strange += [w for w in words if w.startswith("--") and w.partition("=")[0] not in known]
    assert not strange


def test_the_recipes_check_kinds_that_exist():
    for name in ("docs/open_data.md", "docs/requests/README.md"):
        for line in re.findall(r"^phusong check .*$", text_of(ROOT / name), re.M):
            assert shlex.split(line)[2] in KINDS


def test_the_kit_is_described_form_by_form():
    guide = text_of(ROOT / "docs/requests/README.md")
    for form in TEMPLATES.values():
        assert f"{form.number:02d}" in guide and f"`{form.kind}`" in guide


def test_notebooks_are_stripped_and_listed():
    listed = text_of(ROOT / "notebooks/README.md")
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        assert f"({path.name})" in listed
        cells = json.loads(text_of(path))["cells"]
        assert all(not c.get("outputs") and c.get("execution_count") is None for c in cells)
