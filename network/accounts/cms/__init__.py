"""People in the Wagtail administration."""
