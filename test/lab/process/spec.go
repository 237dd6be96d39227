package process

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"syscall"
	"time"
)

// Spec describes one part: a program that runs until it is stopped.
type Spec struct {
	// Name is the part's name in progress lines, `lab status` and `lab logs`.
	Name string
	// Program is the absolute path of the executable.
	Program string
	Args    []string
	// Cgroup is where the process is put, relative to the root of the cgroup hierarchies; empty for the caller's.
	Cgroup string
	// Namespace is the process whose mount namespace the part runs in; 0 for the machine's own.
	Namespace int
	// Attributes are extra settings of the new process; nil for none.
	Attributes *syscall.SysProcAttr
	// Inputs are files' contents and such that the program reads when it starts: if one changes, it is restarted.
	Inputs [][]byte
	// Ready returns nil when the part does its work, else what is missing. It must return soon.
	Ready func(context.Context) error
	// Patience is how long the part may take to become ready; a minute if zero.
	Patience time.Duration
}

// Digest changes when the part has to be restarted to take effect: another program, argument, namespace or input.
func (s Spec) Digest() string {
	h := sha256.New()
	fmt.Fprintf(h, "%q %q %d\n", s.Program, s.Args, s.Namespace)
	for _, input := range s.Inputs {
		fmt.Fprintf(h, "%d\n", len(input))
		h.Write(input)
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

func (s Spec) patience() time.Duration {
	if s.Patience == 0 {
		return time.Minute
	}
	return s.Patience
}
