package message_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

var placeholder = regexp.MustCompile(`{{[^{}]*}}`)

// texts reads the catalogue files of a language: id → every text of it (one for each plural form).
func texts(t *testing.T, lang message.Language) map[string][]string {
	t.Helper()
	paths, err := filepath.Glob("catalog/*." + string(lang) + ".yaml")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no catalogue files for %s: %v", lang, err)
	}
	all := map[string][]string{}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var file map[string]any
		if err := yaml.UnmarshalStrict(data, &file); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		for id, value := range file {
			if _, twice := all[id]; twice {
				t.Errorf("%s: %s is defined twice", path, id)
			}
			switch value := value.(type) {
			case string:
				all[id] = []string{value}
			case map[string]any:
				for _, form := range value {
					all[id] = append(all[id], form.(string))
				}
			default:
				t.Errorf("%s: %s is neither a text nor plural forms", path, id)
			}
		}
	}
	return all
}

// names returns the sorted set of placeholders in all forms of a message.
func names(forms []string) []string {
	var found []string
	for _, form := range forms {
		found = append(found, placeholder.FindAllString(form, -1)...)
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func TestEveryMessageIsInBothLanguages(t *testing.T) {
	english, chinese := texts(t, message.English), texts(t, message.Chinese)
	for id, forms := range english {
		twin, ok := chinese[id]
		if !ok {
			t.Errorf("%s has no Chinese twin", id)
			continue
		}
		if diff := cmp.Diff(names(forms), names(twin)); diff != "" {
			t.Errorf("%s: placeholders differ (-en +zh):\n%s", id, diff)
		}
	}
	for id, forms := range chinese {
		if _, ok := english[id]; !ok {
			t.Errorf("%s has no English twin", id)
		}
		if !slices.ContainsFunc([]rune(strings.Join(forms, "")), func(r rune) bool { return r > 0x2E7F }) && !onlyNames(forms) {
			t.Errorf("%s: the Chinese text holds no Chinese: %q", id, forms)
		}
	}
}

// onlyNames reports whether a text consists of placeholders, punctuation and symbols alone: the same in any language.
func onlyNames(forms []string) bool {
	rest := placeholder.ReplaceAllString(strings.Join(forms, ""), "")
	return !strings.ContainsFunc(rest, func(r rune) bool { return r >= 'a' && r <= 'z' })
}

// askedFor collects the literal ids in calls of Text and Errorf and in the fields ID and Says over all of pkg.
func askedFor(t *testing.T) map[string]token.Position {
	t.Helper()
	ids := map[string]token.Position{}
	set := token.NewFileSet()
	looksLikeID := regexp.MustCompile(`^[a-z]+(\.[a-z0-9-]+)+$`)
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			return err
		}
		collect := func(e ast.Expr) {
			literal, ok := e.(*ast.BasicLit)
			if !ok || literal.Kind != token.STRING {
				return
			}
			if id, err := strconv.Unquote(literal.Value); err == nil && looksLikeID.MatchString(id) {
				ids[id] = set.Position(literal.Pos())
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if fun, ok := n.Fun.(*ast.SelectorExpr); ok && (fun.Sel.Name == "Text" || fun.Sel.Name == "Errorf") {
					for _, arg := range n.Args {
						collect(arg)
					}
				}
			case *ast.KeyValueExpr:
				if key, ok := n.Key.(*ast.Ident); ok && (key.Name == "ID" || key.Name == "Says") {
					collect(n.Value)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func TestEveryIDInTheCodeIsInTheCatalogue(t *testing.T) {
	english := texts(t, message.English)
	ids := askedFor(t)
	if len(ids) == 0 {
		t.Fatal("found no message ids in the sources: the search is broken")
	}
	for id, where := range ids {
		if _, ok := english[id]; !ok {
			t.Errorf("%s: message %q is in no catalogue", where, id)
		}
	}
}

func TestText(t *testing.T) {
	for lang, want := range map[message.Language]string{message.English: "error: x", message.Chinese: "错误：x"} {
		catalog, err := message.NewCatalog(lang)
		if err != nil {
			t.Fatal(err)
		}
		if got := catalog.Text("error.prefix", message.Args{"Text": "x"}); got != want {
			t.Errorf("%s: got %q, want %q", lang, got, want)
		}
		if got := catalog.Text("no.such-id"); got != "[no.such-id]" {
			t.Errorf("%s: an unknown id gave %q", lang, got)
		}
	}
}

func TestChoose(t *testing.T) {
	tests := map[string]struct {
		flag    string
		env     map[string]string
		want    message.Language
		wantErr bool
	}{
		"nothing set":               {want: message.English},
		"flag":                      {flag: "zh", want: message.Chinese},
		"flag with region":          {flag: "zh-Hans-CN", want: message.Chinese},
		"flag beats environment":    {flag: "en", env: map[string]string{"LANG": "zh_CN.UTF-8"}, want: message.English},
		"unknown flag":              {flag: "fr", want: message.English, wantErr: true},
		"POSIX locale":              {env: map[string]string{"LANG": "zh_TW.UTF-8@x"}, want: message.Chinese},
		"PODKIT_LANG beats LANG":    {env: map[string]string{"PODKIT_LANG": "zh", "LANG": "en_US.UTF-8"}, want: message.Chinese},
		"LC_ALL beats LANG":         {env: map[string]string{"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, want: message.English},
		"unknown locale is English": {env: map[string]string{"LANG": "fr_FR.UTF-8"}, want: message.English},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := message.Choose(test.flag, func(k string) string { return test.env[k] })
			if got != test.want || (err != nil) != test.wantErr {
				t.Errorf("got %q, %v; want %q, error %v", got, err, test.want, test.wantErr)
			}
		})
	}
}
