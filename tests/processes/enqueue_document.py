"""Make a throwaway database with a published edition and ask for its document."""

from __future__ import annotations

import django


def main() -> None:
    django.setup()
    from django.core.management import call_command

    from monitor.documents import request_document
    from tests.monitor.editions_in_test import published_snapshot

    call_command("migrate", verbosity=0)
    request_document(published_snapshot())


if __name__ == "__main__":
    main()
