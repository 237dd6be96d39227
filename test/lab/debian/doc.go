// Package debian installs the packages that the lab needs, on Debian and its kin. Packages that bring a service must
// not start it: the lab runs programs of its own, and what the machine runs is not its business.
//
// Start with [Install].
package debian
