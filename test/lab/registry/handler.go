package registry

import (
	"crypto/subtle"
	"fmt"
	"net/http"
)

// handler is the door of the given kind to the store.
func handler(kind Kind, store http.Handler) http.Handler {
	switch kind {
	case Auth:
		return requirePassword(store)
	case Limited:
		return http.HandlerFunc(refuseRate)
	default:
		return store
	}
}

func requirePassword(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, password, _ := r.BasicAuth()
		known := subtle.ConstantTimeCompare([]byte(user+":"+password), []byte(User+":"+Password))
		if known == 1 {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Set("WWW-Authenticate", `Basic realm="podkit lab"`)
		refuse(w, http.StatusUnauthorized, "UNAUTHORIZED", "authentication required")
	})
}

func refuseRate(w http.ResponseWriter, _ *http.Request) {
	refuse(w, http.StatusTooManyRequests, "TOOMANYREQUESTS", "You have reached your pull rate limit.")
}

// refuse answers with an error as the OCI distribution specification spells it
// (section "Error Codes"). The texts are fixed and need no JSON escaping.
func refuse(w http.ResponseWriter, status int, code, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	fmt.Fprintf(w, `{"errors":[{"code":%q,"message":%q}]}`+"\n", code, message)
}
