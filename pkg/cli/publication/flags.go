package publication

import (
	"crypto/rand"
	"fmt"
	"sync"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/recording/redact"
	"github.com/kubectl-podkit/podkit/pkg/report/press"
)

// Flags are the flags about reports as typed.
type Flags struct {
	Reports []string
	Redact  string
}

// AddFlags registers the flags.
func (f *Flags) AddFlags(flags *pflag.FlagSet) {
	flags.StringArrayVar(&f.Reports, "report", nil, "Write a report to this file, whose name ends in .md, .html, .sarif or .xml (JUnit); may be given several times")
	flags.StringVar(&f.Redact, "redact", "on", "Take secrets out of reports, and of a record: on or off")
}

// Complete registers what the shell completes for the flags of a command that has them.
func Complete(cmd *cobra.Command) {
	// They fail for a flag that does not exist alone.
	_ = cmd.RegisterFlagCompletionFunc("redact", cobra.FixedCompletions([]cobra.Completion{"on", "off"}, cobra.ShellCompDirectiveNoFileComp))
	_ = cmd.RegisterFlagCompletionFunc("report", cobra.FixedCompletions([]cobra.Completion{"md", "html", "sarif", "xml"}, cobra.ShellCompDirectiveFilterFileExt))
}

// ToPublisher checks the flags. A report that could not be written is refused here, before anything is read for it.
func (f *Flags) ToPublisher(env *environment.Environment) (Publisher, error) {
	redactor, err := redactor(f.Redact)
	if err != nil {
		return Publisher{}, err
	}
	for _, path := range f.Reports {
		if err := press.Check(path); err != nil {
			return Publisher{}, err
		}
	}
	messages, err := env.Messages()
	if err != nil {
		return Publisher{}, err
	}
	forScripts, err := env.ScriptMessages()
	if err != nil {
		return Publisher{}, err
	}
	return Publisher{Reports: f.Reports, Redactor: redactor, Messages: messages, ForScripts: forScripts, Kubectl: env.Kubectl()}, nil
}

// redactor returns what makes the redactor of all reports, or nil when --redact is off. Its salt is of this run alone, so that
// nobody can tell from a placeholder in a report what stood there by trying values.
func redactor(typed string) (func() *redact.Redactor, error) {
	switch typed {
	case "on":
	case "off":
		return nil, nil
	default:
		return nil, message.Errorf(nil, "capture.redact", message.Args{"Value": typed})
	}
	salt := make([]byte, 32)
	if _, err := rand.Read(salt); err != nil {
		return nil, fmt.Errorf("reading random bytes: %w", err)
	}
	return sync.OnceValue(func() *redact.Redactor { return redact.New(salt, nil) }), nil
}
