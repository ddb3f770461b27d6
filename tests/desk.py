"""A workspace over the tiny atlas, and edits of it, for the tests of the digitizing desk."""

import apsw
import shapely

from tests.tiny import write_atlas
from zones.workspace.workspace import Edit, create, features_at

WHOLE, PART, LINE = "tiny.park.whole", "tiny.core.part", "tiny.corridor.line"


def new_workspace(folder):
    """Make a workspace over the tiny atlas and return its path."""
    path = folder / "desk.gpkg"
    create(path, data=write_atlas(folder / "data"), who="甲")
    return path


def edit_of(path, zone_id=WHOLE, shape=None, **values):
    """Return an edit of a zone as it is now, with another extent or other properties."""
    rows = features_at(path)
    rows = rows[rows["zone_id"] == zone_id].reset_index(drop=True)
    if shape is not None:
        rows.loc[rows["part"] == "extent", "geometry"] = shape
    for name, value in values.items():
        rows.loc[rows["part"] == "extent", name] = value
    return Edit(zone_id, "tiny", rows)


def box(step=0):
    """Return the whole park, widened eastwards by steps of 0.001 degrees."""
    return shapely.box(113.85, 22.70, round(113.87 + step / 1000, 6), 22.72)


def raw(path, *statements):
    """Run SQL on a file as any other program would."""
    db = apsw.Connection(str(path))
    try:
        return [db.execute(statement).fetchall() for statement in statements][-1]
    finally:
        db.close()


def east(path, revision=None):
    """Return how many steps the whole park has been widened."""
    rows = features_at(path, revision)
    shape = rows.loc[(rows["zone_id"] == WHOLE) & (rows["part"] == "extent"), "geometry"]
    return round((shape.iloc[0].bounds[2] - 113.87) * 1000)
