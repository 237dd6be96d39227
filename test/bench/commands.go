package main

import "fmt"

// command is a row of a table.
type command struct {
	// title stands in the table; without one it is the command line.
	title string
	args  []string
	// base is set for what the commands after it are compared with, up to the next base.
	base bool
}

// startUp are commands that need no cluster, and the completion of a pod's name.
func startUp() []command {
	return []command{
		{args: []string{"kubectl", "version", "--client"}, base: true},
		{args: []string{"kubectl-podkit", "version", "--client"}},
		{args: []string{"kubectl", "podkit", "version", "--client"}},
		{args: []string{"kubectl", "__complete", "get", "pods", "web-c"}, base: true},
		{args: []string{"kubectl-podkit", "__complete", "get", "pods", "web-c"}},
	}
}

// describable is up to how many pods kubectl is asked to describe all of them: it asks for the events of each.
const describable = 100

// onPods are commands about a namespace of pods, one of which fails.
func onPods(pods int, failing string) []command {
	commands := []command{
		{args: []string{"kubectl", "get", "pods"}, base: true},
		{title: "all Pods raw, in one answer", args: []string{"kubectl", "get", "--raw", fmt.Sprintf("/api/v1/namespaces/%s/pods", namespace)}},
		{args: []string{"kubectl", "podkit", "get", "pods"}},
		{args: []string{"kubectl", "podkit", "diagnose"}},
	}
	if pods <= describable {
		commands = append(commands, command{args: []string{"kubectl", "describe", "pods"}})
	}
	return append(commands,
		command{title: "kubectl describe pod NAME", args: []string{"kubectl", "describe", "pod", failing}, base: true},
		command{title: "kubectl podkit diagnose NAME", args: []string{"kubectl", "podkit", "diagnose", failing}},
	)
}
