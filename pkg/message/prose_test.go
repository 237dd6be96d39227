package message_test

import (
	"strings"
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// TestMarked: a text's own code is told from the backquotes of what is inserted into it.
func TestMarked(t *testing.T) {
	for _, test := range []struct {
		before, insert, after, want, plain string
	}{
		{"no code ", "", "", "no code ", "no code "},
		{"set `x` to ", "a`b`c`", "", "set (x) to a`b`c`", "set `x` to a`b`c`"},
		{"`the ", "`", "` and `b`", "(the `) and (b)", "`the `` and `b`"},
		{"one ` alone ", "`", "", "one ` alone `", "one ` alone `"},
		{"", message.CodeOpens + "x" + message.CodeCloses + "\ufdd2", "", "<U+FDD0>x<U+FDD1><U+FDD2>", "<U+FDD0>x<U+FDD1><U+FDD2>"},
	} {
		got := message.Marked(message.Args{"A": test.insert}, func(args message.Args) string { return test.before + args["A"].(string) + test.after })
		if shown := strings.NewReplacer(message.CodeOpens, "(", message.CodeCloses, ")").Replace(got); shown != test.want {
			t.Errorf("%q: got %q, want %q", test.before, shown, test.want)
		}
		if plain := message.Unmarked(got); plain != test.plain {
			t.Errorf("%q: got %q, want %q", test.before, plain, test.plain)
		}
		nested := message.Marked(message.Args{"M": map[string]string{"a": test.insert}, "N": 1}, func(args message.Args) string {
			return test.before + args["M"].(map[string]string)["a"] + test.after
		})
		if nested != got {
			t.Errorf("%q in a map: got %q, want %q", test.before, nested, got)
		}
	}
}
