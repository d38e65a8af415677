package store

import (
	"os"
	"path/filepath"
	"runtime"

	"rollcall/internal/problem"
)

// HomeEnv is the environment variable that puts the folder somewhere else.
const HomeEnv = "ROLLCALL_HOME"

// homeFolder is the given folder, or that of the environment, or the platform's
// place for a program's own data: XDG_DATA_HOME on Linux, Application Support on
// macOS, Local AppData on Windows, since copies do not belong in a roaming
// profile.
func homeFolder(given string) (string, error) {
	if given == "" {
		given = os.Getenv(HomeEnv)
	}
	if given != "" {
		return filepath.Abs(given)
	}
	var dir string
	var err error
	name := "Rollcall"
	switch runtime.GOOS {
	case "darwin", "ios":
		dir, err = os.UserConfigDir()
	case "windows":
		dir, err = os.UserCacheDir()
	default:
		name = "rollcall"
		if dir = os.Getenv("XDG_DATA_HOME"); !filepath.IsAbs(dir) {
			dir, err = os.UserHomeDir()
			dir = filepath.Join(dir, ".local", "share")
		}
	}
	if err != nil {
		return "", problem.New("This computer does not say where programs keep their files. Set "+HomeEnv+
			" to a folder and start again.", err)
	}
	return filepath.Join(dir, name), nil
}
