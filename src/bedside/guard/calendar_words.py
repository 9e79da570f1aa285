"""Days and months as they are written, in English and in Spanish: for what must not be taken for a name or a town.

Some are names as well ("May", "Domingo", "Julio"), so each finder takes the sets that it means. The lists that phrases
ask for (`{weekday}`, `{month}`) are in `words/`.
"""

from bedside.guard.lexicon import listed

DAYS = listed("monday tuesday wednesday thursday friday saturday sunday")
SHORT_DAYS = listed("mon tue tues wed thu thur thurs fri sat sun")
MONTHS = listed("january february march april may june july august september october november december")
SHORT_MONTHS = listed("jan feb mar apr jun jul aug sep sept oct nov dec")
SPANISH_DAYS = listed("lunes martes miercoles jueves viernes sabado domingo")
SPANISH_MONTHS = listed(
    "enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre"
)
ENGLISH = DAYS | SHORT_DAYS | MONTHS | SHORT_MONTHS
CALENDAR = ENGLISH | SPANISH_DAYS | SPANISH_MONTHS
