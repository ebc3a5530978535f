from django.db import migrations, models
from django.db.models import F


class Migration(migrations.Migration):
    dependencies = [
        ("corpusapp", "0043_captures_to_be_read_again"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="article", name="article_desk_listing"),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                F("published_order").desc(),
                F("id").desc(),
                "binned_at",
                name="article_desk_listing",
            ),
        ),
    ]
