"""What an administrator is told before anything is written."""

import pytest

from demo.standing import LoadRefused, Marker, Next, Wanted, decide

HERE = Marker(0.05, 7, "ABCDE", finished=True)
CUT_OFF = Marker(0.05, 7, "ABCDE", finished=False)


def test_an_empty_graph_is_loaded() -> None:
    assert decide(Wanted(0.05, 7), None, 0) is Next.LOAD


def test_a_graph_with_other_records_is_left_alone() -> None:
    with pytest.raises(LoadRefused, match=r"51,370 records.*--force"):
        decide(Wanted(0.05, 7), None, 51_370)


def test_force_loads_beside_other_records() -> None:
    assert decide(Wanted(0.05, 7, force=True), None, 51_370) is Next.LOAD


def test_the_same_demonstration_is_not_loaded_twice_not_even_by_force() -> None:
    assert decide(Wanted(0.05, 7, force=True), HERE, 900) is Next.NOTHING


@pytest.mark.parametrize("wanted", [Wanted(1, 7), Wanted(0.05, 8)])
def test_another_demonstration_is_replaced_by_force_alone(wanted: Wanted) -> None:
    with pytest.raises(LoadRefused, match=r"scale 0\.05 and seed 7"):
        decide(wanted, HERE, 900)
    assert decide(Wanted(wanted.scale, wanted.seed, force=True), HERE, 900) is Next.REPLACE


def test_a_load_that_was_cut_off_is_begun_again_unasked() -> None:
    assert decide(Wanted(1, 8), CUT_OFF, 900) is Next.REPLACE
