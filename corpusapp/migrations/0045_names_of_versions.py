"""A version of an article may have names, and a change a reason."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("corpusapp", "0042_captures_to_be_read_again"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="VersionName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("named_at", models.DateTimeField(verbose_name="when")),
            ],
            options={
                "verbose_name": "name of a version",
                "verbose_name_plural": "names of versions",
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.RemoveConstraint(
            model_name="revision",
            name="revision_kind_is_known",
        ),
        migrations.AddField(
            model_name="revision",
            name="why",
            field=models.CharField(blank=True, max_length=500, verbose_name="why"),
        ),
        migrations.AlterField(
            model_name="revision",
            name="kind",
            field=models.CharField(
                choices=[
                    ("edited", "Edited"),
                    ("restored", "Restored"),
                    ("together", "Changed together with others"),
                    ("decided", "A conflict decided"),
                    ("named", "Named"),
                    ("moved", "Moved"),
                ],
                default="edited",
                max_length=8,
                verbose_name="kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["edited", "restored", "together", "decided", "named", "moved"])
                ),
                name="revision_kind_is_known",
                violation_error_message="There is no such kind of change.",
            ),
        ),
        migrations.AddField(
            model_name="versionname",
            name="article",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="version_names",
                to="corpusapp.article",
                verbose_name="article",
            ),
        ),
        migrations.AddField(
            model_name="versionname",
            name="item",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="version_names",
                to="corpusapp.importitem",
            ),
        ),
        migrations.AddField(
            model_name="versionname",
            name="named_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="versionname",
            name="revision",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="names",
                to="corpusapp.revision",
            ),
        ),
        migrations.AddConstraint(
            model_name="versionname",
            constraint=models.UniqueConstraint(
                fields=("article", "name"),
                name="version_name_once_per_article",
                violation_error_message="Another version of this article has that name.",
            ),
        ),
        migrations.AddConstraint(
            model_name="versionname",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True),
                name="version_name_is_not_empty",
                violation_error_message="A name has a letter at least.",
            ),
        ),
        migrations.AddConstraint(
            model_name="versionname",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("revision__isnull", True), ("item__isnull", True), _connector="OR"
                ),
                name="version_name_of_one_version",
                violation_error_message="A name is that of one version.",
            ),
        ),
    ]
