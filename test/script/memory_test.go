package script

import (
	"archive/tar"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"

	"github.com/klauspost/compress/zstd"
	"github.com/rogpeppe/go-internal/testscript"
)

// hostile is the scripts' command `hostile KIND FILE`: it writes a small file that comes to many GB.
func hostile(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: hostile KIND FILE")
	}
	const pod = "kind: Pod\napiVersion: v1\nmetadata: {name: a, namespace: b}\n"
	var text string
	switch args[0] {
	case "aliases":
		text = pod + fmt.Sprintf("x: &a %q\ny: [%s*a]\n", strings.Repeat("a", 60_000), strings.Repeat("*a,", 60_000))
	case "logs":
		text = logs(ts)
	default:
		ts.Fatalf("no such kind: %s", args[0])
	}
	if len(text) > 250_000 {
		ts.Fatalf("it has %d bytes, which is not small", len(text))
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o600))
}

// logs is a recording of 2 GB of one letter.
func logs(ts *testscript.TestScript) string {
	var out bytes.Buffer
	zip, err := zstd.NewWriter(&out)
	ts.Check(err)
	archive := tar.NewWriter(zip)
	add := func(name, body string) {
		ts.Check(archive.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: name, Size: int64(len(body)), Mode: 0o600}))
		_, err := archive.Write([]byte(body))
		ts.Check(err)
	}
	add("podkit-recording.json", `{"format":"podkit.dev/recording","version":1}`)
	long := strings.Repeat("a", 60<<20)
	for i := range 32 {
		add(fmt.Sprintf("logs/a/b/c/d%d.log", i), long)
	}
	add("header.json", "{}")
	ts.Check(archive.Close())
	ts.Check(zip.Close())
	return out.String()
}

// within is the scripts' command `within MIB PROGRAM ARGUMENT...`: it runs a program that must fail in a sentence and may take
// so much memory at most.
func within(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: within MIB PROGRAM ARGUMENT...")
	}
	most, err := strconv.ParseInt(args[0], 10, 64)
	ts.Check(err)
	cmd := exec.Command(program(ts, args[1]), args[2:]...)
	cmd.Dir = ts.MkAbs(".")
	said, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		ts.Fatalf("%v", err)
	}
	usage, known := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !known {
		ts.Fatalf("what it took is not known")
	}
	if used := usage.Maxrss >> 10; used > most || cmd.ProcessState.ExitCode() != 1 || !bytes.HasPrefix(said, []byte("error: ")) {
		ts.Fatalf("%d MiB, exit code %d, saying %s", used, cmd.ProcessState.ExitCode(), said)
	}
}
