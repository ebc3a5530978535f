"""Rendered bodies packed against their sources: a fiftieth of the room."""

import zlib

from django.db import migrations

_BATCH = 200


def pack(apps, _schema_editor):
    Article = apps.get_model("corpusapp", "Article")
    last = 0
    while rows := list(
        Article.objects.filter(pk__gt=last)
        .order_by("pk")
        .only("body", "body_html", "rendered")[:_BATCH]
    ):
        for row in rows:
            packer = zlib.compressobj(4, zdict=row.body.encode("utf-8", "surrogatepass") or b" ")
            html = row.body_html.encode("utf-8", "surrogatepass")
            row.rendered = packer.compress(html) + packer.flush()
            row.body_html = ""
        Article.objects.bulk_update(rows, ["rendered", "body_html"], batch_size=50)
        last = rows[-1].pk


def unpack(apps, _schema_editor):
    Article = apps.get_model("corpusapp", "Article")
    last = 0
    while rows := list(
        Article.objects.filter(pk__gt=last)
        .order_by("pk")
        .only("body", "body_html", "rendered")[:_BATCH]
    ):
        for row in rows:
            if not row.rendered:
                continue
            unpacker = zlib.decompressobj(zdict=row.body.encode("utf-8", "surrogatepass") or b" ")
            html = unpacker.decompress(bytes(row.rendered)) + unpacker.flush()
            row.body_html = html.decode("utf-8", "surrogatepass")
        Article.objects.bulk_update(rows, ["body_html"], batch_size=50)
        last = rows[-1].pk


class Migration(migrations.Migration):
    dependencies = [
        ("corpusapp", "0008_what_two_articles_share"),
    ]

    operations = [migrations.RunPython(pack, unpack)]
