package signature

import "strings"

// paths is a file as errors name it: absolute or relative with a separator.
const paths = `(?P<Path>(?:\.{0,2}/|[A-Za-z]:\\)[^\s'"’”` + "`" + `:,;()\[\]@]*)`

// fileErrors are the shapes in which an error number of the system is told with a path: as Go, Node, Python, Ruby, Java,
// .NET, PHP, nginx, shells and the C library do. What are the words for the error number.
func fileErrors(id, hints, what string) []signature {
	what = `(?i:` + what + `)`
	quoted := `['"‘“` + "`" + `](?P<Path>[^'"’”\n]{1,200})['"’”]`
	return []signature{
		sign(id, hints, quoted+`[)\]]*:? (?:failed )?\(?(?:\d+: )?`+what),
		sign(id, hints, paths+`['"’”)\]]*(?::? [Ff]ailed to open stream| failed)?:? ?\(?(?:\d+: )?`+what),
		sign(id, hints, what+`[^\n'"/]{0,60}?\s*:?\s*`+quoted),
		sign(id, hints, what+`[^\n'"/]{0,40}?[\s:]`+paths),
		sign(id, hints, `\b(?:open|openat|stat|lstat|mkdir|read|write|unlink|remove|rename|chdir|chmod|chown|symlink|create|access|scandir|rmdir|readdirent|exec|fork/exec|file|load|loading|opening|reading) (?P<Path>[^\s:'"]+): `+what),
		sign(id, hints, `(?:^|[:\[(]\s?|Errno \d+\] )`+what+`\.?\)?(?:$|\s\(os error \d+\))`),
		sign(id, hints, what).said(),
	}
}

var readOnly = fileErrors("log-read-only-fs", "read-only file|read only file|readonlyfilesystem", `read-only file ?system|read only file system|ReadOnlyFilesystem`)

// watchers is another ENOSPC: the limit of inotify has nothing to do with a disk.
func watchers(l link, _ map[string]string) bool { return !strings.Contains(l.message, "file watchers") }

var diskFull = checked(watchers, fileErrors("log-disk-full", "no space left|enospc|quota exceeded|not enough space", `no space left on device|disk quota exceeded|not enough space on the disk|StorageFull`))

func checked(check func(link, map[string]string) bool, all []signature) []signature {
	for i := range all {
		all[i] = all[i].when(check)
	}
	return all
}

const denied = "log-permission-denied"

// permissions: a port below 1024 is refused with the same words as a file.
var permissions = append([]signature{
	sign(denied, "permission denied|eacces", `listen (?:tcp|udp)\w* (?P<Address>\S+): bind: permission denied`).as("bind"),
	sign(denied, "eacces", `listen EACCES: permission denied (?P<Address>\S+)`).as("bind"),
	sign(denied, "permission denied", `bind\(\) to (?P<Address>\S+) failed \(13: Permission denied\)`).as("bind"),
	sign(denied, "permission denied", `(?i:make_sock: could not bind to address (?P<Address>\S+)|bind[^\n]{0,40}?(?P<Port>\d+)[^\n]{0,10}: permission denied)`).as("bind").when(below),
	sign(denied, "access", `(?:AccessDeniedException: |Access to the path ')(?P<Path>[^\s']+)`).when(localPath),
}, checked(aboutFiles, fileErrors(denied, "permission denied|operation not permitted|eacces|eperm|accessdenied|permissiondenied", `permission denied|operation not permitted|PermissionDenied`))...)

func below(_ link, args map[string]string) bool {
	if args["Address"] == "" {
		args["Address"] = ":" + args["Port"]
	}
	delete(args, "Port")
	return true
}

func localPath(_ link, args map[string]string) bool { return strings.ContainsAny(args["Path"], `/\.`) }

// aboutFiles leaves out what is refused by a database, an SSH server or an HTTP API with the same words.
func aboutFiles(l link, _ map[string]string) bool {
	lower := strings.ToLower(l.message)
	for _, other := range []string{"permission denied for ", "permission denied (publickey", "permissiondenied desc", "403", "on resource"} {
		if strings.Contains(lower, other) {
			return false
		}
	}
	return true
}

const fileMissing = "log-file-missing"

// missingFiles: a module or a library that is not in the image is a missing file with a name of its own.
var missingFiles = append([]signature{
	sign(fileMissing, "shared librar", `error while loading shared libraries: (?P<Name>[^\s:]+): cannot open shared object file`).as("library"),
	sign(fileMissing, "cannot open shared object", `(?P<Name>[\w.+\-]+\.so[\w.]*): cannot open shared object file`).as("library"),
	sign(fileMissing, "error loading shared library", `Error loading shared library (?P<Name>[^\s:]+): No such file`).as("library"),
	sign(fileMissing, "cannot find module", `Cannot find module '(?P<Path>/[^']+)'`),
	sign(fileMissing, "cannot find module|cannot find package", `Cannot find (?:module|package) '(?P<Name>[^']+)'`).as("module"),
	sign(fileMissing, "no module named", `(?:ModuleNotFoundError|ImportError): No module named '?(?P<Name>[\w.]+)`).as("module"),
	sign(fileMissing, "cannot load such file", `cannot load such file -- (?P<Name>\S+)`).as("module"),
	sign(fileMissing, "could not find or load main class", `Could not find or load main class (?P<Name>\S+)`).as("module"),
	sign(fileMissing, "unable to access jarfile", `Unable to access jarfile (?P<Path>\S+)`),
	sign(fileMissing, "can't open", `can't open (?:file )?'(?P<Path>[^']+)'(?:: \[Errno 2\]|: [Nn]o such file)`),
	sign(fileMissing, "can't open|cannot open|can't read|cannot read", `(?i:can(?:'t|not) (?:open|read) )['"]?`+paths+`['"]?: No such file`),
	sign(fileMissing, "nosuchfileexception", `NoSuchFileException: (?P<Path>\S+)`),
	sign(fileMissing, "could not find file|could not find a part", `Could not find (?:file|a part of the path) '(?P<Path>[^']+)'`),
}, checked(notSocket, fileErrors(fileMissing, "no such file|cannot find the|enoent", `no such file or directory|cannot find the (?:file|path) specified`))...)

// notSocket leaves out sockets of databases: nothing listens there, and the file is not the matter.
func notSocket(l link, args map[string]string) bool {
	return !strings.Contains(args["Path"], ".sock") && !strings.Contains(l.message, "through socket") && !strings.Contains(l.message, "on socket")
}
