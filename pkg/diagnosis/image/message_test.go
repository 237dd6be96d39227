package image

import (
	"strings"
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// TestEveryFormHasItsSentence holds the table of pull errors and the catalogue together: a form without a sentence would
// be seen by a user first.
func TestEveryFormHasItsSentence(t *testing.T) {
	ids := map[string]bool{}
	for _, row := range rows {
		if tellers[row.cause] == nil {
			t.Errorf("nothing tells %s", row.cause)
		}
		if row.cause != unauthorizedID { // Its form is that of the login, not of the words.
			ids["finding."+row.cause+".summary"+suffix(row.form)] = true
		}
	}
	for _, form := range []string{"", "no-secret", "nobody", "late", "refused", "untried"} {
		ids["finding."+unauthorizedID+".summary"+suffix(form)] = true
	}
	for _, written := range []string{"x", "https://x", "${x}", "a b", "x:", "reg.example.com/X"} {
		form, _ := flaw(written)
		ids["finding."+invalidNameID+".summary"+suffix(form)] = true
	}
	for cause := range tellers {
		ids["finding."+volumeFailedID+".summary"+suffix(strings.TrimPrefix(cause, "image-"))] = true
	}
	for _, language := range []message.Language{message.English, message.Chinese} {
		catalog, err := message.NewCatalog(language)
		if err != nil {
			t.Fatal(err)
		}
		for id := range ids {
			if catalog.Text(id, message.Args{}) == "["+id+"]" {
				t.Errorf("%s: message %s is missing", language, id)
			}
		}
	}
}

func suffix(form string) string {
	if form == "" {
		return ""
	}
	return "-" + form
}
