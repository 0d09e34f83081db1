"""Nothing in access lies idle: every public function is reached from a page, a route or a command."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "coverage" / "phusong"


def list_names(node):
    """Return every name that a piece of code mentions."""
    found = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            found.add(part.id)
        elif isinstance(part, ast.Attribute):
            found.add(part.attr)
        elif isinstance(part, ast.ImportFrom):
            found |= {alias.name for alias in part.names}
    return found


def read_trees(room):
    for file in sorted((PACKAGE / room).rglob("*.py")):
        yield file, ast.parse(file.read_text(encoding="utf-8"))


def test_every_public_function_of_access_is_reached_from_screens_or_cli():
    mentions, public, reached = {}, {}, set()
    for file, tree in read_trees("access"):
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                mentions.setdefault(node.name, set()).update(list_names(node))
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    public[node.name] = file.name
            elif not isinstance(node, ast.Import | ast.ImportFrom):
                reached |= list_names(node)
    for room in ("screens", "cli"):
        for _, tree in read_trees(room):
            reached |= list_names(tree)
    waiting = [name for name in mentions if name in reached]
    while waiting:
        fresh = (mentions[waiting.pop()] & set(mentions)) - reached
        reached |= fresh
        waiting += fresh
    assert len(public) > 100
    assert not {name: file for name, file in public.items() if name not in reached}
