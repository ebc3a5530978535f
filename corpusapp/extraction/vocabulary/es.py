"""Spanish."""

from corpusapp.extraction.vocabulary.words import Vocabulary

SPANISH = Vocabulary(
    furniture="inicio | menú | buscar | iniciar sesión | registrarse | contacto | aviso legal | política de privacidad | política de cookies | compartir | imprimir | guardar | comentarios | comentar | publicidad | más | ver más | leer más | seguir leyendo | anterior | siguiente | volver | volver arriba | suscríbete | suscribirse | newsletter | boletín | cerrar | quiénes somos | facebook | copiar enlace | saltar al contenido | ir al contenido | escuchar | síguenos | portada",
    furniture_starts="lee también | leer también | te puede interesar | suscríbete | síguenos | todos los derechos | regístrate | inicia sesión | saltar al | ir al contenido | compartir en | utilizamos cookies | este sitio | haz clic | tiempo de lectura | saltar publicidad | la publicidad | ver más",
    subjects="sucesos | policiales | justicia | tribunales | gente | famosos | espectáculos | cine | música | libros | televisión | televisión y medios | moda | estilo | gastronomía | recetas | viajes | motor | vivienda | empresas | mercados | empleo | energía | clima | latinoamérica | américa latina | méxico | argentina | colombia | perú | chile | madrid | barcelona | cataluña | galicia | andalucía | valencia | local | región | ciudades | comunidad | reportajes | entrevistas | análisis | columnas | columnistas | cartas | actualidad | noticias | última hora | fútbol | baloncesto | tenis | religión | historia | arte | ideas | ocio | vida | vida y estilo | tendencias | bienestar | psicología | notas de prensa | comunicados",
    home="inicio | portada | usted está aquí",
    sections="política | economía | internacional | cultura | deportes | sociedad | opinión | ciencia | tecnología | salud | nacional | españa | mundo | editorial | educación | negocios | entretenimiento | américa | medio ambiente",
    cross_links="te puede interesar | también te puede interesar | te recomendamos | lo más leído | lo más visto | lo último | últimas noticias | noticias relacionadas | artículos relacionados | relacionados | relacionadas | más noticias | más información | más leídas | más sobre | lee también | le puede interesar | recomendados | entradas relacionadas | archivado en | ver también",
    text_ends="comentarios | deja un comentario | deja una respuesta | escribe un comentario | sobre el autor | sobre la autora | etiquetas | temas | compartir | archivado en | suscríbete | newsletter | sobre la firma",
    comments="comentarios | deja un comentario | deja una respuesta | escribe un comentario",
    tags="etiquetas | temas | archivado en | palabras clave",
    by="por | escrito por | una entrevista de | publicado por | texto de | un texto de",
    by_colon="texto | autor | autora | redacción",
    other_roles="traducción = translator | traducido por = translator | entrevista = interviewer | edición = editor | editado por = editor | foto | fotos | fotografía | fotografías | ilustración | vídeo | imagen",
    joins="y | e",
    name_tails="seguir | autor | autora | actualizado | compartir | en | desde | para | con | el | y",
    about="sobre | acerca de | más de | más artículos de | autor | autora | sobre el autor | sobre la autora",
    portraits="foto de | imagen de | avatar de",
    biography_verbs="es | fue | ha | escribe | trabaja | nació | dirige",
    posts="enviado | enviada | jefe | jefa | colaborador | colaboradora | coordinador | coordinadora | delegado | delegada | subdirector | subdirectora | columnista | abogado | abogada | doctor | doctora | profesor | profesora | director | directora | periodista | corresponsal | redactor | redactora | investigador | investigadora | catedrático | catedrática | escritor | escritora | presidente | universidad | instituto | analista | economista | editor | editora",
    organisations="agencia | redacción | efe | noticias | prensa | equipo | diario | europa | agencias | revista | fundación | universidad",
    no_names="el | la | los | las | un | una | de | del | y | en | por | para | con | que | cómo | más | enero | febrero | marzo | abril | mayo | junio | julio | agosto | septiembre | octubre | noviembre | diciembre | lunes | martes | miércoles | jueves | viernes | sábado | domingo | leer | ver | noticias",
    published="publicado | publicado el | publicado en | fecha | publicada | creado | fecha de publicación | el",
    updated="actualizado | actualizado el | actualizada | última actualización | act | actualizado a | modificado",
    months="enero/ene | febrero/feb | marzo/mar | abril/abr | mayo/may | junio/jun | julio/jul | agosto/ago | septiembre/sep/sept/setiembre/set | octubre/oct | noviembre/nov | diciembre/dic",
    weekdays="lunes | martes | miércoles/mie | jueves | viernes | sábado/sabado | domingo",
    date_glue="a las | a la | de | del | el | h | hs | hrs | horas | gmt | cet | cest",
    views="visitas | lecturas | vistas | visualizaciones",
    reading_time="min | minutos | minuto | lectura | de lectura | min de lectura | tiempo de lectura",
    alts="imagen | foto | fotografía | miniatura",
    captions="foto | fotos | imagen | imágenes | fotografía | crédito | archivo | ilustración | gráfico | vídeo",
    sources="fuente | con información de",
    first_published="publicado originalmente en | publicado originalmente por | apareció originalmente en",
    labels="autor | por | fecha | foto",
    no_sources="propia | archivo",
    fields=(
        "título = title | titular = title | subtítulo = standfirst | bajada = standfirst"
        " | entradilla = standfirst | resumen = standfirst | descripción = standfirst | extracto = standfirst"
        " | copete = standfirst | autor = authors | autora = authors | autores = authors | autor/a = authors"
        " | autor(es) = authors | escrito por = authors | por = authors | firma = authors"
        " | traductor = translator | traductora = translator | traducción = translator"
        " | traducido por = translator | editora = editor | fecha = published_at"
        " | fecha de publicación = published_at | publicado el = published_at | publicado = published_at"
        " | sección = section | categoría = section | categorías = section | idioma = language"
        " | lengua = language | fuente = source | medio = source | sitio = source | sitio web = source"
        " | periódico = source | enlace = source_url | dirección = source_url | dirección web = source_url"
        " | visitas = views | vistas = views | lecturas = views | etiquetas = tags | etiqueta = tags"
        " | palabras clave = tags | temas = tags | pie de foto = caption | biografía = biography"
        " | sobre el autor = biography | sobre la autora = biography | contenido = content | texto = content"
        " | cuerpo = content | texto completo = content | cuerpo del texto = content | borrador = draft"
        " | visible = public | público = public | estado = status | visibilidad = status | identificador = id"
    ),
    public="publicado | publicada | público | pública | en línea | visible",
    yes="sí | si | verdadero",
    no="falso | no",
)
