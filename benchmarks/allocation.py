"""Allocation of the whole country for one year against the bare integer arithmetic in a loop; at most 5 × is wanted.

The sums are the sections of 2023, to 21 regions or 290 municipalities, by three keys: population, equal, flat and
population.
Both sides are measured in turn and the best time of each counts, so that a busy machine disturbs both alike.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from time import perf_counter

from samplan.domain.allocation import Row, Rows, allocate, prove
from samplan.domain.allocation_keys import Equal, FlatPopulation, Key, Population

REGIONS, MUNICIPALITIES = 21, 290
TO_REGIONS = (217_000_000, 370_000_000, 150_000_000, 200_000_000, 100_000_000, 31_000_000, 200_000_000, 50_000_000)
TO_MUNICIPALITIES = (197_000_000, 100_000_000)
FLAT = 100_000
KEYS: tuple[Key, ...] = (Population(), Equal(), FlatPopulation(FLAT))
ROUNDS = 60


def country() -> tuple[list[Row], list[Row]]:
    """Regions and municipalities with populations of the right size, the same in every run."""
    dice = random.Random(2023)  # noqa: S311 - figures for a benchmark
    regions = [Row(f"{n:02}", f"Region {n}", dice.randrange(60_000, 2_400_000)) for n in range(1, REGIONS + 1)]
    places = range(1, MUNICIPALITIES + 1)
    return regions, [Row(f"{n:04}", f"Kommun {n}", dice.randrange(2_400, 980_000)) for n in places]


def bare(jobs: list[tuple[int, list[int]]]) -> list[list[int]]:
    """The arithmetic and nothing else: the nearest krona by weight, equally, and after a flat sum."""
    results = []
    for amount, weights in jobs:
        total, count = sum(weights), len(weights)
        results.append([(2 * amount * weight + total) // (2 * total) for weight in weights])
        results.append([(2 * amount + count) // (2 * count) for _weight in weights])
        rest = amount - FLAT * count
        results.append([FLAT + (2 * rest * weight + total) // (2 * total) for weight in weights])
    return results


def bare_largest_remainder(jobs: list[tuple[int, list[int]]]) -> list[list[int]]:
    """The same three shared by largest remainder; ties as they fall."""
    results = []
    for amount, weights in jobs:
        count = len(weights)
        for flat, shared in ((0, weights), (0, [1] * count), (FLAT, weights)):
            total, rest = sum(shared), amount - flat * count
            amounts = [flat + rest * weight // total for weight in shared]
            fractions = [rest * weight % total for weight in shared]
            left = amount - sum(amounts)
            for place in sorted(range(count), key=fractions.__getitem__, reverse=True)[:left]:
                amounts[place] += 1
            results.append(amounts)
    return results


def engine(jobs: list[tuple[int, list[Row]]], rounding: str, *, shares: bool) -> list[list[int]]:
    """The same through the engine, the rows checked and made ready once for each kind of party, as a page does."""
    ready: dict[int, Rows] = {}
    results = []
    for amount, rows in jobs:
        made = ready.get(id(rows)) or ready.setdefault(id(rows), Rows(rows))
        for key in KEYS:
            allocation = allocate(amount, key, made, rounding)
            results.append([share.amount for share in allocation.shares] if shares else allocation.amounts)
    return results


def run() -> None:
    """Prints the time of the bare loop and the ratio of each way through the engine; first checks that they agree."""
    regions, municipalities = country()
    jobs = [(amount, regions) for amount in TO_REGIONS] + [(amount, municipalities) for amount in TO_MUNICIPALITIES]
    plain = [(amount, [int(row.weight) for row in rows]) for amount, rows in jobs]  # type: ignore[arg-type]
    if engine(jobs, "nearest", shares=True) != bare(plain):
        raise SystemExit("The engine and the bare arithmetic disagree.")
    for amount, rows in jobs:
        for key in KEYS:
            prove(allocate(amount, key, rows, "largest-remainder"))

    ways: dict[str, Callable[[], object]] = {
        "bare nearest": lambda: bare(plain),
        "nearest, amounts": lambda: engine(jobs, "nearest", shares=False),
        "nearest, shares": lambda: engine(jobs, "nearest", shares=True),
        "bare largest remainder": lambda: bare_largest_remainder(plain),
        "largest remainder, amounts": lambda: engine(jobs, "largest-remainder", shares=False),
        "largest remainder, shares": lambda: engine(jobs, "largest-remainder", shares=True),
    }
    best = dict.fromkeys(ways, float("inf"))
    for _round in range(ROUNDS):
        for name, way in ways.items():
            start = perf_counter()
            way()
            best[name] = min(best[name], perf_counter() - start)
    base = 0.0
    for name, seconds in best.items():
        # Each way of rounding against the bare arithmetic of the same rounding, which stands above it.
        base = seconds if name.startswith("bare") else base
        sys.stdout.write(f"  {name:<28}{seconds * 1e6:>8.0f} µs{seconds / base:>7.2f} ×\n")
