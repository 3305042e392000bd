"""A record goes from one site to another that shares nothing with it: neither database, nor key, nor secret."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests import fresh
from tests.chaos.points import Site

WORDS = "80.5"


@contextmanager
def a_site(folder: Path, address: str) -> Iterator[Site]:
    fresh.set_down(folder)
    site = Site(folder, "tests.domain.passport.record_site", CRAFTPATH_ADDRESS=address)
    try:
        yield site
    finally:
        with closing(site.process.stdin), closing(site.process.stdout):  # type: ignore[type-var]
            site.process.kill()
        site.process.wait()


def test_a_record_goes_to_a_site_that_knows_nothing_of_the_first(tmp_path: Path) -> None:
    """First nobody there knows the key, then its office does; what was changed on the way is refused."""
    with (
        a_site(tmp_path / "first", "https://first.example") as first,
        a_site(tmp_path / "second", "https://second.example") as second,
    ):
        first.do("found", name="Riverside College", learned=True)
        second.do("found", name="Hilltop College", learned=False)
        file, spoilt = tmp_path / "record.json", tmp_path / "spoilt.json"
        key = first.do("carry", to=str(file))
        assert key["issuer"] == "did:web:first.example:at:lanchuan"
        content = file.read_text(encoding="utf-8")
        assert WORDS in content
        spoilt.write_text(content.replace(WORDS, "98.5"), encoding="utf-8")

        refused = second.do("bring", file=str(spoilt))
        assert refused["status"] == 409
        assert "it was changed since" in refused["page"]
        assert not refused["kept"]
        assert "Riverside College" not in refused["record"]

        brought = second.do("bring", file=str(file))
        assert brought["kept"] == [["key_only", "kept"]]
        assert WORDS in brought["record"]
        assert "From Riverside College, signed on" in brought["record"]
        assert "whose key it is, nobody here has confirmed" in brought["record"]
        assert brought["happened"] == refused["happened"]  # shown, and nothing that counts
        assert not brought["happened"]["IssuerKey"]  # the key that signed is nowhere at this site

        second.do("trust", **key)
        known = second.do("bring", file=str(file))
        assert known["kept"] == [["valid", "kept"]]
        assert "signature valid" in known["record"]
        assert "nobody here has confirmed" not in known["record"]
