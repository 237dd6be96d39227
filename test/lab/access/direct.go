package access

import (
	"net/http"
	"net/url"
)

// direct is a proxy function that uses none.
func direct(*http.Request) (*url.URL, error) { return nil, nil }
