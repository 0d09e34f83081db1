"""Read what a run was made with: its province as it was, the files that live on beside it, the overlays."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from phusong.pipeline.province import (
    Province,
    list_living,
    parse_province,
    read_province,
    read_text,
)
from phusong.store import Manifest, finish_commit, read_manifest
from phusong.store.manifest import MANIFEST_NAME, hash_file, name_place
from phusong.vocabulary.errors import FolderFault, ParameterFault
from phusong.vocabulary.offices import parse_offices
from phusong.vocabulary.operators import OperatorSet, use_operators
from phusong.vocabulary.own_operators import open_operators

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")


def read_settings(folder: Path) -> tuple[Path, Province, Manifest]:
    """Return the place of the province file, the province as the run read it, and the manifest.

    The province comes from the manifest, so that whatever only reads results needs no file outside them. The
    province file may have been moved or changed since; whoever needs it asks `find_province_file`.

    Raises
    ------
    ParameterFault
        If the folder holds no results.
    FolderFault
        If an earlier version made them, which kept no copy of the province file, and that is gone.
    """
    manifest = _open_manifest(folder)
    if not manifest.province_text:
        path = find_province_file(folder)
        return path, read_province(path), manifest
    place, units = folder / MANIFEST_NAME, manifest.units_text
    province = parse_province(manifest.province_text, place, units=units)
    if manifest.offices:
        offices = parse_offices(manifest.offices, file=MANIFEST_NAME)
        province = province.model_copy(update={"offices": offices})
    return _choose_place(list_places(folder, manifest)), province, manifest


def in_province(work: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
    """Let what works on the results of a folder, its first argument, know the province's own operators.

    Parameters
    ----------
    work : any function of a results folder.
    """

    @wraps(work)
    def _work(*given: Arguments.args, **chosen: Arguments.kwargs) -> Answer:
        folder = given[0] if given else chosen["folder"]
        with use_operators(read_operators(Path(str(folder)))):
            return work(*given, **chosen)

    return _work


def read_operators(folder: Path) -> OperatorSet:
    """Return the operators that are known in the results of a folder; without results the packaged ones.

    Parameters
    ----------
    folder : output folder of a run.
    """
    try:
        return read_settings(folder)[1].operators
    except (ParameterFault, FolderFault):
        return open_operators("")


def _open_manifest(folder: Path) -> Manifest:
    """Return the manifest of an output folder whose results are all in place."""
    finish_commit(folder)
    manifest = read_manifest(folder)
    if manifest is None:
        raise ParameterFault(
            f"{folder}: there are no results here → run `phusong run PROVINCE.toml --out {folder}`"
        )
    return manifest


def find_province_file(folder: Path, given: Path | None = None) -> Path:
    """Return where the province file behind an output folder lies now.

    Parameters
    ----------
    folder : output folder of a run.
    given : where it is, if somebody knows; None: where the run left it.

    Raises
    ------
    FolderFault
        If it is gone.
    """
    places = [given] if given else list_places(folder, _open_manifest(folder))
    path = _choose_place(places)
    if not path.is_file():
        raise FolderFault(
            "the province file of these results is gone",
            file=str(path),
            cure="put it back, or say where it is: --province FILE",
        )
    return path


def _choose_place(places: list[Path]) -> Path:
    """Return the first place at which a file lies, else the likeliest one."""
    return next((path for path in places if path.is_file()), places[0])


def list_places(folder: Path, manifest: Manifest) -> list[Path]:
    """Return where the province file may be, the likeliest first.

    Parameters
    ----------
    folder : output folder of a run.
    manifest : its manifest.

    Returns
    -------
    Beside or inside the folder, as it was; where it was. An earlier version kept it as the user typed it,
    relative to wherever they stood: there, and whatever ends alike inside or beside the folder.
    """
    path = Path(manifest.province_file)
    if manifest.province_text:
        return [folder / path, Path(manifest.province_origin)]
    ends = [Path(*path.parts[i:]) for i in range(1 if path.is_absolute() else 0, len(path.parts))]
    return [path, *(home / end for end in ends for home in (folder, folder.resolve().parent))]


def find_living(folder: Path, name: str, given: Path | None = None) -> Path:
    """Return where the key, the decisions, the challenges or the deliveries behind an output folder lie.

    Parameters
    ----------
    folder : output folder of a run.
    name : key of `list_living`.
    given : see `find_province_file`.

    Raises
    ------
    FolderFault
        If the province file is gone, or what the run found there is.
    """
    path = find_province_file(folder, given)
    place = list_living(path, parse_province(read_text(path), path))[name]
    _check_there(name, place, _open_manifest(folder))
    return place


def check_living(manifest: Manifest, path: Path, province: Province) -> None:
    """Refuse to go on without a key, decisions, challenges or deliveries with which results were made.

    Parameters
    ----------
    manifest : of the results.
    path, province : province file, and what it says.

    Raises
    ------
    FolderFault
        If one is gone.
    """
    for name, place in list_living(path, province).items():
        _check_there(name, place, manifest)


def _check_there(name: str, place: Path, manifest: Manifest) -> None:
    """Refuse to go on without what the results were made with."""
    if name in manifest.living_files and not place.exists():
        raise FolderFault(
            f"these results were made with a file that is gone: {name}",
            file=str(place),
            cure="put it back, or name the province file beside which it lies: --province FILE",
        )


def describe_province(path: Path, province: Province, folder: Path) -> dict[str, Any]:
    """Return what a manifest keeps of the province file and of what lives on beside it.

    Parameters
    ----------
    path, province : province file, and what it says.
    folder : output folder.
    """
    living, own = list_living(path, province), province.offices
    return {
        "province_file": name_place(path, folder),
        "province_origin": str(path.resolve()),
        "province_text": read_text(path),
        "province_sha256": hash_file(path),
        "units_text": province.province.units,
        "offices": {} if own is None else own.model_dump(mode="json", exclude_unset=True),
        "living_files": {n: name_place(p, folder) for n, p in living.items() if p.exists()},
    }


def merge_overlays(*overlays: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return several overlays as one; the later one wins where two change the same parameter."""
    merged: dict[str, dict[str, Any]] = {}
    for overlay in overlays:
        for group, changes in overlay.items():
            if not isinstance(changes, dict):
                raise ParameterFault(
                    f"parameters.{group}: write [parameters.{group}] with its entries below"
                )
            merged[group] = {**merged.get(group, {}), **changes}
    return merged
