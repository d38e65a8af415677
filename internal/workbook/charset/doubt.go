package charset

// mostGuesses bounds between how many readings a person has to choose.
const mostGuesses = 5

// doubts are the guesses between which a person has to choose, the most
// plausible first, or nil where the first is plain. The fewer letters there are
// to go by, the clearer it must be.
func doubts(all []Guess) []Guess {
	if len(all) < 2 {
		return nil
	}
	n := 1
	for n < len(all) && n < mostGuesses && doubtful(all[0], all[n]) {
		n++
	}
	if n == 1 {
		return nil
	}
	return all[:n]
}

// doubtful says that another reading is too near the best one for that to be
// taken without a word. Only the letters that read differently are evidence.
func doubtful(best, other Guess) bool {
	letters, different := 0, 0
	a, b := []rune(best.Text), []rune(other.Text)
	for i, r := range a {
		if r >= 0x80 {
			letters++
			if len(a) != len(b) || b[i] != r {
				different++
			}
		}
	}
	if different == 0 {
		return false
	}
	clear := (best.score - other.score) * float64(letters) / float64(different)
	// Measured on lists of names in 27 languages: no guess was wrong by more
	// than two thirds of this.
	return clear < 0.03+2/float64(different+3)
}
