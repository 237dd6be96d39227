package redact

import (
	"slices"
	"strings"
)

// how is where a flag's value stands, and what of it is secret.
type how int

const (
	spaced   how = iota // -a x
	attached            // -px
	either              // -p x, -px
	user                // -u name:x, -uname:x
	percent             // -U name%x
	comma               // -u name,x
	pass                // -passin pass:x
)

// tool is a program that takes secrets in ways of its own.
type tool struct {
	names []string
	// needs is the subcommand behind which its flags mean that: docker run -p is a port.
	needs string
	flags map[string]how
	// positions are arguments behind a word, counted from it: rabbitmqctl add_user NAME PASSWORD.
	positions []position
	// slash is set for user/password@where, last for a program whose last argument is the password.
	slash, last bool
}

// position is an argument that is so many words behind a word.
type position struct {
	behind string
	words  int
}

// tools are the programs that run in Pods, in their probes and in their hooks.
var tools = []tool{
	{names: []string{
		"mysql", "mysqldump", "mysqladmin", "mysqlimport", "mysqlcheck", "mysqlslap", "mysqlshow", "mysqlbinlog", "mysqlsh", "mysqlpump", "mysql_upgrade", "mysql_config_editor", "mycli",
		"mariadb", "mariadb-dump", "mariadb-admin", "mariadb-check", "mariadb-import", "mariadb-backup", "mariabackup", "xtrabackup", "innobackupex", "7z", "7za",
	}, flags: map[string]how{"-p": attached}},
	{names: []string{"mydumper", "myloader", "mongo", "mongosh", "mongodump", "mongorestore", "mongoexport", "mongoimport", "mongostat", "mongotop", "cqlsh", "sshpass", "elasticsearch-users"}, flags: map[string]how{"-p": either}},
	{names: []string{"redis-cli", "valkey-cli", "keydb-cli", "redis-benchmark"}, flags: map[string]how{"-a": either}, positions: []position{{"AUTH", 1}, {"auth", 1}}},
	{names: []string{"docker", "podman", "nerdctl", "helm", "az", "oc", "buildah", "skopeo", "oras", "crane", "faas-cli", "argocd"}, needs: "login", flags: map[string]how{"-p": either}},
	{names: []string{"ldapsearch", "ldapmodify", "ldapadd", "ldapwhoami", "ldapdelete", "ldapcompare", "ldapmodrdn"}, flags: map[string]how{"-w": either}},
	{names: []string{"ldappasswd"}, flags: map[string]how{"-w": either, "-s": either, "-a": either}},
	{names: []string{"sqlcmd", "bcp", "osql", "tsql", "sqsh", "mosquitto_pub", "mosquitto_sub", "ipmitool", "zip", "unzip"}, flags: map[string]how{"-P": either}}, //nolint:misspell // Their names.
	{names: []string{"curl", "curlie"}, flags: map[string]how{"-u": user, "--user": user, "-U": user, "--proxy-user": user, "--oauth2-bearer": spaced}},
	{names: []string{"http", "https", "xh", "xhs", "hey"}, flags: map[string]how{"-a": user, "--auth": user}},
	{names: []string{"wget"}, flags: map[string]how{"--user": user}},
	{names: []string{"etcdctl"}, flags: map[string]how{"--user": user}},
	{names: []string{"ab"}, flags: map[string]how{"-A": user, "-P": user}},
	{names: []string{"smbclient", "net", "rpcclient"}, flags: map[string]how{"-U": percent}},
	{names: []string{"lftp"}, flags: map[string]how{"-u": comma}},
	{names: []string{"openssl"}, flags: map[string]how{"-passin": pass, "-passout": pass, "-pass": pass, "-k": spaced, "-K": spaced}},
	{names: []string{"snmpwalk", "snmpget", "snmpset"}, flags: map[string]how{"-c": either, "-A": either, "-X": either}},
	{names: []string{"useradd", "usermod"}, flags: map[string]how{"-p": spaced}},
	{names: []string{"rabbitmqctl"}, positions: []position{{"add_user", 2}, {"change_password", 2}, {"authenticate_user", 2}}},
	{names: []string{"vault", "bao"}, positions: []position{{"login", 1}, {"unseal", 1}}},
	{names: []string{"sqlplus", "sqlldr", "expdp", "impdp", "exp", "imp", "rman", "sql"}, slash: true},
	{names: []string{"htpasswd"}, last: true},
	{names: []string{"ssh-keygen"}, flags: map[string]how{"-N": spaced, "-P": spaced}},
	{names: []string{"mc", "mcli"}, needs: "alias", positions: []position{{"set", 3}, {"set", 4}}},
}

