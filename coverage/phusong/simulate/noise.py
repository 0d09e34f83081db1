"""Fractal noise: surfaces whose roughness looks the same at every scale."""

from __future__ import annotations

import numpy as np


def fractal_surface(
    shape: tuple[int, int],
    *,
    cell_m: float,
    length_m: float,
    steepness: float,
    rng: np.random.Generator,
) -> np.ndarray:
    """Return a fractal surface of mean 0 and deviation 1 [rows, columns].

    White noise is filtered so that the amplitude falls as k^−s beyond the wavelength given and is flat
    before it.

    Parameters
    ----------
    shape : rows and columns.
    cell_m : side of a cell [m].
    length_m : longest wavelength that still counts [m].
    steepness : s; 1.6 to 2.2 look like hills.
    rng : stream of random numbers.
    """
    spectrum = np.fft.rfft2(rng.standard_normal(shape))
    rows = np.fft.fftfreq(shape[0], d=cell_m)[:, None]
    columns = np.fft.rfftfreq(shape[1], d=cell_m)[None, :]
    wave = np.hypot(rows, columns) * length_m
    surface = np.fft.irfft2(spectrum / (1.0 + wave**2) ** (steepness / 2), s=shape)
    return (surface - surface.mean()) / surface.std()


def wander(
    along_m: np.ndarray, *, length_m: float, rng: np.random.Generator, waves: int = 5
) -> np.ndarray:
    """Return a smooth wandering of mean 0 along a line, about −1 to 1 [same shape].

    Parameters
    ----------
    along_m : distance along the line [any shape] [m].
    length_m : usual wavelength [m].
    rng : stream of random numbers.
    waves : how many waves are added up.
    """
    lengths = length_m * rng.uniform(0.6, 2.2, waves)
    phases = rng.uniform(0, 2 * np.pi, waves)
    parts = [np.sin(2 * np.pi * along_m / n + p) for n, p in zip(lengths, phases, strict=True)]
    return np.sum(parts, axis=0) / np.sqrt(waves)


def rise_between(values: np.ndarray, low: float, high: float) -> np.ndarray:
    """Return 0 below one bound, 1 above the other, and a smooth rise between."""
    share = np.clip((values - low) / (high - low), 0.0, 1.0)
    return share * share * (3.0 - 2.0 * share)
