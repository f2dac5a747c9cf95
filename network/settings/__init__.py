"""Settings of the project; rooms read ``django.conf.settings``, never these modules."""
