"""Sentences of Django's admin that its Chinese says unlike ours, or with a space before each name.

A catalogue of the project goes before Django's, so naming them here for ours is all there is to do.
"""

from django.utils.translation import gettext_noop

DJANGOS = (
    gettext_noop(" By %(filter_title)s "),
    gettext_noop("Action:"),
    gettext_noop("Add"),
    gettext_noop("Add %(name)s"),
    gettext_noop("Add %s"),
    gettext_noop("Add another %(verbose_name)s"),
    gettext_noop("Change %s"),
    gettext_noop("View %s"),
    gettext_noop("Select %s"),
    gettext_noop("Select all %(total_count)s %(module_name)s"),
    gettext_noop("0 of %(cnt)s selected"),
    gettext_noop("Change history: %s"),
    gettext_noop("Filter"),
    gettext_noop("Go"),
    gettext_noop("Model name"),
    gettext_noop("Add link"),
    gettext_noop("Change or view list link"),
    gettext_noop("My actions"),
    gettext_noop("None available"),
    gettext_noop("Pagination %(name)s"),
    gettext_noop("Pagination %(name)s entries"),
    gettext_noop("Recent actions"),
    gettext_noop("Run the selected action"),
    gettext_noop("No action selected."),
    gettext_noop("Breadcrumbs"),
    gettext_noop("The {name} “{obj}” was added successfully."),
    gettext_noop("The {name} “{obj}” was added successfully. You may add another {name} below."),
    gettext_noop("The {name} “{obj}” was changed successfully."),
    gettext_noop("The {name} “{obj}” was changed successfully. You may edit it again below."),
    gettext_noop("The {name} “{obj}” was changed successfully. You may add another {name} below."),
    gettext_noop("The %(name)s “%(obj)s” was deleted successfully."),
    gettext_noop("%(name)s with ID “%(key)s” doesn’t exist. Perhaps it was deleted?"),
    gettext_noop(
        "Items must be selected in order to perform actions on them. No items have been changed."
    ),
)
