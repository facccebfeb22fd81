# LEE, the Lambda Execution Engine. `make` alone lists what it can do.
# `make run` and `make test` need Go and nothing else.

# The four programs are built as they run on Lambda: static, stripped, without
# paths or stamps, so that the same source always gives the same bytes. GOOS and
# GOARCH may be set to build for another machine, GOEXPERIMENT to try a Go one.
programs   := bootstrap engine failsafe lee
# The tags leave out what no function uses: Go's RPC, and HTTP/2, which the one
# connection to the house has no use for. Bootstrap and the failsafe are there to be
# small, so their functions are not written out where they are called
# (docs/decisions/0008-size.md).
tags       := lambda.norpc,nethttpomithttp2
build      := CGO_ENABLED=0 go build -trimpath -buildvcs=false -tags $(tags) -ldflags '-s -w -buildid='
small      := bootstrap failsafe
smaller    := -gcflags=all=-l
GOEXPERIMENT ?=
export GOEXPERIMENT

# Where what is built goes.
dist       := dist

# A package for Lambda holds the programs but lee, for the least of its processors.
packaged   := $(filter-out lee,$(programs))
processors := arm64 amd64
target_for  = GOOS=linux GOARCH=$(1) GOARM64=v8.0 GOAMD64=v1
package_for = $(target_for) $(build) -o $(dist)/$(1)/ $(patsubst %,./cmd/%,$(filter-out $(small),$(packaged))) && \
	$(target_for) $(build) $(smaller) -o $(dist)/$(1)/ $(small:%=./cmd/%)

# Amazon's message schema, against which the tests check every answer.
ALEXA_SCHEMA ?= $(abspath $(wildcard ../shared/alexa_smart_home_message_schema.json))
export ALEXA_SCHEMA

# The race detector needs cgo and a C compiler with its headers.
race       := $(shell [ "$$(go env CGO_ENABLED 2>/dev/null)" = 1 ] && $$(go env CC) -E -include pthread.h -x c /dev/null >/dev/null 2>&1 && echo -race)
testflags  :=
fuzztime   := 5s

# Many tests wait for a program or a network: twice as many packages as there are cores
# are tested at once. The race detector would have each of them sleep for a second at its
# end.
at_once    := -p $(shell echo $$((2 * $$(getconf _NPROCESSORS_ONLN))))
export GORACE ?= atexit_sleep_ms=10

# What goes before `go test`.
traceless  :=

# The tests have three sets: those without a tag are for `make test`, those with the tag
# check take long and are for `make check`, those with live need the real things. Each
# set holds the ones before it.
check_tags := check
all_tags   := check,live

# Tools with many dependencies have modules of their own, apart from the product's.
arch_lint  := go tool -modfile=tools/go.mod go-arch-lint
golangci   := go tool -modfile=tools/golangci-lint.mod golangci-lint
go_folders := $(wildcard adapters app cmd domain ports)

.DEFAULT_GOAL := help

##@ Use it

.PHONY: run
run: build ## build, then send directives to the demo house (or to HOME_ASSISTANT_URL)
	$(dist)/lee run

.PHONY: build
build: ## build dist/bootstrap, dist/engine, dist/failsafe and dist/lee
	$(build) -o $(dist)/ $(patsubst %,./cmd/%,$(filter-out $(small),$(programs)))
	$(build) $(smaller) -o $(dist)/ $(small:%=./cmd/%)

.PHONY: package
package: build ## pack dist/lee-arm64.zip and dist/lee-x86_64.zip for Lambda, always in the same bytes
	$(foreach processor,$(processors),$(call package_for,$(processor)) &&) true
	$(dist)/lee package --from $(dist) --to $(dist) $(processors)

##@ Work on it

.PHONY: test
test: arch ## the tests that need nothing but Go and do not take long, and the architecture gate
ifeq ($(race),)
	@echo "make test: no C compiler or no cgo here, so the tests run without the race detector"
	@[ -z "$$LEE_REQUIRE_RACE" ] || { echo "make test: LEE_REQUIRE_RACE is set"; exit 1; }
endif
	$(traceless) go test $(at_once) $(race) $(testflags) ./...

.PHONY: golden
golden: ## write the golden files and the generated pages, to be looked at (git diff)
	UPDATE=1 go test -count=1 $$(grep -rl --include='*_test.go' 'Getenv("UPDATE")' $(go_folders) | xargs -n 1 dirname | sort -u | sed 's|^|./|')

.PHONY: arch
arch: ## check who may import whom (.go-arch-lint.yml)
	$(arch_lint) check --project-path .

.PHONY: fmt
fmt: ## format the code
	gofmt -s -w $(go_folders)

.PHONY: fmt-check
fmt-check: ## fail when something is not formatted
	@unformatted=$$(gofmt -s -l $(go_folders)) && [ -z "$$unformatted" ] || \
		{ echo "not formatted (make fmt mends it):"; echo "$$unformatted"; exit 1; }

.PHONY: vet
vet: ## what the compiler lets pass and go vet does not, long and live tests included
	go vet -tags $(all_tags) ./...

.PHONY: lint
lint: ## read the code critically (.golangci.yml); the first time builds the linter
	$(golangci) run ./...

# `make check` runs these two tests among all others.
.PHONY: deadcode
deadcode: ## find what no program uses: functions, and exported things that only tests use
	go test -tags $(check_tags) -count=1 -run '^Test(Unused|DeadCode)$$' ./app/architecture

.PHONY: check
check: fmt-check vet build lint ## everything before a commit: format, vet, build, lint, all tests, coverage
	@$(MAKE) --no-print-directory test traceless=.ci/traceless testflags='-tags $(check_tags) -coverprofile=dist/coverage.out'
	@go tool cover -func=dist/coverage.out | sed -n '$$s/^total:[^0-9]*/coverage of all statements: /p'

.PHONY: soak
soak: ## every test five times, in random order, beside a load on every core
	.ci/soak $(at_once) $(race) $(testflags)

.PHONY: live
live: package ## the live tests, against a real Home Assistant (Debian and root, or HOME_ASSISTANT_URL)
	.ci/live $(testflags)

.PHONY: live-coverage
live-coverage: package ## the same, and which share of all statements they execute
	LEE_COVERED=$(abspath $(dist)/covered) .ci/live $(testflags)

.PHONY: bench
bench: ## the table beside a minimal function, and all benchmarks (docs/benchmarks.md)
	go test -tags bench -count=1 -v -run '^TestTable$$' ./app/bench
	go test -run '^$$' -bench . -benchmem ./...

.PHONY: load
load: ## 500 directives a minute for ten minutes, held to 128 MB (LEE_LOAD_MINUTES)
	LEE_LOAD_MINUTES=$${LEE_LOAD_MINUTES:-10} go test -tags check -count=1 -v -timeout 0 -run '^TestLoad$$' ./app/endtoend

.PHONY: fuzz
fuzz: ## each fuzz target for a moment (fuzztime=5s)
	@grep -rEo --include='*_test.go' '^func Fuzz[A-Za-z0-9_]+' $(go_folders) | while IFS=: read -r file target; do \
		go test -run '^$$' -fuzz "^$${target#func }$$" -fuzztime $(fuzztime) "./$$(dirname "$$file")" || exit 1; done

.PHONY: clean
clean: ## remove what was built
	rm -rf dist

.PHONY: help
help: ## this list
	@awk 'BEGIN { FS = ":.*## " } /^##@/ { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile
