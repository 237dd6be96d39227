// Package document is the versioned output of a diagnosis, which scripts read: kind Diagnosis of podkit.dev/v1alpha1, as
// JSON or YAML, or through a JSONPath or a Go template. Its schema is docs/diagnosis.schema.json, generated from the
// types here.
//
// Fields are added and never change their meaning within a version. Texts of the cluster stand in it as they are. The
// server's version is not part of it: it would cost a request of its own. Start reading at Diagnosis.
package document
