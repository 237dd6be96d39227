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

func FuzzText(f *testing.F) {
	for _, p := range planted() {
		f.Add(p.text)
	}
	for _, text := range lookalikes() {
		f.Add(text)
	}
	r := New(salt, nil)
	f.Fuzz(func(t *testing.T, text string) {
		once := r.Text(text)
		if twice := r.Text(once); twice != once {
			t.Errorf("%q\nonce:  %q\ntwice: %q", text, once, twice)
		}
		if lines := strings.Count(r.Log(text), "\n"); lines != strings.Count(text, "\n") {
			t.Errorf("%q has %d lines", text, lines)
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
