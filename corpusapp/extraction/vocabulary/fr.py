"""French."""

from corpusapp.extraction.vocabulary.words import Vocabulary

FRENCH = Vocabulary(
    furniture="accueil | menu | rechercher | recherche | se connecter | connexion | s inscrire | s abonner | contact | mentions légales | politique de confidentialité | partager | imprimer | enregistrer | commenter | commentaires | publicité | plus | voir plus | lire la suite | lire plus | en savoir plus | précédent | suivant | retour | haut de page | retour en haut | newsletter | newsletters | fermer | qui sommes nous | copier le lien | aller au contenu | aller au contenu principal | écouter | suivez nous | réagir | sommaire | favoris | abonnez vous",
    furniture_starts="lire aussi | à lire aussi | lire également | abonnez vous | suivez nous | tous droits réservés | inscrivez vous | connectez vous | partager sur | aller au | temps de lecture | cet article est réservé | il vous reste | vous avez | nous utilisons | ajouter à",
    subjects="justice | police | faits divers | médias | livres | cinéma | musique | télévision | arts | histoire | religion | géopolitique | défense | proche orient | amériques | asie | entreprises | marchés | emploi | immobilier | argent | automobile | voyage | voyages | gastronomie | cuisine | mode | style | people | vie quotidienne | famille | psychologie | sexualité | tribune | tribunes | éditorial | éditoriaux | chronique | chroniques | enquête | enquêtes | reportage | reportages | portrait | portraits | entretien | entretiens | analyse | analyses | actualités | actualité | actu | infos | régions | région | locale | villes | paris | football | rugby | tennis | cyclisme | high tech | numérique | climat | énergie | agriculture | avis | communiqués | communiqué de presse",
    home="accueil | vous êtes ici | page d accueil",
    sections="politique | économie | international | monde | culture | société | sports | sport | opinion | opinions | sciences | science | santé | environnement | planète | france | idées | débats | éducation | technologie | europe | afrique",
    cross_links="à lire aussi | lire aussi | sur le même sujet | sur le même thème | articles liés | articles similaires | articles connexes | les plus lus | le plus lu | les plus populaires | à la une | dernières actualités | derniers articles | vous aimerez aussi | vous pourriez aussi aimer | voir aussi | plus d articles | recommandé pour vous | contenus sponsorisés | en continu | à ne pas manquer | dans la même rubrique",
    text_ends="commentaires | laisser un commentaire | réagissez | à propos de l auteur | l auteur | mots clés | tags | partager | partager cet article | newsletter | ajouter un commentaire | votre réaction | nos newsletters",
    comments="commentaires | laisser un commentaire | réagissez",
    tags="mots clés | tags | thèmes | étiquettes | sujets",
    by="par | écrit par | propos recueillis par | rédigé par | publié par | texte de | un texte de | de notre correspondant",
    by_colon="texte | auteur | auteure | autrice",
    other_roles="traduction = translator | traduit par = translator | traduit de l anglais par = translator | entretien = interviewer | édité par = editor | photo | photos | photographie | illustration | vidéo | infographie",
    joins="et | avec",
    name_tails="suivre | auteur | publié | mis à jour | partager | à | en | pour | avec | le | et",
    about="à propos | à propos de | articles de | auteur | l auteur | plus de | voir tous les articles de",
    portraits="photo de | portrait de | avatar de",
    biography_verbs="est | a | écrit | travaille | dirige | enseigne",
    posts="envoyé | envoyée | chef | cheffe | rédacteur en chef | rédactrice en chef | chroniqueur | chroniqueuse | enseignant | enseignante | avocat | avocate | auteur | autrice | professeur | professeure | directeur | directrice | journaliste | correspondant | correspondante | rédacteur | rédactrice | chercheur | chercheuse | écrivain | président | présidente | université | institut | économiste | historien | historienne | envoyé spécial | maître de conférences",
    organisations="rédaction | agence | afp | presse | équipe | journal | revue | avec | actualités | radio | fondation",
    no_names="le | la | les | un | une | des | du | et | en | par | pour | avec | que | qui | comment | pourquoi | plus | janvier | février | mars | avril | mai | juin | juillet | août | septembre | octobre | novembre | décembre | lundi | mardi | mercredi | jeudi | vendredi | samedi | dimanche | lire | voir | dans | sur | au | aux",
    published="publié | publié le | publiée | mis en ligne le | le | date | paru le | créé le | écrit le | diffusé le",
    updated="mis à jour | mis à jour le | modifié | modifié le | dernière mise à jour | actualisé | actualisé le | mise à jour | màj",
    months="janvier/janv/jan | février/févr/fév/fevrier | mars | avril/avr | mai | juin | juillet/juil | août/aout | septembre/sept | octobre/oct | novembre/nov | décembre/déc/decembre",
    weekdays="lundi | mardi | mercredi | jeudi | vendredi | samedi | dimanche",
    date_glue="à | h | le | du | de",
    views="vues | lectures | lu",
    reading_time="min | minutes | minute | lecture | de lecture | temps de lecture | min de lecture",
    alts="image | photo | illustration | vignette",
    captions="photo | photos | image | crédit | crédits | crédit photo | illustration | légende | infographie | archives | vidéo",
    sources="source | sources",
    first_published="initialement publié dans | initialement publié sur | paru initialement dans | publié à l'origine dans | publié à l'origine sur",
    labels="auteur | par | date | photo",
    no_sources="dr",
    fields=(
        "titre = title | sous-titre = standfirst | chapô = standfirst | chapeau = standfirst"
        " | résumé = standfirst | extrait = standfirst | accroche = standfirst | auteur = authors"
        " | auteure = authors | autrice = authors | auteurs = authors | auteur(s) = authors"
        " | auteur·e = authors | signature = authors | écrit par = authors | rédigé par = authors"
        " | par = authors | traducteur = translator | traductrice = translator | traduction = translator"
        " | traduit par = translator | éditeur = editor | éditrice = editor"
        " | date de publication = published_at | publié le = published_at | date de parution = published_at"
        " | paru le = published_at | rubrique = section | catégorie = section | catégories = section"
        " | langue = language | site web = source | journal = source | adresse = source_url"
        " | lien = source_url | adresse web = source_url | vues = views | nombre de vues = views"
        " | mots-clés = tags | mots clefs = tags | mot-clé = tags | étiquettes = tags | sujets = tags"
        " | thèmes = tags | légende = caption | biographie = biography | à propos de l'auteur = biography"
        " | contenu = content | texte = content | corps = content | corps du texte = content"
        " | texte intégral = content | brouillon = draft | en ligne = public | visible = public"
        " | statut = status | état = status | visibilité = status | identifiant = id"
    ),
    public="publié | publiée | publique | en ligne | visible",
    yes="oui | vrai",
    no="non | faux",
)
