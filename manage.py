#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    from config.environment import WrongSettingsError

    try:
        execute_from_command_line(sys.argv)
    except WrongSettingsError as error:
        # For the people who run an installation: what to mend, without a traceback.
        sys.exit(str(error))
