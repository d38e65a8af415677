package main

import "rollcall/internal/workbench"

// readingStep is after how many users read the tool says how far it is. Most
// accounts are read in a moment, without a word.
const readingStep = 10_000

// reading says on standard error how far the reading of a large account is.
func (t *tool) reading() func(workbench.Progress) {
	said := int64(0)
	return func(p workbench.Progress) {
		if p.Done/readingStep <= said/readingStep {
			return
		}
		said = p.Done
		if p.Total > p.Done {
			t.say("%s: %s of %s", p.What, workbench.Number(int(p.Done)), workbench.Number(int(p.Total)))
		} else {
			t.say("%s: %s", p.What, workbench.Number(int(p.Done)))
		}
	}
}
