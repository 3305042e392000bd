# One door for everybody. `make help` lists the targets.
SHELL  := /bin/sh
VENV   ?= .venv
BIN    := $(VENV)/bin
PY     := $(BIN)/python
MANAGE := $(PY) manage.py
PORT   ?= 8000
export PYTHONUTF8 = 1
export UV_SYSTEM_CERTS = 1
# Compiled anew at each start, the program takes three times as long to be there.
unexport PYTHONDONTWRITEBYTECODE

define install
	@if [ -x $(BIN)/uv ] && $(BIN)/uv pip install -q --python $(PY) --require-hashes $(foreach f,$(1),-r $(f)); then :; \
	else $(PY) -m pip install -q --disable-pip-version-check --require-hashes $(foreach f,$(1),-r $(f)); fi
endef

.PHONY: help site setup demo start test postgres chaos check fix bench system lock messages diagrams clean

help:  ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

# ---- Set-up: each step runs once and again when its list changes ---------------------------------

$(VENV)/.python:
	@command -v python3 >/dev/null || { echo "Craftpath needs Python 3.11 or newer (python3) · 需要 Python 3.11 或更高版本（python3）"; exit 1; }
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Craftpath needs Python 3.11 or newer; this python3 is $$(python3 -V) · 需要 Python 3.11 或更高版本，当前为 $$(python3 -V)"; exit 1; }
	@python3 -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv module is missing (Debian: apt install python3-venv) · 缺少 Python 的 venv 模块（Debian：apt install python3-venv）"; exit 1; }
	@echo "Setting up (about a minute the first time) · 正在安装（首次约一分钟）"
	@python3 -m venv $(VENV)
	@touch $@

$(VENV)/.tools: $(VENV)/.python requirements/tools.txt
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/tools.txt
	@touch $@

$(VENV)/.base: $(VENV)/.tools requirements/base.txt requirements/postgres.txt pyproject.toml
	$(call install,requirements/base.txt requirements/postgres.txt)
	@$(PY) -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.test: $(VENV)/.base requirements/test.txt
	$(call install,requirements/test.txt)
	@touch $@

tests/verifiers/.ok: tests/verifiers/package-lock.json vendor/.ok
	@cd tests/verifiers && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

$(VENV)/.cluster: $(VENV)/.base requirements/cluster.txt
	$(call install,requirements/cluster.txt)
	@touch $@

$(VENV)/.bench: $(VENV)/.test requirements/bench.txt
	$(call install,requirements/bench.txt)
	@touch $@

