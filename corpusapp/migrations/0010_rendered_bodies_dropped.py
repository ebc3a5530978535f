from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("corpusapp", "0009_rendered_bodies_packed"),
    ]

    operations = [migrations.RemoveField(model_name="article", name="body_html")]
