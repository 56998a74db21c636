# The DuckDB driver speaks Arrow only when it is built with this tag.
TAGS := duckdb_arrow
GO   := go
BIN  := bin/loadstar
DEMO := demo

.PHONY: build demo test race lint check bench clean

build:
	$(GO) build -tags=$(TAGS) -o $(BIN) ./cmd/loadstar

demo: build
	rm -rf $(DEMO)
	$(BIN) generate --customers 2000 --days 2 --seed 1 --out $(DEMO)
	$(BIN) run --project $(DEMO) --as-of 2026-03-31
	$(BIN) run --project $(DEMO)
	$(BIN) report --project $(DEMO)

test:
	$(GO) test -tags=$(TAGS) ./...

race:
	$(GO) test -tags=$(TAGS) -race ./extract ./transform ./dedupe ./cmd/internal/pipeline

lint:
	$(GO) vet -tags=$(TAGS) ./...
	test -z "$$(gofmt -l .)" || { gofmt -l .; exit 1; }
	GOFLAGS=-buildvcs=false $(GO) run honnef.co/go/tools/cmd/staticcheck@2026.1 -tags $(TAGS) ./...

check: lint test

bench: build
	$(GO) run -tags=$(TAGS) ./cmd/bench

clean:
	rm -rf bin $(DEMO) bench-data
