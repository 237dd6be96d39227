// Package lock makes sure that one lab command at a time changes the lab. The lock is the kernel's (flock), so that it
// ends with the process that holds it, however that ends. Start with [Acquire].
package lock
