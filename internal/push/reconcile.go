package push

import (
	"fmt"
	"strings"

	"rollcall/internal/plan"
)

// differences compares the plan with what came of it, in sentences: each way
// in which they differ is named, with its number of rows.
func differences(p *plan.Plan, outcomes []Outcome) []string {
	var already, nothing, refused, failed, left, blocked, hidden, without int
	for i := range outcomes {
		o := &outcomes[i]
		switch {
		case o.Action == plan.Blocked:
			blocked++
		case o.Result == Refused:
			refused++
		case o.Result == Failed:
			failed++
		case o.Result == NotTried:
			left++
		case o.Action == plan.Add && o.Result != Added:
			already++
		case o.Action == plan.Update && o.Result == Unchanged && o.Field == "":
			nothing++
		}
		if strings.Contains(o.Message, noteNoIDs) {
			without++
		}
		if o.Unverified && o.Result != Refused && o.Result != Failed {
			hidden++
		}
	}
	var out []string
	say := func(n int, one, many string) {
		switch {
		case n == 1:
			out = append(out, "1 "+one)
		case n > 1:
			out = append(out, fmt.Sprintf("%d %s", n, many))
		}
	}
	say(already, "user who was to be added was in the account already.", "users who were to be added were in the account already.")
	say(nothing, "user who was to be updated was as wanted already.", "users who were to be updated were as wanted already.")
	say(refused, "row was refused by the account.", "rows were refused by the account.")
	say(failed, "row could not be finished.", "rows could not be finished.")
	say(left, "row was not tried.", "rows were not tried.")
	if p.Reverse {
		say(blocked, "user was left alone.", "users were left alone.")
	} else {
		say(blocked, "row with errors was kept in the sheet.", "rows with errors were kept in the sheet.")
	}
	say(without, "row has source usernames that the account does not take.", "rows have source usernames that the account does not take.")
	say(hidden, "row was sent but could not be verified in full.", "rows were sent but could not be verified in full.")
	return out
}
