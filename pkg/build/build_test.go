package build

import (
	"runtime"
	"testing"
)

func TestCurrent(t *testing.T) {
	oldVersion, oldCommit := version, commit
	t.Cleanup(func() { version, commit = oldVersion, oldCommit })

	version, commit = "v1.2.3", "abc"
	if got, want := Current(), (Info{Version: "v1.2.3", Commit: "abc", Go: runtime.Version()}); got != want {
		t.Errorf("what the linker set is %+v, want %+v", got, want)
	}
	version, commit = "", ""
	if got := Current(); got.Go != runtime.Version() || got.Commit != "" {
		t.Errorf("without the linker's help: %+v", got)
	}
}
