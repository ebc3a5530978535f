from django.db import migrations, models


class Migration(migrations.Migration):
    # sections that stand in the menu already stay there
    dependencies = [
        ("corpusapp", "0044_far_pages_of_the_desk"),
    ]

    operations = [
        migrations.AddField(
            model_name="section",
            name="is_new",
            field=models.BooleanField(
                default=False,
                editable=False,
                help_text="An import met this name, and no editor has looked at it yet.",
                verbose_name="new section",
            ),
        ),
    ]
