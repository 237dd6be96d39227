# Every task of this repository; .ci/run calls these and nothing else.
SHELL := /bin/bash
.DEFAULT_GOAL := help

VERSION ?= $(shell git describe --tags --always --dirty --match 'v*' 2>/dev/null | sed 's/^[^v]/v0.0.0-&/')
COMMIT  ?= $(shell git rev-parse HEAD 2>/dev/null)
BUILD   := github.com/kubectl-podkit/podkit/pkg/build
LDFLAGS := -s -w -X $(BUILD).version=$(VERSION) -X $(BUILD).commit=$(COMMIT)
FUZZTIME ?= 10s
LAB     := go run ./test/lab

# The same for all that is built here, so that the plugin, its tests and the linter compile what they share once.
export CGO_ENABLED = 0
export GOFLAGS := $(strip $(GOFLAGS) -trimpath)

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## /{printf "  %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## Build bin/kubectl-podkit
	GOWORK=off go build -ldflags "$(LDFLAGS)" -o bin/kubectl-podkit ./cmd/kubectl-podkit

test: ## Run the tests that need no cluster
	go test -vet=off ./... ./test/lab/... # lint vets

lint: ## Check formatting, vet and lint the sources
	test/lint.sh

verify: ## Fail if something generated is stale
	go test ./test/docs ./pkg/message
	for module in . test/lab; do GOWORK=off go -C $$module mod tidy -diff || exit 1; done

update: ## Write everything generated anew: golden files and the reference in docs/
	test/update.sh

faults: ## Run every command against a server that is ill in every way; FLAGS=-update writes docs/reliability.md anew
	go test -vet=off ./test/faults -count=1 -timeout 15m -full $(FLAGS)

fuzz: ## Fuzz each target for FUZZTIME; TARGETS='pkg/recording/' chooses
	FUZZTIME=$(FUZZTIME) TARGETS='$(TARGETS)' test/fuzz.sh

e2e: build ## Run the suite on a real cluster: KUBECONFIG's, else the lab's
	test/e2e.sh

gallery: build ## Prove podkit on the gallery of broken and healthy Pods, on the same cluster; CASES='log-*' chooses
	test/gallery.sh

shells: build ## Press TAB, and paste what podkit prints, in real shells; installs them where it may
	test/shells.sh

bench: build ## Measure podkit beside kubectl on 1, 100 and 5,000 Pods; needs no cluster
	test/bench.sh

release-check: ## Rehearse a release of HEAD offline; TARGETS="linux/amd64 ..." builds for some targets only
	test/release.sh check

release: ## Publish the release of HEAD's tag; the release workflow calls this
	test/release.sh publish

lab-up: ## Start a real cluster of two nodes on this machine (root on Debian) and print its KUBECONFIG line
	@$(LAB) up

lab-down: ## Stop it and remove every trace of it
	@$(LAB) down

demo: build ## See podkit find out why a shop is down: a recording, no cluster needed
	bin/kubectl-podkit demo

demo-lab: build ## Run the tutorial's app on the lab and walk through it with podkit
	test/demo.sh

update-demo: build ## Run the shop of deploy/shop on the lab and record it anew for the demo
	test/update-demo.sh

clean: ## Remove what was built here
	rm -rf bin dist

.PHONY: help build test lint verify update faults fuzz e2e gallery shells bench release-check release lab-up lab-down demo demo-lab update-demo clean
