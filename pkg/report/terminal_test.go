package report_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/creack/pty"
	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/report"
)

func TestTerminal(t *testing.T) {
	master, slave, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer master.Close()
	defer slave.Close()
	if err := pty.Setsize(slave, &pty.Winsize{Rows: 24, Cols: 123}); err != nil {
		t.Fatal(err)
	}
	reader, pipe, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	defer pipe.Close()
	tests := map[string]struct {
		streams genericiooptions.IOStreams
		env     map[string]string
		want    report.Terminal
	}{
		"no file":         {genericiooptions.IOStreams{In: slave, Out: &bytes.Buffer{}}, nil, report.Terminal{Width: 80, Piped: true}},
		"a pipe":          {genericiooptions.IOStreams{In: slave, Out: pipe}, nil, report.Terminal{Width: 80, Piped: true}},
		"a terminal":      {genericiooptions.IOStreams{In: slave, Out: slave}, nil, report.Terminal{Width: 123, Color: true, Interactive: true}},
		"input from pipe": {genericiooptions.IOStreams{In: reader, Out: slave}, nil, report.Terminal{Width: 123, Color: true}},
		"no input at all": {genericiooptions.IOStreams{Out: slave}, nil, report.Terminal{Width: 123, Color: true}},
		"NO_COLOR":        {genericiooptions.IOStreams{In: slave, Out: slave}, map[string]string{"NO_COLOR": "1"}, report.Terminal{Width: 123, Interactive: true}},
		"COLORFGBG":       {genericiooptions.IOStreams{In: slave, Out: slave}, map[string]string{"COLORFGBG": "0;15"}, report.Terminal{Width: 123, Color: true, Ground: report.LightGround, Interactive: true}},
		"dumb":            {genericiooptions.IOStreams{In: slave, Out: slave}, map[string]string{"TERM": "dumb"}, report.Terminal{Width: 123, Interactive: true}},
	}
	for name, test := range tests {
		got := report.NewTerminal(test.streams, func(key string) string { return test.env[key] })
		if got != test.want {
			t.Errorf("%s: got %+v, want %+v", name, got, test.want)
		}
	}
}

func TestTerminalOfUnknownWidth(t *testing.T) {
	master, slave, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer master.Close()
	defer slave.Close()
	got := report.NewTerminal(genericiooptions.IOStreams{In: slave, Out: slave}, os.Getenv)
	if got.Width != report.DefaultWidth {
		t.Errorf("a terminal that does not tell its size is %d wide, want %d", got.Width, report.DefaultWidth)
	}
}
