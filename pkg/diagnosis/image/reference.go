package image

import "strings"

const (
	dockerHub = "docker.io"
	// official is the part of a Docker Hub name that people leave out: nginx is library/nginx.
	official = "library/"
)

// reference is an image reference, taken apart.
type reference struct {
	registry, repository, tag, digest string
}

// parseReference takes a reference apart as the runtimes do (github.com/distribution/reference normalize.go,
// splitDockerDomain): what stands before the first slash is a host when it looks like one, and the default is Docker Hub.
func parseReference(text string) reference {
	text, digest, _ := strings.Cut(text, "@")
	parsed := reference{registry: dockerHub, repository: text, digest: digest}
	if host, rest, found := strings.Cut(text, "/"); found && isHost(host) {
		parsed.registry, parsed.repository = host, rest
	}
	if at := strings.LastIndex(parsed.repository, ":"); at > strings.LastIndex(parsed.repository, "/") {
		parsed.repository, parsed.tag = parsed.repository[:at], parsed.repository[at+1:]
	}
	if parsed.tag == "" && digest == "" {
		parsed.tag = "latest"
	}
	if parsed.registry == "index.docker.io" {
		parsed.registry = dockerHub
	}
	if parsed.registry == dockerHub {
		parsed.repository = strings.TrimPrefix(parsed.repository, official)
	}
	return parsed
}

func isHost(part string) bool {
	return part == "localhost" || strings.ContainsAny(part, ".:") || strings.ToLower(part) != part
}

// shownDigest is how much of a digest is shown: enough to tell two apart.
const shownDigest = len("sha256:") + 12

// name is the reference without its registry, as people write it: nginx:1.27, shop/web@sha256:0123456789ab.
func (r reference) name() string {
	name := r.repository
	if r.tag != "" {
		name += ":" + r.tag
	}
	if r.digest != "" {
		name += "@" + r.digest[:min(len(r.digest), shownDigest)]
	}
	return name
}

// path is the repository with its registry, as the runtimes write it: docker.io/library/nginx.
func (r reference) path() string {
	if r.registry == dockerHub && !strings.Contains(r.repository, "/") {
		return r.registry + "/" + official + r.repository
	}
	return r.registry + "/" + r.repository
}

// namedIn reports whether a text holds a name, and not merely a longer one of which it is a part.
func namedIn(text, name string) bool {
	for rest := text; name != ""; {
		before, after, found := strings.Cut(rest, name)
		if !found {
			return false
		}
		taken := len(text) - len(rest) + len(before)
		if !endsInName(text[:taken]) && !beginsWithName(after) {
			return true
		}
		rest = after
	}
	return false
}

// nameRunes are the characters of repositories besides letters and digits.
const nameRunes = "._-/"

func endsInName(text string) bool {
	return text != "" && isNameByte(text[len(text)-1])
}

func beginsWithName(text string) bool {
	text = strings.TrimPrefix(text, ".") // The end of a sentence.
	return text != "" && isNameByte(text[0])
}

func isNameByte(b byte) bool {
	return '0' <= b && b <= '9' || 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || strings.IndexByte(nameRunes, b) >= 0
}
