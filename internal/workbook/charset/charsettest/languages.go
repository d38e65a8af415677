// Package charsettest holds lists of people in many languages, with the encodings
// that their computers write, for the tests of charset and of workbook. Nothing
// but tests uses it.
package charsettest

import (
	"math/rand/v2"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Language is what people of a language are called and what stands in their
// lists, with the encodings that their computers write.
type Language struct {
	Name string
	// Encodings are canonical names with blanks between them.
	Encodings string
	// Header is that of the columns for the name, the mail and the role.
	Header string
	// First, Last and Roles are words with blanks between them.
	First, Last string
	Roles       string
	// Joined says that the family name stands in front without a blank.
	Joined bool
}

// Languages are those of which there are lists; the first seven can be written in
// windows-1252.
var Languages = []Language{
	{"German", "windows-1252 ISO-8859-1 ISO-8859-15 macintosh IBM850", "Name;E-Mail;Rolle", "Jörg Anna Käthe Günther Bärbel Stefan Björn Rüdiger Jürgen Michael Sören Ümit Lea Thomas", "Müller Schmidt Weiß Groß Schäfer Böhm Krüger Köhler Becker Süß Hübner Möller Bauer Voß", "Benutzer Führungskraft", false},
	{"French", "windows-1252 ISO-8859-1 ISO-8859-15 macintosh IBM850", "Nom;Courriel;Rôle", "François Élodie Hélène Jean-Noël Gaëlle Chloé Pierre Zoé Maïté Benoît Aurélie Stéphane Luc Inès", "Lefèvre Noël Dupré Gagné Béranger Forêt Martin Hébert Côté Prévôt Legrand Pâris Mérimée Rivière", "Utilisateur Gérant", false},
	{"Spanish", "windows-1252 ISO-8859-1 ISO-8859-15 macintosh IBM850", "Nombre;Correo;Función", "José María Iñigo Ángel Sofía Begoña Jesús Raúl Inés Óscar Pilar Andrés Lucía Martín", "García Núñez Fernández Peña Muñoz López Ibáñez Yáñez Ordóñez Castaño Ruiz Sáez Álvarez Gómez", "Usuario Supervisión", false},
	{"Portuguese", "windows-1252 ISO-8859-1 ISO-8859-15 macintosh IBM850", "Nome;E-mail;Função", "João Luís Conceição Antônio Inês Cláudia Sebastião Mário Patrícia Estêvão Ana Tomás Fátima Joaquim", "Gonçalves Magalhães Araújo Conceição Simões Guimarães Brandão Leitão Souza Falcão Lourenço Sá Mendonça Galvão", "Usuário Gestão", false},
	{"Danish", "windows-1252 ISO-8859-1 ISO-8859-15 macintosh IBM850", "Navn;Mail;Rolle", "Søren Åse Jørgen Bjørn Kåre Pål Øyvind Mette Sæbjørn Åsmund Grønne Lars Håkon Børge", "Kjærgård Østby Sørensen Nørgaard Ødegård Bækkelund Hansen Skovgård Rønning Håland Møller Nygård Åberg Kjær", "Bruger Øverste", false},
	{"Swedish", "windows-1252 ISO-8859-1 ISO-8859-15 macintosh IBM850", "Namn;E-post;Roll", "Åsa Björn Göran Märta Örjan Håkan Sören Päivi Väinö Anna Jörgen Måns Älva Lars", "Åkesson Öberg Sjöström Lindström Mäkelä Hämäläinen Nyström Ågren Svensson Bäckström Väisänen Järvinen Östlund Berg", "Användare Chef", false},
	{"Icelandic", "windows-1252 ISO-8859-1", "Nafn;Netfang;Hlutverk", "Þórður Sigríður Guðrún Jón Ævar Ólafur Björk Ýmir Þóra Kristín Auður Hörður Anna Snæfríður", "Guðmundsson Þórsdóttir Ævarsdóttir Jónsson Sigurðsson Björnsdóttir Ólafsson Þorláksson Hallgrímsson Sveinsson Magnúsdóttir Bjarnason", "Notandi Stjórnandi", false},
	{"Polish", "windows-1250 ISO-8859-2 IBM852", "Imię;Poczta;Rola", "Łukasz Grażyna Stanisław Wojciech Małgorzata Paweł Michał Jan Elżbieta Świętosława Bożena Zdzisław Kamil Józef", "Wiśniewski Wójcik Dąbrowski Kaczyńska Żuławski Ćwik Łęcki Nowak Pająk Sękowski Zięba Kościuszko Gołąb Woźniak", "Użytkownik Zarządca", false},
	{"Czech", "windows-1250 ISO-8859-2 IBM852", "Jméno;Pošta;Úloha", "Jiří Tomáš Luděk Žofie Zdeněk Šárka Ondřej Věra Lukáš Petr Božena Řehoř Kateřina Matěj", "Dvořák Novotný Růžička Šťastná Černý Procházka Kučera Veselý Horák Němec Pokorný Žák Říha Kříž", "Uživatel Správce", false},
	{"Hungarian", "windows-1250 ISO-8859-2 IBM852", "Név;Cím;Szerep", "László Erzsébet György Gergő Ágnes Zoltán Sándor Réka Győző Béla Katalin Jenő Zsófia Ödön", "Szűcs Kővári Nagy Főnök Szőke Tóth Kovács Horváth Erdős Csűrös Balogh Fülöp Török Nyírő", "Felhasználó Vezető", false},
	{"Croatian", "windows-1250 ISO-8859-2", "Ime;Pošta;Uloga", "Željko Đurđica Šime Čedomir Tomislav Žarko Nikša Marko Ljubiša Anđelka Krešimir Božidar Ivan Mišo", "Šarić Čović Horvat Đurić Žigić Petrović Marić Babić Špoljarić Knežević Jukić Matić Kovačević Čačić", "Korisnik Voditeljščica", false},
	{"Romanian", "windows-1250", "Nume;Poştă;Rol", "Ştefan Ioană Ionuţ Cătălin Mădălina Răzvan Ana Anişoara Sânziana Dragoş Ţepeş Iuliţa Mihai Aurică", "Ţurcanu Bălănescu Ionescu Brâncuşi Grigoraş Păun Stănescu Moţoc Lupaşcu Câmpeanu Popa Ştirbei Iaşi Rânja", "Utilizator Conducător", false},
	{"Russian", "windows-1251 KOI8-R ISO-8859-5 IBM866", "Имя;Почта;Роль", "Иван Мария Сергей Анна Ольга Дмитрий Юлия Алексей Татьяна Николай Екатерина Фёдор Людмила Павел", "Петров Сидорова Кузнецов Соколов Попова Лебедев Щукин Яковлева Морозов Волкова Зайцев Жукова Чернов Эйзенштейн", "Администратор Пользователь", false},
	{"Bulgarian", "windows-1251", "Име;Поща;Роля", "Георги Стоянка Петър Мария Христо Йордан Цветана Пламен Десислава Васил Ангел Ивайло Румяна Ъгъл", "Димитров Йорданова Петков Стоянов Николова Христов Илиева Тодоров Георгиева Атанасов Колев Попова Жеков Цонев", "Потребител Ръководител", false},
	{"Ukrainian", "windows-1251 KOI8-U", "Ім’я;Пошта;Роль", "Олексій Євгенія Ігор Ганна Їжак Наталія Андрій Юрій Соломія Тарас Микола Оксана Богдан Ярина", "Шевченко Їжакевич Коваленко Бойко Ткаченко Кравець Мельник Поліщук Гнатюк Савченко Руденко Лисенко Марченко Гриценко", "Користувач Керівник", false},
	{"Greek", "windows-1253 ISO-8859-7", "Όνομα;Ταχυδρομείο;Ρόλος", "Γιώργος Μαρία Νίκος Ελένη Δημήτρης Κατερίνα Άγγελος Σοφία Ηλίας Ιωάννα Φώτης Ζωή Χρήστος Ψυχή", "Παπαδόπουλος Νικολάου Γεωργίου Οικονόμου Δημητρίου Βασιλείου Αντωνίου Μακρής Ιωαννίδης Καραγιάννης Θεοδώρου Ξενάκης Λάμπρου Αθανασίου", "Χρήστης Διαχειριστής", false},
	{"Turkish", "windows-1254 ISO-8859-9", "Ad;Posta;Görev", "Çağlar İbrahim Gülşah Ayşe Şükrü Mustafa Işıl Özgür Ümit Fatma Tuğba Çiğdem Emre Yiğit", "Şahin Yıldız Öztürk Yılmaz Kılıç Çelik Doğan Aydın Güneş Koç Özdemir Şimşek Kaya Arslan", "Kullanıcı Yönetici", false},
	{"Hebrew", "windows-1255", "שם;דואר;תפקיד", "יוסי שרה דוד רחל משה נועה אברהם תמר איתן מיכל יעקב רבקה עומר הדס", "כהן לוי מזרחי פרץ ביטון דהן אברהם פרידמן מלכה אזולאי כץ יוסף עמר שפירא", "מנהל משתמש", false},
	{"Arabic", "windows-1256", "الاسم;البريد;الدور", "محمد فاطمة أحمد عمر زينب خالد مريم يوسف ليلى حسن سارة إبراهيم نور علي", "أحمد علي حسين محمود إسماعيل الشريف المصري عبدالله الحداد سليمان الخطيب صالح رمضان جابر", "مدير مستخدم", false},
	{"Lithuanian", "windows-1257", "Vardas;Paštas;Rolė", "Žydrūnas Jūratė Šarūnas Rūta Mindaugas Živilė Gražina Kęstutis Ąžuolas Ieva Tomas Ūla Česlovas Andrius", "Šarūnaitis Čekauskienė Grušaitė Žukauskas Petrauskienė Jankauskas Kazlauskienė Stankevičius Butkutė Urbonas Vaičiūnas Mažeika Šimkus Paulauskaitė", "Naudotojas Vadovė", false},
	{"Latvian", "windows-1257", "Vārds;Pasts;Loma", "Jānis Līga Pēteris Ilze Kārlis Zane Mārtiņš Kristīne Andris Dāvids Sanita Ģirts Inguna Raimonds", "Bērziņš Kļaviņa Ozoliņš Kalniņa Liepiņš Zariņa Krūmiņš Vītola Balodis Ābele Siliņš Ķirse Jansone Šmits", "Lietotājs Vadītāja", false},
	{"Estonian", "windows-1257", "Nimi;Post;Roll", "Tõnu Ülle Jüri Märt Õie Kärt Toomas Priit Külli Rõõt Andres Sülvi Jaan Ööbik", "Õunapuu Mägi Põld Tamm Kõiv Sööt Saar Lõhmus Rüütel Jõgi Pärn Vähi Kask Tõnisson", "Kasutaja Ülem", false},
	{"Vietnamese", "windows-1258", "Họ tên;Thư;Vai trò", "Nguyễn Trần Phạm Hoàng Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý", "Văn Hùng Thị Lan Minh Đức Thu Hương Quốc Bảo Thành Công Ngọc Ánh Tuấn Kiệt", "Người dùng", false},
	{"Thai", "windows-874", "ชื่อ;อีเมล;บทบาท", "สมชาย สมหญิง ประเสริฐ วิไล สุรชัย มาลี อนันต์ กาญจนา ธนา พิมพ์ ศักดิ์ อรุณ ณัฐ ปรีชา", "ใจดี รักไทย แสงทอง ศรีสุข วงศ์ใหญ่ บุญมา ทองดี สุขใจ จันทร์แก้ว พงษ์ไพร มีชัย คำแสน อินทร์ เกษม", "ผู้ใช้ ผู้ดูแล", false},
	{"Japanese", "Shift_JIS EUC-JP", "氏名;メール;役割", "太郎 花子 健 美咲 翔太 陽菜 大輔 さくら 直樹 恵子 ひろし 由美 拓也 葵", "田中 鈴木 佐藤 高橋 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 斎藤 松本", "管理者 ユーザー", true},
	{"Korean", "EUC-KR", "이름;메일;역할", "철수 영희 지민 수연 민준 서연 현우 지영 태형 은주 동현 미경 성민 혜진", "김 이 박 최 정 강 조 윤 장 임 한 오 서 신", "관리자 사용자", true},
	{"Chinese (simplified)", "GB18030", "姓名;邮箱;角色", "伟 娜 静 敏 洋 丽华 建国 晓明 秀英 志强 海燕 宇航 欣怡 子涵", "王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 欧阳 司马", "管理员 用户", true},
	{"Chinese (traditional)", "Big5", "姓名;郵箱;角色", "怡君 雅婷 志偉 淑芬 家豪 美玲 俊傑 宗翰 欣怡 建宏 麗華 冠宇 詩涵 承恩", "陳 林 黃 張 李 王 吳 劉 蔡 楊 許 鄭 謝 歐陽", "管理員 使用者", true},
}

// List is a list of so many people; with ASCII headers and roles, only their
// names tell of the encoding.
func (l Language) List(r *rand.Rand, rows int, asciiHeader bool) string {
	pick := func(words string) string {
		all := strings.Fields(words)
		return all[r.IntN(len(all))]
	}
	var b strings.Builder
	if asciiHeader {
		b.WriteString("Name;Email;Role\n")
	} else {
		b.WriteString(l.Header + "\n")
	}
	for n := range rows {
		name := pick(l.First) + " " + pick(l.Last)
		if l.Joined {
			name = pick(l.Last) + pick(l.First)
		}
		role := "User"
		if !asciiHeader {
			role = pick(l.Roles)
		}
		b.WriteString(name + ";person" + strconv.Itoa(n) + "@example.com;" + role + "\n")
	}
	if l.Name == "Vietnamese" {
		return vietnamese(b.String())
	}
	return b.String()
}

// vietnamese writes the marks of tone apart from their vowels, as windows-1258
// has them.
func vietnamese(text string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(text) {
		b.WriteRune(r)
	}
	out := b.String()
	for _, pair := range []string{"ă", "â", "ê", "ô", "ơ", "ư", "Ă", "Â", "Ê", "Ô", "Ơ", "Ư"} {
		parts := []rune(norm.NFD.String(pair))
		for _, tone := range []string{"", "\u0323"} {
			// The dot below comes before other marks in decomposed text.
			out = strings.ReplaceAll(out, string(parts[0])+tone+string(parts[1]), pair+tone)
		}
	}
	return out
}
