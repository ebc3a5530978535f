import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusapp.text.languages import canonical, detect, han_script

SAMPLES = {
    "en": "The assembly will vote on the proposal that was made by the members of the council.",
    "de": "Die Versammlung wird über den Vorschlag abstimmen, der von den Mitgliedern gemacht wurde.",
    "fr": "Les membres de l'assemblée vont voter sur une proposition qui est dans le rapport du conseil.",
    "es": "La asamblea va a votar sobre una propuesta que fue hecha por los miembros del consejo.",
    "it": "I membri della assemblea sono chiamati a votare il testo che è stato scritto dal consiglio.",
    "pt": "Os membros da assembleia não vão votar uma proposta que foi feita pela comissão em maio.",
    "nl": "De leden van de raad zullen over het voorstel stemmen dat door een commissie is gemaakt.",
    "pl": "Członkowie rady będą głosować nad wnioskiem, który był złożony przez komisję i nie jest nowy.",
    "id": "Para anggota dewan akan memilih usulan yang dibuat oleh komisi dan tidak ada yang baru.",
    "sv": "Medlemmarna i rådet ska rösta om förslaget som inte är nytt och som har gjorts av en kommitté.",
    "da": "Medlemmerne af rådet skal stemme om forslaget, som ikke er nyt, og det blev lavet af en komité.",
    "no": "Medlemmene av rådet skal stemme over forslaget som ikke er nytt, og det ble laget av en komité.",
    "tr": "Meclis üyeleri yeni olan bu öneri için oy verecek ve daha sonra bir karar alacak.",
    "cs": "Členové rady budou hlasovat o návrhu, který byl podán komisí a není nový, ale je to tak.",
    "lt": "Tarybos nariai balsuos dėl pasiūlymo, kuris yra naujas, bet ne tik tai, nes jau buvo ir kitų.",
    "is": "Félagar í ráðinu kjósa um tillöguna sem var ekki ný og það er frá nefnd þeirra sem eru til.",
    "ru": "Члены совета проголосуют за предложение, которое было внесено комиссией.",
    "uk": "Члени ради проголосують за пропозицію, яку внесла комісія, і її підтримають.",
    "bg": "Членовете на съвета ще гласуват за предложението, което беше внесено от комисията.",
    "ar": "سيصوت أعضاء المجلس على الاقتراح الذي قدمته اللجنة",
    "fa": "اعضای شورا به پیشنهادی که کمیسیون داده است رأی می‌دهند",
    "ur": "کونسل کے ارکان اس تجویز پر ووٹ دیں گے جو کمیٹی نے پیش کی ہے",
    "el": "Τα μέλη του συμβουλίου θα ψηφίσουν την πρόταση",
    "he": "חברי המועצה יצביעו על ההצעה",
    "th": "สมาชิกสภาจะลงคะแนนเสียง",
    "hi": "परिषद के सदस्य प्रस्ताव पर मतदान करेंगे",
    "ja": "評議会のメンバーは、委員会が提出した提案について投票します。",
    "ko": "위원회 위원들은 제안에 대해 투표할 것입니다.",
    "zh-Hans": "理事会成员将对委员会提出的建议进行表决，这是联合国的决定。",
    "zh-Hant": "理事會成員將對委員會提出的建議進行表決，這是聯合國的決定。",
}


@pytest.mark.parametrize(("language", "text"), SAMPLES.items())
def test_a_sentence_tells_its_language(language, text):
    assert detect(text) == language


def test_latin_text_without_small_words_is_taken_for_the_site_s_language():
    assert detect("Cooperation Multilateral", "de") == "de"


def test_characters_common_to_both_chinese_scripts_follow_the_site_or_simplified():
    assert han_script("全球治理") == ""
    assert detect("全球治理") == "zh-Hans"
    assert detect("全球治理", "zh-Hant") == "zh-Hant"


def test_quoted_chinese_leaves_an_english_text_english():
    assert (
        detect("The concept of 多边主义 is what the members of the council have in mind.") == "en"
    )


def test_chinese_text_with_english_names_is_chinese():
    assert detect("联合国秘书长 António Guterres 在大会上说，国际合作不是天真。") == "zh-Hans"


def test_text_without_letters_has_no_language():
    assert detect("2015 — 21 %") == ""


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("zh-cn", "zh-Hans"), ("zh", "zh-Hans"), ("zh-TW", "zh-Hant"), ("zh_Hant_HK", "zh-Hant"), ("EN", "en"),
        ("pt-BR", "pt"), ("iw", "he"), ("nb", "no"), ("", ""), ("english please", ""), ("e", ""), ("<b>", ""),
        ("eng", "en"), ("fil", "fil"), ("zh-cmn-Hans-CN", "zh-Hans"), ("sl-rozaj", "sl"), ("es-419", "es"), ("de-u-co-phonebk", "de"),
        ("en-x-harbour", "en"), ("xx-yy-zz", ""), ("qqq", ""), ("xx", ""), ("en-yy-zz", ""), ("en-", ""), ("und", ""), (f"en-x{'-a' * 40}", ""),
    ],
)  # fmt: skip
def test_tags_are_written_one_way(tag, written):
    assert canonical(tag) == written


@given(st.text())
def test_any_text_has_an_answer(text):
    assert detect(text) == "" or canonical(detect(text)) == detect(text)
