package image

import (
	"net/url"
	"regexp"
	"strings"
)

var (
	requested = regexp.MustCompile(`https?://[^\s"]+`)
	dialed    = regexp.MustCompile(`dial tcp (\[[^\]]+\]:\d+|[0-9.]+:\d+)`)
	lookedUp  = regexp.MustCompile(`\blookup ([^\s:]+)`)
	httpCode  = regexp.MustCompile(`(?:^|[^\d.:])([45]\d\d) \(?([A-Z][a-z]+(?: [A-Z][a-z]+)*)`)
)

// peer is the server that a failed request was meant for, as far as its error tells.
type peer struct {
	// host is the name that was asked, with its port when it has one: the registry's, or that of a mirror, of its token
	// server or of the store in which its layers lie.
	host string
	// address is the IP address and port behind the name; empty when the error has none, or when it says the same.
	address string
	// proxy is true when the host is that of a proxy on the way.
	proxy bool
}

// peerOf reads the server out of an error of Go's HTTP client (net/url Error, net OpError and DNSError).
func peerOf(text, registry string) peer {
	found := peer{host: registry, proxy: strings.Contains(text, "proxyconnect ")}
	if address, err := url.Parse(strings.TrimRight(requested.FindString(text), ":,")); err == nil && address.Host != "" {
		found.host = address.Host
	}
	if match := lookedUp.FindStringSubmatch(text); match != nil {
		found.host = match[1]
	}
	if match := dialed.FindStringSubmatch(text); match != nil && match[1] != found.host {
		found.address = match[1]
	}
	if found.proxy && found.address != "" {
		found.host, found.address = found.address, ""
	}
	return found
}

// httpStatus is the status with which the registry answered, as 401 Unauthorized; empty when the error does not tell.
func httpStatus(text, image string) string {
	match := httpCode.FindStringSubmatch(plain(text, image))
	if match == nil {
		return ""
	}
	return match[1] + " " + match[2]
}
