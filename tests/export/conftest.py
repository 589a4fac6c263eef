"""A folder for saving, and the learner's own folder apart from it."""

import pytest


@pytest.fixture(autouse=True)
def own_folder(tmp_path_factory, monkeypatch):
    """Where the lists of saved files and of forgotten people are."""
    folder = tmp_path_factory.mktemp("config")
    monkeypatch.setenv("TERTIUS_CONFIG", str(folder))
    return folder