// toolNames are the programs by their names.
func toolOf(word string) *tool {
	if len(word) > 64 {
		return nil
	}
	name := word[strings.LastIndexByte(word, '/')+1:]
	for i := range tools {
		if slices.Contains(tools[i].names, name) {
			return &tools[i]
		}
	}
	return nil
}

// commandWords are in texts that may hold such a command, or any flag.
func commandWords() []string {
	words := []string{"--", " -", `"-`, `'-`, "set", "header", "_param", "env "}
	for i := range tools {
		if tools[i].flags == nil {
			words = append(words, tools[i].names...)
		}
	}
	words = slices.DeleteFunc(words, func(word string) bool { return slices.Contains([]string{"sql", "exp", "imp", "mc"}, word) })
	return append(words, "redis", "valkey", "keydb", "sql ", "exp ", "imp ", "mc alias", `"mc"`)
}

// hits are the secrets in one word of a command of this tool.
func (t *tool) hits(words []word, i, since int) []hit { //nolint:gocognit // A scanner reads better in one piece.
	text := words[i].text
	whole := func(from int) []hit {
		if from < 0 || from >= len(text) || says(text[from:]) {
			return nil
		}
		return []hit{{i, from, len(text), "password"}}
	}
	for flag, how := range t.flags {
		behind := words[i-1].text == flag && i-1 > since
		glued := strings.HasPrefix(text, flag) && len(text) > len(flag) && !strings.HasPrefix(flag, "--")
		from := len(flag)
		if behind {
			from = 0
		}
		switch {
		case !behind && !glued, behind && strings.HasPrefix(text, "-") && isWord(text):
		case how == spaced && behind, how == either && behind:
			return whole(0)
		case how == attached && behind && words[i].tight:
			return whole(0)
		case (how == attached || how == either) && glued && !isWord(text[from:]):
			return whole(from)
		case how == user:
			return whole(after(text, from, ":"))
		case how == percent:
			return whole(after(text, from, "%"))
		case how == comma:
			return whole(after(text, from, ","))
		case how == pass && behind && strings.HasPrefix(text, "pass:"):
			return whole(len("pass:"))
		}
	}
	for _, place := range t.positions {
		if at := i - place.words; at > since && words[at].text == place.behind && !strings.HasPrefix(text, "-") && (place.words > 1 || !isWord(text)) {
			return whole(0)
		}
	}
	name, rest, found := strings.Cut(text, "/")
	if t.slash && found && name != "" && isPlain(name) && !strings.Contains(rest, "/") && rest != "" {
		secret, _, _ := strings.Cut(rest, "@")
		if secret != "" && !says(secret) {
			return []hit{{i, len(name) + 1, len(name) + 1 + len(secret), "password"}}
		}
	}
	if t.last && i-since >= 3 && (i+1 == len(words) || words[i+1].first) && strings.HasPrefix(words[since+1].text, "-") && strings.Contains(words[since+1].text, "b") {
		return whole(0)
	}
	return nil
}

// after is where a text goes on behind a mark, not before a position; -1 without one.
func after(text string, from int, mark string) int {
	at := strings.Index(text[from:], mark)
	if at < 0 {
		return -1
	}
	return from + at + len(mark)
}

// isPlain reports whether a word may be the name of a user of a database.
func isPlain(word string) bool {
	return !strings.ContainsFunc(word, func(r rune) bool { return r >= 0x80 || !isKeyByte(byte(r)) && r != '#' || r == '.' })
}