vendor/.ok: package-lock.json $(VENV)/.base
	@if ! command -v npm >/dev/null; then $(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/node.txt; fi
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --ignore-scripts --no-audit --no-fund --silent
	@mkdir -p vendor/static vendor/player/h5p && cp node_modules/echarts/dist/echarts.min.js node_modules/axe-core/axe.min.js vendor/static/
	@cp node_modules/scorm-again/dist/scorm-again.min.js vendor/player/ && cp -R node_modules/h5p-standalone/dist/. vendor/player/h5p/
	@touch $@

CATALOGUES := $(wildcard craftpath/project/locale/*/LC_MESSAGES/django.po)
$(VENV)/.words: $(VENV)/.base $(CATALOGUES)
	@$(PY) -m craftpath.project.catalogues
	@touch $@

# Spark is half a gigabyte and of no use without Java: only a machine that has Java gets it.
CLUSTER := $(if $(shell command -v java),$(VENV)/.cluster)

site: $(VENV)/.base $(VENV)/.words vendor/.ok

setup: site $(CLUSTER)  ## install everything: the site, the commands and, where Java is, Spark

# ---- Run -----------------------------------------------------------------------------------------

demo: export CRAFTPATH_DEMO = 1
demo: export CRAFTPATH_VAR = var/demo
demo: site  ## a living site with made-up people at http://127.0.0.1:8000
	@$(MANAGE) demo
	@$(MANAGE) serve --port $(PORT)

start: export CRAFTPATH_VAR ?= var/site
start: site  ## a real, empty site at http://127.0.0.1:8000
	@$(MANAGE) serve --port $(PORT)

# ---- Test ----------------------------------------------------------------------------------------

test: $(VENV)/.test tests/verifiers/.ok setup  ## all tests; those in a browser need Chromium (make system)
	@$(BIN)/pytest -n auto --dist worksteal

chaos: $(VENV)/.test tests/verifiers/.ok setup  ## bad networks and killed servers, over HTTP and in a browser, for hours; goes on where it stopped (var/chaos.jsonl)
	$(PY) -m tests.chaos --seeds 500
	CRAFTPATH_MOMENTS=20 $(BIN)/pytest tests/chaos/test_killed_commit.py
	CRAFTPATH_API_EXAMPLES=100 $(BIN)/pytest tests/api/test_schema.py
	$(BIN)/pytest -m long

postgres: $(VENV)/.test tests/verifiers/.ok setup  ## all tests on a PostgreSQL cluster made for them (make system)
	@$(PY) -m tests.cluster

check: $(VENV)/.test tests/verifiers/.ok setup  ## format, lint, types, contracts, migrations, translations, reference, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(MANAGE) makemigrations --check --dry-run
	$(MANAGE) reference --check
	$(BIN)/pytest -n auto

fix: $(VENV)/.test  ## format and mend what can be mended by machine
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

diagrams: setup  ## write docs/reference anew from the code
	$(MANAGE) reference

bench: $(VENV)/.bench setup  ## measure the engine beside its rivals (minutes)
	$(PY) bench/evaluation.py
	$(PY) bench/psychometrics.py
	$(PY) bench/assembly.py
	$(PY) bench/pairing.py
	$(PY) bench/needs.py
	$(PY) bench/curriculum.py
	$(PY) bench/credits.py
	$(PY) bench/credits_ledger.py
	$(PY) bench/appraisal.py
	$(PY) bench/allowances.py
	$(PY) bench/allowance_run.py
	$(PY) bench/credentials.py
	$(PY) bench/imports.py
	$(PY) bench/pages.py
	$(PY) bench/desks.py
	$(PY) bench/roll.py
	$(PY) bench/results.py --people 1000 5000
	$(PY) bench/duties.py
	$(PY) bench/evidence.py --people 1000
	$(PY) bench/growth.py
	$(PY) bench/study.py
	$(PY) bench/questions.py
	$(PY) bench/courses.py
	$(PY) bench/forums.py
	$(PY) bench/groups.py
	$(PY) bench/workshops.py
	$(PY) bench/bulletins.py
	$(PY) bench/certificates.py
	$(PY) bench/resources.py
	$(PY) bench/tree.py
	$(PY) bench/history.py
	$(PY) bench/mixed.py
	$(PY) bench/points.py
	$(PY) bench/doubles.py
	$(PY) bench/imports.py --people 50000 --colleges 20 --postgres
	$(PY) bench/papers.py
	$(PY) bench/verify.py
	$(PY) bench/items.py
	$(PY) bench/packages.py
	$(PY) bench/catalogues.py
	$(PY) bench/sitting.py
	$(PY) bench/report.py
	$(PY) bench/hall.py --kills 0
	$(PY) bench/hall.py
	$(PY) bench/hall.py --postgres
	$(PY) bench/lake.py
	$(PY) bench/start.py

system:  ## Debian, root: Chromium, a Chinese font, Pango, PostgreSQL, Java
	@[ "$$(id -u)" = 0 ] || { echo "make system installs Debian packages and needs root"; exit 1; }
	apt-get update -q
	apt-get install -y -q --no-install-recommends chromium fonts-wqy-microhei fonts-noto-cjk postgresql openjdk-17-jre-headless gettext libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0

# ---- For developers ------------------------------------------------------------------------------

COMPILE = $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
lock: $(VENV)/.tools  ## compile requirements/*.in to hashed lists; add UPGRADE=-U to renew all
	$(COMPILE) $(UPGRADE) requirements/tools.in -o requirements/tools.txt
	$(COMPILE) $(UPGRADE) requirements/base.in -o requirements/base.txt
	for f in postgres cluster test bench node; do $(COMPILE) $(UPGRADE) -c requirements/base.txt requirements/$$f.in -o requirements/$$f.txt; done

messages: $(VENV)/.test  ## collect sentences to translate (needs gettext)
	$(MANAGE) makemessages -l zh_Hans --no-location --no-wrap -i '.venv/*' -i 'node_modules/*' -i 'tests/*'

clean:  ## remove what was installed and made, not the data in var/
	rm -rf $(VENV) node_modules vendor
