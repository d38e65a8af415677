package charset

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// A general detector of encodings (chardet was tried) is made for pages of
// prose and Guesses wildly on a few rows of names. So each candidate is scored
// here by how plausible its letters are as names and words: letters that its
// languages use, small letters inside words, one script per word, no symbols
// inside words.

// candidate is an encoding with what is to be expected in it.
type candidate struct {
	name string
	// letters are those of each of its languages; others count against it.
	letters []letterSet
	// wide says that it is an East Asian encoding, whose letters are only the
	// most frequent ones.
	wide bool
	// prior breaks ties in favour of what is met most.
	prior float64
}

// The letters beyond ASCII that languages use. A language's own set is better
// evidence than a mixture of several, which the last of each list stands for.
var (
	west = []string{
		"äöüßÄÖÜé", "àâæçéèêëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜ", "áéíñóúüÁÉÍÑÓÚÜªº", "ãáàâçéêíóôõúüÃÁÀÂÇÉÊÍÓÔÕÚÜ",
		"åäöæøéüÅÄÖÆØÉÜ", "áéíóúýæöðþÁÉÍÓÚÝÆÖÐÞ", "éëïóüèàìòùÀÈÉÌÒÙ",
		"+àáâãäåæçèéêëìíîïñòóôõöøùúûüßœÿÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜŒ",
	}
	central = []string{
		"ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ", "áäčďéíĺľňóôŕšťúýžÁÄČĎÉÍĹĽŇÓÔŔŠŤÚÝŽ",
		"áéíóöőúüűÁÉÍÓÖŐÚÜŰ", "čćđšžČĆĐŠŽ", "ăâîșțşţĂÂÎȘȚŞŢ",
		"+ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽőűŐŰöüÖÜäÄôÔľĺŕĽĹŔâăîşţÂĂÎŞŢđĐëËçÇß",
	}
	turk   = []string{"çğıöşüÇĞİÖŞÜâîûÂÎÛ"}
	baltic = []string{"ąčęėįšųūžĄČĘĖĮŠŲŪŽ", "āčēģīķļņšūžĀČĒĢĪĶĻŅŠŪŽ", "äõöüšžÄÕÖÜŠŽ", "+ąčęėįšųūžĄČĘĖĮŠŲŪŽāēģīķļņōŗĀĒĢĪĶĻŅŌŖõäöüÕÄÖÜ"}
	slavic = []string{
		russian, ukrainian + "ґҐ", serbian,
		"+" + russian + ukrainian + serbian + "ўЎґҐ",
	}
)

