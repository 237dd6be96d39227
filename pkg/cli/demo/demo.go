// Package demo is the command that shows what podkit does on a recording that is part of the binary: on any system, with
// no cluster and no kubeconfig. It is the command debug on that recording and nothing of its own.
package demo

import (
	"bytes"
	_ "embed" // The recording.
	"fmt"
	"os"

	"github.com/spf13/cobra"
	"k8s.io/kubectl/pkg/util/templates"

	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/recording"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

//go:embed shop.podkit
var shop []byte

// subject is where the story begins: what the shop's customers complain about.
const subject = "deploy/web"

var long = templates.LongDesc(`
	Walk through a shop in trouble, step by step, without a cluster: what podkit reads is a recording of a real one, which
	is part of the binary. It takes the flags of debug, and another target of the shop (deploy/worker, sts/database,
	deploy/cart) as its argument.

	--save writes the recording to a file, to try all other commands on it with --recording.`)

var example = templates.Examples(`
	# Find out why the shop is down
	kubectl podkit demo

	# Print the run without questions, in Chinese
	kubectl podkit demo --yes --lang zh

	# Keep the shop, to try other commands on it: diagnose --recording shop.podkit, say
	kubectl podkit demo --save shop.podkit`)

// NewCommand returns the command; guided makes the command that is run on the recording.
func NewCommand(env *environment.Environment, guided func(*environment.Environment) *cobra.Command) *cobra.Command {
	run := guided(env)
	save := ""
	cmd := &cobra.Command{
		Use:     "demo [POD | TYPE/NAME]",
		Short:   "See podkit find out why a shop is down, without a cluster",
		Long:    long,
		Example: example,
		RunE: func(cmd *cobra.Command, args []string) error {
			if save != "" {
				return write(env, save)
			}
			recorded, err := recording.Read(env.Context, bytes.NewReader(shop), recording.DefaultLimits())
			if err != nil {
				return err
			}
			env.Record(recorded)
			messages, err := env.Messages()
			if err != nil {
				return err
			}
			fmt.Fprintln(env.Streams.ErrOut, messages.Text("demo.intro", message.Args{
				"Date": recorded.Header.TakenAt.Format("2006-01-02"), "Server": report.Escape(recorded.Header.Server.GitVersion),
			}))
			if len(args) == 0 && !cmd.Flags().Changed("selector") {
				args = []string{subject}
			}
			run.SetContext(cmd.Context())
			if err := run.RunE(run, args); err != nil {
				return err
			}
			fmt.Fprintln(env.Streams.ErrOut, messages.Text("demo.live", nil))
			return nil
		},
	}
	cmd.Flags().AddFlagSet(run.Flags())
	cmd.Flags().StringVar(&save, "save", "", "Write the recording to this file and do nothing else")
	// In a recording nothing comes up that is waited for.
	if wait := cmd.Flags().Lookup("pod-running-timeout"); wait != nil {
		wait.DefValue = "0s"
		_ = wait.Value.Set(wait.DefValue)
	}
	return cmd
}

// write saves the recording.
func write(env *environment.Environment, path string) error {
	if err := os.WriteFile(path, shop, 0o644); err != nil {
		return message.Errorf(err, "capture.unwritten", message.Args{"File": path, "Cause": err.Error()})
	}
	messages, err := env.Messages()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(env.Streams.Out, messages.Text("capture.next", message.Args{"File": path}))
	return err
}
