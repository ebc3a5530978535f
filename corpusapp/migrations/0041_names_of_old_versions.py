"""The one name that a revision could have becomes a name of its version."""

from django.db import migrations

_AT_ONCE = 500


def _as_rows(apps, _schema_editor):
    Revision = apps.get_model("corpusapp", "Revision")
    VersionName = apps.get_model("corpusapp", "VersionName")
    taken = set()
    rows = []
    for revision in Revision.objects.exclude(name="").order_by("pk").iterator(_AT_ONCE):
        name, number = revision.name, 2
        while (revision.article_id, name) in taken:
            name = f"{revision.name[:94]} ({number})"
            number += 1
        taken.add((revision.article_id, name))
        rows.append(
            VersionName(
                article_id=revision.article_id,
                revision_id=revision.pk,
                name=name,
                named_at=revision.at,
                named_by_id=revision.user_id,
            )
        )
    VersionName.objects.bulk_create(rows, batch_size=_AT_ONCE)


def _forget(apps, _schema_editor):
    """The column still has them."""
    apps.get_model("corpusapp", "VersionName").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("corpusapp", "0040_names_of_versions"),
    ]

    operations = [migrations.RunPython(_as_rows, _forget)]
