package workbench

import (
	"archive/zip"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"rollcall/internal/account"
	"rollcall/internal/problem"
	"rollcall/internal/push"
	"rollcall/internal/scim"
	"rollcall/internal/store"
	"rollcall/internal/workbook"
)

// A support bundle is a ZIP file for whoever helps with a problem: versions,
// what the accounts can do, how past imports went, request by request, and what
// the program said when it last broke down. It holds nothing of the user's: no
// name, address, e-mail, group, file name or cell, and no secret.

// supportImports is how many of the last imports a support bundle tells of.
const supportImports = 20

// CrashFile is where the program writes what the runtime says when it breaks
// down, below the store's home.
const CrashFile = "crash.txt"

// KeepCrash makes the runtime write a breakdown of the program into the store's
// home, beside the standard error. A file of an earlier one stays until then.
func (b *Bench) KeepCrash() error {
	path := filepath.Join(b.store.Home(), CrashFile)
	if info, err := os.Stat(path); err == nil && info.Size() > 4*crashKept {
		_ = os.Remove(path) // a new one is begun
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	return debug.SetCrashOutput(f, debug.CrashOptions{})
}

// SaveSupport writes a support bundle; version is the program's own. Run it in
// the background.
func (b *Bench) SaveSupport(ctx context.Context, path, version string) error {
	err := workbook.WriteAtomic(path, func(w io.Writer) error {
		z := zip.NewWriter(w)
		for _, part := range []struct {
			name  string
			write func(io.Writer) error
		}{
			{"versions.txt", func(w io.Writer) error { return b.supportVersions(ctx, w, version) }},
			{"accounts.json", b.supportAccounts},
			{"imports.json", func(w io.Writer) error { return b.supportHistory(ctx, w) }},
			{"requests.csv", func(w io.Writer) error { return b.supportRequests(ctx, w) }},
			{"crash.txt", b.supportCrash},
		} {
			f, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate, Modified: b.now()})
			if err != nil {
				return err
			}
			if err := part.write(f); err != nil {
				return err
			}
		}
		return z.Close()
	})
	var said *problem.Problem
	if err != nil && !errors.As(err, &said) {
		err = problem.New("The support bundle could not be written. Choose another place and try again.", err)
	}
	return err
}

func (b *Bench) supportVersions(ctx context.Context, w io.Writer, version string) error {
	fmt.Fprintf(w, "Rollcall %s\n%s/%s, %s, %d processors\n", version, runtime.GOOS, runtime.GOARCH, runtime.Version(), runtime.NumCPU())
	fmt.Fprintf(w, "Time %s\nKeychain: %s\n", b.now().UTC().Format(time.RFC3339), b.keychain.Kind())
	if err := b.keychain.Check(ctx); err != nil {
		fmt.Fprintf(w, "Keychain, tried: %s\n", sentence(err))
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		fmt.Fprintln(w, "\nLibraries:")
		for _, m := range info.Deps {
			fmt.Fprintln(w, m.Path, m.Version)
		}
	}
	return nil
}

// supportAccount is a profile without what names it.
type supportAccount struct {
	Account    int            `json:"account"`
	SignIn     account.SignIn `json:"signIn"`
	HTTPS      bool           `json:"https"`
	OwnCA      bool           `json:"ownCA"`
	Extension  bool           `json:"ownExtension"`
	Rate       float64        `json:"rate,omitempty"`
	Production bool           `json:"production"`
	ReadOnly   bool           `json:"readOnly"`
	Users      int            `json:"users"`
	SyncedAt   time.Time      `json:"syncedAt,omitzero"`
	Learned    scim.Learned   `json:"learned"`
}

// supportNumbers names the profiles by number, in their order.
func (b *Bench) supportNumbers() (list []account.Profile, number map[string]int) {
	list, number = b.store.Profiles(), make(map[string]int)
	for i, p := range list {
		number[p.ID] = i + 1
	}
	return list, number
}

func (b *Bench) supportAccounts(w io.Writer) error {
	list, number := b.supportNumbers()
	out := make([]supportAccount, 0, len(list))
	for _, p := range list {
		a := supportAccount{
			Account: number[p.ID], SignIn: p.SignIn, HTTPS: strings.HasPrefix(strings.ToLower(p.URL), "https:"), OwnCA: p.CAFile != "",
			Extension: p.ExtensionURN != "", Rate: p.Rate, Production: p.Production, ReadOnly: p.ReadOnly,
		}
		if info, ok := b.store.DirectoryInfo(p.ID); ok {
			a.Users, a.SyncedAt = info.Users, info.SyncedAt
		}
		b.store.Setting(settingLearned+p.ID, &a.Learned)
		out = append(out, a)
	}
	return writeIndented(w, out)
}

