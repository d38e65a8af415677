// Package problem keeps the sentence that a person reads apart from the cause
// that a developer reads. It knows nothing of what went wrong: the packages
// that do write the sentences.
package problem

import "errors"

// Problem is an error with a sentence for people: what happened, what was
// kept, and what to do now. It never holds a secret.
type Problem struct {
	// Text is one or two whole sentences, shown as they are.
	Text string
	// Cause is the underlying error, or nil. It is for logs, not for people.
	Cause error
}

// New returns a Problem. The cause may be nil.
func New(text string, cause error) error { return &Problem{Text: text, Cause: cause} }

// Error gives the sentence and, behind it, the cause.
func (p *Problem) Error() string {
	if p.Cause == nil {
		return p.Text
	}
	return p.Text + " (" + p.Cause.Error() + ")"
}

// Sentence is the part that people see.
func (p *Problem) Sentence() string { return p.Text }

// Unwrap gives the cause to errors.Is and errors.As.
func (p *Problem) Unwrap() error { return p.Cause }

// Sentence returns what a person is told of err: the outermost Problem's text,
// or err's own text where no package gave it a sentence. It is "" for nil.
func Sentence(err error) string {
	if err == nil {
		return ""
	}
	var p *Problem
	if errors.As(err, &p) {
		return p.Text
	}
	return err.Error()
}
