"""The four groups of the desk. Rights given to them by hand later are left alone."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

VIEW = [
    "view_article",
    "view_author",
    "view_authorname",
    "view_byline",
    "view_capture",
    "view_doubt",
    "view_importitem",
    "view_importrun",
    "view_redirect",
    "view_section",
    "view_sectionname",
    "view_source",
    "view_tag",
    "view_tagging",
    "view_tagsynonym",
]
WRITE = [
    "add_article",
    "change_article",
    "add_author",
    "add_authorname",
    "add_byline",
    "change_byline",
    "delete_byline",
    "add_tagging",
    "delete_tagging",
    "add_tag",
]
EDIT = [
    "publish_article",
    "bulk_edit_article",
    "import_article",
    "export_article",
    "change_author",
    "change_authorname",
    "delete_authorname",
    "change_doubt",
    "add_section",
    "change_section",
    "add_sectionname",
    "change_sectionname",
    "delete_sectionname",
    "change_tag",
    "add_tagsynonym",
    "change_tagsynonym",
    "delete_tagsynonym",
    "add_source",
    "change_source",
]
ADMINISTER = [
    "delete_author",
    "delete_section",
    "delete_tag",
    "delete_source",
    "delete_redirect",
    "add_user",
    "change_user",
    "delete_user",
    "view_user",
    "view_group",
    "change_group",
]
GROUPS = {
    "Reader of drafts": VIEW,
    "Author": VIEW + WRITE,
    "Editor": VIEW + WRITE + EDIT,
    "Administrator": VIEW + WRITE + EDIT + ADMINISTER,
}


def make_groups(apps, schema_editor):
    # permissions are made after all migrations; the groups need theirs now
    for label in ("corpusapp", "auth"):
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, using=schema_editor.connection.alias, verbosity=0)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for name, codenames in GROUPS.items():
        group, _made = Group.objects.get_or_create(name=name)
        found = Permission.objects.filter(
            codename__in=codenames, content_type__app_label__in=["corpusapp", "auth"]
        )
        group.permissions.add(*found)


def remove_groups(apps, _schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("corpusapp", "0001_articles_and_their_captures"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_groups, remove_groups)]
