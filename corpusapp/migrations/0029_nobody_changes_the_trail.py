"""The database itself refuses to change or delete what stands in the trail; and who may read it.

A later migration that rebuilds the table has to make the triggers again: SQLite drops them with it.
"""

from django.contrib.auth.management import create_permissions
from django.db import migrations

TABLE = "corpusapp_auditentry"
REFUSAL = "the trail is not changed"
GROUPS = ("Editor", "Administrator")
MAKE = {
    "sqlite": [
        f"CREATE TRIGGER audit_entry_no_{deed} BEFORE {deed.upper()} ON {TABLE} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for deed in ("update", "delete")
    ],
    "postgresql": [
        (
            "CREATE OR REPLACE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
        ),
        (
            f"CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse()"
        ),
    ],
}
DROP = {
    "sqlite": [
        "DROP TRIGGER IF EXISTS audit_entry_no_update",
        "DROP TRIGGER IF EXISTS audit_entry_no_delete",
    ],
    "postgresql": [
        f"DROP TRIGGER IF EXISTS audit_entry_no_change ON {TABLE}",
        "DROP FUNCTION IF EXISTS audit_entry_refuse()",
    ],
}


def guard(_apps, schema_editor):
    for statement in MAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unguard(_apps, schema_editor):
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def give(apps, schema_editor):
    # permissions are made after all migrations; the groups need theirs now
    config = apps.get_app_config("corpusapp")
    config.models_module = True
    create_permissions(config, apps=apps, using=schema_editor.connection.alias, verbosity=0)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    found = Permission.objects.filter(
        codename="view_auditentry", content_type__app_label="corpusapp"
    )
    for group in Group.objects.filter(name__in=GROUPS):
        group.permissions.add(*found)


class Migration(migrations.Migration):
    dependencies = [
        ("corpusapp", "0028_the_trail"),
    ]

    operations = [
        migrations.RunPython(guard, unguard),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
