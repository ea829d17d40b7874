# `make demo` and `make test` need nothing else first; see CONTRIBUTING.md.

SWIFT ?= swift
RECIPES ?= number-words dates symbols translation
FORMATTED = Sources Tests $(wildcard Benchmarks/Sources Benchmarks/Package.swift) Package.swift

.PHONY: help setup python build test lint format golden bench bench-tokenizers demo recipes clean

help:
	@echo "make demo      train the number translator and draw what it attends to"
	@echo "make test      floors, lint, debug tests, release tests, benchmarks compiled"
	@echo "make build     build everything for debugging"
	@echo "make format    format the sources; make lint only checks"
	@echo "make bench     measure Rondo and PyTorch in turns (needs Python once)"
	@echo "make bench-tokenizers    measure tokenizers beside other libraries' (needs Python once)"
	@echo "make golden    write the golden files again (needs Python once)"
	@echo "make recipes   train every recipe in full, and check what it reaches (hours)"
	@echo "make setup     download LibTorch; every target that needs it does so itself"
	@echo "make clean     remove what was built"

setup:
	@Scripts/setup-libtorch.sh

python:
	@Scripts/setup-python.sh

build: setup
	$(SWIFT) build

test: setup
	@Scripts/test.sh

lint:
	@$(SWIFT) format lint --strict --recursive $(FORMATTED)

format:
	@$(SWIFT) format --in-place --recursive $(FORMATTED)

golden: python
	@for script in Tests/Golden/make_*.py; do .venv/bin/python "$$script" || exit 1; done

bench: setup python
	@$(SWIFT) run --configuration release --package-path Benchmarks rondo-benchmark --check

bench-tokenizers: python
	@$(SWIFT) run --configuration release --package-path Benchmarks rondo-tokenizer-benchmark --check

demo: setup
	@$(SWIFT) build --configuration release --product rondo
	@.build/release/rondo demo

recipes: setup
	@$(SWIFT) build --configuration release --product rondo
	@Scripts/check-recipes.sh $(RECIPES)

clean:
	rm -rf .build .build-release Benchmarks/.build
