package recording_test

import (
	"archive/tar"
	"bytes"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"github.com/kubectl-podkit/podkit/pkg/recording"
)

// file is a member of an archive.
type file struct {
	name, body string
	kind       byte
}

var (
	markFile   = file{name: "podkit-recording.json", body: `{"format":"podkit.dev/recording","version":1}`}
	headerFile = file{name: "header.json", body: `{}`}
)

// pack makes an archive by hand, as Writer would not.
func pack(t testing.TB, files ...file) []byte {
	t.Helper()
	var out bytes.Buffer
	zip, err := zstd.NewWriter(&out)
	if err != nil {
		t.Fatal(err)
	}
	archive := tar.NewWriter(zip)
	for _, f := range files {
		head := &tar.Header{Typeflag: tar.TypeReg, Name: f.name, Size: int64(len(f.body)), Mode: 0o600}
		if f.kind != 0 {
			head.Typeflag, head.Linkname = f.kind, f.body
			head.Size, f.body = 0, ""
		}
		if err := archive.WriteHeader(head); err != nil {
			t.Fatal(err)
		}
		if _, err := archive.Write([]byte(f.body)); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	if err := zip.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestHostile(t *testing.T) {
	small := recording.DefaultLimits()
	small.Member, small.Unpacked, small.Members, small.Objects, small.Entries = 100_000, 150_000, 20, 3, 3
	podsFile := file{name: "resources/0001.jsonl", body: `{"version":"v1","name":"pods","kind":"Pod"}`}
	pod := `{"metadata":{"name":"a"}}` + "\n"
	whole := shop(t)
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"empty":               {nil, "recording.foreign"},
		"text":                {[]byte("hello, world"), "recording.foreign"},
		"zstd of no tar":      {compress(t, strings.Repeat("hello, world\n", 100)), "recording.foreign"},
		"another tar":         {pack(t, file{name: "README", body: "hi"}), "recording.foreign"},
		"another mark":        {pack(t, file{name: markFile.name, body: `{"format":"else"}`}), "recording.foreign"},
		"newer":               {pack(t, file{name: markFile.name, body: `{"format":"podkit.dev/recording","version":2}`}), "recording.newer"},
		"no end":              {pack(t, markFile), "recording.cut"},
		"half of it":          {whole[:len(whole)/2], "recording.cut"},
		"without last byte":   {whole[:len(whole)-1], "recording.cut"},
		"only the magic":      {whole[:4], "recording.cut"},
		"more after the end":  {pack(t, markFile, headerFile, podsFile), "recording.damaged"},
		"leaves":              {pack(t, markFile, file{name: "objects/../../etc/passwd", body: pod}, headerFile), "recording.damaged"},
		"absolute":            {pack(t, markFile, file{name: "/etc/passwd", body: pod}, headerFile), "recording.damaged"},
		"backslash":           {pack(t, markFile, file{name: `logs\..\x`, body: pod}, headerFile), "recording.damaged"},
		"symbolic link":       {pack(t, markFile, file{name: "objects/core/v1/pods/0001.jsonl", body: "/etc/passwd", kind: tar.TypeSymlink}, headerFile), "recording.damaged"},
		"hard link":           {pack(t, markFile, file{name: "logs/a", body: "/etc/passwd", kind: tar.TypeLink}, headerFile), "recording.damaged"},
		"large member":        {pack(t, markFile, file{name: "logs/a/b/c/d.log", body: strings.Repeat("x", 100_001)}, headerFile), "recording.limit"},
		"bomb":                {pack(t, markFile, file{name: "logs/a/b/c/d.log", body: strings.Repeat("x", 90_000)}, file{name: "logs/a/b/c/e.log", body: strings.Repeat("x", 90_000)}, headerFile), "recording.limit"},
		"too many objects":    {pack(t, markFile, podsFile, file{name: "objects/core/v1/pods/0001.jsonl", body: strings.Repeat(pod, 4)}, headerFile), "recording.limit"},
		"too many lines":      {pack(t, markFile, file{name: "refusals/0001.jsonl", body: strings.Repeat("{}\n", 4)}, headerFile), "recording.limit"},
		"too deep":            {pack(t, markFile, podsFile, file{name: "objects/core/v1/pods/0001.jsonl", body: `{"metadata":{"name":"a"},"x":` + strings.Repeat("[", 300) + strings.Repeat("]", 300) + "}"}, headerFile), "recording.damaged"},
		"a refusal too deep":  {pack(t, markFile, file{name: "refusals/0001.jsonl", body: strings.Repeat("[", 300)}, headerFile), "recording.damaged"},
		"no JSON":             {pack(t, markFile, podsFile, file{name: "objects/core/v1/pods/0001.jsonl", body: "{"}, headerFile), "recording.damaged"},
		"two values":          {pack(t, markFile, podsFile, file{name: "objects/core/v1/pods/0001.jsonl", body: `{"metadata":{"name":"a"}} {}`}, headerFile), "recording.damaged"},
		"nameless":            {pack(t, markFile, podsFile, file{name: "objects/core/v1/pods/0001.jsonl", body: "{}"}, headerFile), "recording.damaged"},
		"of no resource":      {pack(t, markFile, file{name: "objects/core/v1/pods/0001.jsonl", body: pod}, headerFile), "recording.damaged"},
		"stray file":          {pack(t, markFile, file{name: "objects/x", body: pod}, headerFile), "recording.damaged"},
		"a header of another": {pack(t, markFile, file{name: "header.json", body: `{"takenAt":7}`}), "recording.damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := recording.Read(t.Context(), bytes.NewReader(c.data), small)
			if err == nil {
				t.Fatal("it was read")
			}
			if got := sentence(t, err); got != c.want {
				t.Errorf("%s, want %s: %v", got, c.want, err)
			}
		})
	}
}

