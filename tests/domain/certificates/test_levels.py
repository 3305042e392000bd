"""Schemes of levels: a total order within each, and nothing across but what a row says is the same."""

from itertools import product

import pytest

from craftpath.domain.certificates.levels import at_least, level, meets, rank, same, schemes

ALL = [(scheme.key, one.key) for scheme in schemes() for one in scheme.levels]
SHARED = {
    "5": "junior",
    "4": "intermediate",
    "3": "advanced",
    "2": "technician",
    "1": "senior_technician",
}


def test_the_schemes_and_their_lowest_and_highest():
    ends = {scheme.key: (scheme.levels[0].name.zh, scheme.levels[-1].name.zh) for scheme in schemes()}
    assert ends == {
        "cn5": ("初级工", "高级技师"),
        "cn8": ("学徒工", "首席技师"),
        "onex": ("初级", "高级"),
        "craftpath": ("小工匠", "大工匠"),
        "diploma": ("中专", "本科"),
    }
    assert [len(scheme.levels) for scheme in schemes()] == [5, 8, 3, 3, 3]
    assert len(ALL) == len(set(ALL))


def test_five_levels_are_ordered_against_their_number():
    (five,) = (scheme for scheme in schemes() if scheme.key == "cn5")
    assert [one.number for one in five.levels] == [5, 4, 3, 2, 1]
    assert at_least("cn5", "3", "4")
    assert not at_least("cn5", "4", "3")


@pytest.mark.parametrize("scheme", [scheme.key for scheme in schemes()])
def test_each_scheme_is_a_total_order(scheme):
    keys = [key for of, key in ALL if of == scheme]
    for a, b in product(keys, keys):
        forth, back = at_least(scheme, a, b), at_least(scheme, b, a)
        assert forth or back
        assert (forth and back) == (a == b)
        assert forth == (rank(scheme, a) >= rank(scheme, b)) == meets((scheme, a), (scheme, b))
    for a, b, c in product(keys, repeat=3):
        if at_least(scheme, a, b) and at_least(scheme, b, c):
            assert at_least(scheme, a, c)


def test_only_the_five_shared_steps_are_the_same():
    said = {one: [(other.scheme, other.key) for other in same(*one)] for one in ALL if same(*one)}
    assert said == {
        **{("cn5", five): [("cn8", eight)] for five, eight in SHARED.items()},
        **{("cn8", eight): [("cn5", five)] for five, eight in SHARED.items()},
    }
    for five, eight in SHARED.items():
        assert level("cn5", five).name == level("cn8", eight).name


def test_nothing_else_is_compared_across_schemes():
    """Every pair of two schemes: only the national ones meet, and as the eight-level ladder orders them."""
    ladder = [one.key for scheme in schemes() if scheme.key == "cn8" for one in scheme.levels]
    place = {("cn8", key): at for at, key in enumerate(ladder)}
    place |= {("cn5", five): ladder.index(eight) for five, eight in SHARED.items()}
    for held, asked in product(ALL, ALL):
        if held[0] == asked[0]:
            continue
        expected = held in place and asked in place and place[held] >= place[asked]
        # The two top steps of eight meet every one of five, the lowest none; five never meet what only eight have.
        assert meets(held, asked) == expected, (held, asked)


def test_words_alone_say_nothing():
    assert not meets(("onex", "advanced"), ("cn8", "advanced"))
    assert not meets(("cn5", "3"), ("onex", "advanced"))
    assert not meets(("diploma", "bachelor"), ("cn5", "5"))
    assert not meets(("craftpath", "master_craftsman"), ("cn5", "5"))


def test_what_no_row_names_counts_as_nothing():
    assert level("cn5", "0") is None
    assert level("none", "5") is None
    assert not at_least("cn5", "0", "5")
    assert not at_least("cn5", "1", "0")
    assert not at_least("none", "x", "x")
    assert not meets(("none", "x"), ("none", "x"))
    assert same("none", "x") == ()
    with pytest.raises(KeyError):
        rank("cn5", "0")
