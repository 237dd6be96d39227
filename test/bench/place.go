package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// namespace is that of the models.
const namespace = "bench"

// place is where programs run: beside a server of a cluster, with a home of their own.
type place struct {
	url  string
	env  []string
	stop func() error
}

// open starts this program once more, as the server, and writes a kubeconfig that names it.
func open(pods int, home string) (*place, error) {
	server := exec.Command(os.Args[0], "-serve", strconv.Itoa(pods))
	server.Stderr = os.Stderr
	input, err := server.StdinPipe()
	if err != nil {
		return nil, err
	}
	output, err := server.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := server.Start(); err != nil {
		return nil, err
	}
	p := &place{stop: func() error {
		_ = input.Close() // It ends the server, which Wait tells of.
		return server.Wait()
	}}
	line, err := bufio.NewReader(output).ReadString('\n')
	if err != nil {
		return nil, fmt.Errorf("the server does not start: %w", p.stop())
	}
	p.url = strings.TrimSpace(line)
	kubeconfig := filepath.Join(home, "kubeconfig")
	text := fmt.Sprintf(`{apiVersion: v1, kind: Config, current-context: bench, users: [{name: bench, user: {}}],
		contexts: [{name: bench, context: {cluster: bench, user: bench, namespace: %s}}], clusters: [{name: bench, cluster: {server: %q}}]}`, namespace, p.url)
	p.env = []string{"HOME=" + home, "KUBECONFIG=" + kubeconfig, "PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8"}
	return p, os.WriteFile(kubeconfig, []byte(text), 0o600)
}

// traffic returns what was asked of the server since the last call.
func (p *place) traffic() (traffic, error) {
	answer, err := http.Get(p.url + countPath)
	if err != nil {
		return traffic{}, err
	}
	defer answer.Body.Close()
	var counted traffic
	return counted, json.NewDecoder(answer.Body).Decode(&counted)
}

// output runs a program and returns what it prints.
func (p *place) output(args ...string) (string, error) {
	var out strings.Builder
	_, err := p.run(args, &out)
	return out.String(), err
}

// run measures one run of a program.
func (p *place) run(args []string, out io.Writer) (sample, error) {
	if _, err := p.traffic(); err != nil {
		return sample{}, err
	}
	program := exec.Command(args[0], args[1:]...)
	var complaint strings.Builder
	program.Env, program.Stdout, program.Stderr = p.env, out, &complaint
	measured, err := measure(program)
	if err != nil {
		return sample{}, fmt.Errorf("%s: %w: %s", strings.Join(args, " "), err, complaint.String())
	}
	measured.traffic, err = p.traffic()
	return measured, err
}
