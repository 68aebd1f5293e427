"""After sign-on a browser is led back to this hub and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auth.places import LONGEST, safe_place
from tests.auth.forms import FOREIGN


@pytest.mark.parametrize("place", FOREIGN)
def test_what_any_browser_or_proxy_could_read_as_another_place_is_refused(place: str) -> None:
    assert safe_place(place) is None


@pytest.mark.parametrize(
    "place",
    ["/", "/graphiql", "/graphiql?query=%7B%20me%20%7D#2", "/people/cd-person-1", "/search?q=%E5%B7%B4%E8%9C%80&to=a%40b.cn", "/a%20b"],
)  # fmt: skip
def test_a_page_of_the_hub_is_taken_as_it_is(place: str) -> None:
    assert safe_place(place) == place


def test_a_place_that_is_too_long_is_refused() -> None:
    assert safe_place("/" + "a" * LONGEST) is None


@given(st.text(alphabet="/\\.%25cfFb0@:?#ae \t\n／＼", max_size=12))
def test_whatever_is_taken_begins_with_one_slash_and_stays_on_the_host(text: str) -> None:
    place = safe_place(text)
    if place is not None:
        assert place.startswith("/")
        assert not place.startswith(("//", "/\\"))
        assert place.isascii()
        assert place.isprintable()
