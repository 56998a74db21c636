//go:build duckdb_arrow

package load

import (
	"context"
	"fmt"
	"testing"
	"time"
)

// BenchmarkShape shapes and proves 1 M order lines, 1 M web events and what
// belongs to them, whole and after a day without news.
func BenchmarkShape(b *testing.B) {
	s := newStar(b, "large")
	for _, c := range []struct {
		name  string
		scope Scope
	}{{"everything", Everything}, {"nothing new", WhatChanged}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				p := testParams()
				p.Scope, p.Now = c.scope, time.Now
				p.Done = func(m ModelReport) {
					if m.Took > 100*time.Millisecond {
						fmt.Printf("%-24s %8d rows %7.0f ms\n", m.Model, m.Rows, float64(m.Took.Milliseconds()))
					}
				}
				if err := s.Shape(context.Background(), p); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("checks", func(b *testing.B) {
		checks, err := Checks()
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			for _, c := range checks {
				from := time.Now()
				f, err := s.check(context.Background(), c)
				if err != nil {
					b.Fatal(err)
				}
				if took := time.Since(from); took > 50*time.Millisecond {
					fmt.Printf("%-32s %8d rows %7.0f ms\n", c.Name, f.Rows, float64(took.Milliseconds()))
				}
			}
		}
	})
}
