"""What is said besides answers: notes, reasons, and why a run was given up."""

from collections.abc import Mapping

from playbook.workspace.demo.texts.shape import Remarks

_NOTES: Mapping[str, tuple[str, ...]] = {
    "welcome-call": (
        "Iba conduciendo; paró y devolvió la llamada. Se le notaba el alivio.",
        "Diez minutos hablando de {season}. La próxima vez, llamar antes.",
        "Contestó al segundo tono: «Tenía la esperanza de que fuera esta llamada».",
    ),
    "paper-in-order": (
        "{other} quiere el número de pedido en cada factura.",
        "El acuerdo de datos volvió con una línea tachada; a {boss} le parece bien.",
    ),
    "how-to-reach": (
        "Los mensajes de voz no los escucha. No dejes ninguno.",
        "Contesta correos a las seis de la mañana; no hace falta hacer lo mismo.",
    ),
    "access-tried": (
        "Dos de los cinco archivos no se abrían; pedidos otra vez.",
        "Funciona, pero solo desde la oficina.",
    ),
    "kickoff-talk": (
        "{contact} se trajo a {other} sin decir nada antes. Menos mal que había una quinta silla.",
        "Habían despejado la mesa entera para nosotros.",
        "Empezamos diez minutos tarde y a nadie le importó.",
    ),
    "invite-worry": (
        "Once segundos de silencio; {other} fue quien habló primero.",
        "Lo dijo quien menos habla.",
    ),
    "day-after-call": (
        "La pausa después de la segunda pregunta fue larga. Bien.",
        "Del plan no dijo una palabra; solo de las personas.",
    ),
    "first-win": (
        "Al día siguiente {contact} ya lo tenía en la pared.",
        "Esa misma tarde se lo mostraron a los {people}.",
    ),
    "day-30-talk": (
        "La segunda nota salió enseguida; la primera tardó un poco.",
        "«El teléfono suena antes de que me pregunte cómo va». De eso se trata.",
    ),
    "write-note": (
        "Tercer intento. Los dos primeros servían para cualquiera.",
        "La línea sobre la ventana se le ocurrió a {mate}.",
    ),
    "order-gift": (
        "La tienda no incluye el precio; preguntado dos veces.",
        "Va envuelto en su papel, más bonito que el nuestro.",
    ),
    "hear-great": (
        "Se le iluminó la cara al decirlo. Usar estas mismas palabras en la página.",
        "Tardó un minuto en arrancar y luego no paraba.",
    ),
    "hear-numbers": (
        "La fecha sale del contrato de alquiler, no de un deseo.",
        "El importe es lo que {other} puso en el presupuesto hace un año.",
    ),
    "not-included": (
        "Se quedó en silencio con el segundo punto. Volví a él: eran las fotos.",
        "«Eso nunca me lo habían dicho antes de firmar».",
    ),
    "safe-date": (
        "Habrían aceptado una fecha anterior. Mantuve la nuestra.",
        "«¿Puedo decirle ese día a {other}?». Sí, ese.",
        "Lo apuntó en el calendario de la pared mientras hablábamos.",
    ),
    "hear-back": (
        "Se olvidó del segundo idioma. Se lo repetí, más despacio.",
        "Lo repitió casi palabra por palabra.",
        "Olvidó las rondas, se rio y las apuntó.",
        "{other} corrigió a {contact}. Buena señal.",
    ),
    "page-agreed": (
        "Llegó con un «gracias».",
        "Pregunté qué línea costaba: las rondas. Lo hablamos hasta aclararlo.",
    ),
    "ring-client": (
        "Al principio no contestaba nadie; escribí dos líneas y llamaron antes de una hora.",
        "Cuatro minutos de enfado y después tristeza. Escuché.",
    ),
    "return-call": (
        "Llamé a la hora en punto. «Puntualidad, al menos», y una risa.",
        "Silencio después de la oferta. Esperé. Luego: «De acuerdo».",
    ),
    "week-call": (
        "Hablamos más de {season} que del asunto. Buena señal.",
        "«Casi se me había olvidado».",
    ),
}

_ANY_NOTES = (
    "Breve y cordial.",
    "También estaba {other}.",
    "No les mandes nada de esto antes del mediodía, están fuera.",
    "Llevó más de lo previsto y valió la pena.",
    "Vuelve a preguntar por esto la próxima vez.",
    "De esto sabe más {mate}.",
)

