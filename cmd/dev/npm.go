package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// scimmy are the two settings in which the independent server from npm is
// tried; under the second its paging never advances, which is a case, too.
var scimmy = []struct {
	variable string
	packages []string
}{
	{"ROLLCALL_SCIMMY_DIR", []string{"scimmy@1.3.5", "scimmy-routers@1.3.2", "express@4.21.2"}},
	{"ROLLCALL_SCIMMY5_DIR", []string{"scimmy@1.3.5", "scimmy-routers@1.3.2", "express@5.1.0"}},
}

// provideServers installs the pinned packages into folders of the cache, once,
// and returns the settings that tell the tests where they are.
func (at place) provideServers(ctx context.Context) ([]string, error) {
	var env []string
	for _, s := range scimmy {
		name := strings.NewReplacer("@", "-").Replace(strings.Join(s.packages, "_"))
		dir := filepath.Join(at.cache, "npm", name)
		if err := installPackages(ctx, dir, s.packages); err != nil {
			return nil, err
		}
		env = append(env, s.variable+"="+dir)
	}
	return append(env, "ROLLCALL_REQUIRE_SCIMMY=1"), nil
}

// installPackages fills dir; a marker written last says that it is whole.
func installPackages(ctx context.Context, dir string, packages []string) error {
	whole := filepath.Join(dir, "whole")
	if _, err := os.Stat(whole); err == nil {
		return nil
	}
	if err := os.RemoveAll(dir); err != nil {
		return fmt.Errorf("clear a half-filled folder: %w", err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("make a folder for the test servers: %w", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "package.json"), []byte(`{"name":"rollcall-test-servers","private":true}`), 0o644); err != nil {
		return fmt.Errorf("write package.json: %w", err)
	}
	fmt.Printf("Installing the independent test server (%s)\n", strings.Join(packages, " "))
	args := append([]string{"install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error", "--save-exact"}, packages...)
	cmd := exec.CommandContext(ctx, "npm", args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		fmt.Print(lastLines(string(out), 15))
		return fmt.Errorf("npm could not install %s: %w", strings.Join(packages, " "), err)
	}
	return os.WriteFile(whole, nil, 0o644)
}
