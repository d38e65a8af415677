package workbook

import (
	"strings"
	"testing"

	"github.com/wlynxg/chardet"
)

// samples are a few rows of names per encoding, as an office would send them.
var samples = []struct {
	encodings string
	rows      string
}{
	{"windows-1252", "Name;E-Mail;Rolle\nJörg Müller;j@x.de;User\n"},
	{"windows-1252", "Name;E-Mail;Rolle\nJörg Müller;j@x.de;User\nBärbel Weiß;b@x.de;Admin\nÖzil Grün;o@x.de;User\n"},
	{"windows-1252", "Nom;Courriel\nJosé García;j@x.es\nFrançois Lefèvre;f@x.fr\nÉlodie Noël;e@x.fr\n"},
	{"windows-1252", "Name,Mail\nJosé,a@x.com\n"},
	{"windows-1252", "Navn;Mail\nSøren Kjærgård;s@x.dk\nÅse Østby;a@x.no\n"},
	{"windows-1252", "Nome;Email\nJoão Gonçalves;j@x.pt\nLuís Magalhães;l@x.pt\nConceição;c@x.pt\n"},
	{"windows-1252", "Nafn;Mail\nÞórður Guðmundsson;t@x.is\nSigríður Ævarsdóttir;s@x.is\n"},
	{"windows-1252", "Name,Note\nO’Brien,“on leave” – until May\nSmith,costs €5…\n"},
	{"windows-1252", "NOM;VILLE\nFRANÇOIS LEFÈVRE;NÎMES\nÉLODIE NOËL;ORLÉANS\n"},
	{"windows-1250 ISO-8859-2 IBM852", "Imię;Nazwisko;Mail\nŁukasz;Wiśniewski;l@x.pl\nGrażyna;Wójcik;g@x.pl\nStanisław;Dąbrowski;s@x.pl\nKatarzyna;Kaczyńska;k@x.pl\n"},
	{"windows-1250 ISO-8859-2", "Jméno;Příjmení\nJiří;Dvořák\nTomáš;Novotný\nLuděk;Růžička\nŽofie;Šťastná\n"},
	{"windows-1250 ISO-8859-2", "Név;Beosztás\nLászló Szűcs;Vezető\nErzsébet Kővári;Ügyintéző\nGyörgy Nagy;Főnök\n"},
	{"windows-1251 KOI8-R ISO-8859-5 IBM866", "Имя;Почта;Роль\nИван Петров;i@x.ru;Админ\nМария Сидорова;m@x.ru;Пользователь\nСергей Кузнецов;s@x.ru;Пользователь\n"},
	{"windows-1251 KOI8-R", "Имя,Mail\nАнна,a@x.ru\nОльга,o@x.ru\n"},
	{"windows-1251", "Ім'я;Пошта\nОлексій Їжакевич;o@x.ua\nЄвгенія Ґалаґан;e@x.ua\nІгор Шевченко;i@x.ua\n"},
	{"windows-1253 ISO-8859-7", "Όνομα;Ρόλος\nΓιώργος Παπαδόπουλος;Χρήστης\nΜαρία Νικολάου;Διαχειριστής\n"},
	{"windows-1254", "Ad;Soyad;Mail\nÇağlar;Şahin;c@x.tr\nİbrahim;Yıldız;i@x.tr\nGülşah;Öztürk;g@x.tr\n"},
	{"windows-1255", "שם;תפקיד\nיוסי כהן;מנהל\nשרה לוי;משתמש\n"},
	{"windows-1256", "الاسم;الدور\nمحمد أحمد;مدير\nفاطمة علي;مستخدم\n"},
	{"windows-1257", "Vardas;Pavardė\nŽydrūnas;Šarūnaitis\nJūratė;Čekauskienė\nŠarūnas;Kęstutis\nRūta;Grušaitė\n"},
	{"windows-874", "ชื่อ;บทบาท\nสมชาย ใจดี;ผู้ใช้\nสมหญิง รักไทย;ผู้ดูแล\n"},
	{"macintosh IBM850", "Name;Stadt\nJörg Müller;Köln\nRenée Dupré;Orléans\nFrançois;Genève\n"},
	{"Shift_JIS EUC-JP", "氏名,メール,役割\n田中太郎,t@x.jp,管理者\n鈴木花子,s@x.jp,ユーザー\n佐藤健,k@x.jp,ユーザー\n"},
	{"Shift_JIS EUC-JP", "名前,Mail\nさくら,s@x.jp\n"},
	{"EUC-KR", "이름,메일,역할\n김철수,k@x.kr,관리자\n이영희,l@x.kr,사용자\n박지민,p@x.kr,사용자\n"},
	{"GB18030", "姓名,邮箱,角色\n王伟,w@x.cn,管理员\n李娜,l@x.cn,用户\n张静,z@x.cn,用户\n"},
	{"GB18030", "姓名,部门\n欧阳修,销售部\n"},
	{"Big5", "姓名,郵箱,角色\n陳怡君,c@x.tw,管理員\n林雅婷,l@x.tw,使用者\n黃志偉,h@x.tw,使用者\n"},
	{"windows-1252", "Current Status,Display Name,Primary Email,Role,Groups,Source Username(s)\nActive,Zoë Müller,z@x.com,User,none,\n"},
	{"windows-1252", "Current Status,Display Name,Primary Email\nActive,Renée O'Connor,z@x.com\nActive,Björn Åkesson,b@x.com\nActive,Iñigo Núñez,i@x.com\nActive,Peña,p@x.com\n"},
	{"windows-1252", "Name;Firma\nMüller & Söhne GmbH;Straße 5\nGroß;Lübeck\n"},
	{"windows-1252", "a;b\nmañana;5 €\n"},
	{"windows-1252", "Name\nÅsa\n"},
	{"windows-1252", "Name\nØyvind\n"},
	{"windows-1252", "Name,x\nChloë,1\n"},
	{"windows-1252", "Name,x\nJosé,1\nSeán,2\nSiân,3\nFrançois,4\nMüller,5\n"},
	{"windows-1252", "Name;Note\nAnne;“quoted”\n"},
	{"windows-1252", "Nimi,Rooli\nPäivi Mäkelä,Käyttäjä\nÄijö,Ylläpitäjä\n"},
	{"windows-1252", "NAME,X\nJOSÉ,1\nMÜLLER,2\n"},
	{"windows-1250", "Nume;Rol\nŞtefan Ţurcanu;Utilizator\nIoană Bălănescu;Administrator\n"},
	{"windows-1250", "Ime;Uloga\nŽeljko Šarić;Korisnik\nĐurđica Čović;Admin\n"},
	{"windows-1250", "Meno;Rola\nĽubomír Kováč;Používateľ\nŠtefánia Hrušková;Správca\n"},
	{"windows-1250", "Name;Mail\nPaweł;p@x.pl\n"},
	{"ISO-8859-2", "Name;Mail\nPaweł Zieliński;p@x.pl\nŚwiatłowski;s@x.pl\n"},
	{"windows-1250", "Name;Mail\nKovács Ágnes;k@x.hu\nSzőke Gergő;g@x.hu\n"},
	{"windows-1251", "Име;Роля\nГеорги Димитров;Потребител\nСтоянка Йорданова;Админ\n"},
	{"windows-1251", "ФИО;EMAIL\nИВАНОВ ИВАН;i@x.ru\n"},
	{"KOI8-R", "Имя;Роль\nДмитрий;админ\n"},
	{"windows-1251", "Name,Mail\nЮлия,j@x.ru\n"},
	{"IBM866", "Имя;Роль\nДмитрий Соколов;администратор\n"},
	{"ISO-8859-5", "Имя;Роль\nДмитрий Соколов;администратор\n"},
	{"windows-1253", "Name,Mail\nΝίκος,n@x.gr\n"},
	{"windows-1254", "Ad,Rol\nAyşe Yılmaz,Kullanıcı\n"},
	{"windows-1254", "Ad,Rol\nŞükrü,Yönetici\n"},
	{"windows-1256", "Name,Mail\nعمر,o@x.eg\n"},
	{"windows-1257", "Vārds;Loma\nJānis Bērziņš;Lietotājs\nLīga Kļaviņa;Administrators\n"},
	{"windows-1257", "Nimi;Roll\nTõnu Õunapuu;Kasutaja\nÜlle Mägi;Haldur\n"},
	{"Shift_JIS", "名前,メール\n山田,y@x.jp\n"},
	{"Shift_JIS", "name,mail\n渡辺直美,w@x.jp\n"},
	{"EUC-JP", "name,mail\n高橋一郎,w@x.jp\n"},
	{"EUC-KR", "name,mail\n최수연,w@x.kr\n"},
	{"GB18030", "name,mail\n赵敏,w@x.cn\n"},
	{"GB18030", "姓名,状态\n刘洋,启用\n陈晨,停用\n"},
	{"Big5", "name,mail\n張雅婷,w@x.tw\n"},
	{"Big5", "姓名,狀態\n吳宗憲,啟用\n"},
	{"macintosh", "Name,Mail\nJürgen Weiß,j@x.de\nAndré Citroën,a@x.fr\n"},
	{"IBM850", "Name;Ort\nJürgen Groß;Köln\nJörg Müller;Lübeck\n"},
	{"windows-874", "name,x\nสมศักดิ์,1\n"},
}

