"""A private computer, and a file to read on it."""

import os

import pytest

from tertius.errors import ReadError
from tertius.intake import hub, read
from tertius.privacy import key, names


@pytest.fixture(autouse=True)
def _private_computer(monkeypatch, tmp_path_factory):
    """No variable of a public hub is set, wherever the tests run; the key to code names is in a folder of its own."""
    for name in list(os.environ):
        if name.startswith(hub.PREFIXES) or name in (*hub.MARKERS, hub.TRUSTED):
            monkeypatch.delenv(name)
    monkeypatch.setenv(key.FOLDER, str(tmp_path_factory.mktemp("config")))
    monkeypatch.setattr(names, "_NAMES", {})


@pytest.fixture
def reading(tmp_path, monkeypatch):
    """Write content to a file, ties.csv unless named otherwise, beside the notebook; read it by its name."""
    monkeypatch.chdir(tmp_path)

    def _read(content, name="ties.csv", **settings):
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return read(name, **settings)

    return _read


@pytest.fixture
def refused(reading):
    """Read what must be refused; return the problem that stopped it, once message and report agree with it."""

    def _refused(content, name="ties.csv", **settings):
        with pytest.raises(ReadError) as caught:
            reading(content, name, **settings)
        report = caught.value.report
        (problem,) = report.of("reject")
        assert str(caught.value) == str(problem) == str(report.problems[0])
        assert report.is_refused
        assert report.n_kept == 0
        assert caught.value.__cause__ is None
        assert caught.value.__suppress_context__ or caught.value.__context__ is None
        return problem

    return _refused
