"""The front end's entry: navigation only. Start it with ``make app`` or ``phusong app``."""

from phusong.screens.entry import navigate

navigate()
