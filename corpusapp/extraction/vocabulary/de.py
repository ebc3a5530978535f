"""German."""

from corpusapp.extraction.vocabulary.words import Vocabulary

GERMAN = Vocabulary(
    furniture=(
        "startseite | menü | menu | suche | suchen | anmelden | abmelden | registrieren | kontakt | impressum | datenschutz | datenschutzerklärung | agb | über uns | karriere | mediadaten | hilfe | service | themen | ressorts"
        " | teilen | drucken | merken | merkliste | vorlesen | artikel drucken | artikel teilen | artikel merken | link kopieren | kopieren | per e mail teilen | auf facebook teilen | auf twitter teilen | auf whatsapp teilen | kommentieren"
        " | kommentare | anzeige | werbung | mehr | mehr anzeigen | weiterlesen | mehr lesen | zurück | weiter | nach oben | zum seitenanfang | zur startseite | abo | abonnieren | newsletter | e paper | epaper | app | feedback | schließen"
        " | schliessen | öffnen | zum inhalt springen | zum inhalt | direkt zum inhalt | bild vergrößern | bild | hören | anhören | audio | bookmark | folgen | jetzt abonnieren | nutzungsbedingungen | cookie einstellungen | inhaltsverzeichnis | schriftgröße | mail | email"
    ),
    furniture_starts=(
        "zum inhalt | direkt zum | lesen sie auch | lesen sie mehr | lesen sie hier | mehr zum thema | alle rechte vorbehalten | copyright | diesen artikel | jetzt abonnieren | jetzt anmelden | melden sie sich | abonnieren sie | folgen sie uns | bitte aktivieren"
        " | mit ihrer anmeldung | wir verwenden cookies | diese seite | sie haben noch | externer inhalt | an dieser stelle | empfohlener redaktioneller | weiterlesen | lesezeit | artikel anhören | teilen sie | der artikel ist erschienen"
    ),
    subjects="aktuell | aktuelles | nachrichten | regional | stadt | städte | landkreis | bayern | berlin | hamburg | wien | österreich | welt | ratgeber | verbraucher | auto | mobilität | verkehr | bauen | wohnen | garten | haus und garten | familie | kinder | karriere | beruf | geld | börse | märkte | unternehmen | energie | klima | natur | tiere | wandern | freizeit | essen | rezepte | mode | fashion | stil | beauty | stars | promis | leute | kino | film | filme | fernsehen | tv | musik | bücher | buch | literatur | theater | kunst | geschichte | religion | kirche | justiz | recht | urteile | polizei | blaulicht | kriminalität | unglücke | vermischtes | aus aller welt | dies und das | debatte | essay | essays | kolumne | kolumnen | leitartikel | gastbeitrag | interview | interviews | reportage | hintergrund | analyse | analysen | presse | pressemitteilung | pressemitteilungen | pressemeldung | medieninformation | termine | veranstaltungen | tests | test | spiele | games | software | hardware | internet | computer | smartphones | fußball | bundesliga | formel 1 | wintersport | tennis | corona | psychologie | forschung | medizin | pflege | soziales | arbeit | gewerkschaft | industrie | handwerk | landwirtschaft | tourismus | ticker",
    home="startseite | home | sie sind hier | sie befinden sich hier | start | artikel",
    sections="politik | wirtschaft | kultur | sport | panorama | wissen | gesellschaft | meinung | ausland | inland | schweiz | deutschland | international | gesundheit | digital | technik | reise | leben | kommentar | feuilleton | netzpolitik | medien | finanzen | umwelt | region | lokales | wissenschaft | bildung | europa",
    cross_links=(
        "mehr zum thema | ähnliche artikel | ähnliche beiträge | auch interessant | das könnte sie auch interessieren | das könnte dich auch interessieren | das könnte ihnen auch gefallen | weitere artikel | weitere themen | weitere beiträge | weitere nachrichten"
        " | meistgelesen | meistgelesene artikel | neueste artikel | neueste beiträge | aktuelle beiträge | verwandte artikel | verwandte themen | passend zum thema | lesen sie auch | lesen sie mehr | empfehlungen | empfohlen | top themen | aktuelles | leseempfehlung | mehr aus | mehr von"
        " | mehr artikel | weitere newsletter | zum thema | themen | die neuesten artikel | am meisten gelesen"
    ),
    text_ends="kommentare | kommentar | kommentar schreiben | kommentar verfassen | schreibe einen kommentar | diskutieren sie mit | diskussion | über den autor | über die autorin | zur person | zur startseite | schlagwörter | schlagworte | tags | teilen | newsletter | pressekontakt | kontakt | ihre meinung | leserkommentare | artikel teilen | fehler gefunden | feedback an die redaktion",
    comments="kommentare | kommentar schreiben | kommentar verfassen | schreibe einen kommentar | leserkommentare | antworten",
    tags="schlagwörter | schlagworte | tags | themen | stichwörter | stichworte | mehr zu",
    by="von | autor von | artikel von | beitrag von | protokoll von | reportage von | aufgezeichnet von | eine rezension von | rezension von | von unserem redakteur | von unserer redakteurin | text von | geschrieben von | ein beitrag von | ein gastbeitrag von | ein kommentar von | eine analyse von | verfasst von | ein bericht von | eine kolumne von | ein interview von | kommentar von | gastbeitrag von | veröffentlicht von",
    by_colon="text | autor | autorin | autoren | verfasser",
    other_roles="übersetzung = translator | übersetzt von = translator | aus dem englischen von = translator | interview = interviewer | das interview führte = interviewer | interview von = interviewer | redaktion = editor | bearbeitet von = editor | foto | fotos | bild | bilder | fotos von | foto von | illustration | video | grafik | kamera | schnitt | quelle",
    joins="und | u",
    name_tails="folgen | autor | autorin | profil | stand | aktualisiert | veröffentlicht | merken | teilen | e mail | mail | kontakt | aus | für | in | und | am | mit | zur | vom | lesezeit | freie autorin | freier autor",
    portraits="profilbild | benutzerbild | autorenfoto | avatar | bild von | foto von | profilbild von | autorenprofilbild von | benutzerbild von | porträt von | portrait von | autorenbild von | ein bild von | avatar von | ein foto von",
    portrait_tails="profilbild | porträt | portrait | autorenbild",
    about="über | über den autor | über die autorin | mehr von | mehr beiträge von | alle artikel von | alle beiträge von | weitere artikel von | weitere beiträge von | zur person | artikel von | autor | autorin | zum autor | zur autorin | autorenprofil von | beiträge von | folgen sie",
    biography_verbs="ist | war | arbeitet | schreibt | studierte | leitet | lehrt | hat | wurde | berichtet | gehört | lebt | forscht | verantwortet | gründete",
    posts="leitender | leitende | leitung | freier | freie | freiberufler | freiberufliche | fotograf | blogger | bloggerin | gründer | gründerin | inhaber | inhaberin | rechtsanwalt | rechtsanwältin | dozent | dozentin | politikredakteur | wirtschaftsredakteur | sportredakteur | onlineredakteur | online redakteur | gastautor | gastautorin | kolumnist | kolumnistin | redaktionsleiter | redaktionsleiterin | professor | direktor | direktorin | redakteur | redakteurin | redaktor | redaktorin | korrespondent | korrespondentin | reporter | reporterin | journalist | journalistin | autor | autorin | leiter | leiterin | sprecher | sprecherin | pressesprecher | chefredakteur | chefredakteurin | volontär | volontärin | mitarbeiter | mitarbeiterin | universität | institut | geschäftsführer | vorsitzender | ressortleiter | wissenschaftler | volkswirt | experte",
    organisations="redaktion | agentur | dpa | afp | sid | apa | epd | kna | online | newsdesk | verlag | zeitung | team | presse | magazin | verband | verein | gmbh | ag | nachrichten",
    no_names="der | die | das | und | ein | eine | von | mit | für | im | am | zum | zur | nach | über | wie | warum | was | alle | mehr | neue | nachrichten | bild | foto | januar | februar | märz | mai | juni | juli | oktober | dezember | montag | dienstag | mittwoch | donnerstag | freitag | samstag | sonntag | uhr | lesezeit | jetzt | auf | ist | so | bei | sie | wir | ihr | artikel | aus | den | dem | des | politik | wirtschaft | sport | kultur",
    published="veröffentlicht | veröffentlicht am | erschienen | erschienen am | stand | datum | erstellt | erstellt am | am | vom | pressemitteilung vom | publiziert | publiziert am | geschrieben am | erstveröffentlichung | mitteilung vom | artikel vom | publiziert heute",
    updated="aktualisiert | aktualisiert am | zuletzt aktualisiert | letzte aktualisierung | update | letztes update | geändert | zuletzt geändert | letzte änderung | zuletzt bearbeitet | print date | abgerufen am",
    months="januar/jan/jänner | februar/feb/feber | märz/mrz/mär | april/apr | mai | juni/jun | juli/jul | august/aug | september/sep/sept | oktober/okt | november/nov | dezember/dez",
    weekdays="montag/mo | dienstag/di | mittwoch/mi | donnerstag/do | freitag/fr | samstag/sa/sonnabend | sonntag/so",
    date_glue="uhr | um | den | der | am | mesz | mez | ausgabe | nr",
    views="aufrufe | mal gelesen | klicks | zugriffe | gelesen | leser",
    reading_time="min | minuten | minute | lesezeit | min lesezeit | minuten lesezeit | lesedauer | leseminuten | lesen | ca",
    alts="bild | foto | symbolbild | platzhalter | vorschaubild | titelbild | beitragsbild",
    captions="foto | fotos | bild | bilder | bildquelle | archivfoto | symbolbild | symbolfoto | grafik | quelle | bildrechte | archivbild | fotocredit | bildnachweis | illustration | copyright | screenshot | abbildung",
    sources="quelle | quellen | zuerst erschienen",
    first_published="zuerst erschienen in | zuerst erschienen im | zuerst erschienen auf | zuerst erschienen bei | erschien zuerst in | erschien zuerst im | erschien zuerst auf | erschien zuerst bei | ursprünglich erschienen in | ursprünglich erschienen auf",
    source_addresses="originalartikel | originallink",
    no_sources="eigene | privat | eigene recherche | redaktion",
    labels="autor | von | redaktion | datum | stand | foto | bild | schlagworte | kommentare",
    fields=(
        "titel = title | überschrift = title | schlagzeile = title | headline = title"
        " | untertitel = standfirst | unterzeile = standfirst | vorspann = standfirst"
        " | zusammenfassung = standfirst | kurzfassung = standfirst | kurzbeschreibung = standfirst"
        " | beschreibung = standfirst | anreißer = standfirst | autor = authors | autorin = authors"
        " | autoren = authors | autor/in = authors | autor/innen = authors | autor(en) = authors"
        " | verfasser = authors | verfasserin = authors | verfasst von = authors | geschrieben von = authors"
        " | von = authors | übersetzer = translator | übersetzerin = translator | übersetzung = translator"
        " | übersetzt von = translator | redakteur = editor | redakteurin = editor"
        " | das interview führte = interviewer | datum = published_at | veröffentlicht am = published_at"
        " | veröffentlicht = published_at | erschienen am = published_at | erscheinungsdatum = published_at"
        " | veröffentlichungsdatum = published_at | publikationsdatum = published_at | ressort = section"
        " | rubrik = section | kategorie = section | kategorien = section | sprache = language"
        " | quelle = source | zeitung = source | medium = source | webseite = source | website = source"
        " | adresse = source_url | webadresse = source_url | quelladresse = source_url"
        " | internetadresse = source_url | aufrufe = views | seitenaufrufe = views | klicks = views"
        " | schlagwörter = tags | schlagworte = tags | schlagwort = tags | stichwörter = tags"
        " | stichworte = tags | themen = tags | bildunterschrift = caption | über den autor = biography"
        " | über die autorin = biography | autorenporträt = biography | inhalt = content | volltext = content"
        " | artikeltext = content | fließtext = content | text des artikels = content | entwurf = draft"
        " | öffentlich = public | zustand = status | sichtbarkeit = status | kennung = id"
        " | artikelnummer = id"
    ),
    public="veröffentlicht | öffentlich | publiziert | sichtbar",
    yes="ja | wahr",
    no="nein | falsch",
)