func TestEncodingsAreRecognised(t *testing.T) {
	right, theirs, total := 0, 0, 0
	for _, s := range samples {
		for _, enc := range strings.Fields(s.encodings) {
			data, err := encodeText([]byte(s.rows), enc)
			if err != nil {
				t.Fatalf("%q is not possible in %s", s.rows, enc)
			}
			total++
			d := detectEncoding(data)
			text, _ := decodeText(data, d.name)
			if string(text) == s.rows {
				right++
			} else {
				t.Errorf("%s is taken for %s: %q", enc, d.name, text[:min(len(text), 80)])
			}
			if r := chardet.Detect(data); r.Encoding != "" {
				if text, err := decodeText(data, r.Encoding); err == nil && string(text) == s.rows {
					theirs++
				}
			}
		}
	}
	t.Logf("%d of %d samples read right; a general detector reads %d", right, total, theirs)
}

func TestWideTextIsRecognisedWithAndWithoutAMark(t *testing.T) {
	for _, text := range []string{"Name,Email\nAnn,a@x.com\n", "氏名,メール\n田中太郎,t@x.jp\n", "a,b\n"} {
		for _, enc := range []string{"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"} {
			plain, err := encodeText([]byte(text), enc)
			if err != nil {
				t.Fatal(err)
			}
			mark, _ := encodeText([]byte("\ufeff"), enc)
			if d := detectEncoding(append(append([]byte{}, mark...), plain...)); d.name != enc || d.bom != len(mark) {
				t.Errorf("%q in %s with a mark is taken for %s, mark of %d bytes", text, enc, d.name, d.bom)
			}
			if d := detectEncoding(plain); d.name != enc {
				t.Errorf("%q in %s without a mark is taken for %s", text, enc, d.name)
			}
		}
	}
	if d := detectEncoding([]byte("\x1b$B;aL>\x1b(B,mail\n")); d.name != "ISO-2022-JP" {
		t.Errorf("ISO-2022-JP is taken for %s", d.name)
	}
}

