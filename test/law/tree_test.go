package law

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// module is the module's path; packages of its own are named relative to it.
const module = "github.com/kubectl-podkit/podkit/"

// pkg is a package of the module as the build sees it; its tests are not part of it.
type pkg struct {
	path    string
	dir     string
	files   []string
	imports []string
	// deps is all that is imported, over other packages as well.
	deps []string
}

// list asks the go command once a test run.
var list = sync.OnceValues(func() ([]pkg, error) {
	command := exec.Command("go", "list", "-json=ImportPath,Dir,GoFiles,CgoFiles,Imports,Deps", "./...")
	command.Dir = filepath.Join("..", "..")
	var complaint bytes.Buffer
	command.Stderr = &complaint
	out, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w\n%s", err, complaint.String())
	}
	var all []pkg
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var listed struct {
			ImportPath, Dir                  string
			GoFiles, CgoFiles, Imports, Deps []string
		}
		if err := decoder.Decode(&listed); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, err
		}
		all = append(all, pkg{
			path: relative(listed.ImportPath), dir: listed.Dir, files: append(listed.GoFiles, listed.CgoFiles...),
			imports: relatives(listed.Imports), deps: relatives(listed.Deps),
		})
	}
})

// packages returns the packages of the module.
func packages(t *testing.T) []pkg {
	t.Helper()
	all, err := list()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 10 {
		t.Fatalf("go list found %d packages only: the search is broken", len(all))
	}
	return all
}

func relative(path string) string { return strings.TrimPrefix(path, module) }

func relatives(paths []string) []string {
	short := make([]string, len(paths))
	for i, path := range paths {
		short[i] = relative(path)
	}
	return short
}

// matches reports whether a path fits one of the patterns.
func matches(patterns []string, path string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		stem, below := strings.CutSuffix(pattern, "...")
		stem = strings.TrimSuffix(stem, "/")
		return path == stem || below && (stem == "" || strings.HasPrefix(path, stem+"/"))
	})
}

// commandOf is the folder below pkg/cli to which a package belongs, or empty.
func commandOf(path string) string {
	name, below := strings.CutPrefix(path, "pkg/cli/")
	if !below {
		return ""
	}
	name, _, _ = strings.Cut(name, "/")
	return "pkg/cli/" + name
}

func (r rule) isBound(path string) bool { return matches(r.binds, path) && !matches(r.but, path) }

// breaches tells which imports of a package break the rule, in which file, and why the rule is there.
func (r rule) breaches(p pkg) []string {
	imported := p.imports
	if r.deep {
		imported = p.deps
	}
	var told []string
	for _, path := range imported {
		if !matches(r.forbids, path) || slices.Contains(r.except, p.path+" "+path) {
			continue
		}
		told = append(told, fmt.Sprintf("%s imports %s (%s): %s", p.path, path, p.importer(path), r.why))
	}
	return told
}

// importer names the file that imports a path, or says that another package does.
func (p pkg) importer(path string) string {
	for _, name := range p.files {
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.dir, name), nil, parser.ImportsOnly)
		if err != nil {
			return err.Error()
		}
		for _, spec := range file.Imports {
			if imported, err := strconv.Unquote(spec.Path.Value); err == nil && relative(imported) == path {
				return name
			}
		}
	}
	return "over another package; go mod why, or go list -deps, shows which"
}

// parse calls visit for every file of the package.
func (p pkg) parse(t *testing.T, visit func(*token.FileSet, *ast.File)) {
	t.Helper()
	for _, name := range p.files {
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, filepath.Join(p.dir, name), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		visit(set, file)
	}
}

// uses tells which forbidden functions a package mentions, whether it calls them or hands them on.
func (p pkg) uses(t *testing.T, laws []call) []string {
	var told []string
	p.parse(t, func(set *token.FileSet, file *ast.File) {
		names := map[string]string{} // The name under which the file knows an import.
		for _, spec := range file.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			names[path] = filepath.Base(path)
			if spec.Name != nil {
				names[path] = spec.Name.Name
			}
		}
		ast.Inspect(file, func(node ast.Node) bool {
			selector, ok := node.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			of, ok := selector.X.(*ast.Ident)
			if !ok {
				return true
			}
			for _, law := range laws {
				if names[law.of] == of.Name && selector.Sel.Name == law.name && matches(law.binds, p.path) && !matches(law.but, p.path) {
					told = append(told, fmt.Sprintf("%s: %s.%s: %s", set.Position(selector.Pos()), law.of, law.name, law.why))
				}
			}
			return true
		})
	})
	return told
}

// inits tells where a package has init functions.
func (p pkg) inits(t *testing.T) []string {
	var told []string
	p.parse(t, func(set *token.FileSet, file *ast.File) {
		for _, declaration := range file.Decls {
			if function, ok := declaration.(*ast.FuncDecl); ok && function.Recv == nil && function.Name.Name == "init" {
				told = append(told, set.Position(function.Pos()).String())
			}
		}
	})
	return told
}
