"""The doorways of moderation."""
