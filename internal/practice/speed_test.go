package practice

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"testing"
	"time"

	"rollcall/internal/practice/schema"
)

// BenchmarkPushOf2000ByBulk is a push of 2,000 new users, by two requests of
// 1,000 over HTTP, and of one group that gets them all.
func BenchmarkPushOf2000ByBulk(b *testing.B) {
	srv, err := Start(context.Background(), Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = srv.Close() }()
	n := 0
	for b.Loop() {
		var ids []any
		for range 2 {
			ops := make([]schema.Doc, 1000)
			for i := range ops {
				n++
				ops[i] = post(itoa(n), "/Users", withIdentifiers(fmt.Sprintf("n%07d@x.org", n), fmt.Sprintf("slack:U%07d", n)))
			}
			answer := push(b, srv, "POST", "/Bulk", bulkOf(ops...))
			list, _ := answer["Operations"].([]any)
			for _, e := range list {
				op, _ := e.(schema.Doc)
				response, _ := op["response"].(schema.Doc)
				ids = append(ids, schema.Doc{"value": response["id"]})
			}
		}
		push(b, srv, "PATCH", "/Groups/g0001?attributes=id", patch("add members", ids))
	}
}

// BenchmarkListOf1000 is one page of the directory.
func BenchmarkListOf1000(b *testing.B) {
	srv, err := Start(context.Background(), Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = srv.Close() }()
	for b.Loop() {
		push(b, srv, "GET", "/Users?count=1000", nil)
	}
}

// BenchmarkLookUp is one user by userName among all.
func BenchmarkLookUp(b *testing.B) {
	srv, err := Start(context.Background(), Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = srv.Close() }()
	for b.Loop() {
		push(b, srv, "GET", where(`userName eq "Amara.Okafor@northwind.com"`), nil)
	}
}

// BenchmarkAddOneMember adds one member to a group of hundreds.
func BenchmarkAddOneMember(b *testing.B) {
	srv, err := Start(context.Background(), Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = srv.Close() }()
	for b.Loop() {
		push(b, srv, "PATCH", "/Groups/g0001", patch("add members", memberList("u00010")))
	}
}

func push(b *testing.B, srv *Server, method, path string, body any) schema.Doc {
	b.Helper()
	r, err := http.NewRequest(method, srv.URL()+path, bytes.NewReader([]byte(asJSON(body))))
	if err != nil {
		b.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+srv.Token())
	began := time.Now()
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	raw, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode >= 300 {
		b.Fatalf("%s %s after %v: %d %.300s %v", method, path, time.Since(began), response.StatusCode, raw, err)
	}
	doc, err := decode(raw)
	if err != nil {
		b.Fatal(err)
	}
	return doc
}
