import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

PASSWORD = "seven quiet herons"  # noqa: S105 - opens nothing but test databases


class UserFactory(factory.django.DjangoModelFactory):
    """May sign in at the desk with PASSWORD; rights come with a trait or with `groups=[name]`.

    Traits: reader, author, editor, administrator (the groups of the desk), superuser.
    """

    class Meta:
        model = get_user_model()

    class Params:
        reader = factory.Trait(groups=["Reader of drafts"])
        author = factory.Trait(groups=["Author"])
        editor = factory.Trait(groups=["Editor"])
        administrator = factory.Trait(groups=["Administrator"])
        superuser = factory.Trait(is_superuser=True)

    username = factory.Sequence(lambda n: f"user-{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")
    password = factory.django.Password(PASSWORD)
    is_staff = True

    groups = ()

    @classmethod
    def _build(cls, model_class, *args, groups, **kwargs):
        del groups  # a matter of the database
        return super()._build(model_class, *args, **kwargs)

    @classmethod
    def _create(cls, model_class, *args, groups, **kwargs):
        user = super()._create(model_class, *args, **kwargs)
        user.groups.set([Group.objects.get(name=name) for name in groups])
        return user
