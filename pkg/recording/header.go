package recording

import (
	"time"

	"k8s.io/apimachinery/pkg/version"
)

// FormatVersion is the version of the file that this package writes, and the newest that it reads.
const FormatVersion = 1

// Header says what a recording is.
type Header struct {
	// FormatVersion is that of the file; 0 for what was not written by podkit (see Open). Writer fills it in.
	FormatVersion int `json:"formatVersion"`
	// TakenAt is when the capture began. Ages are measured against it.
	TakenAt time.Time `json:"takenAt"`
	// Podkit is the version of the podkit that took it.
	Podkit string `json:"podkit,omitempty"`
	// Server is what the server answered to /version; zero when it was not asked.
	Server version.Info `json:"server"`
	// Namespace is the namespace that the captor was in, which a replay starts in.
	Namespace string `json:"namespace,omitempty"`
	// Scope is what was asked for. What is held for complete is said by Listings, not by it.
	Scope Scope `json:"scope"`
	// Redaction is what was taken out.
	Redaction Redaction `json:"redaction"`
}

// Scope is what a capture was asked to record, as it was typed.
type Scope struct {
	Targets    []string `json:"targets,omitempty"`
	Namespaces []string `json:"namespaces,omitempty"`
	Selector   string   `json:"selector,omitempty"`
	// All is true for -A.
	All bool `json:"all,omitempty"`
}

// Redaction tells what was replaced by placeholders before anything was written.
type Redaction struct {
	// Mode is "on" or "off"; empty when it is not known.
	Mode string `json:"mode,omitempty"`
	// Rules are those that found something, sorted by name.
	Rules []RedactionRule `json:"rules,omitempty"`
}

// RedactionRule is how often one rule found something.
type RedactionRule struct {
	Rule  string `json:"rule"`
	Count int    `json:"count"`
}
