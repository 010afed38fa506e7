"""Opens the Django project whose settings are beside the program that runs."""

import os

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from serve import USERS, password_of


def open_application():
    os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
    application = get_wsgi_application()
    call_command("migrate", verbosity=0)
    create_users()
    return application


def create_users():
    from django.contrib.auth.models import User

    # A deleted user stays deleted after a restart.
    if User.objects.exists():
        return
    for name in USERS:
        User.objects.create_user(name, password=password_of(name))
