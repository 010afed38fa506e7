import os
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "debian"))
os.environ["DJANGO_SETTINGS_MODULE"] = "settings"

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from serve import USERS, password_of, serve


def create_users():
    from django.contrib.auth.models import User

    # A deleted user stays deleted after a restart.
    if User.objects.exists():
        return
    for name in USERS:
        User.objects.create_user(name, password=password_of(name))


application = get_wsgi_application()
call_command("migrate", verbosity=0)
create_users()
serve(application)
