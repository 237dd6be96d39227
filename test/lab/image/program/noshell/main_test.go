package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestAnswer(t *testing.T) {
	response := httptest.NewRecorder()
	answer(response, httptest.NewRequest(http.MethodGet, "/any", nil))
	if response.Code != 200 || !strings.Contains(response.Body.String(), "no shell") {
		t.Errorf("answered %d %q", response.Code, response.Body)
	}
}
