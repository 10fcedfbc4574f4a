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
    "agenda_undo": "Stap in een agenda ongedaan gemaakt",
    "agenda_contributions": "Bijdragen van een doel gewijzigd",
    "agenda_task_update": "Stand van zaken van een opdracht toegevoegd",
    "agenda_task_evaluate": "Evaluatie van een opdracht bewaard",
    "agenda_task_step": "Stap van een opdracht bijgewerkt",
    "goal_wizard": "Doel meetbaar gemaakt",
    "agenda_fate": "Bestemming van een doel gezegd",
    "agenda_new_goal": "Gezegd waarom een doel nieuw is",
    "agenda_proposals": "Voorstellen voor opvolging overgenomen",
    "indicator_add": "Indicator gemaakt",
    "indicator_edit": "Indicator gewijzigd",
    "observation_add": "Meetwaarde toegevoegd",
    "observation_edit": "Meetwaarde gewijzigd",
}
READS = {
    "agenda_manage": "Agenda in beheer gelezen",
    "agenda_manage_tree": "Doelenboom in beheer gelezen",
    "agenda_history": "Geschiedenis van een agenda gelezen",
}
# Who works on a draft comes back to its pages after every save.
ONCE = frozenset({"agenda_manage", "agenda_manage_tree"})
