package signature

import "strings"

const refusedByAPI = "log-forbidden"

// forbidden is the API server's answer to a request that no role allows (apiserver pkg/endpoints/handlers/responsewriters,
// Forbidden; plugin/pkg/auth/authorizer/rbac). Quotes are escaped when it went through a logger. A resource, a group, a
// namespace and a path are what the API takes for one: they become words of a command, of which none may be a flag.
var forbidden = []signature{
	sign(refusedByAPI, "cannot ", `User \\*"(?P<User>[^"\\]+)\\*" cannot (?P<Verb>[\w*]+) resource \\*"(?P<Resource>[a-z0-9*][a-z0-9./*-]*)\\*" in API group \\*"(?P<Group>[a-z0-9.*-]*)\\*"(?: in the namespace \\*"(?P<Namespace>[a-z0-9][a-z0-9-]*)\\*")?`),
	sign(refusedByAPI, "cannot ", `User \\*"(?P<User>[^"\\]+)\\*" cannot (?P<Verb>\w+) path \\*"(?P<Path>[/*][^"\\]*)\\*"`).as("path"),
}

const wrongFormat = "log-exec-format"

var execFormat = []signature{
	sign(wrongFormat, "exec format error", `(?:exec|fork/exec|execve|exec user process caused:?)[ :("]+(?P<Path>[^\s":)]+)\)?"?: .*[Ee]xec format error`),
	sign(wrongFormat, "exec format error|exec format", `(?P<Path>[^\s:'"]+)['"]?: (?:cannot execute(?: binary file)?: )?[Ee]xec format error`),
	sign(wrongFormat, "cannot execute binary file", `(?P<Path>[^\s:]+): cannot execute binary file`),
	sign(wrongFormat, "exec format error", `(?i)\bexec format error\b`).said(),
}

const lockHeld = "log-migration-lock"

// migrations: an instance that died in a migration has left the tool's lock, or its half-done version, behind.
var migrations = []signature{
	sign(lockHeld, "change log lock", `Could not acquire change log lock\.?(?:\s+Currently locked by (?P<Holder>.+?)(?: since [^\n]*)?)?(?:\n|$)`).when(tool("Liquibase")),
	sign(lockHeld, "waiting for changelog lock", `Waiting for changelog lock`).when(tool("Liquibase")),
	sign(lockHeld, "flyway|advisory lock|schema history", `(?i)(?:unable to (?:acquire|obtain)|number of retries exceeded while attempting to acquire) (?:flyway |postgresql )?(?:advisory |table |schema history |\w+ )*lock`).when(tool("Flyway")),
	sign(lockHeld, "advisory lock", `(?i)timed out trying to acquire a postgres advisory lock`).when(tool("Prisma")),
	sign(lockHeld, "acquire database lock|can't acquire lock", `can't acquire (?:database )?lock`).when(tool("golang-migrate")),
	sign(lockHeld, "dirty database version", `Dirty database version (?P<Version>\d+)`).as("dirty").when(tool("golang-migrate")),
	sign(lockHeld, "concurrentmigrationerror", `ConcurrentMigrationError`).when(tool("Active Record")),
	sign(lockHeld, "migration", `Migration table is already locked|MigrationLocked`).when(tool("Knex")),
	sign(lockHeld, "lock timeout|locknotavailable", `(?s)(?:alembic|migrat).*(?:LockNotAvailable|lock timeout)|(?:LockNotAvailable|lock timeout).*(?:ALTER TABLE|CREATE (?:UNIQUE )?INDEX|alembic)`).when(tool("")),
}

func tool(name string) func(link, map[string]string) bool {
	return func(_ link, args map[string]string) bool {
		args["Tool"] = name
		if name == "" {
			delete(args, "Tool")
		}
		return true
	}
}

const outOfMemory = "log-out-of-memory"

// memory: a runtime's own limit, or its allocator's refusal; the kernel's OOM killer leaves no log.
var memory = []signature{
	sign(outOfMemory, "outofmemoryerror", `java\.lang\.OutOfMemoryError(?:: (?P<What>[^\n]+))?`).when(runtime("Java")),
	sign(outOfMemory, "heap out of memory|allocation failed|heap limit", `(?P<What>(?:JavaScript )?heap out of memory|Reached heap limit)`).when(runtime("Node.js")),
	sign(outOfMemory, "out of memory|cannot allocate", `(?:fatal error: )?runtime: (?P<What>out of memory|cannot allocate \w+)|fatal error: (?:out of memory|cannot allocate memory)`).when(runtime("Go")),
	sign(outOfMemory, "memoryerror", `^MemoryError\b`).when(runtime("Python")),
	sign(outOfMemory, "memoryerror", `NoMemoryError`).when(runtime("Ruby")),
	sign(outOfMemory, "outofmemoryexception", `System\.OutOfMemoryException`).when(runtime(".NET")),
	sign(outOfMemory, "allowed memory size", `Allowed memory size of (?P<Limit>\d+) bytes exhausted`).when(runtime("PHP")),
	sign(outOfMemory, "memory allocation of", `memory allocation of (?P<Limit>\d+) bytes failed`).when(runtime("Rust")),
	sign(outOfMemory, "bad_alloc", `std::bad_alloc`).when(runtime("C++")),
	sign(outOfMemory, "cannot allocate memory|enomem", `(?:^|: |\] )[Cc]annot allocate memory|ENOMEM`).when(runtime("")),
}

func runtime(name string) func(link, map[string]string) bool {
	return func(l link, args map[string]string) bool {
		args["Runtime"] = name
		if name == "" {
			delete(args, "Runtime")
		}
		return !strings.Contains(l.message, "HeapDumpOnOutOfMemoryError")
	}
}