func TestAnEncodingCanBeChosen(t *testing.T) {
	data := []byte("Name;Mail\nJos\xe9;a@x.com\n")
	b := openWith(t, "a.csv", data, Options{Encoding: "cp1251"})
	expect(t, b.Table, row("Name", "Mail"), row("Josй", "a@x.com"))
	if b.Facts.Encoding != "windows-1251" {
		t.Errorf("encoding is %s", b.Facts.Encoding)
	}
	for _, name := range Encodings {
		if _, canonical, err := encodingByName(name); err != nil || canonical != name {
			t.Errorf("%s is not an encoding: %q, %v", name, canonical, err)
		}
	}
	if _, _, err := encodingByName("klingon"); err == nil {
		t.Error("klingon is an encoding")
	}
}

func TestZeroBytesInPlainTextAreNotWideText(t *testing.T) {
	for _, n := range []int{1, 2, 3, 100, 3000} {
		text := "Name,Email,Role\n" + strings.Repeat("A\x00nn,ann@example.com,User\n", n)
		if d := detectEncoding([]byte(text)); d.name != "UTF-8" {
			t.Errorf("%d lines with a zero byte each are taken for %s", n, d.name)
		}
	}
	chinese, _ := encodeText([]byte("姓名,邮箱\n"+strings.Repeat("王小明李雷韩梅梅中华人民共和国工商管理部门,a@b.cn\n", 50)), "UTF-16LE")
	if d := detectEncoding(chinese); d.name != "UTF-16LE" {
		t.Errorf("Chinese in UTF-16 is taken for %s", d.name)
	}
}
