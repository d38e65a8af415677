package account

import "testing"

func TestEmailsCompareWithoutLetterCaseAndByTheASCIIDomain(t *testing.T) {
	for _, tt := range []struct{ email, key string }{
		{" Ada@Northwind.COM ", "ada@northwind.com"},
		{"percent%25@northwind.com", "percent%25@northwind.com"},
		{"Slash/Name@northwind.com", "slash/name@northwind.com"},
		{"info@Bücher.example", "info@xn--bcher-kva.example"},
		{"info@XN--BCHER-KVA.example", "info@xn--bcher-kva.example"},
		{"É@Northwind.com", "é@northwind.com"},
		{"É@No_Domain.COM", "é@no_domain.com"}, // what is no domain is compared all the same
		{"ÉCOLE", "école"},
		{"", ""},
	} {
		if got := EmailKey(tt.email); got != tt.key {
			t.Errorf("%q: %q, want %q", tt.email, got, tt.key)
		}
	}
}
