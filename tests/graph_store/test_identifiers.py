"""Identifiers: the worked examples, the slips each scheme detects, and what is told to a person."""

import random
from collections.abc import Iterator
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_store.identifiers import (
    CSTR,
    DIVISION,
    DOI,
    ORCID,
    PIDINST,
    RAID,
    ROR,
    SCHEMES,
    USCC,
    IdentifierError,
    Scheme,
)

USCC_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ROR_CHARACTERS = "0123456789abcdefghjkmnpqrstvwxyz"
ASCII_MARKS = [chr(code) for code in range(33, 127)]


def text_of(alphabet: str, length: int) -> st.SearchStrategy[str]:
    return st.text(alphabet, min_size=length, max_size=length)


usccs = st.builds(
    lambda start, division, stem: USCC.complete(start + division + stem),
    st.sampled_from(["11", "12", "19", "35", "51", "62", "81", "91", "92", "93", "A1", "N2", "Y1"]),
    text_of("0123456789", 6),
    text_of(USCC_CHARACTERS, 8),
)
orcids = text_of("0123456789", 15).map(ORCID.complete)
rors = text_of(ROR_CHARACTERS, 6).map(lambda body: ROR.complete("0" + body))


def substitutions(identifier: str, alphabet: list[str]) -> Iterator[str]:
    for index, old in enumerate(identifier):
        for new in alphabet:
            if new != old:
                yield identifier[:index] + new + identifier[index + 1 :]


def swaps(characters: str) -> Iterator[tuple[int, int, str]]:
    for first, last in combinations(range(len(characters)), 2):
        if characters[first] != characters[last]:
            swapped = list(characters)
            swapped[first], swapped[last] = characters[last], characters[first]
            yield first, last, "".join(swapped)


# ----------------------------------------------------------------------------- worked examples


@pytest.mark.parametrize(
    ("scheme", "identifier"),
    [
        (USCC, "91350100M000100Y43"),
        (USCC, "9144030071526726XG"),
        (USCC, "914403001922038216"),
        (USCC, "91330100799655058B"),
        (USCC, "12440600MB2C07549J"),
        (ORCID, "0000-0002-1825-0097"),
        (ORCID, "0000-0002-1694-233X"),
        (ROR, "03yrm5c26"),
        (ROR, "01k4yrm29"),
        (ROR, "042nb2s44"),
        (DOI, "10.17815/jlsrf-3-143"),
        (DOI, "10.1000.10/123(456)<7>"),
        (CSTR, "31253.11.sciencedb.01234"),
        (CSTR, "CN_01.02.x y"),
        (RAID, "102.100.100/6d1d2f3a"),
        (DIVISION, "510000"),
        (DIVISION, "500101"),
        (DIVISION, "500241"),
        (DIVISION, "820000"),
        (PIDINST, "20.1000/5555"),
        (PIDINST, "11304/0000-ABcd"),
        (PIDINST, "1234.1675.1"),
        (PIDINST, "10.5442/ni000001"),
    ],
)
def test_a_published_identifier_is_its_own_normal_form(scheme: Scheme, identifier: str) -> None:
    assert identifier == scheme.parse(identifier)


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.name)
def test_the_example_of_each_scheme_is_valid(scheme: Scheme) -> None:
    assert scheme.example == scheme.parse(scheme.example)


def test_individual_households_pass_the_inner_check_too() -> None:
    households = ["92141127MA0KD1Y64A", "92440300L83529307M", "92440300MA5DJJG80F"]

    assert households == [USCC.parse(code) for code in households]


@pytest.mark.parametrize(
    ("scheme", "body", "whole"),
    [
        (USCC, "91350100M000100Y4", "91350100M000100Y43"),
        (USCC, "91350100M000100Y", "91350100M000100Y43"),
        (USCC, "9144030071526726", "9144030071526726XG"),
        (ORCID, "0000-0002-1694-233", "0000-0002-1694-233X"),
        (ROR, "03yrm5c", "03yrm5c26"),
        (ROR, "03yrm5c26", "03yrm5c26"),
        (DOI, "10.5281/ZENODO.1", "10.5281/zenodo.1"),
    ],
)
def test_a_body_is_completed_with_its_check_characters(
    scheme: Scheme, body: str, whole: str
) -> None:
    assert whole == scheme.complete(body)


