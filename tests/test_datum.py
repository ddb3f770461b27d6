"""GCJ-02 and BD-09 against vectors computed by other projects, and back again."""

import numpy as np
import pytest
from pyproj import Geod

from zones.errors import InputError
from zones.intake.datum import BOX, Datum, datum, gcj_to_bd, south_of_river, to_wgs, wgs_to_bd, wgs_to_gcj

WGS = np.array([(113.85, 22.75), (114.06, 22.52), (114.35, 22.69)])
GCJ = np.array([(113.854968503, 22.747037337), (114.065114854, 22.517285200), (114.354921179, 22.687293477)])
BD = np.array([(113.861443885, 22.753123785), (114.071664566, 22.522952157), (114.361362820, 22.693625933)])


def metres(a, b):
    return np.array(Geod(ellps="GRS80").inv(a[:, 0], a[:, 1], b[:, 0], b[:, 1])[2])


def test_published_vectors():
    assert np.abs(wgs_to_gcj(WGS) - GCJ).max() < 1e-9
    assert np.abs(wgs_to_bd(WGS) - BD).max() < 1e-9


@pytest.mark.parametrize(("of", "shifted"), [(Datum.GCJ02, GCJ), (Datum.BD09, BD)])
def test_back_to_wgs(of, shifted):
    assert metres(to_wgs(shifted, of), WGS).max() < 0.001


@pytest.mark.parametrize(("of", "forward"), [(Datum.GCJ02, wgs_to_gcj), (Datum.BD09, wgs_to_bd)])
def test_round_trip_all_over_the_city(of, forward):
    random = np.random.default_rng(7)
    points = random.uniform((113.7, 22.35), (115.45, 23.05), (5000, 2))
    assert metres(to_wgs(forward(points), of), points).max() < 0.01


def test_shift_in_shenzhen():
    assert 580 <= metres(WGS, wgs_to_gcj(WGS)).min() <= metres(WGS, wgs_to_gcj(WGS)).max() <= 607
    assert 1225 <= metres(WGS, wgs_to_bd(WGS)).min() <= metres(WGS, wgs_to_bd(WGS)).max() <= 1244


def test_nothing_is_shifted_far_away():
    london = np.array([(-0.1, 51.5)])
    assert (wgs_to_gcj(london) == london).all()
    assert (to_wgs(london, Datum.GCJ02) == london).all()
    assert not (gcj_to_bd(london) == london).all()


def test_a_place_that_no_shift_leads_to_is_said():
    """The shift breaks off at the edge of the shifted area: just inside its west lies what nothing is moved to."""
    edge = np.array([(BOX[0] + 1e-5, 40.0)])
    assert wgs_to_gcj(edge)[0, 0] > edge[0, 0] + 1e-5
    with pytest.raises(InputError, match=r"GCJ-02 at 72\.\d+, 40\.00000 has no WGS 84 position; check the datum"):
        to_wgs(edge, Datum.GCJ02)


def test_hong_kong_and_macau_are_across_the_line_and_hetao_is_not():
    places = {"Hong Kong": (114.17, 22.30), "Yuen Long": (114.03, 22.445), "Macau": (113.55, 22.19)}
    assert south_of_river(np.array(list(places.values()))).all()
    here = {"河套": (114.07, 22.518), "福田": (114.06, 22.52), "蛇口": (113.91, 22.48), "沙头角": (114.22, 22.555)}
    assert not south_of_river(np.array(list(here.values()))).any()


def test_names():
    assert datum("GCJ-02") is Datum.GCJ02
    with pytest.raises(InputError, match="choose one of wgs84, gcj02, bd09"):
        datum("mars")
