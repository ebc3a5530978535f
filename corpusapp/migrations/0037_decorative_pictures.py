"""A picture may be said to show nothing that a reader would miss."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("corpusapp", "0036_retractions"),
    ]

    operations = [
        migrations.AddField(
            model_name="picture",
            name="is_decorative",
            field=models.BooleanField(
                default=False,
                help_text="It shows nothing that a reader would miss, so there is nothing to describe.",
                verbose_name="it only decorates",
            ),
        ),
    ]
