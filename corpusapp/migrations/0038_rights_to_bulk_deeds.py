from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("corpusapp", "0037_decorative_pictures"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="article",
            options={
                "get_latest_by": "created_at",
                "permissions": [
                    ("publish_article", "Can publish and withdraw articles"),
                    ("bulk_publish_article", "Can publish many articles at once"),
                    ("bulk_withdraw_article", "Can withdraw many articles at once"),
                    ("bulk_review_article", "Can send many articles back to review at once"),
                    ("bulk_draft_article", "Can make drafts of many articles at once"),
                    ("bulk_tag_article", "Can add tags to many articles, and remove them, at once"),
                    ("bulk_suggest_article", "Can give many articles their suggested tags at once"),
                    ("bulk_section_article", "Can set the section of many articles at once"),
                    ("bulk_source_article", "Can set the source of many articles at once"),
                    ("bulk_language_article", "Can set the language of many articles at once"),
                    ("bulk_date_article", "Can set the date of many articles at once"),
                    ("bulk_reread_article", "Can read many captures again at once"),
                    ("bulk_bin_article", "Can put many articles in the bin at once"),
                    ("bulk_restore_article", "Can restore many articles from the bin at once"),
                    ("import_article", "Can import captures"),
                    ("export_article", "Can export articles"),
                ],
                "verbose_name": "article",
                "verbose_name_plural": "articles",
            },
        ),
    ]
