package faults

// command is a line that meets the faults.
type command struct {
	// name is its row's.
	name string
	// line is what is typed after "kubectl podkit"; FOLDER is a folder of the run's own.
	line []string
	// reads is how many reads it may make one after the other when each of them takes as long as it may.
	reads int
}

// commands are one line of every command that asks a cluster; proxy is not among them, since it goes on until it is
// stopped (proxy_test.go). explain, findings, replay, demo and diff-recordings ask none.
func commands() []command {
	return []command{
		{name: "get", line: []string{"get"}, reads: 2},
		{name: "get -o json", line: []string{"get", "-o", "json"}, reads: 2},
		{name: "describe", line: []string{"describe", "database-0"}, reads: 6},
		{name: "diagnose", line: []string{"diagnose"}, reads: 6},
		{name: "logs", line: []string{"logs", "database-0"}, reads: 3},
		{name: "logs -f", line: []string{"logs", "database-0", "-f"}, reads: 3},
		{name: "exec", line: []string{"exec", "deploy/cart", "--", "true"}, reads: 4},
		{name: "curl", line: []string{"curl", "deploy/cart"}, reads: 4},
		{name: "nodes", line: []string{"nodes"}, reads: 3},
		{name: "capture", line: []string{"capture", "-o", "FOLDER/out.podkit"}, reads: 8},
		{name: "doctor", line: []string{"doctor"}, reads: 6},
		{name: "debug", line: []string{"debug", "database-0", "--yes", "--pod-running-timeout=0"}, reads: 8},
		{name: "version", line: []string{"version"}, reads: 1},
		{name: "__complete get", line: []string{"__complete", "get", ""}, reads: 2},
	}
}
