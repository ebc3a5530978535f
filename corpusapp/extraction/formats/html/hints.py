"""What the names that authors of pages give to elements hint at, as bits of one number.

Seen on nearly all pages: class="entry-content", "c-byline__author", "relatedPosts". The words are
those of common templates, in English and the few other languages in which people name elements.
A word that ends in "*" stands for all that begin so; "read+more" are two words side by side.
"""

import re
from functools import lru_cache
from itertools import pairwise

HINTS: dict[str, str] = {
    "byline": "byline* author* writer* autor* verfasser* auteur* redakteur* contributor* vcard signature creator persona by+line 作者*",
    "date": "date* time timestamp* publish* posted datum* updated modified zeit* fecha* pub+date pubdate*",
    "meta": "meta* info infos details detail data",
    "headline": "headline* title* heading* titel* titre* titulo* head+line",
    "standfirst": "subtitle* subhead* standfirst* lead lede deck dek intro* excerpt* summary abstract description* desc vorspann* chapo* tagline sub+title sub+head sub+headline subheadline*",
    "content": "articlebody* entry story* content body text prose richtext markdown* paragraph* artikel* wysiwyg rich+text article+body copytext fulltext",
    "article": "article* post main single hentry blog* page",
    "caption": "caption* credit* figure* photo* image* img picture* gallery* slide* media bild* video* thumb* avatar* legend* fig",
    "share": "share* sharing social* follow facebook* twitter* addthis* whatsapp* linkedin* bookmark* print* pinterest*",
    "related": "related* recommend* similar* readmore* also popular* trending* latest further recirc* next prev* suggest* outbrain* taboola* weitere* mehr most* promoted more headlines zergnet readnext see+also",
    "teaser": "teaser* card* tile* preview* promo* feed* stream* river* listing* archive* item* list grid* carousel* slider* swiper*",
    "comments": "comment* disqus* respond* reply* discussion* kommentar* forum* rating* review* reviews",
    "letter": "newsletter* subscri* signup* cta paywall* offer* abo donat* regwall* member* piano mailing* optin sign+up call+action opt+in",
    "ad": "ad ads adv advert* banner* sponsor* dfp* gpt* werbung* anzeige* affiliate* commercial* advertisement*",
    "popup": "popup* modal* cookie* consent* gdpr* overlay* dialog* lightbox* tooltip* notice* notification* alert* toast* pop+up",
    "nav": "nav* menu* breadcrumb* toolbar* paginat* pager topbar tab tabs skip search* dropdown* language* switch* submenu*",
    "header": "header* masthead* branding* logo* hdr top",
    "footer": "foot* legal* colophon bottom copyright* contentinfo disclaimer* impressum* imprint*",
    "side": "sidebar* rail aside* complementary secondary side right column+right col+right",
    "tags": "tag tags topic* keyword* categor* label* kicker* eyebrow* section rubri* hashtag* taxonomy* cat",
    "bio": "bio bios biograph* profile* about about+author author+bio author+box author+info",
    "contents": "toc contents jump anchor* outline* inhaltsverzeichnis",
    "hidden": "hidden* visually sr screenreader* offscreen* collapse* hide hidden d+none noscreen invisible* assistive*",
    "quote": "quote* blockquote* zitat* pullquote* pull",
    "widget": "widget* module* embed* infobox* factbox* box shop* product* price* buy* deal* callout* poll* quiz* event* map podcast* player* stats",
    "note": "footnote* endnote* reference* citation* note notes correction* disclosure*",
    "points": "keypoint* takeaway* tldr bullet* highlight* key+points key+point key+takeaways glance",
    "user": "login* account* user* signin* register* sign+in",
}
BITS: dict[str, int] = {name: 1 << place for place, name in enumerate(HINTS)}
NAMES: tuple[str, ...] = tuple(HINTS)

_READ = 240  # characters of an element's names
_WORD = re.compile("[A-Z]{2,40}(?![a-z])|[A-Z]?[a-z]{1,40}|[\u4e00-\u9fff]{1,20}")
_LETTERS = bytes(code if chr(code).islower() else ord(" ") for code in range(128)).ljust(256)
_WHOLE: dict[str, int] = {}
_BEGINNINGS: dict[str, int] = {}
_PAIRS: dict[tuple[str, str], int] = {}
for _name, _words in HINTS.items():
    for _word in _words.split():
        if "+" in _word:
            _first, _second = _word.split("+")
            _PAIRS[_first, _second] = _PAIRS.get((_first, _second), 0) | BITS[_name]
        elif _word.endswith("*"):
            _BEGINNINGS[_word[:-1]] = _BEGINNINGS.get(_word[:-1], 0) | BITS[_name]
        else:
            _WHOLE[_word] = _WHOLE.get(_word, 0) | BITS[_name]
_LONGEST_BEGINNING = max(map(len, _BEGINNINGS))
_FIRSTS = frozenset(first for first, _second in _PAIRS)


_MAY_PAIR = 1 << len(BITS)  # no hint, but the first word of two that are one together


@lru_cache(maxsize=16384)
def hints_of(names: str) -> int:
    """The bits of all that the names of an element hint at."""
    words = _parted(names[:_READ])
    found = 0
    for word in words:
        found |= _hints_of_word(word)
    if found & _MAY_PAIR:
        found ^= _MAY_PAIR
        for first, second in pairwise(words):
            found |= _PAIRS.get((first.lower(), second.lower()), 0)
    return found


def _parted(names: str) -> list[str]:
    if names.isascii() and names.islower():  # most are, and then there is a quicker way
        return names.encode().translate(_LETTERS).decode().split()
    return _WORD.findall(names)


@lru_cache(maxsize=16384)
def _hints_of_word(word: str) -> int:
    word = word.lower()
    found = _WHOLE.get(word, 0) | (_MAY_PAIR if word in _FIRSTS else 0)
    for end in range(2, min(len(word), _LONGEST_BEGINNING) + 1):
        found |= _BEGINNINGS.get(word[:end], 0)
    return found
