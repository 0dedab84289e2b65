"""What the made-up clients do, by trade, and what an agency does for each.

So that sentences agree: people are masculine and plural, without an article; a season and a thing bring theirs, a
season is never begun by «el», and a thing is singular and never follows «de» or «a».
"""

from collections.abc import Mapping

from playbook.workspace.demo.texts.shape import Business, Project

BUSINESSES: Mapping[str, Business] = {
    "dentist": Business("pacientes", "las semanas previas a las vacaciones", (
        Project("la página de citas", "Los pacientes piden cita sin tener que llamarnos", "Una de cada tres citas, pedida en línea antes de la primavera", "las tres pantallas para pedir cita, listas para probar en el teléfono"),
        Project("el folleto de la primera visita", "La primera visita da menos miedo", "En recepción se oyen menos las cinco preguntas de siempre", "la primera doble página, maquetada e ilustrada"),
    )),
    "brewery": Business("clientes de siempre", "agosto, con las fiestas", (
        Project("la tienda en línea", "Vender por cajas sin volvernos locos con los envíos", "Un sábado con cuarenta pedidos y nadie se queda hasta tarde", "la ficha de una cerveza, lista para mostrar en los bares"),
        Project("la etiqueta de las latas", "Cuatro latas que se vean de la misma familia", "Un bar pide las cuatro a la vez", "una etiqueta impresa y pegada en una lata de verdad"),
    )),
    "school": Business("padres", "las últimas semanas del curso", (
        Project("la web para familias", "Las familias encuentran las fechas del curso sin preguntar", "La mitad de llamadas a secretaría en septiembre", "el calendario, con las fechas de este trimestre"),
        Project("el material de puertas abiertas", "Las familias salen de la visita sabiendo a quién acudir", "Nombre y teléfono de sesenta familias", "el plano del edificio para la jornada de puertas abiertas"),
    )),
    "gym": Business("socios", "enero, cuando se apunta todo el mundo", (
        Project("el horario de clases", "Quien empieza sabe cuál es su clase", "Menos gente que viene una vez y no vuelve", "el horario de una semana, ya publicado"),
        Project("el curso de bienvenida", "Nadie llega a su primera clase sin conocer a alguien", "Ocho de cada diez siguen viniendo a los dos meses", "los tres primeros mensajes de bienvenida"),
    )),
    "museum": Business("visitantes", "las semanas previas a una inauguración", (
        Project("la audioguía", "Que se miren menos piezas y con más calma", "Diez minutos más de visita en el ala antigua", "dos paradas de la audioguía, grabadas y montadas"),
        Project("la venta de entradas", "Los grupos reservan sin cruzar tres correos", "Todos los grupos escolares del otoño, reservados en línea", "el formulario de grupos, probado por un colegio"),
    )),
    "logistics": Business("clientes", "los cierres de trimestre", (
        Project("la página de seguimiento", "Cada cliente ve por dónde va su carga", "La mitad de llamadas preguntando por dónde va", "una ruta en tiempo real sobre el mapa"),
        Project("el manual de conductores", "Quien empieza puede salir por su cuenta la segunda semana", "Dos conductores nuevos que lo confirman", "el capítulo de la carga, con fotos"),
    )),
    "winery": Business("visitantes", "la vendimia", (
        Project("el calendario de catas", "Las catas se llenan sin nadie pegado al teléfono", "Todos los sábados de mayo, vendidos en abril", "la página para reservar una cata"),
        Project("la ficha de exportación", "Un importador encuentra en una página todo lo que necesita", "Tres importadores contestan sin preguntar nada", "la ficha del tinto joven"),
    )),
    "bikes": Business("clientes", "las primeras semanas de buen tiempo", (
        Project("la agenda del taller", "Las reparaciones se reparten por toda la semana", "Sábados sin cola en la puerta", "la página de la revisión básica"),
        Project("la web de alquiler", "Quien viene de fuera reserva la bici antes de llegar", "Veinte alquileres reservados desde el extranjero", "una ruta con su mapa y sus fotos"),
    )),
    "books": Business("lectores", "diciembre", (
        Project("la página de los clubes de lectura", "Los clubes se llenan solos", "Dos clubes completos en otoño", "la página del club de los jueves"),
        Project("el boletín", "La gente entra preguntando por lo que leyó en él", "Diez personas a la semana que lo mencionan", "el primer boletín, enviado a cuarenta lectores"),
    )),
    "bakery": Business("clientes", "las vísperas de fiesta", (
        Project("la página de encargos", "Las tartas se encargan antes de las nueve y no en el mostrador", "La mitad de las tartas del viernes, encargadas ya el miércoles", "la página de una tarta, con los días en que se hace"),
        Project("la bolsa del pan", "Una bolsa que dé pena tirar", "Alguien pide la bolsa sin el pan", "una bolsa impresa, con su hogaza dentro"),
    )),
    "vet": Business("dueños", "la primavera, con tanto cachorro", (
        Project("el aviso de vacunas", "Que ningún animal se quede sin su vacuna", "Nueve de cada diez vienen antes de un mes", "el aviso para cachorros, en versión corta y larga"),
        Project("la página de urgencias", "De noche, los dueños saben adónde ir", "Ni una llamada más al teléfono particular", "la página tal como se ve de noche en el teléfono"),
    )),
    "hotel": Business("huéspedes", "julio y agosto", (
        Project("la reserva directa", "Que reserven con nosotros y no con intermediarios", "Una de cada cuatro estancias, reservada en la web propia", "la página de habitaciones con las fotos nuevas"),
        Project("la guía de la casa", "Nadie tiene que preguntar la clave del wifi", "Una recepción tranquila a las ocho de la mañana", "la página del desayuno, en tres idiomas"),
    )),
    "architects": Business("propietarios", "las semanas previas a un concurso", (
        Project("el dosier de obra", "Que se vea cómo pensamos, no solo lo que construimos", "Dos consultas para el tipo de obra que queremos", "un edificio contado en seis imágenes"),
        Project("la plantilla de propuestas", "Una propuesta nos lleva un día y no una semana", "Tres propuestas enviadas en un mes", "las dos primeras páginas, con texto de verdad"),
    )),
}  # fmt: skip
