package diagnosis

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Group is the replicas of one workload that share a root cause.
type Group struct {
	Namespace string
	Workload  Workload
	// Root is the root cause as the first of them has it.
	Root Finding
	// Targets are the names of the pods, sorted.
	Targets []string
	// Of is how many of the workload's pods were looked at, and Others names those that do not share the cause.
	Of     int
	Others []string
}

type sameCause struct {
	namespace string
	workload  Workload
	root      Key
}

// group puts targets with the same workload and root cause together. A pod that nobody owns is a group of its own.
func group(targets []Target) []Group {
	groups := map[sameCause]*Group{}
	var order []sameCause
	all := map[sameCause][]string{}
	for i := range targets {
		target := &targets[i]
		owner := sameCause{namespace: target.Pod.Namespace, workload: target.Workload}
		all[owner] = append(all[owner], target.Pod.Name)
		root := target.Root()
		if root == nil {
			continue
		}
		key := owner
		key.root = root.Key()
		if groups[key] == nil {
			groups[key] = &Group{Namespace: owner.namespace, Workload: owner.workload, Root: *root}
			order = append(order, key)
		}
		groups[key].Targets = append(groups[key].Targets, target.Pod.Name)
	}
	found := make([]Group, 0, len(order))
	for _, key := range order {
		g := groups[key]
		slices.Sort(g.Targets)
		key.root = Key{}
		g.Of = len(all[key])
		for _, name := range all[key] {
			if _, shares := slices.BinarySearch(g.Targets, name); !shares {
				g.Others = append(g.Others, name)
			}
		}
		slices.Sort(g.Others)
		found = append(found, *g)
	}
	slices.SortStableFunc(found, func(a, b Group) int {
		return cmp.Or(cmp.Compare(b.Root.Severity, a.Root.Severity), cmp.Compare(len(b.Targets), len(a.Targets)))
	})
	return found
}

// Causes puts the groups together whose root cause is one: of the same kind, about the same object that is no Pod, such as a
// ConfigMap that several workloads miss, and repaired by the same steps: two that miss different keys of it have two causes.
// The order is that of the first of each.
func (d *Diagnosis) Causes() [][]Group {
	type cause struct {
		id     string
		object Object
		steps  string
	}
	var found [][]Group
	at := map[cause]int{}
	for _, group := range d.Groups {
		root := &group.Root
		key := cause{root.ID, root.Object, steps(root.Remedies)}
		i, known := at[key]
		if !known || root.Object.Kind == "" || root.Object.Kind == "Pod" {
			i = len(found)
			at[key] = i
			found = append(found, nil)
		}
		found[i] = append(found[i], group)
	}
	return found
}

// steps tells remedies apart by what they have one do: the command, or without one the words.
func steps(remedies []Remedy) string {
	var all strings.Builder
	for _, remedy := range remedies {
		if !remedy.Command.IsZero() {
			fmt.Fprintf(&all, "%s %s\n", remedy.ID, remedy.Command)
		} else {
			fmt.Fprintf(&all, "%s %v\n", remedy.ID, remedy.Args)
		}
	}
	return all.String()
}
