from django.contrib import admin


class Desk(admin.AdminSite):
    """The editors' side of the house."""
