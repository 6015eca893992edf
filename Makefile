# PlanLang: set-up and everyday commands. `make demo` and `make test` are all a fresh machine needs.
SHELL := /bin/bash
SWIFT ?= swift
PREFIX ?= /usr/local
BIN := .build/release/planrepl
# Nothing is looked for beside the binary: it holds all but the C library.
RELEASE := -c release --static-swift-stdlib --disable-local-rpath

.PHONY: demo test test-dask bench build setup format lint record man completions install clean

demo: build
	@$(BIN) run examples/manado.plan; status=$$?; [ $$status -le 1 ] || exit $$status; \
	  [ $$status = 0 ] || echo "(status 1: sebuah aturan wajib dilanggar, seperti yang ditunjukkan contoh ini)"

build: setup
	$(SWIFT) build $(RELEASE) --product planrepl
	$(SWIFT) build -c release --product planscreen

test: setup
	$(SWIFT) build
	$(SWIFT) test --disable-xctest

# The Dask adapter on a cluster of this machine, in a Python environment of its own; needs python3 and the package index.
test-dask:
	$(SWIFT) build --product planrepl
	contrib/dask/test

bench: build
	bench/run

record: setup
	$(SWIFT) build
	PLAN_RECORD=1 $(SWIFT) test --disable-xctest
	git --no-pager diff --stat

setup:
	@tools/setup

format:
	$(SWIFT) format -i -r Sources Tests Package.swift

lint:
	$(SWIFT) format lint --strict -r Sources Tests Package.swift

# A page a command; the plugin says itself where it puts them.
man: setup
	$(SWIFT) package generate-manual --configuration debug --multi-page
	@mkdir -p man && cp .build/plugins/GenerateManual/outputs/planrepl/*.1 man/ && rm -f man/planrepl.ukur.1 && ls man

completions: build
	mkdir -p completions
	for shell in bash zsh fish; do $(BIN) --generate-completion-script $$shell > completions/planrepl.$$shell; done

install: build
	install -D -m 755 $(BIN) $(DESTDIR)$(PREFIX)/bin/planrepl
	install -D -m 755 .build/release/planscreen $(DESTDIR)$(PREFIX)/bin/planscreen
	@for file in libhighs.so HiGHS-LICENSE.txt; do [ ! -f .build/solver/$$file ] || \
	  install -D -m 644 .build/solver/$$file $(DESTDIR)$(PREFIX)/lib/planlang/$$file; done

clean:
	rm -rf .build
