"""Say which rollout plans are kept beside a run's results, and which of them a later run has outdated."""

from __future__ import annotations

import json
from pathlib import Path

from phusong.store import Manifest, read_manifest

PLAN_FOLDER, PLAN_NAME = "plan", "plan.json"
#: The stages whose tables a plan reads.
MADE_FROM = (
    "places", "sites", "gaps", "pupil_counts_public", "intake_roads", "intake_fibre_nodes",
    "intake_fibre_routes", "intake_terrain", "intake_commitments",
)  # fmt: skip


def list_plans(folder: Path) -> dict[str, list[str]]:
    """Return the plans that were kept, each with the stages that have been run anew since it was made.

    Parameters
    ----------
    folder : output folder of a run.
    """
    manifest = read_manifest(folder)
    now = list_sources(manifest) if manifest else {}
    found = {}
    for path in sorted((folder / PLAN_FOLDER).glob(f"*/{PLAN_NAME}")):
        then = json.loads(path.read_text(encoding="utf-8"))["made_from"]
        found[path.parent.name] = sorted(k for k in {*now, *then} if now.get(k) != then.get(k))
    return found


def list_sources(manifest: Manifest) -> dict[str, str]:
    """Return the keys of the stages that a plan depends on; another key makes the plan stale.

    Parameters
    ----------
    manifest : of the run.
    """
    return {name: manifest.stages[name].key for name in MADE_FROM if name in manifest.stages}
