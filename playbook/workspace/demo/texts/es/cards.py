"""Who the people at the clients are, and what is good to know about them."""

from playbook.workspace.demo.texts.shape import Cards

CARDS = Cards(
    roles=(
        ("Titular", "Oficina y facturas"),
        ("Dirección", "Secretaría de dirección"),
        ("Gerencia", "Publicidad"),
        ("Dirección general", "Recepción"),
        ("Responsable de comunicación", "Finanzas"),
    ),
    who=(
        "Es su primer encargo de este tipo · no le gustan las sorpresas",
        "Es su segundo intento · el primero, con otra agencia, acabó mal",
        "Conoce el oficio · quiere razones, no elogios",
        "Cercan{a} y rápid{a} · olvida lo dicho por teléfono: déjalo por escrito",
        "Cuidados{a} con el dinero · no le metas prisa para decidir",
        "Tiene que mostrar algo pronto · la junta está pendiente",
        "Pregunta poco, se fija en todo",
        "Orgullos{a} de la casa · cuéntale qué te llamó la atención allí",
        "Prefiere verlo dibujado a que se lo expliquen",
    ),
    care=(
        "Decide con {other}; los lunes, nunca",
        "Sin tiempo para nada durante {season}",
        "{other} tiene que enterarse primero o se lo tomará mal",
        "Mejor una llamada antes de las nueve que cualquier correo",
        "Recoge a los niños a las cuatro: después, nada de llamadas",
        "Se lee las facturas línea por línea",
        "Una vez le fallaron con una fecha: da solo días seguros",
        "Habla bajo: deja silencios",
        "La junta se reúne el primer jueves de mes y hay que avisarla una semana antes",
    ),
    practical=(
        "Los accesos los da {other}",
        "Para estacionar, detrás: la entrada es para los {people}",
        "Los papeles, por correo postal y firmados en azul",
        "Allí la videollamada se corta mucho: mejor por teléfono",
        "Le encanta que le cuentes lo que dicen los {people}",
        "Té, no café",
    ),
    changed=(
        "Ahora pregunta primero por {mate}",
        "Desde el verano, con mucha más calma",
        "A {other}, las cifras; a {contact}, la historia",
        "Ya nos ha recomendado dos veces",
    ),
    she={"a": "a"},
    he={"a": "o"},
)
