"""Which published folder is in use: none without a workspace, never another in silence."""

import pytest

from zones.errors import InputError
from zones.workspace.published import POINTER, make_current, published_folder, published_revision, published_root


@pytest.fixture
def workspace(tmp_path):
    """Return a workspace (of which only the file counts here) with two folders published from it."""
    path = tmp_path / "zones.gpkg"
    path.touch()
    for name in ("2", "3-0a1b2c3d"):
        folder = published_root(path) / name / "geo"
        folder.mkdir(parents=True)
        (folder / "layers.csv").touch()
    return path


def test_folders_lie_beside_the_workspace(workspace):
    assert published_root(workspace) == workspace.parent / "zones.gpkg.published"
    assert (published_folder(workspace), published_revision(workspace)) == (None, None)


def test_the_one_named_last_is_in_use(workspace):
    for name, revision in (("3-0a1b2c3d", 3), ("2", 2)):
        make_current(workspace, published_root(workspace) / name)
        assert published_folder(workspace) == published_root(workspace) / name
        assert published_revision(workspace) == revision
    assert sorted(each.name for each in published_root(workspace).iterdir()) == ["2", "3-0a1b2c3d", POINTER]


def test_without_its_workspace_nothing_is_in_use(workspace):
    make_current(workspace, published_root(workspace) / "2")
    workspace.unlink()
    assert published_folder(workspace) is None


@pytest.mark.parametrize("name", ["7", "", "..", "/"])
def test_a_pointer_to_nothing_is_an_error(workspace, name):
    (published_root(workspace) / POINTER).write_text(f"{name}\n", encoding="utf-8")
    with pytest.raises(InputError, match="published data are missing"):
        published_folder(workspace)


def test_a_pointer_leads_nowhere_else(workspace, tmp_path):
    (tmp_path / "other" / "geo").mkdir(parents=True)
    (tmp_path / "other" / "geo" / "layers.csv").touch()
    (published_root(workspace) / POINTER).write_text("../other\n", encoding="utf-8")
    with pytest.raises(InputError, match="published data are missing"):
        published_folder(workspace)


def test_what_cannot_be_written_leaves_the_one_in_use(tmp_path):
    with pytest.raises(InputError, match="the data in use stay"):
        make_current(tmp_path / "zones.gpkg", tmp_path / "zones.gpkg.published" / "2")
