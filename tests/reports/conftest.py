"""Fixtures that every report test shares."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from isocheck.assessment.results import Assessment

from . import fabricated as invented


@pytest.fixture(scope="session")
def fabricated() -> Assessment:
    """A small invented assessment in which everything occurs that a report may meet."""
    return invented.fabricated()


@pytest.fixture(scope="session")
def empty() -> Assessment:
    """An assessment with no section, no finding and no fact but its date and standard."""
    return invented.empty()


@pytest.fixture(scope="session")
def many() -> Callable[[int], Assessment]:
    """A function that invents an assessment with as many findings as asked for."""
    return invented.many