@pytest.mark.parametrize(
    ("scheme", "body"),
    [
        (USCC, ""),
        (USCC, "91350100M000100"),
        (USCC, "9435010OM000100Y"),
        (USCC, "94350100M000100Y"),
        (USCC, "91350100M000100Y5"),
        (ORCID, "0000-0002-1825-00x"),
        (ROR, "03yrm5i"),
        (ROR, "03yrm5"),
    ],
)
def test_what_is_no_body_is_not_completed(scheme: Scheme, body: str) -> None:
    with pytest.raises(IdentifierError):
        scheme.complete(body)


# ----------------------------------------------------------------------------- spelling


@pytest.mark.parametrize(
    ("scheme", "spelled", "normal"),
    [
        (USCC, "９１３５０１００－ｍ０００１００ｙ－４３", "91350100M000100Y43"),
        (USCC, "\ufeff91350100 M000100Y\u200b4 3\u3000", "91350100M000100Y43"),
        (ORCID, "https://orcid.org/0000-0002-1694-233x/", "0000-0002-1694-233X"),
        (ORCID, "ORCID: 0000\u20110002\u20131825 0097", "0000-0002-1825-0097"),
        (ORCID, "000000021825009７", "0000-0002-1825-0097"),
        (ROR, "https://ror.org/03YRM5C26", "03yrm5c26"),
        (ROR, "ror.org/03yrm5c26/", "03yrm5c26"),
        (DOI, "https://doi.org/10.17815/JLSRF-3-143", "10.17815/jlsrf-3-143"),
        (DOI, "doi: http://dx.doi.org/10.1000/A b", "10.1000/a b"),
        (DOI, "10.1000/X²Ä", "10.1000/x²Ä"),
        (CSTR, "https://cstr.cn/CSTR:31253.11.ScienceDB.1", "31253.11.ScienceDB.1"),
        (RAID, "https://raid.org/10.25.10.1234/A1B2C", "10.25.10.1234/a1b2c"),
        (PIDINST, "https://hdl.handle.net/21.T11998/0000-001A", "21.T11998/0000-001A"),
        (PIDINST, "https://doi.org/10.5442/NI000001", "10.5442/ni000001"),
        (DIVISION, "51", "510000"),
        (DIVISION, "５１０１", "510100"),
        (DIVISION, "510104", "510104"),
    ],
)
def test_every_spelling_comes_to_one_normal_form(scheme: Scheme, spelled: str, normal: str) -> None:
    assert normal == scheme.normalise(spelled)


spellings = st.lists(
    st.one_of(
        st.sampled_from(["https://", "www.", "doi.org/", "ror.org/", "orcid.org/", "cstr.cn/"]),
        st.sampled_from(["doi:", "ORCID:", "hdl:", "\u200b", "\u00ad", "\u3000", "-", "／", " "]),
        st.sampled_from([scheme.example for scheme in SCHEMES]),
        st.text(max_size=4),
        st.text("0123456789Ａｂ１．:/-T\u0308ſﾊﾞ", max_size=18),
    ),
    max_size=6,
).map("".join)


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.name)
@given(text=spellings)
def test_a_normal_form_is_left_alone_and_any_text_is_judged(scheme: Scheme, text: str) -> None:
    normal = scheme.normalise(text)

    assert normal == scheme.normalise(normal)
    assert scheme.problem(text) == scheme.problem(normal)
    if scheme.problem(text) is None:
        assert normal == scheme.parse(text) == scheme.complete(text)


