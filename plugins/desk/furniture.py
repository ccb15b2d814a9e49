"""What surrounds an article on a page: patterns of lines that belong to the site and not to the text."""

from __future__ import annotations

import re

_I = re.IGNORECASE
_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic|gen|mag|giu|lug|set|ott|janv|févr|mars|avr|mai|juin|juil|"
    r"août|déc|"
    r"märz|okt|dez|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|"
    r"kasım|aralık)\w*\.?"
)
_DAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[,.]?\s+)?"
_CLOCK = (
    r"(?:[,\s]*(?:at|um|à|às|a las|в|@|[-–|•·])?\s*\d{1,2}[:.h]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?(?:\s*(?:[A-Z]{2,4}|GMT[+-]\d+|UTC))?)?"
)
DATE = (
    rf"{_DAY}(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?|"
    rf"\d{{1,2}}\.?\s+(?:de\s+)?{_MONTH}(?:\s+(?:de\s+)?\d{{4}})?(?:\s*г\.)?|"
    rf"\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2,4}}|\d{{4}}\s?[年년]\s?\d{{1,2}}\s?[月월]\s?\d{{1,2}}\s?[日일])"
)
_AGO = r"(?:\d+|an?|one|two)\s+(?:min(?:ute)?s?|hours?|hrs?|days?|weeks?|months?|years?|mo|yr)s?\s+ago"
DATELINE = re.compile(
    rf"\W*(?:(?:published|posted|updated|last updated|created|modified|date|on|publicado|publié le|veröffentlicht(?: am)?|опубликовано|"
    rf"pubblicato)(?:\s+on)?:?\s+)*"
    rf"(?:{DATE}|{_AGO}){_CLOCK}(?:\s*[|•·/–-]\s*.{{0,40}})?\W*",
    _I,
)

