package workbook

import (
	"context"
	"testing"

	"rollcall/internal/workbook/charset"
)

func TestADoubtfulEncodingIsShownInEachReading(t *testing.T) {
	b := open(t, "a.csv", []byte("Name;Email\nAnn Lee;a@x.com\nTom \xbdukow;b@x.com\n"))
	if b.Facts.EncodingSure || len(b.Facts.EncodingChoices) < 2 {
		t.Fatalf("the encoding %s is not asked for", b.Facts.Encoding)
	}
	if first := b.Facts.EncodingChoices[0]; first.Encoding != b.Facts.Encoding || first.Cells[0] != b.Table.Cell(2, 0) {
		t.Errorf("the first reading is %+v, not what was read: %q in %s", first, b.Table.Cell(2, 0), b.Facts.Encoding)
	}
	chosen := openWith(t, "a.csv", []byte("Name;Email\nAnn Lee;a@x.com\nTom \xbdukow;b@x.com\n"), Options{Encoding: b.Facts.EncodingChoices[1].Encoding})
	if !chosen.Facts.EncodingSure || chosen.Facts.EncodingChoices != nil {
		t.Error("a chosen encoding is asked for again")
	}
	if got, want := chosen.Table.Cell(2, 0), b.Facts.EncodingChoices[1].Cells[0]; got != want {
		t.Errorf("the second reading promised %q and gives %q", want, got)
	}
}

func TestAPlainEncodingIsNotAskedFor(t *testing.T) {
	for _, enc := range []string{"windows-1252", "macintosh"} {
		text := "Nom;Courriel\nFrançois Lefèvre;f@x.fr\nÉlodie Noël;e@x.fr\nHélène Béranger;h@x.fr\nGaëlle Côté;g@x.fr\nBenoît Prévôt;b@x.fr\nStéphane Mérimée;s@x.fr\nMaïté Hébert;m@x.fr\n"
		data, err := charset.Encode([]byte(text), enc)
		if err != nil {
			t.Fatal(err)
		}
		if b := open(t, "a.csv", data); !b.Facts.EncodingSure || b.Facts.Encoding != enc {
			t.Errorf("%s is taken for %s, sure %v: %v", enc, b.Facts.Encoding, b.Facts.EncodingSure, b.Facts.EncodingChoices)
		}
	}
}

func TestAnEncodingCanBeChosen(t *testing.T) {
	data := []byte("Name;Mail\nJos\xe9;a@x.com\n")
	b := openWith(t, "a.csv", data, Options{Encoding: "cp1251"})
	expect(t, b.Table, row("Name", "Mail"), row("Josй", "a@x.com"))
	if b.Facts.Encoding != "windows-1251" {
		t.Errorf("encoding is %s", b.Facts.Encoding)
	}
	_, err := Read(context.Background(), "a.csv", data, Options{Encoding: "klingon"})
	refused(t, err, ErrOption, "There is no encoding called “klingon”")
}
