"""Names of people: which part is the family's, how they sort, and when two spellings are one."""

import re
import unicodedata
from dataclasses import dataclass

from corpusapp.text.folding import fold
from corpusapp.text.pinyin import spells


@dataclass(frozen=True, slots=True)
class PersonName:
    family: str  # "" for organisations and single names
    given: str
    family_first: bool  # as printed and as spoken: "Du Qiwen", "杜起文"
    sort_name: str  # family first, casefolded, without accents


_HAN_SURNAMES = frozenset(
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭肖程曹袁邓鄧许許傅沈曾彭吕呂"
    "苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾鐘汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段"
    "雷钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文严嚴殷牛葛温溫樊兰蘭辛管祝左涂耿关關包裴欧歐季岳翟苗柳章华華安倪尚俞庞龐聂聶向柴"
    "梅鲍鮑路单單施申甘池焦巫戚游凌符骆駱成司齐齊柯蓝藍宫宮舒詹解纪紀习習应應车車宁寧伍盛简簡景穆房项項卓时時褚丘古谷连連"
    "饶饒曲喻牟卞滕鲁魯莫支党黨战戰娄婁靳瞿屈桂隋全冉阮郎商佟麦麥臧农農车車楼樓仇栾欒冷晏宗费費习"
)
_HAN_COMPOUND = frozenset(
    str.split(
        "欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 司徒 东方 東方 皇甫 尉迟 尉遲 公孙 公孫 慕容 令狐 宇文 长孙 長孫 南宫 南宮 端木 夏侯 轩辕 軒轅 百里 呼延 独孤 獨孤 西门 西門"
    )
)
_HANGUL_SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진나지엄채원천방공현"
)
_PINYIN_SURNAMES = frozenset(
    str.split(
        "ai an ao ba bai ban bao bei bi bian bo bu cai cao cen chai chang chao che chen cheng chi chu cui dai dang deng di ding dong dou du"
        " duan fan fang fei feng fu gan gao ge geng gong gou gu guan guo han hao he hong hou hu hua huang huo ji jia jian jiang jiao jin jing"
        " kang ke kong kuang lai lan lang lei leng li lian liang liao lin ling liu long lou lu luo lv ma mao mei meng mi miao min mo mu"
        " ni nie ning niu ou ouyang pan pang pei peng pi pu qi qian qiang qiao qin qiu qu quan que ran rao ren rong ruan rui sang sha shan"
        " shang shao shen sheng shi shu si sima song su sui sun tai tan tang tao teng tian tong tu wan wang wei wen weng wu xi xia xian xiang"
        " xiao xie xin xing xiong xu xuan xue yan yang yao ye yi yin ying you yu yuan yue yun zang zeng zha zhai zhan zhang zhao zheng zhi"
        " zhong zhou zhu zhuang zhuo zhuge zong zou zu zuo"
    )
)
_SYLLABLE = (
    "(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|ui|uo|ue|üe|er|a|e|i|o|u|ü|v))"
)
_PINYIN_GIVEN = re.compile(rf"{_SYLLABLE}(?:[-'’]?{_SYLLABLE})?")
_PARTICLES = frozenset(
    str.split(
        "van von der den de di da del della dos das du la le al el bin ibn ter ten zu zur af av st."
    )
)
_SUFFIXES = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii", "iv"))
_ORGANISATION = re.compile(
    r"\b(?:agency|press|news|institute|university|staff|editorial|editors?|board|team|desk|council|committee|centre|center|group"
    r"|foundation|association|ministry|department|office|bureau|reuters|afp|xinhua|associated|company|media|network|times|daily|post"
    r"|redaktion|rédaction|redacción|agentur|the)\b",
    re.IGNORECASE,
)
_HAN_NAME = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbf]{2,4}")
_HANGUL_NAME = re.compile(r"[\uac00-\ud7a3]{2,4}")
_DOTTED = re.compile(r"\s*[·•・‧]\s*")
_SPACE = re.compile(r"\s+")
_LEADING_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)
_MOST_TOKENS = 5
_LONGEST = 200
_PAIR = 2


