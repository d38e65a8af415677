package main

import "testing"

func TestALimitIsHeldByTheFigureOrByTheRatio(t *testing.T) {
	cases := []struct {
		name string
		m    measure
		want bool
	}{
		{"no limit", measure{Value: 9e9}, true},
		{"a figure below its limit", measure{Value: 0.9, Limit: 1}, true},
		{"a figure above its limit", measure{Value: 1.1, Limit: 1}, false},
		{"a ratio below its limit", measure{Value: 240, Baseline: 100, Limit: 2.5, Ratio: true}, true},
		{"a ratio above its limit", measure{Value: 260, Baseline: 100, Limit: 2.5, Ratio: true}, false},
		{"frames no fewer than the baseline's", measure{Value: 30, Baseline: 30, Limit: 1, Ratio: true, AtLeast: true}, true},
		{"fewer frames than the baseline's", measure{Value: 29, Baseline: 30, Limit: 1, Ratio: true, AtLeast: true}, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := c.m.kept(); got != c.want {
				t.Fatalf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestAMissedLimitFailsOnlyWhenAsked(t *testing.T) {
	missed := []measure{{Name: "x", Value: 2, Limit: 1}}
	if err := verdictOf(missed, false); err != nil {
		t.Fatalf("got %v", err)
	}
	if err := verdictOf(missed, true); err == nil {
		t.Fatal("a missed limit went unnoticed")
	}
	if err := verdictOf(nil, false); err == nil {
		t.Fatal("nothing was measured, and nobody was told")
	}
}
