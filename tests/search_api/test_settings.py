"""Settings: every one explained in its place and in the documentation."""

from dataclasses import fields
from pathlib import Path

import pytest

from search_api.settings import DEFAULT_LIBRARY, Settings, Weights

DOCUMENTATION = Path(__file__).parents[2] / "docs" / "search.md"


@pytest.mark.parametrize("setting", [*fields(Settings), *fields(Weights)], ids=lambda setting: setting.name)
def test_every_setting_is_explained(setting):
    assert setting.metadata["help"].endswith(".")
    assert f"`{setting.name}`" in DOCUMENTATION.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("environment", "library", "model"),
    [
        ({}, DEFAULT_LIBRARY, None),
        ({"TRACUU_LIBRARY": "", "TRACUU_MODEL": ""}, DEFAULT_LIBRARY, None),
        ({"TRACUU_LIBRARY": "/a", "TRACUU_MODEL": "m"}, Path("/a"), "m"),
    ],
)
def test_environment(environment, library, model):
    settings = Settings.from_environment(environment)
    assert (settings.library, settings.model) == (library, model)