const (
	russian   = "абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯёЁ№"
	ukrainian = "абвгдежзийклмнопрстуфхцчшщьюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЬЮЯіїєІЇЄ№"
	serbian   = "абвгдежзиклмнопрстуфхцчшАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШђјљњћџЂЈЉЊЋЏѓќѕЃЌЅ№"
	greek     = "αβγδεζηθικλμνξοπρσςτυφχψωΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩάέήίόύώϊϋΐΰΆΈΉΊΌΎΏΪΫ"
	hebrew    = "אבגדהוזחטיךכלםמןנסעףפץצקרשת"
	arabic    = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئةىپچژگـ،؟"
	// Vietnamese in windows-1258 has its marks of tone behind the vowels.
	viet = "ăâđêôơưĂÂĐÊÔƠƯàáèéìíòóùúýÀÁÈÉÌÍÒÓÙÚÝ\u0300\u0301\u0303\u0309\u0323"
	thai = "กขคฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรฤลวศษสหฬอฮะัาำิีึืุูเแโใไ็่้๊๋์ๆฯ"

	simplified  = "的一是不了人在有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运李刘陈杨黄赵周吴徐孙朱胡郭林梁郑罗宋谢唐韩曹邓冯曾蔡彭潘袁董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔陆廖姚方邱夏谭韦贾邹石熊孟秦薛侯雷龙段郝孔邵史毛常顾赖武康贺严尹钱施牛洪伟芳娜敏静丽强磊军洋勇艳杰娟涛超霞刚桂英华玉萍红志建文姓邮箱状态角色组用户部销售财务市场姓名"
	traditional = "的一是不了人在有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運李劉陳楊黃趙周吳徐孫朱胡郭林梁鄭羅宋謝唐韓曹鄧馮曾蔡彭潘袁董余蘇葉呂魏蔣田杜丁沈姜范江傅鐘盧汪戴崔陸廖姚邱夏譚賈鄒石熊孟秦薛侯雷龍段郝孔邵史毛顧賴武康賀嚴尹錢施牛洪偉芳娜敏靜麗磊洋勇艷傑娟濤超霞剛桂英華玉萍紅志姓郵箱狀態角色組用戶銷售財務市場雅婷怡君淑惠美玲"
	kanji       = "日一国会人年大十二本中長出三同時政事自行社見月分議後前民生連五発間対上部東者党地合市業内相方四定今回新場金員九入選立開手米力学問高代明実円関決子動京全目表戦経通外最言氏現理調体化田当八六約主題下首意法不来作性的要用制治度務強気小七成期公野協取都和統以機平総加山思家話世受区領多県続進正安設保改数記院女初北午指権心界支第産結百派点教報済書府活原先共得解名交資予川向際査勝面委告軍文反元重近千考判認画海参売利組知案道信策集在件団別物側任引使求所次水半品昨論計死官増係感特情投示変打男基私各始島直両朝革価式確村提運終挙果西勢減台広容必応演電歳住争談能無再位置企真流格有疑口過局少放税検藤沢常校料沖状工建語球営空職証土与急止送援供可役構木割聞身費付施切由説転食比難防補車優夫研収断井何南石足違消境神番規術護展態導鮮備宅害配副算視条幹独警宮究育席輸訪楽起万着乗店述残想線率病農州武声質念待試族象銀域助労例衛然早張映限親額監環験追審商葉義伝働形景落欧担好退準賀訴辺造英被株頭技低毎医復仕去姿味負閣韓渡失移差衆個門写評課末守若脳極種美岡影命含福蔵量望松非撃佐核観察整段横融型白深字答夜製票況音申様財港識注呼渉達斎鈴橋伊藤渡辺林清森池阿部石井前小川岡田後長谷村上近坂遠青藤井西福太三藤原中野上田原田松本木村佐々木山口斉吉加郎樹翔陽菜結衣蓮悠斗葵凛莉佳奈恵裕介雄浩隆誠健幸康敏晃徹豊昭博修勇哲純亮翼桜彩綾舞愛沙香智由紀久崎嶋沼塚柴菊荒堀桑栗栄浜浅秋春夏冬倉杉柳榊熊鹿鶴亀桐笹竹梅桃部署役職氏名"
	hangul      = "이다는의에가을하고지한로사자기정인리도나시어아그대서해일부스과은를있수보들으것제전원장구주상성비영우김박최조강윤임오신권황안송류홍유백남심노문양배허민준현진동국관팀업무름메태역할활용공연경산선생소속원실여명호재석희철미숙순옥혜은지수빈예훈규태형종병광춘창학세계화통신방법위한만모든중개발재무판매총영업인사법률마케팅라면니저습니까요되었했년월등급그룹메일"
	kana        = "ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろわをんァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロワヲンヴー"
)

// letterSet are the letters of a language, or of several mixed.
type letterSet struct {
	letters map[rune]bool
	mixed   bool
}

func sets(lists ...string) []letterSet {
	var out []letterSet
	for _, list := range lists {
		list, mixed := strings.CutPrefix(list, "+")
		m := make(map[rune]bool, utf8.RuneCountInString(list))
		for _, r := range list {
			m[r] = true
		}
		out = append(out, letterSet{m, mixed})
	}
	return out
}

