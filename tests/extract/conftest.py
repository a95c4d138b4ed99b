"""Real dispatches that stay outside of the project."""

from collections.abc import Callable
from pathlib import Path

import pytest

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"


@pytest.fixture
def seed_text() -> Callable[[str], str]:
    """The text of a seed by its number; skips where the folder is absent."""

    def read(number: str) -> str:
        if not SEEDS.is_dir():
            pytest.skip("the folder of real dispatches is absent")
        return next(SEEDS.glob(f"{number}_*.txt")).read_text(encoding="utf-8")

    return read
