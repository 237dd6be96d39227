package signature

import "strings"

const refusedByAPI = "log-forbidden"

// The forms of a refusal that is not the API server's own sentence about a resource.
const (
	// refusedPath is its sentence about a path outside of all resources.
	refusedPath = "path"
	// refusedSaid is a part of it, or somebody's words for it: it names nothing that may be trusted.
	refusedSaid = "said"
)

// resources are words for what only the Kubernetes API has, so that who "cannot list" them was refused by it.
const resources = `(?:pods?|nodes?|namespaces?|configmaps?|secrets?|endpoints|endpointslices?|serviceaccounts?|deployments?|replicasets?|statefulsets?|daemonsets?|cronjobs?|persistentvolumeclaims?|persistentvolumes?|customresourcedefinitions?)`

// forbidden is the API server's answer to a request that no role allows (apiserver pkg/endpoints/handlers/responsewriters,
// forbiddenMessage, within apimachinery's NewForbidden). Quotes are escaped when it went through a logger. The first form is
// the whole sentence about one resource, in plain words of RBAC alone: only it may lead to a command that grants something.
var forbidden = []signature{
	sign(refusedByAPI, "is forbidden", `(?:^|[^\w.-])(?P<Object>[a-z][a-z0-9.-]*)(?: \\*"(?P<Name>[^"\\]+)\\*")? is forbidden: `+
		`User \\*"(?P<User>[^"\\]+)\\*" cannot (?P<Verb>[a-z]+) resource \\*"(?P<Resource>[a-z][a-z0-9-]*(?:/[a-z][a-z0-9-]*)?)\\*" in API group \\*"(?P<Group>(?:[a-z0-9][a-z0-9.-]*)?)\\*" `+
		`(?:in the namespace \\*"(?P<Namespace>[a-z0-9][a-z0-9-]*)\\*"|at the cluster scope)`).when(oneObject),
	sign(refusedByAPI, "cannot ", `\bforbidden: User \\*"(?P<User>[^"\\]+)\\*" cannot (?P<Verb>[a-z]+) path \\*"(?P<Path>/[^"\\]*)\\*"`).as(refusedPath),
	sign(refusedByAPI, "cannot ", `User \\*"(?P<User>[^"\\]+)\\*" cannot (?P<Verb>[\w*]+) (?:resource \\*"(?P<Resource>[^"\\]*)\\*" in API group|path \\*"(?P<Path>[^"\\]*)\\*")`).as(refusedSaid),
	sign(refusedByAPI, "denied|forbidden|not permitted|not allowed", `(?i)\b(?:permission denied|access denied|forbidden|not permitted|not allowed)\b[^\n/'"]{0,20}?\b(?:cannot|can't|may not|to) (?:get|list|watch|create|update|patch|delete) `+resources+`\b`).as(refusedSaid),
	sign(refusedByAPI, "denied|forbidden|not permitted|not allowed", `(?i)\b(?:cannot|can't|could not|may not|unable to|failed to) (?:get|list|watch|create|update|patch|delete) `+resources+`\b[^\n/'"]{0,20}?\b(?:permission denied|access denied|forbidden|not permitted|not allowed)\b`).as(refusedSaid),
}

// oneObject holds the two ends of the sentence against each other: what is forbidden is what was asked for.
func oneObject(_ link, args map[string]string) bool {
	resource, _, _ := strings.Cut(args["Resource"], "/")
	if args["Group"] != "" {
		resource += "." + args["Group"]
	}
	whole := args["Object"] == resource
	delete(args, "Object")
	return whole
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
