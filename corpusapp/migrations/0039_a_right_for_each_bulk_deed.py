"""Each deed over many articles has a right of its own; who had the one for all of them has them all."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

OLD = "bulk_edit_article"
NEW = [
    "bulk_publish_article",
    "bulk_withdraw_article",
    "bulk_review_article",
    "bulk_draft_article",
    "bulk_tag_article",
    "bulk_suggest_article",
    "bulk_section_article",
    "bulk_source_article",
    "bulk_language_article",
    "bulk_date_article",
    "bulk_reread_article",
    "bulk_bin_article",
    "bulk_restore_article",
]


def part(apps, schema_editor):
    """Groups and people keep what they could do."""
    config = apps.get_app_config("corpusapp")
    config.models_module = True
    create_permissions(config, apps=apps, using=schema_editor.connection.alias, verbosity=0)
    old, new = _found(apps, [OLD]), list(_found(apps, NEW))
    Group = apps.get_model("auth", "Group")
    for group in Group.objects.filter(permissions__in=old).distinct():
        group.permissions.add(*new)
    User = apps.get_model("auth", "User")
    for user in User.objects.filter(user_permissions__in=old).distinct():
        user.user_permissions.add(*new)
    old.delete()


def join(apps, _schema_editor):
    """Back to the one right, for those who have any of the others."""
    new = list(_found(apps, NEW))
    if not new:
        return
    Permission = apps.get_model("auth", "Permission")
    old, _made = Permission.objects.get_or_create(
        codename=OLD,
        content_type=new[0].content_type,
        defaults={"name": "Can change many articles at once"},
    )
    Group = apps.get_model("auth", "Group")
    for group in Group.objects.filter(permissions__in=new).distinct():
        group.permissions.add(old)
    User = apps.get_model("auth", "User")
    for user in User.objects.filter(user_permissions__in=new).distinct():
        user.user_permissions.add(old)
    _found(apps, NEW).delete()


def _found(apps, codenames):
    Permission = apps.get_model("auth", "Permission")
    return Permission.objects.filter(codename__in=codenames, content_type__app_label="corpusapp")


class Migration(migrations.Migration):
    dependencies = [
        ("corpusapp", "0038_rights_to_bulk_deeds"),
    ]

    operations = [
        migrations.RunPython(part, join),
    ]
