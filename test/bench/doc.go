// Bench measures what podkit costs beside kubectl: both as processes, asking the same server in the same minutes. It prints
// tables in Markdown; docs/benchmark.md keeps one run. `make bench` calls it.
//
// The cluster is synthetic: testdata/models.podkit, a recording of four real Deployments (one healthy, three failing, each in
// another way), multiplied to namespaces of many pods. A process of its own serves it, so that its memory is not taken for
// that of the programs it answers, and counts what they ask. Start reading at plan, then round.
package main