@pytest.mark.parametrize(
    ("scheme", "valid", "right", "look_alike"),
    [
        (USCC, USCC.complete("91510100FF000001"), "FF", "ﬀ"),  # upper() makes it FF
        (ROR, "01k4yrm29", "k", "\u212a"),  # the Kelvin sign: lower() makes it k
        (ORCID, "0000-0002-1825-0097", "2", "²"),  # NFKC makes it 2
        (ORCID, "0000-0002-1694-233X", "X", "Ⅹ"),  # NFKC makes it X
        (DIVISION, "510100", "5", "٥"),  # int() makes it 5
    ],
)
def test_what_unicode_would_mend_into_a_right_character_stays_wrong(
    scheme: Scheme, valid: str, right: str, look_alike: str
) -> None:
    assert scheme.problem(valid) is None
    assert scheme.problem(valid.replace(right, look_alike, 1)) is not None


# ----------------------------------------------------------------------------- slips


@given(identifier=usccs)
def test_any_one_changed_character_of_a_uscc_is_detected(identifier: str) -> None:
    changed = substitutions(identifier, [mark for mark in ASCII_MARKS if mark not in "- "])
    missed = [one for one in changed if USCC.problem(one) is None and one.upper() != identifier]

    assert missed == []


@given(identifier=usccs)
def test_a_swap_of_two_characters_of_a_uscc_is_detected_save_first_with_last(
    identifier: str,
) -> None:
    missed = {(i, j) for i, j, swapped in swaps(identifier) if USCC.problem(swapped) is None}

    assert missed <= {(0, 17)}


def test_the_first_and_last_character_of_a_uscc_share_a_weight() -> None:
    code = next(
        code
        for n in range(1000)
        if (code := USCC.complete(f"91510100{n:08d}"))[-1] in "15" and code[-1] != code[0]
    )

    assert USCC.problem(code[-1] + code[1:-1] + code[0]) is None


@given(identifier=orcids)
def test_any_one_changed_character_of_an_orcid_is_detected(identifier: str) -> None:
    compact = identifier.replace("-", "")
    changed = substitutions(compact, [mark for mark in ASCII_MARKS if mark not in "-/"])
    missed = [one for one in changed if ORCID.problem(one) is None and one.upper() != compact]

    assert missed == []


@given(identifier=orcids)
def test_a_swap_of_two_characters_of_an_orcid_is_detected_save_ten_places_apart(
    identifier: str,
) -> None:
    compact = identifier.replace("-", "")
    missed = [(i, j) for i, j, swapped in swaps(compact) if ORCID.problem(swapped) is None]

    assert [(i, j) for i, j in missed if j - i != 10] == []


@given(identifier=rors)
def test_any_one_changed_character_of_a_ror_is_detected(identifier: str) -> None:
    changed = substitutions(identifier, [mark for mark in ASCII_MARKS if mark not in "-/"])
    missed = [one for one in changed if ROR.problem(one) is None and one.lower() != identifier]

    assert missed == []


@given(identifier=rors)
def test_any_swap_of_two_characters_of_a_ror_is_detected(identifier: str) -> None:
    assert [swapped for _, _, swapped in swaps(identifier) if ROR.problem(swapped) is None] == []


@pytest.mark.parametrize("scheme", [USCC, ORCID, ROR], ids=lambda scheme: scheme.name)
def test_a_lost_or_doubled_character_is_detected(scheme: Scheme) -> None:
    whole = scheme.example.replace("-", "")
    for index in range(len(whole)):
        assert scheme.problem(whole[:index] + whole[index + 1 :]) is not None
        assert scheme.problem(whole[:index] + whole[index] + whole[index:]) is not None


def test_most_invented_organisation_codes_fail_the_inner_check_alone() -> None:
    dice = random.Random(3)  # noqa: S311 -- repeatable, not secret
    invented = ["".join(dice.choices("0123456789", k=9)) for _ in range(200)]
    passed = [code for code in invented if passes_only_when_inner_is_right(f"91510100{code}")]

    assert 5 <= len(passed) <= 40  # about one in eleven


