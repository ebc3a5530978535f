"""What gunicorn serves: `gunicorn -c config/gunicorn.py config.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django_itself = get_wsgi_application()

from corpusapp.public.page_cache import KeptPages  # noqa: E402 - reads the settings

application = KeptPages(django_itself)
