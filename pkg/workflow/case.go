package workflow

// Case is what the diagnosis of the target says, for conditions and texts.
type Case struct {
	// Verdict is that of the pod which the run follows: Healthy, Progressing, Degraded, Failing, Unknown; empty when
	// there is no pod.
	Verdict string `json:"verdict,omitempty"`
	// Root is its root cause; its ID is empty when nothing is wrong.
	Root Finding `json:"root"`
	// Findings are all that were found about it, the root cause first.
	Findings []Finding `json:"findings,omitempty"`
	Target   Target    `json:"target"`
}

// Finding is one thing that is wrong with a pod.
type Finding struct {
	ID string `json:"id,omitempty"`
	// Family is the family of the rule that found it: image, config, crash, log, probe; unexplained for that one.
	Family     string `json:"family,omitempty"`
	Severity   string `json:"severity,omitempty"`
	Confidence string `json:"confidence,omitempty"`
	Container  string `json:"container,omitempty"`
	Object     Object `json:"object"`
	// Args are the values that its sentence names.
	Args map[string]string `json:"args,omitempty"`
	// Symptoms are the ids of the findings that the root cause explains; of others they are empty.
	Symptoms []string `json:"symptoms,omitempty"`
}

// Object names what a finding is about.
type Object struct {
	Kind      string `json:"kind,omitempty"`
	Namespace string `json:"namespace,omitempty"`
	Name      string `json:"name,omitempty"`
}

// Target is what the user named.
type Target struct {
	// Kind is pod, owner, selector, namespace or cluster.
	Kind string `json:"kind,omitempty"`
	// Name is a pod's name, an owner as TYPE/NAME, or a selector.
	Name      string `json:"name,omitempty"`
	Namespace string `json:"namespace,omitempty"`
	// Pods is how many pods it stands for.
	Pods int `json:"pods,omitempty"`
}
