# What one does in this house. `make test` is everything that CI does; one cargo profile (release) serves it all, so
# that the query engine is compiled once.

CARGO ?= cargo
PROFILE = --release

# rustfmt finds modules by `mod`; the adapters are listed by a build script and so named here.
BEHIND_BUILD_SCRIPTS = $(wildcard crates/adapters/src/*.rs)

.PHONY: help test fmt fmt-check lint test-rust doc test-browser test-tables tidy bless bench bench-names bench-index merge-peers credit-figures demo clean

help: ## Show these targets.
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

test: fmt-check lint doc test-browser test-tables test-rust ## Everything that CI does.

fmt: ## Format all code.
	$(CARGO) fmt --all
	rustfmt --edition 2024 $(BEHIND_BUILD_SCRIPTS)

fmt-check: ## Check the format.
	$(CARGO) fmt --all --check
	rustfmt --edition 2024 --check $(BEHIND_BUILD_SCRIPTS)

lint: ## Clippy; a warning is an error.
	$(CARGO) clippy --workspace --all-targets $(PROFILE) -- -D warnings

test-rust: ## Unit tests, golden documents, laws, tidy, examples in the documentation.
	.ci/tests

doc: ## Documentation; a warning is an error.
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --no-deps $(PROFILE)

test-browser: ## The pages in headless Chromium.
	.ci/browser

test-tables: ## The tables read by deltalake and duckdb from PyPI.
	.ci/tables

tidy: ## Only the tidy checks.
	$(CARGO) test $(PROFILE) --package dev --test tidy

bless: ## Fill the golden documents with what comes out; then read the difference.
	BLESS=1 $(CARGO) test --workspace $(PROFILE) --test golden
	git diff --stat

bench: ## Benchmarks, next to peers.
	$(CARGO) bench --workspace

bench-names: ## Names of organisations next to peers: make bench-names TRUTH=truth.csv
	scripts/bench_names "$(TRUTH)" $(OPTIONS)

bench-index: ## The composite engine next to numpy, and COINr where R has it.
	scripts/bench_index

merge-peers: ## Merging next to Docxodus and git merge-file, as docs/merge_figures.md.
	scripts/merge_peers $(OPTIONS)

credit-figures: ## Credit for words on this repository next to git blame, as docs/credit_figures.md.
	$(CARGO) run $(PROFILE) --quiet --package drafting --example credit_figures -- . README.md GLOSSARY.md ARCHITECTURE.md \
		CONTRIBUTING.md CHANGELOG.md Cargo.toml crates/app/src/main.rs > docs/credit_figures.md.new
	mv docs/credit_figures.md.new docs/credit_figures.md

demo: ## Build a demonstration and open its pages.
	$(CARGO) run $(PROFILE) -- demo

clean: ## Remove what the tests in the browser installed and cargo built.
	$(CARGO) clean
	rm -rf tests/browser/node_modules