func writeIndented(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// supportImport is an import without what names its account, file and people.
type supportImport struct {
	Import   string      `json:"import"`
	Account  int         `json:"account,omitempty"` // 0 for one that has no profile any more
	Begun    time.Time   `json:"begun"`
	Ended    time.Time   `json:"ended,omitzero"`
	Complete bool        `json:"complete"`
	Undo     bool        `json:"undo,omitempty"`
	Rows     int         `json:"rows"`
	Counts   push.Counts `json:"counts"`
	Seconds  float64     `json:"seconds"`
	Requests int64       `json:"requests"`
	Stopped  bool        `json:"stopped,omitempty"`
}

func (b *Bench) lastImports(ctx context.Context) ([]store.ImportInfo, error) {
	list, err := b.store.Imports(ctx, "")
	return list[:min(len(list), supportImports)], err
}

func (b *Bench) supportHistory(ctx context.Context, w io.Writer) error {
	list, err := b.lastImports(ctx)
	if err != nil {
		_, err = fmt.Fprintf(w, "%q\n", sentence(err))
		return err
	}
	_, number := b.supportNumbers()
	out := make([]supportImport, 0, len(list))
	for _, i := range list {
		var s push.Summary
		_ = json.Unmarshal(i.Summary, &s) // one without a summary was not ended
		out = append(out, supportImport{
			Import: i.ID, Account: number[i.Profile], Begun: i.Begun, Ended: i.Ended, Complete: i.Complete, Undo: i.Undoes != "",
			Rows: i.Rows, Counts: s.Counts, Seconds: s.Seconds, Requests: s.Requests, Stopped: s.Stopped,
		})
	}
	return writeIndented(w, out)
}

// supportRequests lists the requests of the last imports: method, kind of path
// without any id, status and time.
func (b *Bench) supportRequests(ctx context.Context, w io.Writer) error {
	out := csv.NewWriter(w)
	_ = out.Write([]string{"import", "at", "method", "path", "status", "milliseconds", "note"}) // Error tells below
	list, err := b.lastImports(ctx)
	if err != nil {
		return nil // said in imports.json
	}
	for _, i := range list {
		requests, err := b.store.Requests(ctx, i.ID)
		if err != nil {
			continue
		}
		for _, r := range requests {
			_ = out.Write([]string{i.ID, r.At.UTC().Format(time.RFC3339Nano), r.Method, r.Path, strconv.Itoa(r.Status),
				strconv.FormatFloat(float64(r.Took)/float64(time.Millisecond), 'f', 1, 64), r.Note})
		}
	}
	out.Flush()
	return out.Error()
}

// crashKept is how much of the crash file's end is told.
const crashKept = 256 << 10

func (b *Bench) supportCrash(w io.Writer) error {
	data, err := os.ReadFile(filepath.Join(b.store.Home(), CrashFile))
	if err != nil || len(data) == 0 {
		_, err = io.WriteString(w, "The program has not broken down.\n")
		return err
	}
	_, err = io.WriteString(w, withoutValues(string(data[max(0, len(data)-crashKept):])))
	return err
}

var (
	crashFrame = regexp.MustCompile(`^[\w./*()\[\]·\-{}]+\(.*\)$`)
	crashPlace = regexp.MustCompile(`^\t.*?([^/\\]+\.(?:go|s)):(\d+)`)
	crashStart = regexp.MustCompile(`^(goroutine \d+ .*|created by .*|runtime stack:|SIG\w+.*|exit status \d+)$`)
	crashError = regexp.MustCompile(`^(panic|fatal error): (runtime error: [a-z :]*)?`)
)

// withoutValues keeps of a breakdown where it was, and leaves out every value:
// what panicked, and arguments.
func withoutValues(text string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		switch {
		case crashPlace.MatchString(line):
			m := crashPlace.FindStringSubmatch(line)
			fmt.Fprintf(&out, "\t%s:%s\n", m[1], m[2])
		case crashError.MatchString(line):
			fmt.Fprintf(&out, "%s…\n", crashError.FindString(line))
		case crashStart.MatchString(line):
			out.WriteString(line + "\n")
		case crashFrame.MatchString(line):
			out.WriteString(line[:strings.LastIndexByte(line, '(')] + "(…)\n")
		case line == "":
			out.WriteByte('\n')
		}
	}
	return out.String()
}
