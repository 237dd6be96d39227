package shellword

import (
	"regexp"
	"strconv"
	"strings"
)

// Path is a part of a URL's path, as a server is asked for it. A line with one that has dot segments is refused: curl and
// browsers resolve them, so that a path behind the API server's proxy would reach another path of the API.
func Path(path string) Word {
	return Word{[]part{{kind: text, text: path, strays: HasDotSegments(path)}}}
}

// Curl adds the address that curl is to ask. It would take brackets and braces for several addresses, but for -g.
func (c Command) Curl(address Word) Command {
	if strings.ContainsAny(address.String(), "[]{}") {
		c = c.With("-g")
	}
	return c.With("%s", address)
}

var encoded = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)

// HasDotSegments reports whether a segment of a path is . or .., or may be to one of those that it passes on its way: one
// decodes it, once more than another, or takes a backslash for a slash. What comes behind a ? is no path.
func HasDotSegments(path string) bool {
	if end := strings.IndexAny(path, "?#"); end >= 0 {
		path = path[:end]
	}
	for {
		for _, segment := range strings.FieldsFunc(path, func(r rune) bool { return r == '/' || r == '\\' }) {
			if segment == "." || segment == ".." {
				return true
			}
		}
		decoded := encoded.ReplaceAllStringFunc(path, decode)
		if decoded == path {
			return false
		}
		path = decoded
	}
}

// decode decodes one character that is encoded as % and two digits.
func decode(escape string) string {
	code, err := strconv.ParseUint(escape[1:], 16, 8)
	if err != nil {
		return escape
	}
	return string([]byte{byte(code)})
}