FURNITURE = re.compile(
    r"\W*(?:"
    r"advertise?ments?|advertising|sponsored(?: content)?|ad|ads|promoted|"
    r"publicidad|publicité|werbung|anzeige|реклама|reklama?|pubblicità|publicidade|advertentie|iklan|إعلان|quảng cáo|広告|광고|广告|"
    r"share(?:\s+(?:this|on|via|article|story|post|now)\b.{0,40})?|shares?|\d+\s*shares?|tweet|pin|print|email|copy link|"
    r"link copied!?|whatsapp|telegram|"
    r"facebook|twitter|linkedin|reddit|x|comments?|\d+\s+comments?|leave a (?:comment|reply).{0,30}|no comments?.{0,20}|reply|"
    r"compartir|partager|teilen|поделиться|condividi|compartilhar?|delen|udostępnij|paylaş|分享|シェア|공유|bagikan|"
    r"published by|posted by|written by|reviewed by|edited by|fact[- ]checked by|posted in|filed under|by|"
    r"(?:read (?:more|also|next|full|the full)|also read|see also|more on this|continue reading|keep reading|learn more|view (?:all|"
    r"more|original)|show (?:more|less)|"
    r"load more|see more|related|recommended|don'?t miss|must read|what to read next)\b.{0,90}|"
    r"(?:leer más|lea también|lire aussi|à lire|mehr (?:lesen|zum thema)|lesen sie auch|читайте (?:также|ещё|нас)|leggi anche|"
    r"leia (?:mais|também)|veja também|lees ook|"
    r"czytaj (?:też|także|więcej)|ayrıca oku|devamını oku|続きを読む|関連記事|관련 ?기사|相关阅读|"
    r"baca juga|اقرأ أيضا|đọc thêm|xem thêm).{0,90}|"
    r"(?:sign|log) ?(?:in|up|out)\b.{0,60}|subscribe\b.{0,60}|register(?: now| for .{0,40})?|newsletter.{0,40}|get (?:the app|started|"
    r"our newsletter).{0,40}|join (?:us|our|now)\b.{0,50}|"
    r"follow\b.{0,40}|download (?:the )?app.{0,30}|accept(?: all)?(?: cookies)?|cookie (?:settings|policy)|privacy policy|terms (?:of|"
    r"and) .{0,30}|contact us|about us|advertise with us|"
    r"\d+\s*min(?:ute)?s?(?: |-)read.{0,30}|(?:reading time|estimated reading).{0,30}|\d+ views?|views?:? \d+|"
    r"listen(?: to (?:this )?article)?.{0,20}|"
    r"(?:photo|image|picture|credit|image credit|photo credit|source|foto|bild|via|shutterstock|getty images|unsplash|reuters|"
    r"file photo)\s*[:/©].{0,120}|"
    r"(?:home|news|menu|search|skip to (?:main )?content|top of page|back to top|navigation|close|open menu|toggle .{0,20}|main menu|"
    r"breadcrumbs?|previous|next|previous (?:post|article).{0,90}|next (?:post|article).{0,90})|"
    r"(?:tags?|categor(?:y|ies)|topics?|labels?|keywords?|in this article|table of contents|contents|key (?:takeaways|points|facts)|"
    r"etiquetas|schlagwörter|теги)\s*:?.{0,0}|"
    r"(?:tags?|categor(?:y|ies)|topics?|etiquetas|schlagwörter|теги)\s*:.{0,150}|"
    r"all rights reserved\.?|copyright\b.{0,90}|©.{0,90}|\(?c\) \d{4}.{0,60}"
    r")\W*",
    _I,
)
BYLINE = re.compile(
    r"\W*(?:(?:by|por|par|von|автор:?|di|door|oleh|yazan:?|written by|author:?)\s+)"
    r"(?-i:[A-ZÀ-ÞА-Я][\w.’'-]*)(?:\s+(?:(?-i:[A-ZÀ-ÞА-Я][\w.’'-]*)|and|y|et|und|&|de|van|von|al|,)){0,6}(?:\s*[,|•·–-]\s*.{0,60})?",
    _I,
)
DISCLAIMER = re.compile(
    r"^\W*(?:\w+ ){0,2}(?:disclaimers?|disclosures?)\b\W*(?:$|[:.–—-])|\bdisclaimer:|why (?:you can )?trust\b|affiliate (?:links?|"
    r"commission)|not (?:\w+ ){0,3}(?:financial|investment|legal|trading|tax) advice|"
    r"financial advice|do your own research|conduct your own research|\bDYOR\b|for informational purposes|informational purposes only|"
    r"(?:uses?|accept|our|these|of) cookies|cookie (?:policy|consent|preferences)|editorial (?:policy|guidelines|standards|process)|"
    r"[\w.+-]+@[\w-]+\.\w{2,}|follow (?:us|me|him|her|them) on|subscribe to (?:our|the|my)|sign up (?:for|to) (?:our|the)|"
    r"join our (?:telegram|discord|newsletter|community|channel)|"
    r"all rights reserved|terms (?:of (?:use|service)|and conditions)|this (?:article|content|post|story) (?:was|is|"
    r"has been) (?:originally |first )?(?:published|produced|generated|written|translated|provided|sponsored)|"
    r"opinions? expressed|views (?:and opinions )?expressed|does not (?:constitute|endorse)|should not be (?:construed|considered|"
    r"taken)|never miss|in your inbox|"
    r"paid subscription|no constituye|asesoramiento financiero|ne constitue(?:nt)? pas|keine anlageberatung|"
    r"не является (?:инвестиционной|финансовой)|não constitui|yatırım tavsiyesi|投資助言|投资建议|투자 (?:조언|권유)",
    _I,
)
BIOGRAPHY = re.compile(
    r"years? of experience|when (?:he|she|they)(?: is|['’]s| are|['’]re)? ?n[o'’]t\b|when not (?:writing|working)|interests? lies?|"
    r"in (?:his|her|their) (?:free|spare) time|"
    r"(?:he|she|they) (?:holds?|owns?) (?:bitcoin|btc|crypto|no crypto|a (?:bachelor|master|degree))|reach (?:him|her|them|out)\b|"
    r"passionate about|(?:his|her) (?:passion|work has)|crypto enthusiast",
    _I,
)
BIOGRAPHY_WEAK = re.compile(
    r"\bis an? (?:\w+[- ]){0,4}(?:reporter|journalist|writer|editor|analyst|contributor|author|blogger|correspondent|columnist)\b|"
    r"\bcovers? .{3,60} for\b|\bgraduated (?:from|in|with)\b|"
    r"\bjoined .{2,40} (?:in|as) .{0,40}(?:editor|reporter|writer)",
    _I,
)
TAIL = re.compile(
    r"\W*(?:(?:recent|latest|related|more|popular|trending|similar|featured|other|top|recommended)(?: \w+){0,2} (?:posts?|articles?|"
    r"news|stor(?:y|ies)|topics?|reading|content|reads?|headlines|videos?|coverage|links?)|"
    r"related|recommended|trending(?: now)?|most (?:read|popular|viewed|shared)\b.{0,30}|(?:you (?:may|might)|also) (?:also )?(?:like|"
    r"enjoy|be interested)\b.{0,30}|editors?['’]?s? picks?|"
    r"read (?:next|more|also|these)|about (?:the )?author.{0,40}|author(?: bio)?|(?:\d+ )?comments?(?: \(\d+\))?|leave a (?:reply|"
    r"comment).{0,30}|more (?:from|on|in|by|about)\b.{0,40}|newsletters?|tags?|share this\b.{0,30}|"
    r"join the (?:conversation|discussion).{0,20}|what['’]s next|up next|further reading|sponsored(?: content)?|partner content|"
    r"press releases?|in other news|don['’]t miss\b.{0,20}|stay (?:informed|updated|up to date)\b.{0,40}|"
    r"artículos relacionados|noticias relacionadas|te puede interesar|articles? (?:liés|similaires|connexes)|à lire aussi|"
    r"sur le même sujet|ähnliche (?:artikel|beiträge)|das könnte (?:sie|dich).{0,30}|mehr zum thema|похожие.{0,30}|"
    r"(?:материалы )?по теме|другие новости|статьи по теме|articoli correlati|potrebbe interessarti|leia (?:também|mais)|"
    r"notícias relacionadas|artigos relacionados|gerelateerd.{0,20}|lees ook|powiązane.{0,20}|"
    r"benzer haberler|ilgili haberler|関連記事|関連|"
    r"관련 ?(?:기사|뉴스)|相关(?:文章|新闻|阅读)|berita terkait|مقالات ذات صلة|tin liên quan|комментарии|"
    r"comentarios|commentaires|kommentare|コメント|댓글|评论)[\s:…»›→]*",
    _I,
)
LIST_MARK = re.compile(r"\s*(?:[•·▪◦‣○●■►▶→*–—-]|\(?\d{1,2}[.)]|[a-z]\))\s+")
ELLIPSIS = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])[\"”’)\s]*$")
SENTENCE_END = re.compile(r"[.!?:;。！？؟।۔][\"'”’»“」』)\]]*(?:\s*\[\d+\])?$")
PAYWALL = re.compile(
    r"subscribe to (?:continue|read|keep|unlock)|to (?:continue|keep) reading|already (?:a )?(?:subscriber|a member|have an account)|"
    r"(?:sign|log) in to (?:continue|read|view)|"
    r"paid subscription|for subscribers(?: only)?|subscribers? only|unlock (?:this|the) (?:article|story)|create (?:a|"
    r"your) free account|enable javascript|turn on javascript|"
    r"please enable cookies|(?:checking|verify(?:ing)?) (?:your browser|you are human)|accept (?:all )?cookies to|articles? remaining|"
    r"register to (?:read|continue)|"
    r"réservé aux abonnés|suscríbete para|solo para suscriptores|nur für abonnenten|weiterlesen mit|только для подписчиков|"
    r"exclusivo para assinantes|contenuto riservato",
    _I,
)