var candidates = []candidate{
	{"windows-1252", sets(west...), false, 0.12},
	{"windows-1250", sets(central...), false, 0.05},
	{"windows-1251", sets(slavic...), false, 0.05},
	{"windows-1253", sets(greek), false, 0.03},
	{"windows-1254", sets(turk...), false, 0.04},
	{"windows-1255", sets(hebrew), false, 0.02},
	{"windows-1256", sets(arabic), false, 0.02},
	{"windows-1257", sets(baltic...), false, 0.02},
	{"windows-1258", sets(viet), false, 0.01},
	{"windows-874", sets(thai), false, 0.01},
	{"ISO-8859-2", sets(central...), false, 0.03},
	{"ISO-8859-5", sets(slavic...), false, 0.01},
	{"ISO-8859-7", sets(greek), false, 0.01},
	{"ISO-8859-15", sets(append([]string{"éèêëàâçîïôœùûüÿŒ€šžŠŽ"}, west...)...), false, 0.03},
	{"KOI8-R", sets(slavic...), false, 0.03},
	{"KOI8-U", sets(slavic...), false, 0.01},
	{"IBM866", sets(slavic...), false, 0.01},
	{"macintosh", sets(west...), false, 0.02},
	{"IBM850", sets(west...), false, 0.02},
	{"IBM852", sets(central...), false, 0.01},
	{"Shift_JIS", sets(kana + kanji), true, 0.03},
	{"EUC-JP", sets(kana + kanji), true, 0.02},
	{"EUC-KR", sets(hangul), true, 0.03},
	{"GB18030", sets(simplified), true, 0.03},
	{"Big5", sets(traditional), true, 0.02},
}

// Guess is what a text reads like in one encoding.
type Guess struct {
	// Encoding is the canonical name.
	Encoding string
	// Text is a sample of the text, in UTF-8: its lines with other characters than
	// ASCII, as far as they were looked at.
	Text string

	score float64 // about 1 where every letter is plausible, far below 0 for nonsense
}

// sampleHigh is how much of a text is looked at: lines with letters beyond
// ASCII.
const sampleHigh = 32 << 10

// guesses are the readings of data that differ, the most plausible first. Each
// is named by the encoding that is met most among those that read alike.
func guesses(sample []byte) []Guess {
	var out []Guess
	for _, c := range candidates {
		if g, ok := c.guess(sample); ok {
			out = append(out, g)
		}
	}
	slices.SortStableFunc(out, func(a, b Guess) int { return cmp.Compare(b.score, a.score) })
	different := out[:0]
	for _, g := range out {
		if !slices.ContainsFunc(different, func(d Guess) bool { return d.Text == g.Text }) {
			different = append(different, g)
		}
	}
	return different
}

// guessLegacy names the 8-bit or East Asian encoding in which data are most
// plausible.
func guessLegacy(data []byte) string {
	if all := guesses(highLines(data, sampleHigh)); len(all) > 0 {
		return all[0].Encoding
	}
	return "windows-1252"
}

// highLines collects the lines that hold other bytes than ASCII, up to a size.
func highLines(data []byte, size int) []byte {
	out := make([]byte, 0, size)
	from, high := 0, false
	for i, c := range data {
		if c >= 0x80 {
			high = true
		}
		if c != '\n' && c != '\r' && i+1 < len(data) {
			continue
		}
		if high {
			line := data[from : i+1]
			if len(line) > size-len(out) {
				if len(out) > 0 {
					break
				}
				line = line[:size]
			}
			out = append(out, line...)
		}
		from, high = i+1, false
	}
	return out
}

// guess reads a sample in the candidate's encoding, if that is possible.
func (c candidate) guess(sample []byte) (Guess, bool) {
	text, err := decode(sample, c.name)
	if err != nil {
		return Guess{}, false
	}
	score := c.score([]rune(string(text)))
	return Guess{Encoding: c.name, Text: string(text), score: score}, score > nonsense
}

// nonsense is below every score.
const nonsense = -1e9

