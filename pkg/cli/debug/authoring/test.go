package authoring

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/pmezard/go-difflib/difflib"
	"github.com/spf13/cobra"
	"k8s.io/kubectl/pkg/util/templates"

	"github.com/kubectl-podkit/podkit/pkg/cli/debug"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

var testLong = templates.LongDesc(`
	Run a workflow against a cluster with a file of answers, and compare its record with the one that is wanted. A
	difference is shown and makes the exit code 1.

	What differs from run to run is replaced on both sides: times by TIME, ages and durations by AGE, IP addresses by IP,
	the generated ends of pods' names by -HASH, and runs of spaces by one.`)

func testCommand(env *environment.Environment) *cobra.Command {
	flags := &debug.Flags{}
	want, update := "", false
	cmd := &cobra.Command{
		Use: "test FILE [POD | TYPE/NAME | -l SELECTOR] --want TRANSCRIPT", Short: "Run a workflow and compare its transcript with the one that is wanted",
		Long: testLong, Example: testExample, Args: cobra.MinimumNArgs(1), ValidArgsFunction: workflows(env),
		RunE: func(cmd *cobra.Command, args []string) error {
			flags.Workflow, flags.Yes = args[0], true
			options, err := flags.ToOptions(env, args[1:])
			if err != nil {
				return err
			}
			options.Streams.Out = io.Discard
			kept := options.Keep()
			if err := options.Run(cmd.Context()); err != nil {
				return err
			}
			return compare(env, normalize(kept()), want, update)
		},
	}
	flags.AddFlags(cmd.Flags())
	hide(cmd, "workflow", "list", "resume", "record", "yes", "plain", "report", "redact", "show-values")
	cmd.Flags().StringVar(&want, "want", "", "The transcript that is wanted")
	cmd.Flags().BoolVar(&update, "update", false, "Write that file instead of comparing")
	_ = cmd.MarkFlagRequired("want") // The flag exists.
	return cmd
}

// compare tells how a transcript differs from the one that is wanted.
func compare(env *environment.Environment, got, file string, update bool) error {
	if update {
		return os.WriteFile(file, []byte(got), 0o644)
	}
	want, err := env.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return message.Errorf(err, "workflow.want", message.Args{"File": file})
	}
	if err != nil {
		return err
	}
	diff, err := difflib.GetUnifiedDiffString(difflib.UnifiedDiff{
		A: difflib.SplitLines(normalize(string(want))), B: difflib.SplitLines(got), FromFile: file, ToFile: "this run", Context: 2,
	})
	if err != nil || diff == "" {
		return err
	}
	fmt.Fprint(env.Streams.Out, report.Escape(diff))
	return message.Errorf(nil, "workflow.differs", message.Args{"File": file})
}
