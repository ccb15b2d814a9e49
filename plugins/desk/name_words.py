"""Capitalised words that need no source, and institution words that a source may write small."""

from __future__ import annotations


def _split(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Not names, whatever their capitals: titles, days, joining words, parts of the year.
SKIPPED = _split(
    "mr mrs ms dr prof sir monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun the a an of and or for in on to by with from "
    "at as i it its he she we they his her their our this that these those if but not no nor so yet when while who what which where why how all any each "
    "both some such than then there here after before under over into about between since until may q1 q2 q3 q4 h1 h2 am pm gmt utc ii iii iv vi vii viii "
    "ix xi xii is are was were be been has have had do does did will would can could should must might also only more most other another new one two three "
    "four five six seven eight nine ten first second third"
)
# Acronyms and terms that everybody in the field knows without their being spelt out.
KNOWN = _split(
    "ico icos cbdc cbdcs aml cft kyc vasp vasps casp casps pow pos nft nfts etf etfs vat gdp it ai api ceo cfo cto dlt p2p otc atm atms defi dao daos dex dapp "
    "dapps fintech ip url pdf faq tv internet web isin iban sme smes ngo ngos kwh mwh gwh twh mw gw kw"
)
_SAME = (
    ("bitcoin", "bitcoins", "btc"),
    ("ethereum", "ether", "eth"),
    ("tether", "usdt"),
    ("dollar", "usd"),
    ("crypto", "cryptocurrency", "cryptocurrencies"),
    ("stablecoin", "stablecoins"),
    ("nasdaq", "nyse"),
    ("parliament", "parliamentary"),
    ("duma", "gosduma"),
    ("europe", "european", "eu"),
    ("christmas", "xmas"),
)
SAME: dict[str, tuple[str, ...]] = {word: tuple(w for w in group if w != word) for group in _SAME for word in group}
# Common nouns of institutions and acts: kept from a source in whatever case it writes them.
GENERIC = _split(
    "ministry minister ministers ministerial ministries prime finance financial economy economic economics development digital energy justice interior foreign affairs internal "
    "trade commerce industry health labour labor environment agriculture transport communications information technology science "
    "central bank banks banking national federal state states government governments cabinet council councils commission commissioner commissioners committee "
    "committees subcommittee board bureau agency agencies authority authorities office officer officers department departments directorate service services "
    "treasury revenue customs tax taxes taxation parliament parliaments parliamentary senate senator senators house houses representatives congress congressman "
    "assembly assemblies chamber chambers legislature legislative legislators deputy deputies president presidents presidential vice governor "
    "governors chairman chairwoman chair chairperson secretary general attorney prosecutor prosecutors court courts supreme constitutional appeal appeals district judge judges "
    "police law laws act acts bill bills code codes regulation regulations regulatory regulator regulators directive directives decree decrees order orders "
    "ordinance ordinances circular circulars resolution resolutions rule rules rulebook guideline guidelines guidance framework frameworks standard standards policy policies "
    "article articles section sections chapter title part paragraph annex schedule appendix notice notices gazette official journal register registry "
    "constitution constitutional amendment amendments treaty convention protocol memorandum agreement report paper plan roadmap programme program strategy project initiative "
    "securities security exchange exchanges market markets capital capitals stock futures trading commodity commodities insurance pension pensions supervision supervisory supervisor "
    "conduct prudential stability monetary fund funds reserve reserves currency currencies virtual asset assets crypto cryptocurrency cryptocurrencies cryptoasset cryptoassets "
    "cryptographic blockchain token tokens tokenised tokenized coin coins stablecoin stablecoins mining miner miners payment payments electronic money laundering anti counter terrorist "
    "terrorism terrorism financing proliferation travel consumer consumers protection investor investors data privacy sanctions sanction enforcement crime crimes network "
    "union international world global group association federation forum organisation organization institute institution institutions university school party parties democratic "
    "republican republicans democrats conservative labour liberal opposition coalition republic kingdom emirates federation commonwealth territory region regional city county "
    "province municipal local north northern south southern east eastern west western middle "
    "chief executive head director deputy acting senior special public private joint high lower upper "
    "independent competent economy budget audit accounting statistics investment investments innovation sandbox licence license licensing provider providers "
    "custody custodian wallet wallets euro dollar pound rouble ruble yen yuan won rupee baht peso real naira cedi shilling rand lira tenge hryvnia "
    "bitcoin ether ethereum"
)