def split_name(name: str) -> PersonName:
    """The parts of `name`; what is no person's name comes back whole, with an empty family."""
    name = _SPACE.sub(" ", name[:_LONGEST]).strip(" ,")
    if parts := _east_asian(name):
        return _person(*parts, family_first=True)
    if "," in name:
        family, _, given = name.partition(", ")
        if given and given.casefold() not in _SUFFIXES and not _ORGANISATION.search(name):
            return _person(family.strip(), given.strip(), family_first=False)
    dotted = _DOTTED.split(name)
    if len(dotted) > 1 and not name.isascii():
        return _person(dotted[-1], "·".join(dotted[:-1]), family_first=False)
    tokens = name.split(" ")
    if not 1 < len(tokens) <= _MOST_TOKENS or _ORGANISATION.search(name):
        return PersonName(
            "", "", family_first=False, sort_name=_sortable(_LEADING_ARTICLE.sub("", name))
        )
    if _family_comes_first(tokens):
        return _person(tokens[0], " ".join(tokens[1:]), family_first=True)
    return _western(tokens)


def han_surnames_read(latin: str) -> frozenset[str]:
    """The Chinese family names that are read like this: "Du" is 杜, and others."""
    return frozenset(name for name in _HAN_SURNAMES | _HAN_COMPOUND if spells(latin, name))


def reads_family_first(name: str) -> bool:
    """Whether a name in Latin letters is printed family first: "Du Qiwen", "XI Jinping"."""
    tokens = name.split()
    return 1 < len(tokens) <= _MOST_TOKENS and _family_comes_first(tokens)


def is_organisation(name: str) -> bool:
    """Whether a name has a word that no person's has: "Editorial Board", "Xinhua"."""
    return _ORGANISATION.search(name[:_LONGEST]) is not None


def person_key(name: str) -> str:
    """The same for spellings of one person: "XI Jinping" and "Xi  Jinping"."""
    return fold(_DOTTED.sub("·", name)) if name else ""


def _person(family: str, given: str, *, family_first: bool) -> PersonName:
    return PersonName(family, given, family_first, _sortable(f"{family} {given}"))


def _sortable(text: str) -> str:
    decomposed = unicodedata.normalize(
        "NFKD", text.casefold().replace("ø", "o").replace("ł", "l").replace("đ", "d")
    )
    bare = "".join(c for c in decomposed if not "\u0300" <= c <= "\u036f")
    return _SPACE.sub(" ", unicodedata.normalize("NFC", bare)).strip()


def _east_asian(name: str) -> tuple[str, str] | None:
    """(family, given) of a name in Han characters or Hangul, if its beginning is a known family."""
    parts = name.split(" ")
    together = "".join(parts)
    if _HAN_NAME.fullmatch(together):
        if len(parts) == _PAIR:
            return parts[0], parts[1]
        if len(name) > _PAIR and name[:2] in _HAN_COMPOUND:
            return name[:2], name[2:]
        if name[0] in _HAN_SURNAMES and len(name) <= 3:  # noqa: PLR2004 - one and two make a name
            return name[0], name[1:]
    if _HANGUL_NAME.fullmatch(together):
        if len(parts) == _PAIR:
            return parts[0], parts[1]
        if name[0] in _HANGUL_SURNAMES:
            return name[0], name[1:]
    return None


def _family_comes_first(tokens: list[str]) -> bool:
    """Tell "XI Jinping" by its capitals, "Du Qiwen" by a Chinese family and given name."""
    first, *rest = tokens
    if (
        first.isupper()
        and len(first) > 1
        and "." not in first
        and not any(t.isupper() for t in rest)
    ):
        return True
    given = [token.casefold() for token in rest]
    return (
        first.casefold() in _PINYIN_SURNAMES
        and len(given) <= _PAIR
        and given[-1] not in _PINYIN_SURNAMES
        and all(_PINYIN_GIVEN.fullmatch(token) for token in given)
    )


def _western(tokens: list[str]) -> PersonName:
    last = len(tokens) - 1
    while last > 1 and tokens[last].casefold() in _SUFFIXES:
        last -= 1
    start = last
    while start > 1 and tokens[start - 1].casefold() in _PARTICLES:
        start -= 1
    family = " ".join(tokens[start : last + 1])
    given = " ".join(tokens[:start] + tokens[last + 1 :]).replace(",", "")
    return _person(family.strip(","), given, family_first=False)
