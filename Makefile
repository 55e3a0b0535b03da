# Two commands do everything: `make run` and `make test`. Both set up what they need.
.PHONY: run test setup model format messages settings forms nlu-report

run: model
	@.venv/bin/kawan run

test: setup
	@sh scripts/check.sh

setup:
	@sh scripts/setup.sh

model: setup
	@.venv/bin/kawan nlu train --if-needed

format: setup
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

messages: setup
	@.venv/bin/python -m locales.extract

settings: setup
	@.venv/bin/python -m kawan.settings_page

forms: setup
	@.venv/bin/python -m actions.forms.diagram

nlu-report: model
	@.venv/bin/kawan nlu report
