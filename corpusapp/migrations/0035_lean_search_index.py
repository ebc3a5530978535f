from typing import Any

from django.db import migrations, models


def without_rowid(apps: Any, schema_editor: Any) -> None:
    """Keep the words of the index in one tree instead of two, which SQLite can and Django cannot ask for."""
    if schema_editor.connection.vendor != "sqlite":
        return
    table = apps.get_model("corpusapp", "SearchWord")._meta.db_table  # noqa: SLF001 - Django's documented name
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [table])
        (made,) = cursor.fetchone()
        if made.endswith("WITHOUT ROWID"):
            return
        schema_editor.execute(f"ALTER TABLE {table} RENAME TO {table}_old")
        schema_editor.execute(f"{made} WITHOUT ROWID")
        schema_editor.execute(f"INSERT INTO {table} SELECT * FROM {table}_old")  # noqa: S608 - our own name
        schema_editor.execute(f"DROP TABLE {table}_old")


class Migration(migrations.Migration):
    dependencies = [("corpusapp", "0034_preview_links")]

    operations = [
        migrations.AddField(
            "searchentry",
            "uncounted",
            models.CharField(blank=True, max_length=80, default=""),
            preserve_default=False,
        ),
        migrations.AddIndex(
            "searchentry",
            models.Index(
                "uncounted", condition=~models.Q(uncounted=""), name="search_entry_uncounted"
            ),
        ),
        migrations.RemoveIndex("searchword", "search_word_backwards"),
        migrations.RunPython(without_rowid, migrations.RunPython.noop),
        migrations.AddIndex(
            "searchword",
            models.Index(
                "backwards",
                condition=models.Q(backwards__isnull=False),
                name="search_word_backwards",
            ),
        ),
    ]
