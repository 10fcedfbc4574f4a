from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Kern"

    def ready(self) -> None:
        from core.guards import install_after_migrate, remove_before_migrate

        pre_migrate.connect(remove_before_migrate, sender=self, dispatch_uid="core.guards.remove")
        # Sent once for each app, after the migrations of all of them: one app is enough.
        post_migrate.connect(install_after_migrate, sender=self, dispatch_uid="core.guards.install")