_SKIPS: Mapping[str, tuple[tuple[bool, str], ...]] = {
    "learn-their-trade": (
        (True, "Sin tiempo antes de la reunión de inicio; {mate} se pone al día esta semana"),
    ),
    "who-follows": ((False, "{contact} decide y después se lo cuenta al resto"),),
    "lay-out-road": ((False, "Una sola etapa: el trabajo dura tres semanas"),),
    "both-gain": ((True, "Lo hablamos en la mesa, sin escribirlo"),),
    "invite-worry": ((True, "{other} lloraba ese día por otra cosa; lo pregunté después por teléfono"),),
    "agree-pace": ((False, "Este mes se dedican solo a esto"),),
    "change-one-thing": ((True, "Lo retiraron ellos mismos"),),
    "close-onboarding": ((True, "Hecho en la charla semanal, no quedaba nada abierto"),),
    "steer-clear": ((False, "Nos lo habían dicho en la primera visita"),),
    "nothing-pending": ((True, "Las licitaciones las lleva {boss} y dice que no hay ninguna"),),
    "hear-assumed": ((True, "Se tenían que ir; lo pregunté de pasada la semana siguiente"),),
    "hear-enough": ((True, "{contact} no quería pensar hoy en menos"),),
    "acknowledge": ((True, "{contact} pidió que no hubiera papel de esto; hablamos dos veces ese día"),),
    "team-talk": ((False, "Era cosa de dos y ya lo habíamos hablado"),),
    "tone-check": ((True, "Quedaban diez minutos; {mate} estuvo escuchando en la llamada"),),
}

_SKIPS_AGAIN: Mapping[str, tuple[tuple[bool, str], ...]] = {
    "learn-their-trade": ((True, "Segundo proyecto con ellos: el oficio ya lo conocemos"),),
    "reach-us": ((False, "Lo saben del proyecto anterior y nada ha cambiado"),),
    "how-to-reach": ((False, "Como siempre: a {contact} se le llama, a {other} se le escribe"),),
    "hear-last-time": ((False, "La última vez fue con nosotros, y entonces ya lo hablamos"),),
    "steer-clear": ((False, "Lo sabemos desde el primer regalo"),),
    "review": ((False, "La misma causa que la otra vez; aquella lista sigue en marcha"),),
}

_OVERRIDES: Mapping[str, tuple[str, ...]] = {
    "start-work": (
        "La copia firmada viene por correo postal; {boss} dijo que empezáramos",
        "Ya han pagado; solo falta el acuerdo de datos",
    ),
    "kickoff-talk": (
        "La lista de precios llega mañana; {contact} quiso mantener el día",
        "Venían todos de viaje; las dos líneas abiertas tienen responsable",
    ),
    "order-gift": ("La tienda cierra dos semanas desde mañana; {boss} dio el visto bueno por teléfono",),
}

_ABANDONED: Mapping[str, tuple[str, ...]] = {
    "onboarding": (
        "El dueño vendió la casa y quien la compró frena todos los encargos. Quedamos como amigos.",
        "Lo congelaron todo tras una inundación en el almacén. Llamamos en primavera.",
    ),
    "welcome-gift": ("Norma nueva de su central: ya no pueden aceptar nada.",),
    "expectation-limits": ("Terminó junto con la incorporación.",),
}

_RUN_NOTES = (
    "Todo, con copia a {other}.",
    "Que siga siendo pequeño hasta después de {season}.",
    "Un viernes de cada dos, {contact} no está.",
    "Este cliente le importa a {boss}: amistad del colegio.",
    "De dinero, habla solo con {contact}.",
)

_MOVED = (
    "Aplazada: esa semana {contact} está en una feria.",
    "Les están pintando la sala; unos días más tarde.",
    "Aplazada por {other}, que vuelve justo de vacaciones.",
)

_ANY_OVERRIDES = ("Acordado con {boss}, no puede esperar",)

REMARKS = Remarks(
    notes=_NOTES,
    any_notes=_ANY_NOTES,
    run_notes=_RUN_NOTES,
    moved=_MOVED,
    skips=_SKIPS,
    skips_again=_SKIPS_AGAIN,
    overrides=_OVERRIDES,
    any_overrides=_ANY_OVERRIDES,
    abandoned=_ABANDONED,
)
