package charset

import (
	"strings"
	"testing"
)

func TestTextGarbledBeforeIsTold(t *testing.T) {
	garbledWords := map[string]string{
		"ZoÃ«": "Zoë", "JosÃ© GarcÃ\u00ada": "José", "MÃ¼ller": "Müller", "Ã–zdemir": "Özdemir", "BjÃ¶rn": "Björn", "PaweÅ‚": "Paweł",
		"Å\u00a0koda": "Škoda", "O’Brienâ€™s": "Brien’s", "РђРЅРЅР° РџРµС‚СЂРѕРІР°": "Анна", "ÎœÎ±ÏÎ¯Î±": "", "å¼\u00a0ä¸‰": "张三", "å±±ç”°": "山田", "ParisÂ\u00a0Nord": "Paris",
	}
	for text, meant := range garbledWords {
		_, got, ok := Garbled(text)
		if meant == "" {
			continue // what a character without a sign in windows-1252 became is lost
		}
		if !ok || !strings.Contains(got, meant) {
			t.Errorf("%q seems to be %q (%v), want %q", text, got, ok, meant)
		}
	}
	for _, text := range []string{
		"Zoë", "José García", "“IRMÃ”", "„MÄ“", "JOÃO", "CAFÉ®", "Åse", "“Å”", "ÅÄÖ", "Ñandú", "Ângela", "RÂ’S", "São Paulo", "Ærø", "Ísland…", "café’…", "Роман Сёмин", "СССР", "Сергей", "MAÇÃ…", "Î", "Ølberg", "ÂÃ", "Þór", "Göteborg – Mölndal", "«Ã»", "Ã",
		"Čapek", "Nguyễn Văn Ánh", "Đặng Ấn", "Łukasz", "Éric—ÀÂ", "山田 太郎",
	} {
		if word, meant, ok := Garbled(text); ok {
			t.Errorf("%q: %q is taken for a garbled %q", text, word, meant)
		}
	}
}

func TestAQuickLookMissesNothingThatIsGarbled(t *testing.T) {
	for _, text := range []string{"ZoÃ«", "MÃ¼ller", "Ã–zdemir", "PaweÅ‚", "Å\u00a0koda", "O’Brienâ€™s", "РђРЅРЅР°", "å¼\u00a0ä¸‰", "å±±ç”°", "Smi\ufffdth"} {
		if !Suspect("x," + text + ",y") {
			t.Errorf("%q is not suspected", text)
		}
	}
	for _, text := range []string{"Ann", "Müller", "José García", "Роман Петров", "山田 太郎", "Łukasz", "Ångström"} {
		if Suspect("x," + text + ",y") {
			t.Errorf("%q is suspected", text)
		}
	}
}
