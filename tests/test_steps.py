"""Classes of values by hand."""

from zones.rasters.steps import Step, rounded, steps_of


def test_equally_many_with_round_limits():
    made, places = steps_of([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0])
    assert made == (Step(1, 2.8, 2), Step(2.8, 4.6, 2), Step(4.6, 6.4, 2), Step(6.4, 8.2, 2), Step(8.2, 10, 2))
    assert places == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]


def test_what_has_no_value_has_no_class():
    assert steps_of([None, float("nan")]) == ((), [None, None])
    assert steps_of([None, 4.0]) == ((Step(4, 4, 1),), [None, 0])


def test_equal_values_share_a_class():
    made, places = steps_of([5.0, 5.0, 5.0, 5.0, 9.0])
    assert sum(step.count for step in made) == 5
    assert places[:4] == [places[0]] * 4
    assert all(step.count for step in made)


def test_rounded():
    assert rounded(12345.678) == 12300
    assert rounded(-0.00123456) == -0.00123
