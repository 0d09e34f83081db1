"""What of the files that live on beside a province file cannot be read."""

from __future__ import annotations

from pathlib import Path

from phusong.pipeline.challenges import build_challenge
from phusong.pipeline.deliveries import BOOK, build_delivery
from phusong.pipeline.province import list_living, parse_province, read_text
from phusong.store.decisions import build_decision
from phusong.store.lines import list_damage


def find_damage(province_file: Path) -> list[tuple[Path, str]]:
    """Return what is wrong with the files of decisions, challenges and deliveries, a sentence each.

    Parameters
    ----------
    province_file : the province file beside which they lie.
    """
    province = parse_province(read_text(province_file), province_file)
    living = list_living(province_file, province)
    files = (
        (living["decisions"], build_decision),
        (living["challenges"], build_challenge),
        (living["deliveries"] / BOOK, build_delivery),
    )
    return [(path, what) for path, build in files for what in list_damage(path, build)]