// score is the mean plausibility of the characters beyond ASCII, at most about
// one, in the language that suits them best.
func (c candidate) score(runes []rune) float64 {
	best := float64(nonsense)
	bad := 0 // bytes that stand for nothing
	var common map[rune]bool
	if c.wide {
		common = firstLevel()[c.name]
	}
	for _, set := range c.letters {
		sum, n := 0.0, 0
		bad = 0
		for i, r := range runes {
			if r < 0x80 {
				continue
			}
			n++
			if r == utf8.RuneError {
				bad++
			}
			if c.wide {
				sum += wideScore(r, set.letters, common)
				if i > 0 && asciiLetter(runes[i-1]) || i+1 < len(runes) && asciiLetter(runes[i+1]) {
					sum -= 0.8 // East Asian writing stands apart from Latin letters
				}
			} else {
				sum += letterScore(runes, i, set.letters)
			}
		}
		if n == 0 {
			return nonsense
		}
		// What is met most counts where there is little else to go by.
		mean := sum/float64(n) + c.prior*priorLetters/float64(n+priorLetters-1)
		if set.mixed {
			mean -= 0.2
		}
		best = max(best, mean)
	}
	best -= 0.25 * float64(min(bad, 8)) // no matter of degree
	switch {
	case c.name == "windows-1253" || c.name == "ISO-8859-7":
		best -= unaccented(runes)
	case strings.HasPrefix(c.name, "KOI8") || c.name == "windows-1251" || c.name == "ISO-8859-5" || c.name == "IBM866":
		best -= uncapitalised(runes)
	}
	return best
}

// priorLetters is how many letters beyond ASCII weigh as much as what is met
// most.
const priorLetters = 6

// uncapitalised is a small penalty for Cyrillic names without any capital, or
// without any small letter.
func uncapitalised(runes []rune) float64 {
	upper, lower := false, false
	for _, r := range runes {
		if r >= 0x80 {
			upper = upper || unicode.IsUpper(r)
			lower = lower || unicode.IsLower(r)
		}
	}
	if upper && lower {
		return 0
	}
	return 0.1
}

// unaccented is a penalty for small Greek letters without any accent, of which
// every longer word has one.
func unaccented(runes []rune) float64 {
	small := 0
	for _, r := range runes {
		if strings.ContainsRune("άέήίόύώ", r) {
			return 0
		}
		if r >= 'α' && r <= 'ω' {
			small++
		}
	}
	if small > 5 {
		return 0.5
	}
	return 0
}

func asciiLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// firstLevel are the characters in the first level of each East Asian
// character set, which holds those in common use: few of them stand in misread
// text. The numbers are the lead bytes of that level.
var firstLevel = sync.OnceValue(func() map[string]map[rune]bool {
	out := map[string]map[rune]bool{}
	for name, lead := range map[string][2]int{
		"GB18030": {0xb0, 0xd7}, "Big5": {0xa4, 0xc6}, "EUC-KR": {0xb0, 0xc8}, "EUC-JP": {0xb0, 0xcf}, "Shift_JIS": {0x88, 0x98},
	} {
		set := map[rune]bool{}
		for high := lead[0]; high <= lead[1]; high++ {
			for low := 0x40; low < 0xff; low++ {
				text, err := decode([]byte{byte(high), byte(low)}, name)
				if r, n := utf8.DecodeRune(text); err == nil && n == len(text) && r != utf8.RuneError {
					set[r] = true
				}
			}
		}
		out[name] = set
	}
	return out
})

// wideScore values a character of an East Asian text. Most of any real text
// are frequent characters; of misread text few are.
func wideScore(r rune, letters, common map[rune]bool) float64 {
	switch {
	case letters[r]:
		return 1.15
	case r == utf8.RuneError:
		return -8
	case r >= 0x3000 && r <= 0x303f, r >= 0xff01 && r <= 0xff5e:
		return 0.8 // punctuation and full-width letters
	case r >= 0xff61 && r <= 0xff9f:
		return -0.4 // half-width kana, which any 8-bit text seems to hold
	case common[r]:
		return 0.6
	case r >= 0xac00 && r <= 0xd7a3, r >= 0x4e00 && r <= 0x9fff:
		return -0.2
	case r >= 0xe000 && r <= 0xf8ff:
		return -3
	case unicode.In(r, unicode.Cyrillic, unicode.Greek, unicode.Hiragana, unicode.Katakana) && unicode.IsLetter(r):
		return 0.2 // these sets hold them too
	default:
		return -1
	}
}

