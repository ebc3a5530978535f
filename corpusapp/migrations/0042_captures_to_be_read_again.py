from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("corpusapp", "0041_a_right_for_each_bulk_deed"),
    ]

    operations = [
        migrations.AddField(
            model_name="source",
            name="furniture_changed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
    ]
