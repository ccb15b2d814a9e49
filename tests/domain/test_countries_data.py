"""The real ``content/countries.toml``."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from slugify import slugify

CONTENT = Path(__file__).parents[2] / "content"
KINDS = {"state", "territory", "subdivision", "union", "body"}
# ISO 3166-1 alpha-2, as of 2025
ISO = """AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN
CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR
HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO
MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG
SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM
ZW""".split()


@pytest.fixture(scope="module")
def countries() -> dict[str, dict[str, Any]]:
    return tomllib.loads((CONTENT / "countries.toml").read_text("utf-8"))


def test_all_codes_of_iso_3166_are_there(countries: dict[str, dict[str, Any]]) -> None:
    """A rule can come from any country: all 249 codes exist, and Kosovo and the European Union besides."""
    assert len(ISO) == 249
    assert set(ISO) <= set(countries)
    plain = {code for code in countries if "-" not in code}
    assert plain - set(ISO) == {"XK", "EU"}


def test_codes_are_sorted_and_complete(countries: dict[str, dict[str, Any]]) -> None:
    """Two editors who add a code do not meet on one line, and nobody has to guess a key."""
    assert list(countries) == sorted(countries)
    for code, row in countries.items():
        assert {"name", "slug", "kind", "region"} <= set(row) <= {"name", "slug", "kind", "region", "tile", "members"}, code
        assert row["kind"] in KINDS, code
        assert (row["region"] != "") or row["kind"] in ("body", "union"), code


def test_names_slugs_and_tiles_are_unique(countries: dict[str, dict[str, Any]]) -> None:
    """An address, a name and a place on the map belong to one country."""
    for key in ("name", "slug", "tile"):
        values = [str(row[key]) for row in countries.values() if key in row]
        assert len(values) == len(set(values)), key
    assert "page" not in {row["slug"] for row in countries.values()}


def test_slugs_were_made_from_the_names(countries: dict[str, dict[str, Any]]) -> None:
    """Slugs are what python-slugify makes of the name with plain apostrophes; those of the American states begin with ``us-``."""
    for code, row in countries.items():
        if row["kind"] == "subdivision":
            assert row["slug"].startswith("us-"), code
        else:
            assert row["slug"] == slugify(row["name"].replace("’", "'")), code
    expected = {"CI": "cote-d-ivoire", "HK": "hong-kong", "CD": "dr-congo", "TR": "turkiye", "XX-FATF": "fatf", "US-ND": "us-north-dakota"}
    expected |= {"EU": "european-union", "MM": "myanmar", "MO": "macao", "US-GA": "us-georgia", "GE": "georgia"}
    assert {code: countries[code]["slug"] for code in expected} == expected


def test_every_state_and_territory_has_a_tile(countries: dict[str, dict[str, Any]]) -> None:
    """On the map the smallest country is as visible as the largest, and it fits 32 columns."""
    for code, row in countries.items():
        assert ("tile" in row) == (row["kind"] in ("state", "territory")), code
        if "tile" in row:
            column, line = row["tile"]
            assert 0 <= column < 32, code
            assert 0 <= line < 20, code


def test_members_of_unions_exist(countries: dict[str, dict[str, Any]]) -> None:
    """A brief on a union is listed on its members' pages."""
    for code, row in countries.items():
        assert ("members" in row) == (row["kind"] == "union"), code
        members = row.get("members", [])
        assert members == sorted(set(members)), code
        assert all(countries[member]["kind"] in ("state", "territory") for member in members), code
    assert len(countries["EU"]["members"]) == 27
    assert countries["XX-CEMAC"]["members"] == ["CF", "CG", "CM", "GA", "GQ", "TD"]


def test_fifty_states_and_the_district(countries: dict[str, dict[str, Any]]) -> None:
    """Rules of American states are followed under codes of their own."""
    parts = [code for code, row in countries.items() if row["kind"] == "subdivision"]
    assert len(parts) == 51
    assert all(code.startswith("US-") for code in parts)
    assert sum(row["kind"] == "state" for row in countries.values()) == 195
