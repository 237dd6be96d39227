package image

import (
	"regexp"
	"strings"
)

// row is one row of the table of pull errors: words of the runtimes (containerd, CRI-O, Docker), of Go's network library
// and of the registries (OCI distribution specification, error codes), in lower case.
type row struct {
	words       *regexp.Regexp
	cause, form string
}

// The forms on which more than words depends.
const (
	formEither     = "either"
	formLayer      = "layer"
	formAnonymous  = "anonymous"
	formKubelet    = "kubelet"
	formNoSuchHost = "no-such-host"
	formDNS        = "dns"
	formPlainHTTP  = "plain-http"
	formShortName  = "short-name"
)

// rows are tried from the top. The order matters: a limit may be told by the server that hands out tokens ("failed to
// authorize ... 429"), a name that can't be looked up is "no such host ... not found", and what keeps the runtime from
// reaching the token server is "failed to authorize ... dial tcp".
var rows = []row{
	{regexp.MustCompile(`no space left on device|not enough space on the disk|disk quota exceeded`), noSpaceID, ""},

	{regexp.MustCompile(`pull qps exceeded`), rateLimitedID, formKubelet},
	{regexp.MustCompile(`unauthenticated pull rate limit`), rateLimitedID, formAnonymous},
	{regexp.MustCompile(`toomanyrequests|429 \(?too many requests|pull rate limit|rate limit exceeded`), rateLimitedID, ""},

	{regexp.MustCompile(`no match for platform in|no matching manifest for|no image found in (manifest list|image index)`), platformID, ""},
	{regexp.MustCompile(`image architecture mismatch|does not match the specified platform|cannot be used on this platform`), platformID, ""},

	{regexp.MustCompile(`no such host|name or service not known`), unreachableID, formNoSuchHost},
	{regexp.MustCompile(`\blookup \S+`), unreachableID, formDNS},
	{regexp.MustCompile(`connection refused`), unreachableID, "refused"},
	{regexp.MustCompile(`no route to host|network is unreachable|host is down`), unreachableID, "no-route"},
	{regexp.MustCompile(`i/o timeout|tls handshake timeout|connection timed out|client\.timeout|deadline exceeded`), unreachableID, "timeout"},

	{regexp.MustCompile(`server gave http response to https client|first record does not look like a tls handshake`), tlsID, formPlainHTTP},
	{regexp.MustCompile(`signed by unknown authority|self-signed certificate|certificate is not trusted`), tlsID, "unknown-authority"},
	{regexp.MustCompile(`certificate has expired or is not yet valid`), tlsID, "expired"},
	{regexp.MustCompile(`certificate is valid for|not valid for any names|any ip sans|relies on legacy common name`), tlsID, "wrong-name"},
	{regexp.MustCompile(`x509:|\btls: `), tlsID, ""},

	{regexp.MustCompile(`connection reset|broken pipe|\beof\b`), unreachableID, "broken"},
	{regexp.MustCompile(`\b5\d\d \(?(internal server error|bad gateway|service unavailable|gateway time-?out)`), unreachableID, "status"},

	{regexp.MustCompile(`does not exist or may require`), unauthorizedID, formEither},
	{regexp.MustCompile(`unauthorized|403 \(?forbidden|access forbidden|authentication required|no basic auth credentials`), unauthorizedID, ""},
	{regexp.MustCompile(`(^|: )denied:|access denied|is denied|authorization failed|failed to authorize|invalid username`), unauthorizedID, ""},

	{regexp.MustCompile(`short-name .*did not resolve|short-name resolution|no unqualified-search registries`), invalidNameID, formShortName},
	{regexp.MustCompile(`name ?unknown|repository name not known|repository .*(not found|does not exist)`), notFoundID, "repository"},
	{regexp.MustCompile(`blob ?unknown|httpreadseeker.*not found`), notFoundID, formLayer},
	{regexp.MustCompile(`manifest ?unknown|manifest .*not found|404 \(?not found|resolve (reference|image) .*not found`), notFoundID, ""},

	// The kubelet's words for a runtime that says so and no more (pkg/kubelet/images/image_manager.go, evalCRIPullErr).
	{regexp.MustCompile(`because the registry is unavailable`), unreachableID, ""},
}

// classify leads from the error of a pull to its cause and the form of its sentence; both are empty when no row fits.
func classify(text, image string) (cause, form string) {
	words := strings.ToLower(plain(text, image))
	for _, row := range rows {
		if row.words.MatchString(words) {
			return row.cause, row.form
		}
	}
	return "", ""
}

var (
	quoted = regexp.MustCompile(`"[^"]*"`)
	// tagged are the places where the runtimes write a tag without its repository.
	tagged = regexp.MustCompile(`\[manifests [^\]]*\]|manifest \S+ in `)
)

// plain drops from an error what is a name and not a word of it, so that neither an image shop/unauthorized nor the tag
// 401-not-found decides anything: quoted parts, the reference, and whatever holds a slash, as paths and addresses do.
func plain(text, image string) string {
	text = tagged.ReplaceAllString(quoted.ReplaceAllString(text, " "), " ")
	words := strings.Fields(text)
	kept := words[:0]
	for _, word := range words {
		bare := strings.Trim(word, ":,'()")
		if bare != image && (bare == "i/o" || !strings.Contains(bare, "/")) {
			kept = append(kept, word)
		}
	}
	return strings.Join(kept, " ")
}
