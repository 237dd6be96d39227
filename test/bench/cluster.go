package main

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"io"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/recording"
)

//go:embed testdata/models.podkit
var recorded []byte

// podsPerNode is how many pods a Node of the cluster has, about: a kubelet takes 110.
const podsPerNode = 100

// multiplication is a recording that is made of the copies of another one.
type multiplication struct {
	from   *recording.Recording
	models []model
	plan   []workload
	nodes  int
	to     *recording.Writer
}

// cluster is a cluster with a namespace of so many pods. The same number makes the same cluster.
func cluster(pods int) (*recording.Recording, error) {
	var file bytes.Buffer
	if err := multiply(pods, &file); err != nil {
		return nil, fmt.Errorf("multiplying the models: %w", err)
	}
	return recording.Read(context.Background(), &file, recording.DefaultLimits())
}

// multiply writes it as a file.
func multiply(pods int, file io.Writer) error {
	from, err := recording.Read(context.Background(), bytes.NewReader(recorded), recording.DefaultLimits())
	if err != nil {
		return err
	}
	models, err := modelsOf(from)
	if err != nil {
		return err
	}
	to, err := recording.NewWriter(file)
	if err != nil {
		return err
	}
	m := multiplication{from: from, models: models, plan: plan(pods), nodes: pods/podsPerNode + 1, to: to}
	return m.write()
}

// write writes the whole recording.
func (m *multiplication) write() error {
	for i := range m.from.Resources {
		resource := m.from.Resources[i]
		if err := m.to.Resource(resource); err != nil {
			return err
		}
		for _, object := range m.from.Objects(resource.GVR()) {
			for _, copied := range m.copies(object, resource.GVR() == eventResource) {
				if err := m.to.Object(copied); err != nil {
					return err
				}
			}
		}
	}
	for _, key := range m.from.LogKeys() {
		if err := m.logs(key); err != nil {
			return err
		}
	}
	for _, listing := range m.from.Listings() {
		if err := m.to.Listed(listing); err != nil {
			return err
		}
	}
	return m.to.Close(m.from.Header)
}

// copies are the copies of an object: one a pod, a workload or a Node, by whose name it goes.
func (m *multiplication) copies(object recording.Object, event bool) [][]byte {
	var made [][]byte
	add := func(replacer *strings.Replacer) { made = append(made, []byte(replacer.Replace(string(object.Raw)))) }
	for i := range m.models {
		model := &m.models[i]
		if !strings.HasPrefix(object.Name, model.name) {
			continue
		}
		for _, w := range m.plan {
			switch {
			case w.model != model.name || event && w.quiet:
			case strings.HasPrefix(object.Name, model.pod):
				for pod := w.first; pod < w.first+w.pods; pod++ {
					add(model.ofPod(w, pod, m.nodes, object.UID))
				}
			default:
				add(model.ofWorkload(w, object.UID))
			}
		}
		return made
	}
	for _, node := range m.from.Objects(nodeResource) {
		if !strings.HasPrefix(object.Name, node.Name) {
			continue
		}
		for number := range m.nodes {
			add(strings.NewReplacer(node.Name, nodeName(node.Name, number), object.UID, uid(object.UID, number)))
		}
		return made
	}
	return [][]byte{object.Raw}
}

// logs writes the copies of a log.
func (m *multiplication) logs(key recording.LogKey) error {
	tail, _ := m.from.Log(key)
	for i := range m.models {
		model := &m.models[i]
		for _, w := range m.plan {
			if w.model != model.name || key.Pod != model.pod {
				continue
			}
			for pod := w.first; pod < w.first+w.pods; pod++ {
				copied := key
				copied.Pod, copied.UID = model.podName(w, pod), uid(key.UID, pod)
				if err := m.to.Log(copied, tail); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
