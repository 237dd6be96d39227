package config

import (
	"slices"
	"strconv"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// commandRule finds programs that could not be started: the runtime says so in the status, or the shell or the wrapper
// that was to start them in its log.
func commandRule() diagnosis.Rule {
	explains := append(symptoms(), "app-signal")
	return diagnosis.Rule{
		Name: "command",
		Causes: []diagnosis.Cause{
			{ID: commandNotFound, Severity: diagnosis.Error, Explains: explains},
			{ID: commandNotExecutable, Severity: diagnosis.Error, Explains: explains},
		},
		Check: func(c *diagnosis.Case) []diagnosis.Finding {
			var findings []diagnosis.Finding
			for _, refused := range slices.Concat(refusals(c, commandNotFound), refusals(c, commandNotExecutable)) {
				findings = append(findings, tellCommand(c, refused.Container, refused.fault, diagnosis.Certain, refused.proof))
			}
			return append(findings, fromShells(c)...)
		},
	}
}

// tellCommand makes the finding of a program that could not be started.
func tellCommand(c *diagnosis.Case, container podstate.Container, fault fault, sure diagnosis.Confidence, proof ...diagnosis.Evidence) diagnosis.Finding {
	asked, origin := origin(container, fault.subject)
	command := fault.subject
	if command == "" {
		command = asked
	}
	args := message.Args{
		"Container": container.Name(), "Command": command, "Image": container.Spec.Image, "Origin": origin,
		"Code": 0, "Workload": c.Workload().String(),
	}
	if died := container.LastDeath(); died != nil {
		args["Code"] = int(died.ExitCode)
	}
	finding := diagnosis.Finding{
		ID: fault.id, Form: fault.form, Confidence: sure, Container: container.Name(), Args: args,
		Evidence: append(proof, commandOf(container)),
	}
	if fault.form == "path" && strings.ContainsAny(command, " \t") {
		finding.Form = "words"
		args["Words"] = list(strings.Fields(command))
	}
	finding.Remedies = commandRemedies(c, container, finding)
	return finding
}

// commandRemedies depend on where the program comes from: the spec, or the image.
func commandRemedies(c *diagnosis.Case, container podstate.Container, finding diagnosis.Finding) []diagnosis.Remedy {
	look := c.Change("remedy.config.look-inside", finding.Args, "debug %s -it --copy-to=%s-look --container=%s -- sh", c.Pod.Name, c.Pod.Name, container.Name())
	switch {
	case finding.Form == "exit":
		return []diagnosis.Remedy{c.SeeLog(container.Name()), look}
	case finding.ID == commandNotExecutable && finding.Form != "directory":
		return []diagnosis.Remedy{diagnosis.Advice("remedy.config.set-mode", finding.Args), look}
	case finding.Args["Origin"] == "", finding.Form == "interpreter", finding.Form == "library":
		return []diagnosis.Remedy{diagnosis.Advice("remedy.config.mend-image", finding.Args), look}
	}
	return []diagnosis.Remedy{c.EditWorkload(), look}
}

// origin returns the program that the spec asks for, and the field where the one that failed stands: command or args, or
// nothing when it is the image's own. A runtime that starts no entrypoint starts the first of args.
func origin(container podstate.Container, failed string) (asked, field string) {
	command, args := container.Spec.Command, container.Spec.Args
	switch {
	case len(command) > 0:
		return command[0], "command"
	case len(args) > 0 && strings.Contains(strings.Join(args, " "), failed):
		return args[0], "args"
	}
	return "", ""
}

// commandOf is the command as the spec has it, as evidence; else that it is the image's own.
func commandOf(container podstate.Container) diagnosis.Evidence {
	spec := container.Spec
	switch {
	case len(spec.Command) > 0:
		return diagnosis.SpecOf(container, "command", list(slices.Concat(spec.Command, spec.Args)))
	case len(spec.Args) > 0:
		return diagnosis.SpecOf(container, "args", list(spec.Args))
	}
	evidence := diagnosis.SpecOf(container, "command", "")
	evidence.Says, evidence.Args = "evidence.config.entrypoint", message.Args{"Image": spec.Image}
	return evidence
}

// list is a list of words as YAML and JSON write it.
func list(words []string) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = strconv.Quote(word)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}
