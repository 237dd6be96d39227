package process

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

func TestParseStat(t *testing.T) {
	// Field 22 of a real line is the start time; the name is made up.
	const rest = " S 1 4242 4242 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 12 0 987654 1000 200"
	for name, test := range map[string]struct {
		stat      string
		wantState byte
		wantStart uint64
		wantErr   bool
	}{
		"plain":                     {stat: "4242 (etcd)" + rest, wantState: 'S', wantStart: 987654},
		"a name with spaces":        {stat: "4242 (tmux: server)" + rest, wantState: 'S', wantStart: 987654},
		"a name with parentheses":   {stat: "4242 (a) Z (b)" + rest, wantState: 'S', wantStart: 987654},
		"cut short":                 {stat: "4242 (etcd) S 1 4242", wantErr: true},
		"no name":                   {stat: "4242 etcd S", wantErr: true},
		"a start that is no number": {stat: "4242 (x) S 1 1 1 0 -1 1 1 2 3 4 5 6 7 8 20 0 12 0 soon", wantErr: true},
	} {
		t.Run(name, func(t *testing.T) {
			state, start, err := parseStat([]byte(test.stat))
			if (err != nil) != test.wantErr {
				t.Fatalf("error is %v, want one: %v", err, test.wantErr)
			}
			if state != test.wantState || start != test.wantStart {
				t.Errorf("got %c, %d; want %c, %d", state, start, test.wantState, test.wantStart)
			}
		})
	}
}

func TestIdentityOfARunningProcess(t *testing.T) {
	id, err := Identify(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	if !id.Alive() {
		t.Errorf("%+v is not alive, but it is this test", id)
	}
}

func TestAReusedPIDIsAnotherProcess(t *testing.T) {
	id, err := Identify(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	for name, former := range map[string]Identity{
		"started earlier": {PID: id.PID, Start: id.Start - 1, Boot: id.Boot},
		"another boot":    {PID: id.PID, Start: id.Start, Boot: "00000000-0000-0000-0000-000000000000"},
		"no process":      {},
	} {
		if former.Alive() {
			t.Errorf("%s: %+v counts as alive", name, former)
		}
	}
}

func TestAnEndedProcessIsGone(t *testing.T) {
	cmd := exec.Command("true")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	pid := cmd.Process.Pid
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	if _, err := Identify(pid); !errors.Is(err, ErrGone) {
		t.Errorf("error is %v, want %v", err, ErrGone)
	}
}

func TestAZombieIsGone(t *testing.T) {
	proc := t.TempDir()
	if err := os.MkdirAll(filepath.Join(proc, "7"), 0o755); err != nil {
		t.Fatal(err)
	}
	stat := "7 (sleep) Z 1 7 7 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 12 0 987654 1000 200"
	if err := os.WriteFile(filepath.Join(proc, "7", "stat"), []byte(stat), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := identify(proc, 7); !errors.Is(err, ErrGone) {
		t.Errorf("error is %v, want %v", err, ErrGone)
	}
}