def passes_only_when_inner_is_right(body: str) -> bool:
    try:
        USCC.complete(body)
    except IdentifierError as error:
        assert "character 17" in error.problem.en  # noqa: PT017 -- any other fault is a failure
        return False
    return True


# ----------------------------------------------------------------------------- what a person is told


@pytest.mark.parametrize(
    ("scheme", "text", "en", "zh"),
    [
        (USCC, "9135", "expected 18 characters, found 4", "应为 18 位，实为 4 位"),
        (USCC, "91350100M0001O0Y43", "character 14 is O", "第 14 位是 O"),
        (USCC, "B1350100M000100Y43", "character 1 is B", "登记管理部门代码"),
        (USCC, "94350100M000100Y43", "one of 1, 2, 3 after 9", "机构类别 1, 2, 3"),
        (USCC, "9135A100M000100Y43", "expected a digit 0-9", "应为数字 0–9"),
        (USCC, "91350100M000100Y53", "character 17 is 5, but what precedes it gives 4", "应为 4"),
        (USCC, "91350100M000100Y44", "character 18 is 4, but what precedes it gives 3", "应为 3"),
        (ORCID, "0000-0002-1825-0098", "character 16 is 8, but what precedes it gives 7", "应为 7"),
        (ORCID, "0000-0002-1X25-0097", "character 10 is X", "第 10 位是 X"),
        (ROR, "03yrm5c27", "characters 8–9 are 27, but what precedes them gives 26", "应为 26"),
        (ROR, "13yrm5c26", "character 1 is 1, expected 0", "应为 0"),
        (ROR, "03yrl5c26", "character 5 is l", "不含 i、l、o、u"),
        (DOI, "10.12/x", "4-9 digits", "例如"),
        (DOI, "10.5281/", "4-9 digits", "例如"),
        (DOI, "10.5281/a b", "without spaces", "不含空格"),
        (DOI, "10.5281/a\x00b", "character 10 is U+0000", "第 10 位是 U+0000"),
        (DOI, "10.5281/a\ud800b", "character 10 is U+D800", "可见字符"),
        (DOI, "10.5281/" + "a" * 1000, "longer than 1000", "超过 1000"),
        (CSTR, "3125.11.x", "5 characters of the registrant", "5 位机构代码"),
        (CSTR, "31253.1.x", "2 digits", "2 位资源类型"),
        (CSTR, "31253.11.", "local part", "内部标识"),
        (CSTR, "科技资源码.11.x", "5 characters", "5 位"),
        (RAID, "abc/1", "a prefix of numbers", "数字前缀"),
        (PIDINST, "microscope", "a DOI or a handle", "仪器 PID"),
        (PIDINST, "10.5281", "a DOI is", "DOI 应为"),
        (DIVISION, "991234", "99 at the start is no province", "前两位 99"),
        (DIVISION, "5101042", "expected 6 characters, found 7", "应为 6 位"),
        (DIVISION, "51010a", "character 6 is a", "第 6 位是 a"),
        (DIVISION, "500100", "heading over Chongqing's districts", "汇总标题"),
        (DIVISION, "5002", "heading over Chongqing's counties", "汇总标题"),
    ],
)
def test_a_problem_says_what_is_wrong_and_what_is_expected(
    scheme: Scheme, text: str, en: str, zh: str
) -> None:
    problem = scheme.problem(text)

    assert problem is not None
    assert en in problem.en
    assert zh in problem.zh


def test_parse_raises_the_problem_it_found() -> None:
    with pytest.raises(IdentifierError, match="expected 18 characters") as caught:
        USCC.parse("9135")

    assert USCC.problem("9135") == caught.value.problem


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.name)
def test_a_problem_never_repeats_a_long_text(scheme: Scheme) -> None:
    problem = scheme.problem("秘密" * 10_000)

    assert problem is not None
    assert len(problem.zh) + len(problem.en) < 400
