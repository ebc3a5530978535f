"""Who may take in pictures. Rights given to groups by hand are left alone."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

ALL = ("view_picture", "add_picture", "change_picture", "delete_picture")
GROUPS = {
    "Reader of drafts": ("view_picture",),
    "Author": ("view_picture",),
    "Editor": ALL,
    "Administrator": ALL,
}


def give(apps, schema_editor):
    # permissions are made after all migrations; the groups need theirs now
    config = apps.get_app_config("corpusapp")
    config.models_module = True
    create_permissions(config, apps=apps, using=schema_editor.connection.alias, verbosity=0)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for name, codenames in GROUPS.items():
        found = Permission.objects.filter(
            codename__in=codenames, content_type__app_label="corpusapp"
        )
        for group in Group.objects.filter(name=name):
            group.permissions.add(*found)


class Migration(migrations.Migration):
    dependencies = [("corpusapp", "0022_pictures")]

    # going back takes the permissions with their model
    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
