"""What the audit trail calls each thing done with reports."""

CHANGES = {
    "contract_activate": "Overeenkomst geactiveerd",
    "contract_end": "Overeenkomst beëindigd",
    "contract_amendment_sign": "Addendum ondertekend",
    "report_check": "Rapportage ingediend",
    "report_edit": "Rapportage ingevuld",
    "report_autosave": "Rapportage ingevuld (bewaart zichzelf)",
    "report_part_ready": "Deel van een rapportage klaar gemeld",
    "report_bsn": "Nummer in een rapportage uitgelegd",
    "report_files": "Bijlage toegevoegd",
    "report_file_remove": "Bijlage weggehaald",
    "report_return": "Rapportage teruggestuurd",
    "report_accept": "Rapportage geaccepteerd",
    "report_reopen": "Rapportage heropend",
    "report_extend": "Uitstel gegeven",
    "supervision_add": "Jaarverslag van het toezicht begonnen",
    "supervision_edit": "Jaarverslag van het toezicht gewijzigd",
    "supervision_delete": "Concept van een jaarverslag verwijderd",
    "supervision_publish": "Jaarverslag van het toezicht gepubliceerd",
    "supervision_file_add": "Document bij een jaarverslag gezet",
    "supervision_file_remove": "Document bij een jaarverslag weggehaald",
    "supervision_finding_add": "Bevinding van het toezicht toegevoegd",
    "supervision_finding_edit": "Bevinding van het toezicht gewijzigd",
    "supervision_finding_delete": "Bevinding van het toezicht weggehaald",
    "supervision_answer": "Aanbeveling van het toezicht beantwoord",
}
READS = {
    "report_check": "Rapportage gecontroleerd",
    "report_edit": "Concept van een rapportage gelezen",
    "report_file": "Bijlage geopend",
    "report_round": "Ronde van een rapportage gelezen",
    "report_review": "Ingediende rapportage gelezen",
    "report_compare": "Rondes vergeleken",
    "round_file": "Bijlage geopend",
}
ONCE = frozenset({"report_autosave", "report_edit"})