func TestCompressedLimit(t *testing.T) {
	limits := recording.DefaultLimits()
	limits.Compressed = 64
	_, err := recording.Read(t.Context(), bytes.NewReader(shop(t)), limits)
	if err == nil || sentence(t, err) != "recording.limit" {
		t.Errorf("got %v", err)
	}
}

// TestLaterMembers: a member that this version does not know is passed over.
func TestLaterMembers(t *testing.T) {
	_, err := recording.Read(t.Context(), bytes.NewReader(pack(t, markFile, file{name: "pictures/1", body: "x"}, headerFile)), recording.DefaultLimits())
	if err != nil {
		t.Error(err)
	}
}

func compress(t testing.TB, text string) []byte {
	t.Helper()
	zip, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return zip.EncodeAll([]byte(text), nil)
}

// FuzzMember: whatever a member is called and holds, Read ends with a recording or with a sentence. What FuzzRead changes is
// compressed and hardly ever an archive any more.
func FuzzMember(f *testing.F) {
	for name, body := range map[string]string{
		"objects/core/v1/pods/0001.jsonl":       `{"metadata":{"name":"a","namespace":"b","uid":"c","resourceVersion":"1"}}`,
		"resources/0001.jsonl":                  `{"version":"v1","name":"pods","kind":"Pod","subresources":[{"name":"log","kind":"Pod"}]}`,
		"listings/0001.jsonl":                   `{"version":"v1","resource":"pods","namespace":"shop","labels":"a=b"}`,
		"refusals/0001.jsonl":                   `{"request":{"verb":"get","resource":"pods"},"status":{"code":403,"details":{"causes":[{}]}}}`,
		"answers/0001.jsonl":                    `{"key":{"resource":"pods","command":["a"]},"answer":{"code":200,"body":"eA=="}}`,
		"logs/shop/web-0/uid/app.log":           "2026-11-26T09:58:00.5Z one\n",
		"logs/shop/web-0/uid/app.previous.json": `{"cut":true,"failure":{"code":400}}`,
		"logs/shop/web-0/uid/app.json":          `{"broken":"unexpected EOF"}`,
		"logs/shop/web-0/uid/$(x).log":          "x\n",
		"header.json":                           `{"takenAt":"2026-11-26T10:00:00Z","server":{"gitVersion":"v1"}}`,
	} {
		f.Add(name, []byte(body))
	}
	pods := file{name: "resources/0002.jsonl", body: `{"version":"v1","name":"pods","kind":"Pod"}`}
	f.Fuzz(func(t *testing.T, name string, body []byte) {
		if name == "" || strings.HasSuffix(name, "/") || strings.ContainsRune(name, 0) {
			return // No such archive can be made.
		}
		readable(t, pack(t, markFile, pods, file{name: name, body: string(body)}, headerFile))
	})
}

// FuzzRead: whatever the file, Read ends with a recording or with a sentence.
func FuzzRead(f *testing.F) {
	whole := shop(f)
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add(pack(f, markFile, headerFile))
	f.Add([]byte("kind: List"))
	f.Add(pack(f, markFile, file{name: "logs/a/b/c/d.log", body: strings.Repeat("\n", 1000)}, file{name: "logs/a/b/c/d.json", body: `{"cut":true,"broken":"unexpected EOF"}`}, headerFile))
	f.Add(pack(f, markFile, file{name: "resources/1.jsonl", body: `{"version":"v1","name":"pods","kind":"$(x)"}`}, headerFile))
	f.Fuzz(readable)
}

// readable reads a file, and finds everything that is told to be in it.
func readable(t *testing.T, data []byte) {
	limits := recording.DefaultLimits()
	limits.Unpacked, limits.Member = 8<<20, 4<<20
	r, err := recording.Read(t.Context(), bytes.NewReader(data), limits)
	if err != nil {
		sentence(t, err)
		return
	}
	for _, key := range r.LogKeys() {
		if _, found := r.Log(key); !found {
			t.Errorf("the log %v is not found", key)
		}
	}
	for _, key := range r.AnswerKeys() {
		if _, found := r.Answer(key); !found {
			t.Errorf("the answer %v is not found", key)
		}
	}
	for _, refusal := range r.Refusals() {
		if _, found := r.Refusal(refusal.Request); !found {
			t.Errorf("the refusal %v is not found", refusal.Request)
		}
	}
	for _, resource := range r.Resources {
		for _, object := range r.Objects(resource.GVR()) {
			if _, found := r.Object(resource.GVR(), object.Namespace, object.Name); !found {
				t.Errorf("%s %s/%s is not found", resource.Name, object.Namespace, object.Name)
			}
		}
	}
}
