"""JupyterLab keeps Explorers in saved notebooks and shows the glossary as a page, as our settings ask it to."""

import shutil
import tomllib
from pathlib import Path

import pytest
from jupyterlab.commands import get_app_dir
from jupyterlab_server.settings_utils import get_settings

REPOSITORY = Path(__file__).parents[2]
OVERRIDES = REPOSITORY / "toolkit" / "jupyter" / "overrides.json"
WIDGETS = ("@jupyter-widgets/jupyterlab-manager:plugin", "saveState")
VIEWERS = ("@jupyterlab/docmanager-extension:plugin", "defaultViewers")


def setting(app_settings: Path, plugin: str, name: str) -> object:
    """What JupyterLab's own server makes of a setting with the settings of an application folder."""
    extensions = Path(get_app_dir()).parent / "labextensions"
    result, _ = get_settings(
        str(app_settings),
        str(Path(get_app_dir()) / "schemas"),
        str(app_settings / "none"),
        schema_name=plugin,
        labextensions_path=[str(extensions)],
    )
    return result["schema"]["properties"][name]["default"]


@pytest.mark.parametrize(
    ("where", "before", "after"), [(WIDGETS, False, True), (VIEWERS, {}, {"markdown": "Markdown Preview"})]
)
def test_our_file_changes_what_jupyterlab_does_by_itself(tmp_path, where, before, after):
    assert setting(tmp_path, *where) == before
    (tmp_path / "overrides.d").mkdir()
    shutil.copy(OVERRIDES, tmp_path / "overrides.d" / "tertius.json")
    assert setting(tmp_path, *where) == after


def test_installing_tertius_puts_it_where_jupyterlab_looks():
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())
    shared = project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    assert shared == {"toolkit/jupyter/overrides.json": "share/jupyter/lab/settings/overrides.d/tertius.json"}
