"""What the audit trail calls each thing done with agendas and indicators."""

CHANGES = {
    "agenda_add": "Agenda begonnen",
    "agenda_edit": "Agenda gewijzigd",
    "agenda_delete": "Concept van een agenda verwijderd",
    "agenda_consult": "Agenda in inspraak gebracht",
    "agenda_take_back": "Agenda uit inspraak teruggenomen",
    "agenda_adopt": "Agenda vastgesteld",
    "agenda_part_add": "Onderdeel van een agenda toegevoegd",
    "agenda_part_edit": "Onderdeel van een agenda gewijzigd",
    "agenda_part_delete": "Onderdeel van een agenda verwijderd",
    "agenda_part_move": "Onderdeel van een agenda verplaatst",
    "agenda_fate": "Bestemming van een doel gezegd",
    "agenda_new_goal": "Gezegd waarom een doel nieuw is",
    "agenda_proposals": "Voorstellen voor opvolging overgenomen",
    "indicator_add": "Indicator gemaakt",
    "indicator_edit": "Indicator gewijzigd",
    "observation_add": "Meetwaarde toegevoegd",
    "observation_edit": "Meetwaarde gewijzigd",
}
READS: dict[str, str] = {}
