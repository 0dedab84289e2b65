"""What is answered while the limits of expectations are set, by field id."""

from collections.abc import Mapping

LIMITS: Mapping[str, tuple[str, ...]] = {
    "great-words": (
        "«{goal}. Y sin que yo tenga que explicárselo a nadie».",
        "«Que alguien a quien no conozco me diga: “Vi {thing} y por eso vine”».",
        "«Abrirlo delante de {other} y que no me dé vergüenza».",
        "«{goal}. Como los del otro lado del río, pero con más calidez».",
        "«Olvidarme de que existe, de lo bien que funciona».",
        "«Que los {people} se lo cuenten unos a otros. Y yo, llegar a casa a cenar».",
    ),
    "enough-words": (
        "«Que funcione y que suene menos el teléfono».",
        "«Lo de ahora, pero ordenado y con los precios al día».",
        "«Mejor una página bien que diez a medias».",
        "«Que esté antes de {season}».",
        "«Que {other} pueda cambiar una línea sin llamar a nadie».",
    ),
    "last-time": (
        "Tres personas en un año, y cada una volvió a empezar de cero.",
        "Todo bien hasta la factura, con conceptos de los que nadie había hablado.",
        "Se terminó, se entregó y nadie volvió a llamar.",
        "No les enseñaron nada: había que pedir hasta las comas.",
        "Las fotos, preciosas; las fechas, puro deseo.",
    ),
    "assumed": (
        "Las fotos\nAyuda durante el primer mes tras el lanzamiento",
        "Que escribamos los textos\nUn segundo idioma",
        "Formación para todo el equipo\nLa impresión",
        "Cambiar el rótulo de la calle",
        "Pasar todo el contenido antiguo\nAlguien de guardia los fines de semana",
    ),
    "their-part": (
        "Textos, {contact}, 2 horas\nFotos, {other}, una tarde",
        "Reunir las respuestas, {other}, 1 hora",
        "Probarlo, dos personas del equipo, media hora",
        "Lista de precios, {other}, 1 hora\nEl sí definitivo, {contact}, media hora",
    ),
    "our-means": (
        "{mate}, seis días, y {me}, dos, repartidos en cinco semanas. El vídeo lo dejaríamos a quien se dedica a eso.",
        "{mate} y {me}, unas sesenta horas. Los textos legales los hará mejor un bufete.",
        "Ocho días hábiles en total, la mayoría de {mate}. La impresión en gran formato la hace mejor la imprenta del barrio.",
        "Dos personas, cinco semanas, como mucho tres días por semana. Para la publicidad recomendaríamos otra agencia.",
    ),
    "exclusions": (
        "Fotografía\nUn segundo idioma\nLo que venga después del primer mes",
        "Escribir los textos desde cero\nLas páginas legales\nPublicidad",
        "Pasar más de cincuenta páginas antiguas\nImpresión y montaje",
        "Llamadas en fin de semana\nUna segunda ronda de borradores desde cero",
        "El mantenimiento de cada mes\nVídeo",
    ),
    "done-list": (
        "Esquema, están todas las páginas, {contact}, 3 días\n{Thing}, tres {people} no necesitan explicación, {other}, 5 días",
        "Primera página, se lee bien en el teléfono, {contact} y {other}, 3 días\nEl conjunto, no queda nada en la lista, {contact}, 5 días",
        "Textos, todas las líneas son correctas, {other}, 4 días\nEntrega, una línea cambiada sin ayuda, {other}, 1 día",
    ),
    "our-hours": (
        "De lunes a viernes, de 9 a 17 h",
        "De lunes a jueves, de 9 a 18 h; los viernes, hasta las 14 h",
        "De lunes a viernes, de 8:30 a 16:30 h",
    ),
    "reply-time": ("un día hábil", "un día hábil", "medio día hábil"),
    "urgent-route": (
        "+34 555 010 900, contesta {me} hasta las 20:00",
        "+34 555 010 901, la oficina",
        "+34 555 010 902, {me}; los fines de semana, {boss}",
    ),
    "their-items": (
        "Logotipo en formato vectorial, {other}, cada día de retraso suma uno, {d5}\nTextos, {contact}, nuestra fecha se mueve otro tanto, {d10}",
        "Lista de precios, {other}, sin ella no mostramos precios, {d6}",
        "Fotos, {contact}, una semana más si las hacemos nosotros, {d8}",
        "Accesos, {other}, cada día de retraso suma uno, {d3}",
    ),
    "promised-what": ("{Win}", "El esquema, con todas las páginas en una hoja", "{Win}"),
    "gaps": (
        "Ayuda tras el lanzamiento, un mes por teléfono | adjust\nUn segundo idioma | no\nAlguien a quien llamar por la tarde, hasta las 20:00 | adjust",
        "Las fotos del equipo | no\nLa fecha pensada, una semana más tarde | adjust\nFormación para el mostrador, una hora | meet",
        "Pasar las páginas antiguas, las cincuenta más leídas | adjust\nUna ronda más de borradores | no",
        "Ayuda en fin de semana | no\nUna copia impresa para la pared | meet",
        "Los textos, corregidos por nosotros pero no escritos | adjust\nEl importe pensado, con menos páginas | adjust",
    ),
    "their-limits": (
        "«O sea: la agencia lo hace, aquí lo escribimos y, si tardamos, llega más tarde».",
        "«Dos rondas, con todas las observaciones juntas, y las mando yo. Fotos, no».",
        "«Ahora, un idioma. El segundo es otra conversación, con otro precio».",
        "«Llamo a {me} y no a {mate}, y los domingos, a nadie».",
    ),
    "agreed-where": (
        "Carpeta del cliente, correo de ese día",
        "Página firmada, carpeta del cliente",
        "Respuesta por correo: «de acuerdo, gracias por preguntar»",
    ),
    "team-told": (
        "{mate} | read-back\n{boss} | told",
        "{mate} | told",
        "{mate} | read-back\nNadia, en el teléfono | told",
    ),
    "lines-off": (
        "Respuestas en tres días: dos veces tardaron ocho. Desde ahora llamamos al segundo día.",
        "Rondas: {other} manda las observaciones de una en una. Las reúne {contact}.",
        "Tiempo de respuesta: hubo una semana en que fuimos lentos. {mate} me cubre los días libres.",
    ),
}
