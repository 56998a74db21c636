# The DuckDB driver speaks Arrow only when it is built with this tag.
TAGS := duckdb_arrow
GO   := go
BIN  := bin/loadstar
DEMO := demo

GOLANGCI_VERSION := v2.15.0
GOLANGCI := bin/golangci-lint-$(GOLANGCI_VERSION)

.PHONY: build demo test race lint check bench bench-match clean

build:
	$(GO) build -tags=$(TAGS) -o $(BIN) ./cmd/loadstar

demo: build
	rm -rf $(DEMO)
	$(BIN) generate --log-format text --customers 2000 --days 2 --seed 1 --out $(DEMO)
	$(BIN) run --log-format text --project $(DEMO) --as-of 2026-03-31
	$(BIN) run --log-format text --project $(DEMO)
	$(BIN) report --project $(DEMO)

test:
	.ci/databases $(GO) test -tags=$(TAGS) -ldflags='-s -w' -vet=off -timeout 40m ./... # the linters vet; what no debugger reads links faster
	LOADSTAR_BENCH_RECORDS=2000 $(GO) test -tags=$(TAGS) -run none -bench . -benchtime 1x ./transform ./dedupe # that they still run

race:
	.ci/databases $(GO) test -tags=$(TAGS) -race ./extract ./transform ./dedupe ./cmd/internal/pipeline

lint: $(GOLANGCI)
	$(GOLANGCI) run ./...

$(GOLANGCI):
	GOBIN=$(CURDIR)/bin/install $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_VERSION)
	mv bin/install/golangci-lint $@


check: lint test

bench: build
	.ci/databases sh -c '$(GO) run -tags=$(TAGS) ./cmd/bench -postgres "$$LOADSTAR_TEST_POSTGRES"'
	$(GO) test -tags=$(TAGS) -run none -bench . ./extract ./transform ./dedupe ./load

# PEER=splink installs Splink from PyPI under bench-data and runs it on the same
# files; RECORDS=100000,1000000 sets their sizes.
bench-match:
	$(GO) run -tags=$(TAGS) ./cmd/bench-match $(if $(PEER),-peer $(PEER)) $(if $(RECORDS),-records $(RECORDS))

clean:
	rm -rf bin $(DEMO) bench-data
