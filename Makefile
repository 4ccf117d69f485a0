# The only entry: `make help` lists the targets. Each installs what it lacks and says so.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.ONESHELL:
MAKEFLAGS += --no-print-directory

BUILD := .build
VENV := $(BUILD)/venv
CATALOGUE_VENV := $(BUILD)/catalogue-venv
SUPPORT := Tests/Support
PYTHON := $(abspath $(VENV))/bin/python
SWIFT_SOURCES := Package.swift Sources Tests

.PHONY: help build demo test soak check format lint fuzz bench deb deb-twice units catalogue clean build-needs test-needs python-needs

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: build-needs ## Build both programs (release) into .build/release
	@echo "Building (release)"
	swift build --configuration release --product inventory-collectord
	swift build --configuration release --product collectorctl

demo: build python-needs ## Collect a small organisation from an AWS emulator and leave the daemon running
	@COLLECTOR_PROGRAMS="$$(swift build --configuration release --show-bin-path)" exec $(PYTHON) $(SUPPORT)/demo.py

test: build-needs test-needs python-needs ## Run every test, those against the AWS emulator included
	@$(SUPPORT)/test.sh $(PYTHON)

soak: build-needs python-needs ## The long tests, about an hour: 500 random kills, a plan of 3,000,000 listings and more
	@$(SUPPORT)/soak.sh $(PYTHON)

check: lint units ## Formatting, lint rules, the units, a build with warnings as errors, then every test
	@echo "Building with warnings as errors"
	$(MAKE) build-needs
	swift build --build-tests -Xswiftc -warnings-as-errors
	SWIFT_FLAGS="-Xswiftc -warnings-as-errors" $(MAKE) test

lint: ## The formatter's rules and our own; changes nothing
	@swift format lint --strict --recursive --parallel $(SWIFT_SOURCES)
	$(SUPPORT)/lint.sh

format: ## Format the Swift sources
	@swift format --in-place --recursive --parallel $(SWIFT_SOURCES)

fuzz: build-needs ## Fuzz the readers of JSON, XML, INI and calls, each for SECONDS (60)
	@Tests/Fuzz/run.sh $(or $(SECONDS),60)

bench: build-needs ## Measure beside other collectors against a canned AWS endpoint
	@Tests/Bench/run.sh

deb: build-needs ## Build the Debian package into .build/deb
	@$(SUPPORT)/install.sh deb
	echo "Building the Debian package"
	packaging/build-deb.sh $(BUILD)/deb

deb-twice: deb ## Build the package a second time from nothing: both must be the same
	rm -rf $(BUILD)/deb-first
	mkdir $(BUILD)/deb-first
	mv $(BUILD)/deb/*.deb $(BUILD)/deb-first
	rm -rf $(BUILD)/deb
	$(MAKE) deb
	for package in $(BUILD)/deb-first/*.deb; do cmp "$$package" "$(BUILD)/deb/$${package##*/}"; done
	sha256sum $(BUILD)/deb-first/*.deb $(BUILD)/deb/*.deb

units: ## The units: free of mistakes, and as closed as promised
	@$(SUPPORT)/install.sh units
	packaging/check-units.sh

catalogue: ## Derive the resource catalogue anew from AWS's service models
	@$(SUPPORT)/install.sh python $(CATALOGUE_VENV) Sources/CCatalogue/generator/requirements.txt
	cd Sources/CCatalogue
	$(abspath $(CATALOGUE_VENV))/bin/python -m generator

clean: ## Remove everything that was built or installed into the build folder
	rm -rf $(BUILD)

build-needs:
	@$(SUPPORT)/install.sh build

test-needs:
	@$(SUPPORT)/install.sh test

python-needs:
	@$(SUPPORT)/install.sh python $(VENV) $(SUPPORT)/requirements.txt
