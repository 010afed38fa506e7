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
    from oauth2_provider.models import get_application_model

    clients = get_application_model().objects
    # A deleted user stays deleted after a restart.
    if clients.exists():
        return
    # The password grant stands for the sign-in page of the authorization code grant.
    clients.create(client_id="shop", client_type="public", authorization_grant_type="password")
    for name in USERS:
        User.objects.create_user(name, password=password_of(name))


application = get_wsgi_application()
call_command("migrate", verbosity=0)
create_users()
serve(application)
