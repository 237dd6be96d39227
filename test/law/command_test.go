package law

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestCommandsAreMadeInOnePlace: what podkit prints to be pasted is made by pkg/shellword, of podkit's own words, which are
// constants, and of values, which it quotes. Who converts a value to Own, or writes a format as it runs, could pass a value
// for a word; who joins a name to a text that names a program quotes nothing. A placeholder that a remedy writes as a text would be
// quoted, and the line run with it.
func TestCommandsAreMadeInOnePlace(t *testing.T) {
	files := 0
	err := filepath.WalkDir("../../pkg", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		in := strings.TrimPrefix(filepath.ToSlash(filepath.Dir(path)), "../../")
		if in == "pkg/shellword" || strings.HasPrefix(in, "pkg/internal") {
			return nil
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			return err
		}
		files++
		ast.Inspect(file, func(node ast.Node) bool {
			if fault := handmade(in, node); fault != "" {
				t.Errorf("%s: %s", set.Position(node.Pos()), fault)
			}
			return !isMaker(node)
		})
		return nil
	})
	if err != nil || files < 200 {
		t.Fatalf("read %d files: %v", files, err)
	}
}

// handmade says how a node makes a command by itself; empty when it makes none.
func handmade(in string, node ast.Node) string {
	switch node := node.(type) {
	case *ast.CallExpr:
		switch name := called(node); {
		case (name == "shellword.Own" || name == "shellword.Written") && !isLiteral(node.Args):
			return name + " is given a value that is no constant"
		case name == "shellword.Fill" && in != "pkg/message":
			return "shellword.Fill is for the message catalogue; use shellword.New"
		case strings.HasPrefix(name, "fmt.") && len(node.Args) > 0 && namesProgram(node.Args[0], "%"):
			return "a command is made with fmt; use shellword.New"
		}
	case *ast.BasicLit:
		if strings.HasPrefix(in, "pkg/diagnosis") && node.Kind == token.STRING && likePlaceholder.MatchString(node.Value) {
			return "a placeholder is written as a text; use shellword.Placeholder"
		}
	case *ast.BinaryExpr:
		if node.Op == token.ADD && (namesProgram(node.X, "") || namesProgram(node.Y, "")) {
			return "a command is joined by hand; use shellword.New"
		}
	}
	return ""
}

var likePlaceholder = regexp.MustCompile(`<[a-z][a-z.-]*>`)

// isMaker reports whether a node is a call that quotes what it is given.
func isMaker(node ast.Node) bool {
	call, ok := node.(*ast.CallExpr)
	return ok && called(call) == "shellword.New"
}

func isLiteral(args []ast.Expr) bool {
	literal, ok := args[0].(*ast.BasicLit)
	return ok && literal.Kind == token.STRING
}

func called(call *ast.CallExpr) string {
	if selector, ok := call.Fun.(*ast.SelectorExpr); ok {
		if of, ok := selector.X.(*ast.Ident); ok {
			return of.Name + "." + selector.Sel.Name
		}
	}
	return ""
}

// namesProgram reports whether an expression is a text that begins a command, and holds what else is asked.
func namesProgram(expression ast.Expr, holds string) bool {
	literal, ok := expression.(*ast.BasicLit)
	if !ok || literal.Kind != token.STRING {
		return false
	}
	text := literal.Value[1:]
	return (strings.HasPrefix(text, "kubectl ") || strings.HasPrefix(text, "curl ") || strings.HasPrefix(text, "export ")) && strings.Contains(text, holds)
}

// TestHandmadeBites shows that the law finds what it is for.
func TestHandmadeBites(t *testing.T) {
	for text, want := range map[string]bool{
		`shellword.New("kubectl get %s", name)`: false, `shellword.Own(name)`: true, `shellword.Written(name)`: true, `shellword.Written("")`: false,
		`shellword.Fill(name)`: true, `fmt.Sprintf("kubectl get %s", name)`: true, `"kubectl get " + name`: true, `"export A=" + name`: true,
		`fmt.Sprint("kubectl is fine")`: false, `"a kubectl" + name`: false,
		"`{\"url\":\"<value>\"}`": true, `"a <= b"`: false,
	} {
		expression, err := parser.ParseExpr(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := handmade("pkg/diagnosis", expression) != ""; got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}
