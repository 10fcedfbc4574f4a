"""What the audit trail calls each thing done with contracts."""

CHANGES = {
    "contract_add": "Overeenkomst begonnen",
    "contract_edit": "Overeenkomst gewijzigd",
    "contract_delete": "Concept van een overeenkomst verwijderd",
    "contract_parties": "Partijen gewijzigd",
    "contract_organisation_add": "Organisatie toegevoegd",
    "contract_dates": "Data gewijzigd",
    "contract_themes": "Thema’s gewijzigd",
    "contract_kpi_add": "Prestatie-indicator toegevoegd",
    "contract_kpi_edit": "Prestatie-indicator gewijzigd",
    "contract_kpi_remove": "Prestatie-indicator weggehaald",
    "contract_kpi_keep": "Prestatie-indicator behouden",
    "contract_targets": "Streefwaarden gewijzigd",
    "contract_reporting": "Afspraken over rapporteren gewijzigd",
    "contract_money": "Geld gewijzigd",
    "contract_meetings": "Overleg gewijzigd",
    "contract_terms": "Andere afspraken gewijzigd",
    "contract_privacy": "Persoonsgegevens bij een overeenkomst gewijzigd",
    "data_agreement_add": "Afspraak over persoonsgegevens toegevoegd",
    "data_agreement_edit": "Afspraak over persoonsgegevens gewijzigd",
    "exchange_add": "Uitwisseling van gegevens toegevoegd",
    "exchange_edit": "Uitwisseling van gegevens gewijzigd",
    "contract_amend": "Addendum begonnen",
    "contract_amendment_edit": "Addendum gewijzigd",
    "contract_amendment_delete": "Concept van een addendum verwijderd",
}
READS = {
    "contract_manage": "Overeenkomst in beheer gelezen",
    "contract_kpi_list": "Prestatie-indicatoren in beheer gelezen",
    "contract_amendment": "Addendum in beheer gelezen",
    "data_agreement_file": "Document over persoonsgegevens opgehaald",
    "exchange_history": "Geschiedenis van een uitwisseling gelezen",
    "contract_history": "Geschiedenis van een overeenkomst gelezen",
}
# Who works on a draft comes back to its page after every save.
ONCE = frozenset({"contract_manage"})
