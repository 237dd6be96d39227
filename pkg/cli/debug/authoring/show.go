package authoring

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/kubectl-podkit/podkit/pkg/cli/debug"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

func showCommand(env *environment.Environment) *cobra.Command {
	output := ""
	cmd := &cobra.Command{
		Use: "show WORKFLOW", Short: "Show a workflow: when it is taken, and its steps", Example: showExample,
		Args: cobra.ExactArgs(1), ValidArgsFunction: workflows(env),
		RunE: func(_ *cobra.Command, args []string) error { return show(env, args[0], output) },
	}
	cmd.Flags().StringVarP(&output, "output", "o", "", "Output format: yaml gives the document itself, to copy and change")
	// The flag exists, so registering its completion cannot fail.
	_ = cmd.RegisterFlagCompletionFunc("output", cobra.FixedCompletions([]cobra.Completion{"yaml"}, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// show writes a workflow for people, or its document.
func show(env *environment.Environment, name, output string) error {
	messages, err := env.Messages()
	if err != nil {
		return err
	}
	entry, err := debug.NewLibrary(env).Open(name)
	if err != nil {
		return err
	}
	switch output {
	case "yaml":
		source := string(entry.Source())
		if !env.Terminal().Piped {
			source = report.Escape(source)
		}
		_, err := io.WriteString(env.Streams.Out, source)
		return err
	case "":
	default:
		return message.Errorf(nil, "workflow.output", message.Args{"Value": output})
	}
	page := report.NewPage(env.Streams.Out, messages, env.Terminal())
	text := func(text workflow.Text) string { return report.Escape(text.In(messages.Language())) }
	page.Line(report.Escape(entry.Name) + " · " + text(entry.Title))
	page.Line(text(entry.Summary))
	if entry.When != "" {
		page.Line("")
		page.Line(messages.Text("workflow.show.when", message.Args{"When": report.Escape(oneLine(string(entry.When))), "Priority": entry.Priority}))
	}
	for i, step := range entry.Steps {
		page.Line("")
		page.Line(strconv.Itoa(i+1) + "  " + report.Escape(step.ID) + " · " + text(step.Title))
		page.Line("   " + action(&step))
		page.Line("   " + text(step.Purpose))
	}
	return page.Err()
}

// action is what a step does, as in "logs lines=10 (active)".
func action(step *workflow.Step) string {
	words := []string{step.Action}
	for _, name := range debug.Vocabulary().Actions[step.Action].Params {
		if value, given := step.With[name]; given {
			words = append(words, name+"="+strconv.Quote(value))
		}
	}
	if class := step.Class(debug.Vocabulary().Actions[step.Action], step.With); class != workflow.ReadOnly {
		words = append(words, fmt.Sprintf("(%s)", class))
	}
	return report.Escape(strings.Join(words, " "))
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
