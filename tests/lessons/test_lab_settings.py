"""JupyterLab keeps the state of Explorers in saved notebooks, as our settings ask it to."""

import shutil
import tomllib
from pathlib import Path

from jupyterlab.commands import get_app_dir
from jupyterlab_server.settings_utils import get_settings

REPOSITORY = Path(__file__).parents[2]
OVERRIDES = REPOSITORY / "toolkit" / "jupyter" / "overrides.json"
PLUGIN = "@jupyter-widgets/jupyterlab-manager:plugin"


def setting(app_settings: Path) -> object:
    """What JupyterLab's own server makes of ``saveState`` with the settings of an application folder."""
    extensions = Path(get_app_dir()).parent / "labextensions"
    result, _ = get_settings(
        str(app_settings),
        str(Path(get_app_dir()) / "schemas"),
        str(app_settings / "none"),
        schema_name=PLUGIN,
        labextensions_path=[str(extensions)],
    )
    return result["schema"]["properties"]["saveState"]["default"]


def test_our_file_switches_the_saving_of_widgets_on(tmp_path):
    assert setting(tmp_path) is False
    (tmp_path / "overrides.d").mkdir()
    shutil.copy(OVERRIDES, tmp_path / "overrides.d" / "tertius.json")
    assert setting(tmp_path) is True


def test_installing_tertius_puts_it_where_jupyterlab_looks():
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())
    shared = project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    assert shared == {"toolkit/jupyter/overrides.json": "share/jupyter/lab/settings/overrides.d/tertius.json"}
