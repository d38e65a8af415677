package e2e

import "context"

// Walk goes through the whole job with the sample data and the practice
// account, as a person who tries the program would, and leaves a picture of
// each screen.
func (s *Stage) Walk(ctx context.Context, r Reporter, h Home) {
	r.Helper()
	a := s.Start(r, Launch{Home: h})
	defer a.Close()
	a.Shows("start")
	r.Logf("picture: %s", a.Shot("start"))
	a.Click("start.sample")
	a.Shows("fix")
	r.Logf("picture: %s", a.Shot("fix"))
	_ = ctx
}
