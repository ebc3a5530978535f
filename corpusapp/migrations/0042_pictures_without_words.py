"""What stands in texts already: a picture that shows something and does not say what."""

import re

from django.db import migrations

_WITHOUT_ALT = re.compile(r"!\[\]\([^()\s]{0,200}/pictures/([0-9a-f]{24})/")
_CODE = "picture_without_words"
_AT_ONCE = 500


def _doubt(apps, _schema_editor):
    Article = apps.get_model("corpusapp", "Article")
    Doubt = apps.get_model("corpusapp", "Doubt")
    Picture = apps.get_model("corpusapp", "Picture")
    showing = set(Picture.objects.filter(is_decorative=False).values_list("key", flat=True))
    if not showing:
        return
    rows = Article.objects.filter(body__contains="![](").order_by("pk").values_list("pk", "body")
    found = [
        Doubt(article_id=pk, field="pictures", code=_CODE, holds=True)
        for pk, body in rows.iterator(_AT_ONCE)
        if showing.intersection(_WITHOUT_ALT.findall(body))
    ]
    Doubt.objects.bulk_create(found, batch_size=_AT_ONCE)


def _forget(apps, _schema_editor):
    apps.get_model("corpusapp", "Doubt").objects.filter(code=_CODE).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("corpusapp", "0041_names_of_old_versions"),
    ]

    operations = [migrations.RunPython(_doubt, _forget)]
