"""No tables. The module is here because Django tells only apps that have one of ``post_migrate``."""
