// Package paths says where every file of the lab lies. It knows names only: it creates nothing and reads nothing,
// so that the whole layout can be read, and tested, in one place. Start with [Paths].
package paths
