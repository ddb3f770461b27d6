"""What is handed over about a corridor at one half-width, gathered once for workbook, GeoPackage and printed page."""

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas
import pandas as pd

from layers.credits import credit_parts
from zones.atlas import Atlas
from zones.corridors.corridor import Corridor, HalfWidth
from zones.corridors.corridor_cells import Cells, cut
from zones.corridors.coverage import Coverage, at, class_curves, crossings, curve, uncovered
from zones.corridors.crossed import along_axis, areas_crossed
from zones.proof.receipts import Receipt, area_receipts

CURVE_WIDTHS = tuple(250.0 * step for step in range(1, 13))
"""Half-widths of the curve where none are asked for: 250 m to 3 km."""

OF_ONE = ("area", "inside", "crossed", "axis", "lane")
"""Kinds of receipt about one cover or one district."""

CROSSED = {"district": "base_districts", "subdistrict": "base_subdistricts"}


@dataclass(frozen=True)
class Handover:
    """A corridor with all that is said of it, in one language.

    Attributes
    ----------
    atlas : Atlas
    cells : Cells
    place : int
        Which of the half-widths of the cells the figures are for.
    found : Coverage
    curve, by_class : pandas.DataFrame or None
        `zones.corridors.coverage.curve` and `class_curves`; None where the half-width is a profile.
    changes, rest : pandas.DataFrame
        Widths at which a ranking changes; connected pieces of ground that nothing covers.
    places : pandas.DataFrame
        Subdistricts along the axis: `id`, `from_m`, `to_m`.
    crossed : mapping of str to pandas.DataFrame
        `zones.corridors.crossed.areas_crossed` of districts and of subdistricts.
    names : mapping
        Name of each cover by id.
    receipts : tuple of Receipt
        Of the areas of the covering zones, where no file covers; then those of coverage, where they were issued.
    covered_by : str or None
        The file that covers; None for zones of the atlas.
    lang : {"zh", "en"}
    """

    atlas: Atlas
    cells: Cells
    place: int
    found: Coverage
    curve: pd.DataFrame | None
    by_class: pd.DataFrame | None
    changes: pd.DataFrame
    rest: pd.DataFrame
    places: pd.DataFrame
    crossed: Mapping[str, pd.DataFrame]
    names: Mapping[str, str]
    receipts: tuple[Receipt, ...]
    covered_by: str | None
    lang: str

    @property
    def name(self) -> str:
        """Name of the corridor."""
        made = self.found.corridor
        return made.name_en if self.lang == "en" else made.name_zh

    def of(self, pair: tuple[str, str]) -> str:
        """Return the one of a Chinese and an English text."""
        return pair[1] if self.lang == "en" else pair[0]

    def met(self, from_m: float, to_m: float) -> list[str]:
        """Return the subdistricts the axis runs through on a stretch, in order."""
        met = self.places[(self.places["from_m"] < to_m - 1) & (self.places["to_m"] > from_m + 1)]["id"]
        return list(dict.fromkeys(map(str, met)))

    def where(self, from_m: float, to_m: float) -> str:
        """Return the subdistricts the axis runs through on a stretch as one text."""
        return self.of(("、", ", ")).join(self.met(from_m, to_m))

    def receipt(
        self,
        kind: str,
        zone_id: object = None,
        class_name: object = None,
        *,
        k: int | None = None,
        from_m: float | None = None,
        side: str | None = None,
        half_width: HalfWidth | None = None,
    ) -> str | None:
        """Return the id of the receipt of a figure: the whole corridor's, one cover's, class's, fold's, side's, gap's.

        `half_width` is the corridor's own where none is given; without `from_m` a gap is the longest.
        """
        width = half_width or self.found.corridor.half_width
        for each in self.receipts:
            band = each.band
            named = band.class_name if band is not None else None
            own = each.zones[0].zone_id if kind in OF_ONE and each.zones else None
            here = band is None or (
                band.half_width == width and band.side == side and (from_m is None or _same(band.from_m, from_m))
            )
            if here and (each.kind, own, named, each.thresholds.k) == (kind, zone_id, class_name, k):
                return each.id
        return None

    def curve_receipt(self) -> str | None:
        """Return the id of the receipt of the whole curve, from which rankings follow too."""
        return next((each.id for each in self.receipts if each.kind == "curve"), None)

    def piece_receipts(self) -> list[str | None]:
        """Return the id of the receipt of each row of `rest`: its own, or that of all pieces."""
        # Issued largest first, as they stand in `rest`.
        own = [each.id for each in self.receipts if each.kind == "piece"][: len(self.rest)]
        return [*own, *[self.receipt("pieces")] * (len(self.rest) - len(own))]

    def area_receipts(self, kind: str, level: str) -> list[str | None]:
        """Return the id of the receipt, of `kind` (crossed, axis), of each row of a level of `crossed`."""
        base = self.atlas.base[CROSSED[level]]
        # Receipts know a district by its Chinese name.
        names = dict(zip(base[f"name_{self.lang}"].map(str), base["name_zh"], strict=True))
        return [self.receipt(kind, names[str(each)]) for each in self.crossed[level]["id"]]

    def credits(self) -> list[str]:
        """Return who is owed credit: for the covering zones, the axis and the base map."""
        ids = [*self.found.parts["id"], self.found.corridor.corridor_id]
        held = self.atlas.zones
        layers = set(held.loc[held.index.isin(ids), "layer"].dropna())
        return credit_parts(self.atlas, {*layers, *self.atlas.base}, self.lang)


