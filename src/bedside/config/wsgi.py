"""The web application as servers expect it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bedside.config.settings")

application = get_wsgi_application()
