from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("corpusapp", "0042_pictures_without_words"),
    ]

    operations = [
        migrations.AddField(
            model_name="source",
            name="furniture_changed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
    ]
