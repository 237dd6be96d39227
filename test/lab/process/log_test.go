package process

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTail(t *testing.T) {
	var long strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&long, "line %d\n", i)
	}
	for name, test := range map[string]struct{ content, want string }{
		"empty":            {content: "", want: ""},
		"short":            {content: "one\ntwo\n", want: "one\ntwo"},
		"no final newline": {content: "one\ntwo", want: "one\ntwo"},
		"long":             {content: long.String(), want: "line 9997\nline 9998\nline 9999"},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "log")
			if err := os.WriteFile(file, []byte(test.content), 0o644); err != nil {
				t.Fatal(err)
			}
			got, err := Tail(file, 3)
			if err != nil || got != test.want {
				t.Errorf("got %q, %v; want %q", got, err, test.want)
			}
		})
	}
}

func TestAPartErrorNamesItsLogAndQuotesIt(t *testing.T) {
	file := filepath.Join(t.TempDir(), "etcd.log")
	if err := os.WriteFile(file, []byte("starting\npanic: no disk\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	cause := errors.New("ended before it was ready")
	err := NewPartError("etcd", cause, file)
	for _, want := range []string{"etcd: ended before", file, "panic: no disk"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q does not contain %q", err, want)
		}
	}
	if !errors.Is(err, cause) {
		t.Error("the cause is lost")
	}
}

func TestAPartErrorWithoutALog(t *testing.T) {
	file := filepath.Join(t.TempDir(), "never-written.log")
	if got := NewPartError("etcd", errors.New("x"), file).Error(); !strings.Contains(got, "empty: "+file) {
		t.Errorf("%q does not say that %s is empty", got, file)
	}
}
