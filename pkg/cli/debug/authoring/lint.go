package authoring

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/kubectl-podkit/podkit/pkg/cli/debug"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

func lintCommand(env *environment.Environment) *cobra.Command {
	return &cobra.Command{
		Use: "lint FILE...", Short: "Say everything that is wrong with workflows, as FILE:LINE:COLUMN", Example: lintExample, Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return lint(env, args) },
	}
}

// lint checks files, and tells what is wrong on the standard output, since that is what was asked for.
func lint(env *environment.Environment, files []string) error {
	messages, err := env.Messages()
	if err != nil {
		return err
	}
	wrong := 0
	for _, file := range files {
		_, err := debug.NewLibrary(env).Read(file)
		var problems workflow.Problems
		if err != nil && !errors.As(err, &problems) {
			return err
		}
		wrong += len(problems)
		for _, problem := range problems {
			fmt.Fprintf(env.Streams.Out, "%s:%d:%d: %s\n", report.Escape(file), problem.Line, problem.Column, report.Sentence(problem.Says, messages))
		}
		if err == nil {
			fmt.Fprintln(env.Streams.Out, report.Escape(messages.Text("workflow.sound", message.Args{"File": file})))
		}
	}
	if wrong > 0 {
		return message.Errorf(nil, "workflow.wrong", message.Args{"Count": wrong})
	}
	return nil
}