def _same(one_m: float | None, other_m: float) -> bool:
    """Tell whether two chainages are one: cells cut for several half-widths differ in the last digits."""
    return one_m is not None and abs(one_m - other_m) < 1e-3


def hand_over(
    atlas: Atlas,
    made: Corridor,
    covers: geopandas.GeoDataFrame,
    widths: tuple[float, ...] = CURVE_WIDTHS,
    *,
    covered_by: str | None = None,
    lang: str = "zh",
    receipts: tuple[Receipt, ...] = (),
) -> Handover:
    """Return what is handed over about a corridor at its own half-width.

    Parameters
    ----------
    covers : geopandas.GeoDataFrame
        From `zones.corridors.covers`.
    widths : tuple of float
        Half-widths of the curve; the corridor's own is put among them. A profile has no curve.
    covered_by : str, optional
        Name of the file the covers come from; None: they are zones of the atlas.
    receipts : tuple of Receipt
        From `zones.proof.coverage_receipts`, of the corridor at its own half-width.
    """
    own = made.half_width
    every: tuple[HalfWidth, ...] = (own,) if isinstance(own, tuple) else tuple(sorted({*widths, own}))
    cells = cut(made, covers, every)
    return of_cells(atlas, cells, every.index(own), covered_by=covered_by, lang=lang, receipts=receipts)


def of_cells(
    atlas: Atlas,
    cells: Cells,
    place: int,
    *,
    covered_by: str | None = None,
    lang: str = "zh",
    receipts: tuple[Receipt, ...] = (),
) -> Handover:
    """Return what is handed over about a corridor whose cells are at hand, at one of their half-widths."""
    found = at(cells, place)
    is_profile = isinstance(cells.half_widths[0], tuple)
    by_class = None if is_profile else class_curves(cells)
    inside = list(found.parts["id"])
    return Handover(
        atlas=atlas,
        cells=cells,
        place=place,
        found=found,
        curve=None if is_profile else curve(cells),
        by_class=by_class,
        changes=crossings(pd.DataFrame() if by_class is None else by_class),
        rest=uncovered(cells, place),
        places=along_axis(found.corridor, _base(atlas, "subdistrict", lang), cells.measure),
        crossed=_crossed(atlas, found.corridor, cells, place, lang),
        names=_names(atlas, cells, covered_by, lang),
        receipts=(*(() if covered_by else area_receipts(atlas, atlas.zones.loc[inside], ("ellipsoid",))), *receipts),
        covered_by=covered_by,
        lang=lang,
    )


def _crossed(atlas: Atlas, made: Corridor, cells: Cells, place: int, lang: str) -> dict[str, pd.DataFrame]:
    ground = cells.grounds[place]
    return {kind: areas_crossed(made, _base(atlas, kind, lang), ground, cells.measure) for kind in CROSSED}


def _base(atlas: Atlas, kind: str, lang: str) -> geopandas.GeoDataFrame:
    return atlas.base[CROSSED[kind]].set_index(f"name_{lang}")


def _names(atlas: Atlas, cells: Cells, covered_by: str | None, lang: str) -> dict[str, str]:
    ids = list(cells.covers.index)
    if covered_by:
        return {each: str(each) for each in ids}
    return dict(atlas.zones.loc[ids, f"name_{lang}"])
