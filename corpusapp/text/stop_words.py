"""Frequent small words of languages in Latin script, by which a text is told from another."""

_BY_LANGUAGE = {
    "en": "the of and to in is was for that with on are from this which have has been were they not by at it be as he she his but their will you we",
    "de": "der die das und ist nicht von mit dem den des ein eine einen einer zu auf für sich im auch als wie wird werden sind aus nach bei oder wurde haben über noch",
    "fr": "le la les des du et est une dans pour que qui sur pas plus par avec sont au aux cette ce il elle nous vous ont mais leur ses été être comme",
    "es": "el la los las del y es una en que por para con no se su al lo como más pero sus fue ha este esta son sobre entre también desde muy",
    "it": "il la di che è per una in un con del della sono non si le dei alla nel anche come più gli dal delle ma questo questa ha stato hanno",
    "pt": "o a os as do da dos das que não em um uma para com por mais foi se ao na no é pela pelo como mas são também sua seu entre sobre ser",
    "nl": "de het een van en is dat niet op te zijn voor met die aan er maar om ook als bij door naar heeft worden uit wordt nog werd deze hebben over",
    "pl": "w i na z do się nie jest że to o jak dla po od przez ale są oraz które który przy tym był była jego być może tylko już",
    "id": "yang dan di dengan untuk dari pada ini itu dalam tidak akan adalah oleh juga ke sebagai karena telah bisa ada mereka kami tersebut lebih saat",
    "ms": "yang dan di dengan untuk dari pada ini itu dalam tidak akan adalah oleh juga ke sebagai kerana telah boleh ada mereka kami tersebut lebih ialah beliau",
    "no": "og i det som er på til av for med at en et ikke har den å de om fra ble var men etter seg så kan vil også eller bare være hva",
    "da": "og i det som er på til af for med at en et ikke har den de om fra blev var men efter sig så kan vil også eller kun være hvad der",
    "sv": "och i det som är på till av för med att en ett inte har den de om från blev var men efter sig så kan kommer också eller bara vara vad när",
    "fi": "ja on ei se että oli hän mutta ovat myös kun niin joka jotka tai kuin sen vain olla ole mukaan kanssa mitä tämä sekä",
    "is": "og í að er á sem til um það við var með fyrir af ekki en hann hún þá því eru frá hafa eftir verið þetta vera ég",
    "lt": "ir yra kad su iš tai kaip bet ne apie į buvo jau per nuo dar po už ar taip tik savo kurie gali jis dėl prie metų",
    "lv": "un ir ka no ar par uz tas kas bet nav pie kā arī lai vai pēc tika bija gan šo gadā viņš jau tā savu",
    "et": "ja on ei et see oli ka kui ta mis aga või oma kes nii siis selle ning pärast mitte välja eesti olid veel",
    "cs": "a v na se je že s z do o to k i ale jako za by po si jsou pro byl které tak ve být od podle který jsme může až",
    "sk": "a v na sa je že s z do o to k aj ale ako za by po si sú pre bol ktoré tak vo byť od podľa ktorý sme môže až",
    "hr": "i u je na se da za su od s o kao to bi iz ili ne koji a nije što je će sve samo nakon koja prema biti više ali",
    "sl": "in v je na se da za so od s o kot to bi iz ali ne ki a ni kar bo vse samo po tudi pri biti več pa še",
    "hu": "a az és hogy nem is egy ez volt de meg csak van már mint el még ha vagy azt sem lesz kell után szerint",
    "ro": "și în de la a cu pe nu că din este mai pentru o un care sunt au prin ca dar sau după acest fost fi cele fost lui",
    "tr": "ve bir bu için ile da de olarak olan çok daha gibi kadar sonra ne ancak en ise değil olduğu var her göre tarafından yeni ama",
    "vi": "và của là có trong cho các được với không một những đã người này từ khi đến về tại ra như năm cũng vào sẽ theo",
    "ca": "el la els les del i és una en que per amb no es al com més però seus va ha aquest aquesta són sobre entre també des molt dels",
    "eu": "eta da ez du bat dira dute ere zen izan dela baina zuen den baino egin ditu hori egiten beste",
    "sq": "e të në dhe për me një nga që i është se nuk më si ka do janë kjo por ky duke",
    "tl": "ang ng sa na mga ay at si ni para ito kay hindi ko nang may kung siya niya pa rin",
    "sw": "ya na wa kwa ni katika za la kuwa cha hiyo hii yake watu pia kama baada huo alisema wake",
    "eo": "la de kaj en estas al ke por ne kun li el pri ĝi oni sed kiel ili estis pli",
}

LANGUAGES_OF: dict[str, str] = {}
"""Word -> the languages that it is a small word of, parted by a space."""
for _language, _words in _BY_LANGUAGE.items():
    for _word in set(_words.split()):
        LANGUAGES_OF[_word] = f"{LANGUAGES_OF.get(_word, '')} {_language}".strip()
