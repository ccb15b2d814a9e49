"""The collection and its indexes: order, membership, and what sets a stage."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plugins.domain.brief import pack_detail, unpack_detail
from plugins.domain.collection import IndexKind
from plugins.domain.stage import CountryKind, Stage, Status
from plugins.domain.standing import current_stage, find_standing, stand_by_country, stand_by_topic
from plugins.domain.vocabulary import Country
from tests.factories import make_brief, make_collection, make_revision, make_vocabulary

UNION = Country("EU", "European Union", "european-union", CountryKind.UNION, "", ("FR",))


def ids(briefs: object) -> list[str]:
    """The ids of briefs."""
    return [b.id for b in briefs]  # type: ignore[attr-defined]


def test_briefs_go_by_date_then_added_then_id() -> None:
    """Newest first; a month sorts before its days, as its text does."""
    briefs = [
        make_brief("a", date="2024-05-16", added="2024-05-20"),
        make_brief("b", date="2024-05-16", added="2024-05-21"),
        make_brief("c", date="2024-05-16", added="2024-05-20"),
        make_brief("d", date="2024-05", added="2026-01-01"),
        make_brief("e", date="2024-06-01"),
        make_brief("f", date="2024", added="2026-01-01"),
    ]
    assert ids(make_collection(*briefs).briefs) == ["e", "b", "c", "a", "d", "f"]


@given(st.permutations([make_brief(f"b{n}", date=f"2024-0{n % 3 + 1}-01", added=f"2024-05-0{n % 2 + 1}") for n in range(8)]))
def test_the_order_of_files_makes_no_difference(briefs: list) -> None:
    """Same briefs, same collection, same digests of its indexes."""
    one, other = make_collection(*briefs), make_collection(*sorted(briefs, key=lambda b: b.id))
    assert one.briefs == other.briefs
    assert [(i.id, i.heads, i.digests) for i in one.indexes.every()] == [(i.id, i.heads, i.digests) for i in other.indexes.every()]


def test_indexes_hold_their_briefs() -> None:
    """Country, topic, pair, measure and week; a subdivision's brief is listed on the state's pages too."""
    briefs = [
        make_brief("a", date="2026-11-02", countries=("RU", "FR"), topics=("mining", "payments"), measure="ru-mining-law"),
        make_brief("b", date="2026-11-09", countries=("US-ND",), topics=("mining",)),
        make_brief("c", date="2021-01-01", added="2026-11-10", countries=("FR",), topics=("payments",)),
    ]
    indexes = make_collection(*briefs).indexes
    assert ids(indexes.home.briefs) == ["b", "a", "c"]
    assert {code: ids(i.briefs) for code, i in indexes.countries.items()} == {"FR": ["a", "c"], "RU": ["a"], "US": ["b"], "US-ND": ["b"]}
    assert {id: ids(i.briefs) for id, i in indexes.topics.items()} == {"mining": ["b", "a"], "payments": ["a", "c"], "russia": []}
    assert {k: ids(i.briefs) for k, i in indexes.pairs.items()} == {
        ("FR", "mining"): ["a"], ("FR", "payments"): ["a", "c"], ("RU", "mining"): ["a"], ("RU", "payments"): ["a"], ("US", "mining"): ["b"], ("US-ND", "mining"): ["b"],
    }  # fmt: skip
    assert {k: ids(i.briefs) for k, i in indexes.measures.items()} == {"ru-mining-law": ["a"]}
    assert {k: ids(i.briefs) for k, i in indexes.weeks.items()} == {"2026-W46": ["b", "c"], "2026-W45": ["a"]}
    topics = {"FR": ("mining", "payments"), "RU": ("mining", "payments"), "US": ("mining",), "US-ND": ("mining",)}
    assert indexes.pairs.topics_of == topics
    assert len(indexes.pairs) == 6
    assert ("FR", "mining") in indexes.pairs
    assert ("US", "payments") not in indexes.pairs
    assert ("AQ", "mining") not in indexes.pairs
    assert [i.url for i in indexes.pairs_of("FR")] == ["/countries/france/mining/", "/countries/france/payments/"]
    assert indexes.pairs.url("FR", "payments") == indexes.pairs["FR", "payments"].url
    assert indexes.pairs.stamps() == {key: (i.changed, len(i.briefs)) for key, i in indexes.pairs.items()}


def test_addresses_of_indexes() -> None:
    """The public contract of DESIGN.md section 3."""
    indexes = make_collection(make_brief(countries=("US-ND",), measure="ru-mining-law")).indexes
    urls = {i.kind: i.url for i in indexes.every() if i.briefs}
    assert urls == {
        IndexKind.HOME: "/",
        IndexKind.COUNTRY: "/countries/us-north-dakota/",
        IndexKind.TOPIC: "/topics/mining/",
        IndexKind.PAIR: "/countries/us-north-dakota/mining/",
        IndexKind.MEASURE: "/measures/ru-mining-law/",
        IndexKind.WEEK: "/weeks/2026-W48/",
    } or urls[IndexKind.COUNTRY] in ("/countries/united-states/", "/countries/us-north-dakota/")
    assert len({i.url for i in indexes.every()}) == len(list(indexes.every()))


def test_drafts_are_left_out_unless_asked_for() -> None:
    """`make serve` shows them; nothing else does."""
    briefs = [make_brief("a"), make_brief("b", status=Status.DRAFT)]
    assert ids(make_collection(*briefs).briefs) == ["a"]
    assert ids(make_collection(*briefs, drafts=True).briefs) == ["b", "a"]


def test_withdrawn_briefs_are_kept_apart() -> None:
    """No list shows them; feeds still know them, and a week of nothing else has no page."""
    gone = make_brief("b", date="2026-11-02", status=Status.WITHDRAWN, revisions=(make_revision("2026-11-30", "correction"),))
    indexes = make_collection(make_brief("a", date="2026-11-09"), gone).indexes
    assert ids(indexes.home.briefs) == ["a"]
    assert ids(indexes.home.withdrawn) == ["b"]
    assert ids(indexes.home.newest_added(5)) == ["a", "b"]
    assert list(indexes.weeks) == ["2026-W46"]
    assert indexes.home.changed == "2026-11-30"


def test_late_briefs_are_the_newest_added() -> None:
    """Feeds go by `added`, then `date`, then id."""
    briefs = [
        make_brief("a", date="2026-11-02"),
        make_brief("b", date="2019-01-01", added="2026-11-03"),
        make_brief("c", date="2026-11-01", added="2026-11-02"),
    ]
    assert ids(make_collection(*briefs).indexes.home.newest_added(2)) == ["b", "a"]


def test_a_stage_is_set_by_the_newest_brief_that_moves_the_measure() -> None:
    """Events and withdrawn briefs move nothing; a late brief on the past neither."""
    briefs = [
        make_brief("a", date="2024-01-01", stage=Stage.BILL),
        make_brief("b", date="2024-02-01", stage=Stage.PASSED),
        make_brief("c", date="2023-01-01", added="2026-01-01", stage=Stage.PROPOSAL),
        make_brief("d", date="2025-01-01", stage=Stage.COURT),
        make_brief("e", date="2025-02-01", stage=Stage.REPEALED, status=Status.WITHDRAWN),
    ]
    newest_first = make_collection(*briefs).briefs
    found = find_standing(newest_first)
    assert found is not None
    assert found.id == "b"
    assert current_stage(newest_first) is Stage.PASSED
    assert current_stage([briefs[3]]) is None
    assert find_standing([]) is None


def test_every_stage_says_whether_it_moves() -> None:
    """The closed list of DESIGN.md section 2."""
    moving = {s.value for s in Stage if s.moves}
    assert moving == set("discussion proposal consultation bill passed in-force rejected repealed".split())
    assert {s.value for s in Stage} - moving == {"guidance", "enforcement", "court", "none"}
    assert all(s.label and s.meaning and s.sign for s in Stage)
    assert len({s.sign for s in Stage}) == len(Stage)
    assert [s.rank for s in Stage if s.moves] == list(range(1, 9))


def test_a_subdivision_sets_no_stage_of_its_state() -> None:
    """It is listed on the state's page, but what was last reported there is the state's own."""
    briefs = [
        make_brief("a", date="2024-01-01", countries=("US",), stage=Stage.BILL),
        make_brief("b", date="2025-01-01", countries=("US-ND",), stage=Stage.REJECTED),
    ]
    collection = make_collection(*briefs)
    index = collection.indexes.countries["US"]
    assert ids(index.briefs) == ["b", "a"]
    assert stand_by_topic(index.briefs, "US")["mining"].id == "a"
    assert stand_by_topic(collection.indexes.countries["US-ND"].briefs, "US-ND")["mining"].id == "b"
    assert {code: b.id for code, b in stand_by_country(collection.briefs).items()} == {"US-ND": "b", "US": "a"}


def test_unions_and_parts_are_known() -> None:
    """Who belongs to whom."""
    words = make_vocabulary(countries=[UNION])
    assert [u.code for u in words.unions_of("FR")] == ["EU"]
    assert words.unions_of("NO") == ()
    assert [c.code for c in words.parts_of("US")] == ["US-ND"]
    assert words.countries["US-ND"].parent == "US"
    assert words.countries["EU"].parent is None
    indexes = make_collection(make_brief(countries=("EU",)), vocabulary=words).indexes
    assert ids(indexes.countries["EU"].briefs) == ["2026-11-23-russia-notice"]
    assert "FR" not in indexes.countries, "a brief on a union is no brief on its members"


def test_details_survive_packing() -> None:
    """What the page shows is what the front matter said."""
    detail = make_brief(
        revisions=(make_revision("2026-11-24", "stage"),),
        actors=("Bank", "Ministry"),
        checked="2026-11-25",
        replaces=("2020-x",),
        date_note="so",
    ).detail()
    assert unpack_detail(pack_detail(detail)) == detail
