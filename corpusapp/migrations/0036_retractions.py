"""A correction may say that the whole article stands no longer."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("corpusapp", "0035_lean_search_index"),
    ]

    operations = [
        migrations.AddField(
            model_name="correction",
            name="kind",
            field=models.CharField(
                choices=[("correction", "Correction"), ("retraction", "Retraction")],
                default="correction",
                max_length=10,
                verbose_name="kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["correction", "retraction"])),
                name="correction_kind_is_known",
                violation_error_message="There is no such kind of correction.",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "retraction")),
                fields=("article",),
                name="correction_one_retraction",
                violation_error_message="This article is retracted already.",
            ),
        ),
    ]
