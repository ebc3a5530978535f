"""Chinese articles stand on both Chinese shelves; their totals are counted anew after migrating."""

from django.db import migrations
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

PAIR = {"zh-Hans": "zh-Hant", "zh-Hant": "zh-Hans"}


def stand(apps, _schema_editor):
    Article = apps.get_model("corpusapp", "Article")
    PublicTotal = apps.get_model("corpusapp", "PublicTotal")
    for language, other in PAIR.items():
        sibling = Article.objects.filter(
            translation_key=OuterRef("translation_key"),
            language=other,
            state="published",
            live_from__lte=Now(),
            binned_at__isnull=True,
        )
        Article.objects.filter(Exists(sibling), language=language).update(paired=True)
    for shelf, flag in (("zh-hans", "on_hans"), ("zh-hant", "on_hant")):
        Article.objects.filter(shelf=shelf).update(**{flag: True})
        Article.objects.filter(language__in=PAIR, paired=False).update(**{flag: True})
    # whatever is public and not counted is counted by the first who asks; migrating is that one
    chinese = ("zh-hans", "zh-hant")
    PublicTotal.objects.filter(shelf__in=chinese).delete()
    Article.objects.filter(shelf__in=chinese, counted=True).update(counted=False)


def stand_apart(apps, _schema_editor):
    Article = apps.get_model("corpusapp", "Article")
    PublicTotal = apps.get_model("corpusapp", "PublicTotal")
    chinese = ("zh-hans", "zh-hant")
    PublicTotal.objects.filter(shelf__in=chinese).delete()
    Article.objects.filter(shelf__in=chinese, counted=True).update(counted=False)


class Migration(migrations.Migration):
    dependencies = [("corpusapp", "0017_glossary_and_renditions")]

    operations = [migrations.RunPython(stand, stand_apart)]