// letterScore values a character of an 8-bit text among its neighbours.
func letterScore(runes []rune, i int, letters map[rune]bool) float64 {
	r := runes[i]
	before, after := ' ', ' '
	if i > 0 {
		before = runes[i-1]
	}
	if i+1 < len(runes) {
		after = runes[i+1]
	}
	if r == utf8.RuneError || r >= 0x80 && r < 0xa0 {
		return -6
	}
	if !unicode.IsLetter(r) && !unicode.IsMark(r) {
		return symbolScore(r, before, after)
	}
	score := 1.0
	if !letters[r] {
		score = -0.4
	}
	if unicode.IsUpper(r) && unicode.IsLower(before) && before != 'c' {
		score -= 1.4 // "McÉ" aside, capitals stand in front or among capitals
	}
	if unicode.IsLower(r) && unicode.IsUpper(before) && unicode.IsUpper(after) {
		score -= 1
	}
	if latin(r) != latin(before) && unicode.IsLetter(before) || latin(r) != latin(after) && unicode.IsLetter(after) {
		score -= 1.6
	}
	if r == 'õ' && letters['ã'] && after != 'e' && (unicode.IsLetter(before) || unicode.IsLetter(after)) {
		score -= 0.5 // Portuguese has it before an e
	}
	return score - misplaced(r, before, after)
}

// misplaced is a penalty for a letter where its language does not have it.
func misplaced(r, before, after rune) float64 {
	penalty := 0.0
	inWord, goesOn := unicode.IsLetter(before), unicode.IsLetter(after)
	switch {
	case unicode.IsUpper(r) && unicode.IsUpper(before) && unicode.IsLower(after):
		penalty += 0.7 // "НЯк"
	case r == 'ã' && goesOn && !strings.ContainsRune("oes", after):
		penalty += 0.5 // "João", "Guimarães", but Romanian ă misread is anywhere
	case (r == 'º' || r == 'ª') && unicode.IsLower(before):
		penalty += 1.2
	case r == 'þ' && inWord, r == 'ð' && !inWord:
		penalty += 0.6
	case unicode.IsMark(r) && !inWord && !unicode.IsMark(before), strings.ContainsRune("เแโใไ", r) && !goesOn:
		penalty += 1.2 // a mark stands over a letter, these vowels in front of one
	case strings.ContainsRune("ךםןףץ", r) && goesOn, strings.ContainsRune("כמנצ", r) && !goesOn:
		penalty += 1
	}
	if strings.ContainsRune("ьъыЬЪЫ", r) && !unicode.IsLetter(before) {
		penalty += 1
	}
	if latin(r) && before >= 0x80 && after >= 0x80 && unicode.IsLetter(before) && unicode.IsLetter(after) {
		penalty += 0.8 // three accents in a row
	}
	if latin(r) && r != 'à' && !inWord && !goesOn {
		penalty += 0.4 // a letter on its own
	}
	return penalty
}

// symbolScore values a sign: good beside words, bad inside them and on their
// wrong side.
func symbolScore(r, before, after rune) float64 {
	behind, front := unicode.IsLetter(before), unicode.IsLetter(after)
	switch {
	case r == '’' && front && !behind:
		return 0.2 // "’t Hooft"
	case r == '’' || r == '‘' || r == '·' || r == '‑':
		return 0.9
	case !strings.ContainsRune("\u00a0–—“”„…€«»°§©®£•™‹›¿¡", r):
		if behind || front {
			return -1.2
		}
		return -0.1
	case behind && front:
		return -1
	case front && !strings.ContainsRune("\u00a0–—“”„…€«»£•‹›¿¡", r),
		behind && !strings.ContainsRune("\u00a0–—“”…€«»°®•™‹›©", r):
		return -1
	default:
		return 0.95
	}
}

func latin(r rune) bool { return r < 0x250 || r >= 0x300 && r < 0x370 || r >= 0x1e00 && r < 0x1f00 }
