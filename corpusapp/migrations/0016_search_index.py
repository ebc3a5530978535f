from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("corpusapp", "0015_what_to_read_next"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchCount",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("articles", models.PositiveIntegerField()),
                ("changes", models.TextField()),
            ],
            options={
                "verbose_name": "change of word counts",
                "verbose_name_plural": "changes of word counts",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SearchStale",
            fields=[
                ("article_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("standfirst", models.TextField(null=True)),
                ("body", models.TextField(null=True)),
                ("caption", models.TextField(null=True)),
                ("author_note", models.TextField(null=True)),
            ],
            options={
                "verbose_name": "article to index again",
                "verbose_name_plural": "articles to index again",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("article_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("is_public", models.BooleanField()),
                ("order", models.BigIntegerField(default=0)),
                ("place", models.CharField(max_length=120)),
                ("people", models.TextField(blank=True)),
                ("terms", models.PositiveIntegerField(default=0)),
                ("language", models.CharField(max_length=35)),
                ("analyser", models.PositiveSmallIntegerField()),
                ("digest", models.BigIntegerField()),
                ("body_digest", models.BigIntegerField()),
                ("beside", models.BinaryField()),
            ],
            options={
                "verbose_name": "entry of the search index",
                "verbose_name_plural": "entries of the search index",
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        models.F("is_public"),
                        models.OrderBy(models.F("order"), descending=True),
                        name="search_entry_by_date",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("term", models.CharField(max_length=61, primary_key=True, serialize=False)),
                ("backwards", models.CharField(max_length=61, null=True)),
                ("public", models.IntegerField(default=0)),
                ("hidden", models.IntegerField(default=0)),
            ],
            options={
                "verbose_name": "word of the search index",
                "verbose_name_plural": "words of the search index",
                "default_permissions": (),
                "indexes": [models.Index(models.F("backwards"), name="search_word_backwards")],
            },
        ),
    ]
