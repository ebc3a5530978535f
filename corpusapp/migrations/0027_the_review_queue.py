"""How sure the articles in review are, from their captures; and who may see and change what is learned."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

WEIGHED = ("title", "body", "authors", "published_at", "section", "standfirst")
BATCH = 500
LOW = 0.5
EDIT = ("add_learnedfurniture", "change_learnedfurniture", "delete_learnedfurniture")
VIEW = ("view_learnedfurniture",)
GROUPS = {
    "Reader of drafts": VIEW,
    "Author": VIEW,
    "Editor": VIEW + EDIT,
    "Administrator": VIEW + EDIT,
}


def weigh(apps, _schema_editor):
    Article = apps.get_model("corpusapp", "Article")
    Capture = apps.get_model("corpusapp", "Capture")
    waiting = Article.objects.filter(state="review").order_by("pk")
    last = 0
    while ids := list(waiting.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        last = ids[-1]
        captures = Capture.objects.filter(
            article__in=ids, undone_by__isnull=True, duplicate_of__isnull=True
        )
        by_sureness = {}
        # a later capture of an article overrules an earlier one
        latest = dict(captures.order_by("pk").values_list("article", "fields"))
        for article, fields in latest.items():
            found = [fields.get(name) or {} for name in WEIGHED]
            told = [one["confidence"] for one in found if "confidence" in one]
            least = min(told, default=0)
            if least < LOW:
                by_sureness.setdefault(int(least * 100), []).append(article)
        for sureness, articles in by_sureness.items():
            Article.objects.filter(pk__in=articles).update(sureness=sureness)


def give(apps, schema_editor):
    # permissions are made after all migrations; the groups need theirs now
    config = apps.get_app_config("corpusapp")
    config.models_module = True
    create_permissions(config, apps=apps, using=schema_editor.connection.alias, verbosity=0)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for name, codenames in GROUPS.items():
        found = Permission.objects.filter(
            codename__in=codenames, content_type__app_label="corpusapp"
        )
        for group in Group.objects.filter(name=name):
            group.permissions.add(*found)


class Migration(migrations.Migration):
    dependencies = [
        ("corpusapp", "0026_lines_given_by_editors"),
    ]

    # going back takes the column, and the permissions with their model
    operations = [
        migrations.RunPython(weigh, migrations.RunPython.noop),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
