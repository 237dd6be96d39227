// Package specimen is diagnoses for tests of what is made from them: an incident as the rules find it, and one in which every
// text of the cluster is an attack on its reader.
//
// It is not part of the product. Start reading at Incident.
package specimen
