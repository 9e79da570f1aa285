from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("planning", "0005_posts_by_plan_with_state"),
    ]

    operations = [
        migrations.AddField(
            model_name="post",
            name="saved_from",
            field=models.UUIDField(editable=False, null=True),
        ),
    ]
