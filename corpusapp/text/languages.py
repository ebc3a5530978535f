"""Which language a text is in, by its script, then by its smallest words; and tidy language tags."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from corpusapp.text.folding import beyond_ascii, lowered
from corpusapp.text.stop_words import LANGUAGES_OF

_SAMPLE = 1200  # characters; more changes hardly an answer
_LONG, _STEP = 600, 3  # characters; of a longer sample one in three is asked for its script
_MOSTLY = 0.85  # of the characters in ASCII: Latin, whatever is quoted in it
_FEWEST_HITS = 3  # small words needed before Latin text is taken for anything but the site's
_LEAST_SHARE = (
    0.08  # of all words: in prose of any language listed, small words are a fifth or more
)

# First characters of the ranges of each script; "" is none of interest.
_SCRIPTS = (
    (0x0041, "Latn"), (0x005B, ""), (0x0061, "Latn"), (0x007B, ""), (0x00C0, "Latn"), (0x0250, ""),
    (0x0370, "Grek"), (0x0400, "Cyrl"), (0x0530, "Armn"), (0x0590, "Hebr"), (0x0600, "Arab"),
    (0x0700, ""), (0x0750, "Arab"), (0x0780, ""), (0x0900, "Deva"), (0x0980, "Beng"),
    (0x0A00, "Guru"), (0x0A80, "Gujr"), (0x0B00, "Orya"), (0x0B80, "Taml"), (0x0C00, "Telu"),
    (0x0C80, "Knda"), (0x0D00, "Mlym"), (0x0D80, "Sinh"), (0x0E00, "Thai"), (0x0E80, "Laoo"),
    (0x0F00, "Tibt"), (0x1000, "Mymr"), (0x10A0, "Geor"), (0x1100, "Hang"), (0x1200, "Ethi"),
    (0x13A0, ""), (0x1780, "Khmr"), (0x1800, "Mong"), (0x18B0, ""), (0x1E00, "Latn"),
    (0x1F00, "Grek"), (0x2000, ""), (0x3041, "Kana"), (0x3100, ""), (0x3400, "Hani"),
    (0x4DC0, ""), (0x4E00, "Hani"), (0xA000, ""), (0xAC00, "Hang"), (0xD7B0, ""),
    (0xF900, "Hani"), (0xFB00, ""), (0xFB50, "Arab"), (0xFE00, ""), (0xFE70, "Arab"),
    (0xFEFF, ""), (0xFF21, "Latn"), (0xFF5B, ""), (0xFF66, "Kana"), (0xFFA0, ""),
    (0x20000, "Hani"), (0x323B0, ""),
)  # fmt: skip
_STARTS = [start for start, _ in _SCRIPTS]
_NAMES = [name for _, name in _SCRIPTS]

_ONE_LANGUAGE = {
    "Grek": "el", "Armn": "hy", "Hebr": "he", "Deva": "hi", "Beng": "bn", "Guru": "pa",
    "Gujr": "gu", "Orya": "or", "Taml": "ta", "Telu": "te", "Knda": "kn", "Mlym": "ml",
    "Sinh": "si", "Thai": "th", "Laoo": "lo", "Tibt": "bo", "Mymr": "my", "Geor": "ka",
    "Ethi": "am", "Khmr": "km", "Mong": "mn", "Hang": "ko",
}  # fmt: skip

# Letters that only this language of its script writes; the first that is there decides.
_CYRILLIC = (
    ("ў", "be"),
    ("їєґ", "uk"),
    ("ѓќѕ", "mk"),
    ("ђћџљњј", "sr"),
    ("әғқңұһ", "kk"),
    ("ыэё", "ru"),
    ("ъщ", "bg"),
)
_ARABIC = (("ٹڈڑںے", "ur"), ("ټډړږښڼې", "ps"), ("پچژگکی", "fa"))

_BY_LETTERS = {"Cyrl": (_CYRILLIC, "ru"), "Arab": (_ARABIC, "ar")}

_LETTERS = bytes(
    ord(" ") if chr(code).isascii() and not chr(code).isalpha() else code for code in range(256)
)
_LONGEST_TAG = 60
_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-[a-z]{3})?(?P<rest>(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?)"
    r"(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*(?:-[0-9a-wyz](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?"
)
# All of ISO 639-1, and of ISO 639-3 what people publish in and 639-1 lacks.
_LANGUAGES = frozenset([
    "aa", "ab", "ae", "af", "ak", "am", "an", "ar", "as", "av", "ay", "az", "ba", "be", "bg", "bh", "bi", "bm", "bn",
    "bo", "br", "bs", "ca", "ce", "ch", "co", "cr", "cs", "cu", "cv", "cy", "da", "de", "dv", "dz", "ee", "el", "en",
    "eo", "es", "et", "eu", "fa", "ff", "fi", "fj", "fo", "fr", "fy", "ga", "gd", "gl", "gn", "gu", "gv", "ha", "he",
    "hi", "ho", "hr", "ht", "hu", "hy", "hz", "ia", "id", "ie", "ig", "ii", "ik", "io", "is", "it", "iu", "ja", "jv",
    "ka", "kg", "ki", "kj", "kk", "kl", "km", "kn", "ko", "kr", "ks", "ku", "kv", "kw", "ky", "la", "lb", "lg", "li",
    "ln", "lo", "lt", "lu", "lv", "mg", "mh", "mi", "mk", "ml", "mn", "mr", "ms", "mt", "my", "na", "nd", "ne", "ng",
    "nl", "nn", "no", "nr", "nv", "ny", "oc", "oj", "om", "or", "os", "pa", "pi", "pl", "ps", "pt", "qu", "rm", "rn",
    "ro", "ru", "rw", "sa", "sc", "sd", "se", "sg", "sh", "si", "sk", "sl", "sm", "sn", "so", "sq", "sr", "ss", "st",
    "su", "sv", "sw", "ta", "te", "tg", "th", "ti", "tk", "tl", "tn", "to", "tr", "ts", "tt", "tw", "ty", "ug", "uk",
    "ur", "uz", "ve", "vi", "vo", "wa", "wo", "xh", "yi", "yo", "za", "zh", "zu", "ace", "ang", "arz", "ary", "ast",
    "awa", "ban", "bar", "bho", "bik", "ceb", "chr", "ckb", "cmn", "crh", "csb", "doi", "dsb", "fil", "frp", "fur",
    "grc", "gsw", "hak", "haw", "hil", "hmn", "hsb", "ilo", "jam", "kab", "kok", "lij", "lld", "mad", "mai", "min",
    "mni", "nan", "nds", "pam", "pap", "pcm", "pes", "prs", "sah", "sat", "scn", "sco", "smn", "sms", "szl", "tet",
    "tok", "tpi", "tyv", "udm", "vec", "war", "wuu", "yue", "zgh",
])  # fmt: skip
_HANT_MARKS = {"hant", "tw", "hk", "mo"}
_CHINESE = {"zh", "cmn", "yue", "wuu", "hak", "nan"}
_RENAMED = {
    "iw": "he", "in": "id", "ji": "yi", "jp": "ja", "nb": "no",
    "ara": "ar", "ces": "cs", "dan": "da", "deu": "de", "ell": "el", "eng": "en", "fas": "fa", "fin": "fi",
    "fra": "fr", "heb": "he", "hin": "hi", "hun": "hu", "ind": "id", "ita": "it", "jpn": "ja", "kor": "ko",
    "nld": "nl", "nob": "no", "nor": "no", "pol": "pl", "por": "pt", "ron": "ro", "rus": "ru", "spa": "es",
    "swe": "sv", "tha": "th", "tur": "tr", "ukr": "uk", "urd": "ur", "vie": "vi", "zho": "zh",
}  # fmt: skip
_WEIGHT = {"Hani": 3, "Hang": 3, "Kana": 3}  # a character of these says as much as three letters


def detect(text: str, site_language: str = "en") -> str:
    """BCP 47 of `text`; `site_language` where its letters are Latin and its words do not tell.

    "" if there are no letters at all.
    """
    sample = text[:_SAMPLE]
    scripts = {"Latn": 1} if _is_mostly_ascii(sample) else _scripts(sample)
    if not scripts or not any(map(str.isalpha, sample)):
        return ""
    script = max(scripts, key=lambda name: scripts[name] * _WEIGHT.get(name, 1))
    if script in {"Hani", "Kana"}:
        return _east_asian(text, scripts, site_language)
    if script == "Latn":
        return _by_small_words(sample) or site_language
    if script in _BY_LETTERS:
        return _by_letters(sample, *_BY_LETTERS[script])
    return _ONE_LANGUAGE[script]


def canonical(tag: str) -> str:
    """The tag as this product writes it: "zh-cn" -> "zh-Hans", "EN_us" -> "en".

    "" for what is no tag, or names no language we know.

    Regions go: an edition is told from another by language and, for Chinese, script.
    """
    parts = tag.strip().lower().replace("_", "-")
    match = _TAG.fullmatch(parts) if len(parts) <= _LONGEST_TAG else None
    if match is None:
        return ""
    language = _RENAMED.get(match["language"], match["language"])
    if language in _CHINESE:
        return "zh-Hant" if _HANT_MARKS & set(match["rest"].split("-")) else "zh-Hans"
    return language if language in _LANGUAGES else ""


def han_script(text: str) -> str:
    """Tell "Hans" from "Hant" by the characters of the whole text; "" if all are common to both.

    A character that GB 2312 has and Big5 lacks is simplified, and the other way round; the
    codecs are the table.
    """
    telling, simplified = _telling_characters()
    found = set(telling.findall(text))
    leaning = 2 * len(found & simplified) - len(found)
    if not leaning:
        return ""
    return "Hans" if leaning > 0 else "Hant"


@lru_cache(maxsize=1)
def _telling_characters() -> tuple[re.Pattern[str], frozenset[str]]:
    """What finds the characters that one of the two scripts has alone, and those that are simplified."""
    ideographs = "".join(map(chr, range(0x4E00, 0xA000)))
    gb, big5 = (
        frozenset(ideographs.encode(codec, "ignore").decode(codec)) for codec in ("gb2312", "big5")
    )
    return re.compile(f"[{''.join(sorted(gb ^ big5))}]"), gb - big5


def _is_mostly_ascii(sample: str) -> bool:
    return len(sample.encode("ascii", "ignore")) >= _MOSTLY * len(sample)


def _scripts(sample: str) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    some = sample[::_STEP] if len(sample) > _LONG else sample
    for character, count in Counter(some).items():
        if name := _script_of(character):
            counts[name] = counts.get(name, 0) + count
    return counts


@lru_cache(maxsize=1 << 14)
def _script_of(character: str) -> str:
    """The script of a letter; "" for what is none."""
    return _NAMES[bisect_right(_STARTS, ord(character)) - 1] if character >= "A" else ""


def _east_asian(text: str, scripts: Mapping[str, int], site_language: str) -> str:
    if scripts.get("Kana", 0) * 8 >= scripts.get("Hani", 0):
        return "ja"
    script = han_script(text)
    if not script:
        return site_language if site_language.startswith("zh-") else "zh-Hans"
    return f"zh-{script}"


def _by_letters(sample: str, table: tuple[tuple[str, str], ...], otherwise: str) -> str:
    letters = set(sample.lower())
    for telling, language in table:
        if letters & set(telling):
            return language
    return otherwise


def _words(text: str) -> list[str]:
    """The runs of letters in `text`; bytes are parted in a quarter of the time a pattern takes."""
    for character in set(beyond_ascii(text)):
        if not character.isalnum() or character.isdecimal():
            text = text.replace(character, " ")
    raw = text.encode("utf-8", "surrogatepass").translate(_LETTERS)
    return raw.decode("utf-8", "surrogatepass").split()


def _by_small_words(sample: str) -> str:
    """The Latin language whose small words are most; "" if too few are any language's.

    A word of several languages gives each its share.
    """
    tokens = _words(lowered(sample))
    counts = Counter(map(LANGUAGES_OF.get, tokens))
    hits = len(tokens) - counts.pop(None, 0)
    if hits < _FEWEST_HITS or hits < _LEAST_SHARE * len(tokens):
        return ""
    scores: dict[str, float] = {}
    for named, count in counts.items():
        languages = named.split() if named else []
        for language in languages:
            scores[language] = scores.get(language, 0) + count / len(languages)
    return max(scores, key=lambda language: scores[language])
