"""What the audit trail calls each thing done with monitors and their documents."""

CHANGES = {
    "monitor_open": "Monitor begonnen",
    "monitor_delete": "Concept van een monitor verwijderd",
    "monitor_judge": "Doel beoordeeld",
    "bottleneck_add": "Knelpunt toegevoegd",
    "bottleneck_edit": "Knelpunt gewijzigd",
    "bottleneck_delete": "Knelpunt verwijderd",
    "bottleneck_state": "Stand van een knelpunt gewijzigd",
    "monitor_notes": "Tekst buiten de doelen gewijzigd",
    "monitor_mark_judged": "Monitor voorgelegd aan het college",
    "monitor_reopen": "Monitor teruggezet naar concept",
    "monitor_adopt": "Monitor vastgesteld",
    "monitor_publish": "Monitor aangeboden aan de raad",
    "steering_add": "Afspraak over sturing toegevoegd",
    "steering_edit": "Afspraak over sturing gewijzigd",
    "steering_end": "Afspraak over sturing beëindigd",
    "document_rebuild": "Raadsdocument opnieuw gevraagd",
    "document_cancel": "Maken van het raadsdocument gestopt",
}
READS = {
    "monitor_manage": "Monitor in beheer gelezen",
    "monitor_judge": "Werkblad van een doel gelezen",
    "steering_history": "Geschiedenis van een afspraak over sturing gelezen",
    "monitor_history": "Geschiedenis van een monitor gelezen",
    "monitor_notes": "Tekst buiten de doelen gelezen",
    "bottleneck_edit": "Knelpunt in beheer gelezen",
    "bottleneck_delete": "Knelpunt gelezen om te verwijderen",
    "monitor_mark_judged": "Monitor gelezen om voor te leggen aan het college",
    "monitor_adopt": "Monitor gelezen om vast te stellen",
    "monitor_publish": "Monitor gelezen om aan te bieden aan de raad",
}
# Who works on a draft comes back to its page after every save.
ONCE = frozenset({"monitor_manage"})
