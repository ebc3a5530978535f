"""Editors keep the rules of imports; whoever may look at the desk may look at them."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

VIEW = ["view_importrule"]
EDIT = ["add_importrule", "change_importrule", "delete_importrule"]
GROUPS = {
    "Reader of drafts": VIEW,
    "Author": VIEW,
    "Editor": VIEW + EDIT,
    "Administrator": VIEW + EDIT,
}


def _permissions(apps, codenames):
    return apps.get_model("auth", "Permission").objects.filter(
        codename__in=codenames, content_type__app_label="corpusapp"
    )


def give_rights(apps, schema_editor):
    # permissions are made after all migrations; the groups need theirs now
    config = apps.get_app_config("corpusapp")
    config.models_module = True
    create_permissions(config, apps=apps, using=schema_editor.connection.alias, verbosity=0)
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.add(*_permissions(apps, GROUPS[group.name]))


def take_rights(apps, _schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.remove(*_permissions(apps, GROUPS[group.name]))


class Migration(migrations.Migration):
    dependencies = [
        ("corpusapp", "0005_import_rules"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(give_rights, take_rights)]
