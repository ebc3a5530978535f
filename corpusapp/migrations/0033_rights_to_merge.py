"""Editors and administrators may merge names. Rights given to groups by hand are left alone."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

GROUPS = ("Editor", "Administrator")


def give(apps, schema_editor):
    # permissions are made after all migrations; the groups need theirs now
    config = apps.get_app_config("corpusapp")
    config.models_module = True
    create_permissions(config, apps=apps, using=schema_editor.connection.alias, verbosity=0)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    found = Permission.objects.filter(codename="merge_names", content_type__app_label="corpusapp")
    for group in Group.objects.filter(name__in=GROUPS):
        group.permissions.add(*found)


class Migration(migrations.Migration):
    dependencies = [
        ("corpusapp", "0032_merged_names"),
    ]

    # going back takes the permission with its model
    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
