package redact

import (
	"strings"
	"testing"
)

func TestReadExtra(t *testing.T) {
	for file, text := range map[string]string{
		"own.txt":  "# numbers of customers\n\ncustomer=([0-9]+)\n",
		"own.yaml": "- customer=([0-9]+)\n",
		"own.yml":  "- {name: customer, pattern: 'customer=([0-9]+)'}\n",
	} {
		extra, err := ReadExtra(file, []byte(text))
		if err != nil || len(extra) != 1 {
			t.Fatalf("%s: %v, %v", file, extra, err)
		}
		clean := New(salt, extra).Text("customer=4711 port=80")
		if !strings.HasPrefix(clean, "customer="+Open+extra[0].Name+":") || !strings.HasSuffix(clean, "› port=80") {
			t.Errorf("%s: %s", file, clean)
		}
	}
}

func TestReadExtraNamesTheLine(t *testing.T) {
	for file, text := range map[string]string{
		"a.txt:2:":  "fine\nbad(\n",
		"b.txt:1:":  "x*\n",
		"c.yaml:3:": "- fine\n-\n  name: Not A Name\n  pattern: x\n",
		"d.yaml:2:": "- fine\n- 'bad('\n",
		"e.yaml:1:": "a: b\n",
		"f.yaml:1:": "- {name: x}\n",
	} {
		name, _, _ := strings.Cut(file, ":")
		_, err := ReadExtra(name, []byte(text))
		if err == nil || !strings.HasPrefix(err.Error(), file) {
			t.Errorf("%q: error is %v, want one that begins with %s", text, err, file)
		}
	}
}

// FuzzText: whatever comes, redacting twice is redacting once, a log keeps its lines, and nothing panics.
func FuzzText(f *testing.F) {
	// What one text teaches must not change what becomes of the next: each has a redactor of its own, of the same patterns.
	made := New(salt, nil)
	lazy := func() *Redactor {
		return &Redactor{
			salt: made.salt, patterns: made.patterns, words: made.words, keys: made.keys, placeholder: made.placeholder, seed: made.seed,
			counts: map[string]int{}, known: newKnown(), things: map[uint64]struct{}{}, innocent: map[string]struct{}{},
		}
	}
	for _, p := range planted() {
		f.Add(p.text)
	}
	for _, text := range lookalikes() {
		f.Add(text)
	}
	for _, text := range []string{
		"db:\n  password: |\n    a b\n    c\n  token:\n  - x1\n", "{\"a\":\"password: |\\n  x\\n\"}", "mysql -p'a b' --password x", "- name: DB_PASSWORD\n  value: x\n",
		"\x1b[36mpassword\x1b[0m=\x1b[33mx\x1b[0m", "密码：x1y2，口令是z", "machine a\n login b\n password c\n", "PWD={a{b}c};x", "config cGFzc3dvcmQ6IGh1bnRlcjI3NzcK",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := lazy()
		once := r.Text(text)
		if twice := r.Text(once); twice != once {
			t.Errorf("%q\nonce:  %q\ntwice: %q", text, once, twice)
		}
		if lines := strings.Count(r.Log(text), "\n"); lines != strings.Count(text, "\n") {
			t.Errorf("%q has %d lines", text, lines)
		}
		log := r.Log(text)
		if again := r.Log(log); again != log {
			t.Errorf("%q\nlog:   %q\nagain: %q", text, log, again)
		}
	})
}

func BenchmarkLog(b *testing.B) {
	r := New(salt, nil)
	line := "2026-11-22T19:39:03.123456789Z level=info msg=\"request served\" path=/api/v1/orders status=200 took=12ms"
	b.SetBytes(int64(len(line)))
	for b.Loop() {
		r.Log(line)
	}
}
