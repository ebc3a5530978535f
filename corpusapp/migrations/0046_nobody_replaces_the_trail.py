"""On SQLite `INSERT OR REPLACE` deletes a row without asking the trigger that refuses deleting.

It asks only with `recursive_triggers`, which a connection may leave off. Here the insertion itself is refused.
"""

from django.db import migrations

TABLE = "corpusapp_auditentry"
REFUSAL = "the trail is not changed"


def guard(_apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            f"CREATE TRIGGER audit_entry_no_replace BEFORE INSERT ON {TABLE} "  # noqa: S608 - our own words
            f"WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id) "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )


def unguard(_apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER IF EXISTS audit_entry_no_replace")


class Migration(migrations.Migration):
    dependencies = [
        ("corpusapp", "0045_new_sections"),
    ]

    operations = [
        migrations.RunPython(guard, unguard),
    ]
