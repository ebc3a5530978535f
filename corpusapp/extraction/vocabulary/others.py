"""The rest of the world: the few words without which dates and bylines are not found."""

from corpusapp.extraction.vocabulary.words import Vocabulary

OTHERS = (
    Vocabulary(  # Italian
        subjects="cronaca | politica | economia | esteri | mondo | cultura | spettacoli | sport | salute | scienza | tecnologia | società | viaggi | cucina | moda | film | serie tv | cinema | musica | libri | opinioni | editoriale | interviste | italia | attualità | ambiente | motori | calcio",
        home="home | sei qui | prima pagina",
        furniture="condividi | stampa | commenti | cerca | accedi | contatti | chi siamo | pubblicità | leggi tutto | successivo | precedente | torna su | abbonati",
        cross_links="leggi anche | articoli correlati | potrebbe interessarti | ti potrebbe interessare | i più letti | ultime notizie",
        text_ends="commenti | lascia un commento | condividi | tag",
        by="di | a cura di | scritto da | testo di",
        by_colon="autore",
        joins="e",
        published="pubblicato | pubblicato il | data",
        updated="aggiornato | aggiornato il | ultimo aggiornamento",
        months="gennaio/gen | febbraio/feb | marzo/mar | aprile/apr | maggio/mag | giugno/giu | luglio/lug | agosto/ago | settembre/set | ottobre/ott | novembre/nov | dicembre/dic",
        weekdays="lunedì | martedì | mercoledì | giovedì | venerdì | sabato | domenica",
        date_glue="alle | ore | il | del",
        captions="foto | immagine | fonte",
        fields=(
            "titolo = title | sottotitolo = standfirst | sommario = standfirst | riassunto = standfirst"
            " | occhiello = standfirst | autore = authors | autrice = authors | autori = authors | di = authors"
            " | traduttore = translator | traduttrice = translator | traduzione = translator"
            " | data = published_at | data di pubblicazione = published_at | pubblicato il = published_at"
            " | sezione = section | rubrica = section | categoria = section | categorie = section"
            " | lingua = language | fonte = source | sito = source | testata = source | giornale = source"
            " | indirizzo = source_url | collegamento = source_url | etichette = tags | parole chiave = tags"
            " | argomenti = tags | didascalia = caption | contenuto = content | testo = content | corpo = content"
            " | testo completo = content | bozza = draft | stato = status | visibilità = status"
        ),
        public="pubblicato | pubblicata | pubblico | pubblica",
        yes="sì | vero",
        no="falso",
    ),
    Vocabulary(  # Portuguese
        subjects="política | economia | mundo | brasil | portugal | cultura | esportes | desporto | sociedade | opinião | ciência | tecnologia | saúde | educação | cidades | cotidiano | poder | mercado | negócios | internacional | entretenimento | viagem | gastronomia | moda | futebol | polícia | justiça | meio ambiente | reportagem | entrevista | brasília | são paulo | rio de janeiro",
        home="início | home | página inicial | você está aqui",
        furniture="início | compartilhar | imprimir | comentários | buscar | entrar | contato | sobre | publicidade | leia mais | próximo | anterior | voltar ao topo | assine | partilhar",
        furniture_starts="leia também | leia mais | todos os direitos | siga | assine",
        cross_links="leia também | veja também | notícias relacionadas | artigos relacionados | posts relacionados | mais lidas | últimas notícias | relacionados | você pode gostar | recomendados",
        text_ends="comentários | deixe um comentário | deixe uma resposta | compartilhe | compartilhar | sobre o autor | tags",
        tags="tags | etiquetas | palavras chave",
        by="por | escrito por | texto de",
        by_colon="autor | da redação",
        joins="e",
        organisations="redação | agência | equipe | lusa",
        published="publicado | publicado em | data | postado em | publicada em | em",
        updated="atualizado | atualizado em | atualizada em | última atualização | modificado em",
        months="janeiro/jan | fevereiro/fev | março/mar/marco | abril/abr | maio/mai | junho/jun | julho/jul | agosto/ago | setembro/set | outubro/out | novembro/nov | dezembro/dez",
        weekdays="segunda feira | terça feira | quarta feira | quinta feira | sexta feira | sábado | domingo",
        date_glue="às | as | h | de | em | feira",
        captions="foto | imagem | crédito | reprodução | divulgação",
        sources="fonte | com informações de",
        fields=(
            "título = title | subtítulo = standfirst | resumo = standfirst | descrição = standfirst"
            " | linha fina = standfirst | autor = authors | autora = authors | autores = authors | por = authors"
            " | escrito por = authors | tradutor = translator | tradutora = translator | tradução = translator"
            " | data = published_at | data de publicação = published_at | publicado em = published_at"
            " | seção = section | secção = section | editoria = section | categoria = section"
            " | categorias = section | idioma = language | língua = language | fonte = source | veículo = source"
            " | jornal = source | endereço = source_url | ligação = source_url | etiquetas = tags"
            " | palavras-chave = tags | assuntos = tags | legenda = caption | conteúdo = content"
            " | texto = content | corpo = content | texto completo = content | rascunho = draft | estado = status"
            " | situação = status | visibilidade = status"
        ),
        public="publicado | publicada | público | pública",
        yes="sim | verdadeiro",
        no="não | falso",
    ),
    Vocabulary(  # Dutch
        subjects="nieuws | binnenland | buitenland | politiek | economie | cultuur | sport | wetenschap | opinie | columns | regio | gezondheid | reizen | media | tech | muziek | film | boeken | lokaal",
        home="home | u bent hier",
        cross_links="lees ook | lees meer | gerelateerde artikelen | meest gelezen | ook interessant",
        by="door | geschreven door",
        by_colon="tekst",
        joins="en",
        published="gepubliceerd | gepubliceerd op | geplaatst op | datum",
        updated="bijgewerkt | laatst bijgewerkt | gewijzigd | laatste update",
        months="januari/jan | februari/feb | maart/mrt | april/apr | mei | juni/jun | juli/jul | augustus/aug | september/sep | oktober/okt | november/nov | december/dec",
        weekdays="maandag | dinsdag | woensdag | donderdag | vrijdag | zaterdag | zondag",
        date_glue="om | uur | op",
        captions="foto | beeld",
        fields=(
            "titel = title | kop = title | ondertitel = standfirst | samenvatting = standfirst"
            " | inleiding = standfirst | auteur = authors | auteurs = authors | schrijver = authors"
            " | door = authors | vertaler = translator | vertaling = translator | datum = published_at"
            " | publicatiedatum = published_at | gepubliceerd op = published_at | rubriek = section"
            " | categorie = section | sectie = section | taal = language | bron = source | krant = source"
            " | adres = source_url | webadres = source_url | trefwoorden = tags | onderwerpen = tags"
            " | onderschrift = caption | bijschrift = caption | inhoud = content | tekst = content"
            " | artikeltekst = content | zichtbaarheid = status"
        ),
        public="gepubliceerd | openbaar",
        yes="ja | waar",
        no="nee | onwaar",
    ),
    Vocabulary(  # Polish
        subjects="polityka | gospodarka | świat | kraj | polska | kultura | sport | nauka | zdrowie | opinie | felieton | reportaż | wywiad | społeczeństwo | technologia | biznes | historia | publicystyka | wiadomości | region",
        home="strona główna | jesteś tutaj",
        cross_links="czytaj także | zobacz także | polecane | powiązane artykuły | najnowsze | czytaj też",
        by="napisał | opracowanie",
        by_colon="autor | autorka | tekst",
        joins="i",
        published="opublikowano | data publikacji | data | dodano",
        updated="aktualizacja | zaktualizowano | ostatnia aktualizacja",
        months="stycznia/styczeń/sty | lutego/luty/lut | marca/marzec/mar | kwietnia/kwiecień/kwi | maja/maj | czerwca/czerwiec/cze | lipca/lipiec/lip | sierpnia/sierpień/sie | września/wrzesień/wrz | października/październik/paź | listopada/listopad/lis | grudnia/grudzień/gru",
        weekdays="poniedziałek | wtorek | środa | czwartek | piątek | sobota | niedziela",
        date_glue="godz | r | o",
        captions="fot | foto | zdjęcie",
    ),
    Vocabulary(  # Norwegian and Danish
        subjects="nyheter | innenriks | utenriks | politikk | politik | økonomi | kultur | sport | meninger | debatt | debat | kommentar | kronikk | helse | reise | verden | indland | udland | erhverv | sundhed | viden | livsstil",
        home="hjem | forside | forsiden | du er her",
        furniture="del | skriv ut | hjem | meny | menu | søg | søk | annonse | annonce | kontakt",
        cross_links="les også | læs også | les mer | relaterte artikler | relaterede artikler | mest lest | mest læste",
        by="av | af | skrevet av | skrevet af",
        by_colon="tekst",
        joins="og",
        published="publisert | publiceret | offentliggjort | oprettet",
        updated="oppdatert | sist oppdatert | opdateret | sidst opdateret | endret",
        months="januar/jan | februar/feb | mars/marts/mar | april/apr | mai/maj | juni/jun | juli/jul | august/aug | september/sep/sept | oktober/okt | november/nov | desember/december/des/dec",
        weekdays="mandag | tirsdag/tysdag | onsdag | torsdag | fredag | lørdag/laurdag | søndag/sundag",
        date_glue="kl | klokken | den",
        captions="foto | bilde | billede",
    ),
    Vocabulary(  # Swedish
        subjects="nyheter | inrikes | utrikes | politik | ekonomi | kultur | sport | debatt | ledare | opinion | vetenskap | hälsa | nöje | världen | sverige | näringsliv",
        home="hem | startsida | du är här",
        cross_links="läs också | läs även | läs mer | relaterade artiklar | mest läst",
        by="av | skriven av",
        by_colon="text",
        joins="och",
        published="publicerad | publicerat | publicerades",
        updated="uppdaterad | uppdaterat | senast uppdaterad",
        months="januari/jan | februari/feb | mars/mar | april/apr | maj | juni/jun | juli/jul | augusti/aug | september/sep/sept | oktober/okt | november/nov | december/dec",
        weekdays="måndag | tisdag | onsdag | torsdag | fredag | lördag | söndag",
        date_glue="kl | klockan | den",
        captions="foto | bild",
    ),
    Vocabulary(  # Russian, Ukrainian, Bulgarian
        subjects="политика | экономика | общество | культура | спорт | мир | в мире | наука | технологии | город | происшествия | мнения | интервью | бизнес | финансы | новости | публикации | колонки | репортаж | история | здоровье | путешествия | політика | економіка | суспільство | культура | світ | україна | новини | общество | свят | българия | икономика",
        home="главная | главная страница | головна | начало",
        furniture="главная | меню | поиск | войти | поделиться | комментарии | реклама | контакты | подписаться | головна | наверх | печать | начало | сподели | търсене",
        cross_links="читайте также | читайте также по теме | по теме | похожие материалы | похожие новости | последние новости | новости | читайте також | ещё по теме | рекомендуем | самое читаемое | свързани статии | още по темата",
        text_ends="комментарии | оставить комментарий | поделиться | теги | коментари | об авторе",
        tags="теги | метки | темы | тагове | етикети",
        by="от | написал",
        by_colon="автор | автори | текст | авторы",
        other_roles="перевод = translator | редактор = editor | фото | иллюстрация | переклад = translator | интервью = interviewer",
        joins="и | і | та",
        organisations="редакция | агентство | новости | пресс | риа | тасс",
        published="опубликовано | дата | дата публикации | опубліковано | публикувано | публикувано на | публикация",
        updated="обновлено | оновлено | последнее обновление | обновена",
        months=(
            "января/январь/янв/січня/януари/яну | февраля/февраль/фев/лютого/февруари | марта/март/мар/березня | апреля/апрель/апр/квітня/април | мая/май/травня | июня/июнь/июн/червня/юни | июля/июль/июл/липня/юли"
            " | августа/август/авг/серпня | сентября/сентябрь/сен/сент/вересня/септември/сеп | октября/октябрь/окт/жовтня/октомври | ноября/ноябрь/ноя/листопада/ноември/ное | декабря/декабрь/дек/грудня/декември"
        ),
        weekdays="понедельник/понеділок | вторник/вівторок | среда/середа/сряда | четверг/четвер/четвъртък | пятница/пʼятниця/петък | суббота/субота/събота | воскресенье/неділя/неделя",
        date_glue="в | г | года | мск | о | ч | часа",
        views="просмотров | просмотры | прочтений | переглядів",
        captions="фото | снимка | иллюстрация",
        sources="источник | джерело | източник",
    ),
    Vocabulary(  # Lithuanian, Latvian
        by_colon="autorius | autorė | autors",
        published="paskelbta | publicēts",
        updated="atnaujinta | atjaunots",
        months="sausio/sausis | vasario/vasaris | kovo/kovas | balandžio/balandis | gegužės/gegužė | birželio/birželis | liepos/liepa | rugpjūčio/rugpjūtis | rugsėjo/rugsėjis | spalio/spalis | lapkričio/lapkritis | gruodžio/gruodis",
    ),
    Vocabulary(  # Icelandic
        by="eftir",
        by_colon="höfundur",
        months="janúar | febrúar | mars | apríl | maí | júní | júlí | ágúst | september | október | nóvember | desember",
    ),
    Vocabulary(  # Czech and Slovak
        by_colon="autor | autorka | text",
        joins="a",
        published="publikováno | vydáno | publikované",
        updated="aktualizováno | aktualizované",
        months="ledna/leden/januára/január | února/únor/februára/február | března/březen/marca/marec | dubna/duben/apríla/apríl | května/květen/mája/máj | června/červen/júna/jún | července/červenec/júla/júl | srpna/srpen/augusta | září/septembra | října/říjen/októbra/október | listopadu/listopad/novembra | prosince/prosinec/decembra",
        weekdays="pondělí/pondelok | úterý/utorok | středa/streda | čtvrtek/štvrtok | pátek/piatok | sobota | neděle/nedeľa",
        captions="foto | zdroj",
    ),
    Vocabulary(  # Turkish
        subjects="gündem | siyaset | politika | ekonomi | dünya | spor | kültür | kültür sanat | sağlık | teknoloji | yaşam | magazin | eğitim | bilim | haberler",
        home="ana sayfa | anasayfa | haberler",
        by_colon="yazan | yazar | haber",
        joins="ve",
        published="yayınlanma | yayın tarihi | yayınlanma tarihi | tarih | giriş",
        updated="güncelleme | son güncelleme | güncellendi",
        months="ocak/oca | şubat/şub | mart/mar | nisan/nis | mayıs/may | haziran/haz | temmuz/tem | ağustos/ağu | eylül/eyl | ekim/eki | kasım/kas | aralık/ara",
        weekdays="pazartesi | salı | çarşamba | perşembe | cuma | cumartesi | pazar",
    ),
    Vocabulary(  # Indonesian, Malay
        subjects="nasional | internasional | ekonomi | politik | olahraga | budaya | hukum | teknologi | kesehatan | gaya hidup | dunia | malaysia | berita | opini | bisnis | hiburan | sukan",
        home="beranda | laman utama",
        furniture="beranda | bagikan | komentar | cari | masuk | iklan | berlangganan | baca selengkapnya | selanjutnya | kembali ke atas | salin link",
        furniture_starts="baca juga | simak juga | hak cipta | advertisement | scroll to",
        cross_links="baca juga | berita terkait | artikel terkait | terpopuler | terkini | rekomendasi | berita lainnya | artikel lainnya",
        text_ends="komentar | tulis komentar | bagikan | tag | tags",
        by="oleh | ditulis oleh",
        by_colon="penulis | reporter",
        other_roles="editor = editor | penyunting = editor | foto | fotografer",
        joins="dan",
        organisations="redaksi | antara | tim | kantor",
        published="diterbitkan | dipublikasikan | tanggal | terbit",
        updated="diperbarui | diperbaharui",
        months="januari/jan | februari/feb | maret/mar/mac | april/apr | mei | juni/jun/jun | juli/jul/julai | agustus/agu/agt/ogos | september/sep | oktober/okt | november/nov/nop | desember/des/disember",
        weekdays="senin/isnin | selasa | rabu | kamis/khamis | jumat/jum at | sabtu | minggu/ahad",
        date_glue="wib | wita | wit | pukul",
        captions="foto | gambar | ilustrasi",
        sources="sumber",
    ),
    Vocabulary(  # Arabic, Persian, Urdu
        subjects="سياسة | اقتصاد | ثقافة | رياضة | مجتمع | علوم | تكنولوجيا | صحة | العالم | رأي | مقالات | محليات | أخبار | منوعات | فن | تقارير | سیاست | اقتصاد | فرهنگ | جامعه | ورزش | جهان | کالم | پاکستان | دنیا | کھیل | معیشت | ادب | بلاگ",
        home="الرئيسية | صفحه اصلی | خانه",
        furniture="الرئيسية | بحث | القائمة | مشاركة | طباعة | تعليقات | اتصل بنا | من نحن",
        cross_links="اقرأ أيضا | اقرأ أيضاً | مواضيع ذات صلة | الأكثر قراءة | أخبار ذات صلة",
        by="بقلم | كتب | تحریر",
        by_colon="الكاتب",
        published="نشر | تاريخ النشر | نشر في",
        updated="آخر تحديث | تحديث",
        months="يناير/كانون الثاني/جنوری | فبراير/شباط/فروری | مارس/آذار/مارچ | أبريل/إبريل/نيسان/اپریل | مايو/أيار/مئی | يونيو/حزيران/جون | يوليو/تموز/جولائی | أغسطس/آب/اگست | سبتمبر/أيلول/ستمبر | أكتوبر/تشرين الأول/اکتوبر | نوفمبر/تشرين الثاني/نومبر | ديسمبر/كانون الأول/دسمبر",
    ),
    Vocabulary(  # Korean
        subjects="정치 | 경제 | 사회 | 문화 | 국제 | 세계 | 스포츠 | 연예 | 과학 | 기술 | it | 생활 | 오피니언 | 사설 | 칼럼 | 인터뷰 | 지역 | 교육 | 건강 | 여행 | 책 | 부동산 | 산업 | 금융 | 증권",
        home="홈 | 메인",
        furniture="홈 | 검색 | 로그인 | 회원가입 | 공유 | 공유하기 | 댓글 | 인쇄 | 메뉴 | 더보기 | 광고 | 본문 바로가기 | 전체메뉴 | 구독",
        cross_links="관련기사 | 관련 기사 | 많이 본 뉴스 | 추천기사 | 최신기사 | 주요뉴스 | 인기기사",
        text_ends="댓글 | 저작권자 | 무단전재",
        by="글 | 기자",
        by_colon="작성자 | 저자",
        published="입력 | 등록 | 작성일 | 기사입력 | 게시",
        updated="수정 | 최종수정 | 업데이트 | 기사수정",
        views="조회수 | 조회",
        captions="사진 | 이미지",
    ),
    Vocabulary(  # Hungarian, Romanian, Finnish, Estonian, Greek
        months=(
            "január/jan/ianuarie/ian/tammikuuta/jaanuar/ιανουαρίου/ιαν | február/febr/februarie/helmikuuta/veebruar/φεβρουαρίου/φεβ | március/márc/martie/maaliskuuta/märts/μαρτίου/μαρ | április/ápr/aprilie/huhtikuuta/aprill/απριλίου/απρ"
            " | május/máj/mai/toukokuuta/μαΐου/μαι | június/jún/iunie/iun/kesäkuuta/juuni/ιουνίου/ιουν | július/júl/iulie/iul/heinäkuuta/juuli/ιουλίου/ιουλ | augusztus/aug/elokuuta/αυγούστου/αυγ | szeptember/szept/septembrie/syyskuuta/σεπτεμβρίου/σεπ"
            " | október/okt/octombrie/lokakuuta/oktoober/οκτωβρίου/οκτ | november/nov/noiembrie/marraskuuta/νοεμβρίου/νοε | december/dec/decembrie/joulukuuta/detsember/δεκεμβρίου/δεκ"
        ),
        by="írta",
        by_colon="szerző | de | autor | teksti",
    ),
)
