package script

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// patience is how long a program may take to end once it is told to. It is far more than it takes.
const patience = 20 * time.Second

// fifo is the scripts' command `fifo FILE`: it makes a fifo.
func fifo(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: fifo FILE")
	}
	ts.Check(syscall.Mkfifo(ts.MkAbs(args[0]), 0o600))
}

// interrupted is the scripts' command `interrupted SIGNAL FILE PROGRAM ARGUMENT...`: it runs a program that reads a fifo, or
// its standard input where FILE is -, sends it the signal once it does, and wants it to end with 130.
func interrupted(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: interrupted SIGNAL FILE PROGRAM ARGUMENT...")
	}
	signal := map[string]os.Signal{"INT": syscall.SIGINT, "TERM": syscall.SIGTERM}[args[0]]
	cmd := exec.Command(program(ts, args[2]), args[3:]...)
	cmd.Dir = ts.MkAbs(".")
	for _, name := range []string{"HOME", "KUBECONFIG"} {
		cmd.Env = append(cmd.Env, name+"="+ts.Getenv(name))
	}
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	input, err := cmd.StdinPipe()
	ts.Check(err)
	defer input.Close()
	ts.Check(cmd.Start())
	late := time.AfterFunc(patience, func() { _ = cmd.Process.Kill() })
	defer late.Stop()
	if args[1] == "-" {
		// More than a pipe holds: when it is written, the program has begun to read.
		_, err = io.WriteString(input, strings.Repeat("# nothing yet\n", 20_000))
	} else {
		var writer *os.File
		writer, err = os.OpenFile(ts.MkAbs(args[1]), os.O_WRONLY, 0) // It opens when the program has opened the other end.
		if err == nil {
			defer writer.Close()
		}
	}
	ts.Check(err)
	ts.Check(cmd.Process.Signal(signal))
	_ = cmd.Wait() // The exit code tells.
	if code := cmd.ProcessState.ExitCode(); code != 130 || said.Len() > 0 {
		ts.Fatalf("exit code %d (%v), saying %q", code, cmd.ProcessState, said.String())
	}
}
