// Package docs holds the tests that keep the documentation true: the command reference is generated from the commands,
// and ARCHITECTURE.md names the packages that there are.
package docs
