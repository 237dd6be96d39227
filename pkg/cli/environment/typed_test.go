package environment_test

import (
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
)

func TestTyped(t *testing.T) {
	for line, want := range map[string]string{
		"":                               "podkit logs -n shop",
		"web-0 --recording=x.podkit":     "podkit logs -n shop web-0",
		"-n other --follow=true a b":     "podkit logs -n shop -f a b",
		"--prefix=false --since 1h web":  "podkit logs -n shop --prefix=false --since 1h0m0s web",
		"-c app --file a,b --file c web": "podkit logs -n shop -c app --file a --file b --file c web",
		"--color web":                    "podkit logs -n shop --color=always web",
	} {
		flags := pflag.NewFlagSet("logs", pflag.ContinueOnError)
		flags.StringP("namespace", "n", "", "")
		flags.String("recording", "", "")
		flags.BoolP("follow", "f", false, "")
		flags.Bool("prefix", true, "")
		flags.Duration("since", 0, "")
		flags.StringP("container", "c", "", "")
		flags.StringSlice("file", nil, "")
		flags.String("color", "", "")
		flags.Lookup("color").NoOptDefVal = "always"
		if err := flags.Parse(strings.Fields(line)); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(environment.Typed("logs", "shop", flags, flags.Args()), " "); got != want {
			t.Errorf("%q:\ngot  %s\nwant %s", line, got, want)
		}
	}
	if got := environment.Typed("get", "", pflag.NewFlagSet("get", pflag.ContinueOnError), nil); strings.Join(got, " ") != "podkit get" {
		t.Errorf("all namespaces: %v", got)
	}
}
