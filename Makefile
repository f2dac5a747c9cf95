# make run    serve the network with its demo at http://127.0.0.1:8000/ (PORT= changes it)
# make test   the whole suite on SQLite, then on PostgreSQL and Redis
# make check  lint, types, contracts, migrations, catalogues, production settings
# make lock   lock the requirements again after a change to requirements*.in

PORT ?= 8000
PY := .venv/bin/python

.PHONY: run test check lock install install-dev

run: install
	@$(PY) manage.py prepare
	@$(PY) manage.py up --port $(PORT)

test: install-dev
	@$(PY) scripts/test.py

check: install-dev
	@$(PY) scripts/check.py

lock: install-dev
	@$(PY) scripts/lock.py

install:
	@sh scripts/install.sh requirements.txt

install-dev:
	@sh scripts/install.sh requirements-dev.txt
