"""How the suite gets its databases: migrated once into a template, then copied.

``templates`` keeps the templates, ``sqlite`` and ``postgres`` know how to copy one, ``commits`` lets
``on_commit`` callbacks run although a test never commits, ``plugin`` puts all of it into pytest and Django.
"""
